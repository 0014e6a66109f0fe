"""Archives: several members, damage, bombs, passwords."""

import gzip
import io
import zipfile

import pytest

from linkplanner.errors import InputError
from linkplanner.read import limits, unpack

LIMITS = (1000, 10_000)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_members_of_a_gzip_file_are_joined() -> None:
    assert (
        unpack.inflate(gzip.compress(b"a" * 9) + gzip.compress(b"b"), *LIMITS)[0] == b"aaaaaaaaab"
    )


def test_bytes_after_the_last_member_are_ignored() -> None:
    assert unpack.inflate(gzip.compress(b"abc") + b"rubbish", *LIMITS) == (b"abc", "")


def test_a_cut_gzip_file_gives_what_was_readable_and_says_so() -> None:
    whole = gzip.compress(bytes(range(256)) * 4)
    content, warning = unpack.inflate(whole[: len(whole) // 2], *LIMITS)
    assert 0 < len(content) < 1024
    assert "ends early" in warning


@pytest.mark.parametrize("data", [b"\x1f\x8b", b"\x1f\x8b\x08\x00rubbish rubbish", b"\x1f\x8b\x09"])
def test_a_gzip_file_without_content_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        unpack.inflate(data, *LIMITS)


def test_xml_has_the_lower_limit() -> None:
    with pytest.raises(InputError, match="limit"):
        unpack.inflate(gzip.compress(b"<urlset>" + b" " * 2000), *LIMITS)
    assert len(unpack.inflate(gzip.compress(b"a,b\n" * 500), *LIMITS)[0]) == 2000
    with pytest.raises(InputError, match="limit"):
        unpack.inflate(gzip.compress(b"a,b\n" * 5000), *LIMITS)


def test_a_zip_archive_gives_its_files_without_folders_and_system_files() -> None:
    parts = unpack.open_zip(zipped({"a.csv": b"1", "f/b.csv": b"2", "__MACOSX/._a": b"3"}))
    assert [(p.name, p.data) for p in parts] == [("a.csv", b"1"), ("f/b.csv", b"2")]


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FROM", 100_000)
    with pytest.raises(InputError, match="limit"):
        unpack.open_zip(zipped({"a.csv": bytes(2_000_000)}))


def test_too_many_members_are_refused() -> None:
    with pytest.raises(InputError, match="101"):
        unpack.open_zip(zipped({f"{i}.csv": b"x" for i in range(101)}))


def test_a_damaged_zip_archive_is_refused() -> None:
    with pytest.raises(InputError, match="zip"):
        unpack.open_zip(zipped({"a.csv": b"1" * 100})[:60])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 x", "a PDF document"),
        (b"PAR1xxxx", "a Parquet file"),
        (b"a,b\n1,2", "text"),
        (gzip.compress(b"x", mtime=0), "gzip"),
        (zipped({"a.csv": b"x"}), "zip"),
        (zipped({"xl/workbook.xml": b"x"}), "workbook"),
        (zipped({"word/document.xml": b"x"}), "a Word document"),
    ],
)
def test_file_type_is_told_by_content(data: bytes, kind: str) -> None:
    assert unpack.file_type(data) == kind
