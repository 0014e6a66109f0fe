"""Links as integers: the same links as the table, streamed from disk, breadcrumbs and counts."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linkplanner.errors import Cancelled, InputError
from linkplanner.read import coded_links, decode, files, read_bytes, read_file
from linkplanner.read.coded_links import IMAGE, NOFOLLOW
from linkplanner.read.stream import read_links
from linkplanner.tables import POSITIONS

HEADER = '"Type","Source","Destination","Alt Text","Anchor","Status Code","Follow","Rel","Link Path","Link Position"'  # noqa: E501


def export(*rows: str) -> bytes:
    lines = [HEADER, *(",".join(f'"{c}"' for c in row.split("|")) for row in rows)]
    return "\n".join(lines).encode() + b"\n"


ROWS = (
    "Hyperlink|https://a.test/|https://a.test/b#x||Go|200|true||//main/a|Content",
    "Hyperlink|https://a.test/|https://a.test/b|Logo||200|false|nofollow ugc|//nav/a|Navigation",
    "Image|https://a.test/|https://a.test/i.png|||200|true||//img|Content",
    "Hyperlink|https://a.test/b|mailto:x||Mail|0|true||//a|Footer",
    "Hyperlink|https://a.test/b|https://a.test/||Home|200|true||//ul[@class='breadcrumbs']/a|Content",
    "Hyperlink|https://a.test/b|https://a.test/||Home|odd|true||//div[@id='Breadcrumb']/a|Header",
)


def write(folder: Path, data: bytes) -> Path:
    path = folder / "inlinks.csv"
    path.write_bytes(data)
    return path


def test_links_are_numbered(tmp_path: Path) -> None:
    read = read_links(write(tmp_path, export(*ROWS)))
    links = read.links
    assert list(links.urls) == ["https://a.test/", "https://a.test/b", "https://a.test/i.png"]
    assert links.source.tolist() == [0, 0, 1, 1]
    assert links.target.tolist() == [1, 1, 0, 0]
    assert [links.anchors[n] for n in links.anchor] == ["Go", "Logo", "Home", "Home"]
    assert [POSITIONS[n] for n in links.position] == [
        "content", "navigation", "breadcrumb", "breadcrumb"
    ]  # fmt: skip
    assert (links.flags & NOFOLLOW > 0).tolist() == [False, True, False, False]
    assert (links.flags & IMAGE > 0).tolist() == [False, True, False, False]
    assert links.status.tolist() == [200, 200, 200, -1]
    assert sum(read.skipped.values()) == 2
    assert any("odd" in warning for warning in read.warnings)


@pytest.mark.parametrize("group", [1, 3, 100_000])
def test_the_table_holds_the_same(
    group: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared: Callable[[str], Path]
) -> None:
    monkeypatch.setattr(coded_links, "GROUP", group)
    for path in [write(tmp_path, export(*ROWS * 3)), *shared("samples").glob("*all_inlinks.csv")]:
        (reading,) = read_file(path)
        frame = read_links(path).links.frame()
        pd.testing.assert_frame_equal(frame, reading.frame)
        assert np.array_equal(frame["nofollow"], reading.frame["nofollow"])


def test_repeated_links_are_counted() -> None:
    (reading,) = read_bytes("x.csv", export(ROWS[0], ROWS[1], ROWS[0], ROWS[0]))
    assert reading.rows == 4
    assert any("twice" in warning and "2." in warning for warning in reading.warnings)


@pytest.mark.parametrize("bad", [b"\xe9", b"\x00"])
def test_a_large_file_that_is_no_utf8_is_read_as_a_small_one(
    bad: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = export(*ROWS).replace(b"Go", b"caf" + bad)
    (small,) = read_bytes("inlinks.csv", data)
    path = write(tmp_path, data)
    monkeypatch.setattr(files, "STREAM_FROM", 1)
    monkeypatch.setattr(decode, "LAZY_FROM", 1)
    monkeypatch.setattr(decode, "HEAD", 150)
    (large,) = read_file(path)
    pd.testing.assert_frame_equal(large.frame, small.frame)
    assert large.warnings == small.warnings
    assert len(read_links(path).links) == small.rows


def test_progress_is_told_and_may_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "STREAM_FROM", 1)
    path = write(tmp_path, export(*ROWS))
    told: list[tuple[int, int]] = []
    read_file(path, progress=lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert told == sorted(told)

    def stop(done: int, total: int) -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        read_file(path, progress=stop)


@pytest.mark.parametrize(
    "data", [b"<html></html>", b"url\nhttps://a.test/\n", b"PK\x03\x04", b"Linking page\nx\n"]
)
def test_what_is_no_list_of_links_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no list of links"):
        read_links(write(tmp_path, data))
