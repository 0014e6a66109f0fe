"""Files that cannot be used: one sentence that quotes the file and says what to do."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from linkplanner.errors import InputError
from linkplanner.read import limits, read_bytes, read_file
from linkplanner.read.decode import decode
from linkplanner.read.files import is_header, read_blob
from linkplanner.read.records import records
from linkplanner.read.stream import read_links
from linkplanner.read.table import open_table

Shared = Callable[[str], Path]

ROWS = b"".join(b"https://x.test/%d,https://a.test/,word\n" % n for n in range(20_000))
TABLE = b"source_url,target_url,anchor\n" + ROWS


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(TABLE.decode().splitlines()[:500]):
            sheet.write_row(number, 0, line.split(","))
    return out.getvalue()


def locked_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("links.csv", TABLE[:300])
    data = bytearray(out.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flags of both headers
        data[data.find(mark) + place] |= 1
    return bytes(data)


def locked_workbook() -> bytes:
    """The start of an encrypted workbook: an OLE container with a stream of that name."""
    stream = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + stream + bytes(1000)


NOISE = random.Random(1).randbytes(5_000)

CASES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "is empty", "export it again"),
    "blanks": (b" \n\n \t\n", "is empty", "export it again"),
    "binary": (b"\x01" + NOISE, "binary data", "as the vendor gives it"),
    "picture": (b"\x89PNG\r\n\x1a\n" + NOISE, "a picture", "load a CSV"),
    "html": (b"<!DOCTYPE html><html><body>Sign in</body>", "a web page", "login"),
    "html with a comment": (b"<!-- x -->\n<HTML>", "a web page", "login"),
    "cut workbook": (workbook()[:3_000], "damaged zip archive", "download it again"),
    "workbook with a password": (locked_workbook(), "has a password", "save it without one"),
    "zip with a password": (locked_zip(), "has a password", "unpack it"),
    "cut zip": (locked_zip()[:60], "damaged zip archive", "download it again"),
    "gz of nothing": (b"\x1f\x8b" + NOISE[:50], "unpacked", "download it again"),
    "gz bomb": (gzip.compress(bytes(200 * 2**20)), "unpacks to", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_told_in_one_sentence(case: str) -> None:
    data, says, advice = CASES[case]
    (reading,) = read_bytes("mine.csv", data)
    assert (reading.recognised_as, reading.kind, reading.rows) == (None, "other", 0)
    assert "“mine.csv”" in reading.message
    assert says in reading.message
    assert advice in reading.message
    assert "\n" not in reading.message
    assert reading.message.endswith(".")


def test_a_cut_gz_gives_what_can_be_read() -> None:
    packed = gzip.compress(TABLE)
    (reading,) = read_bytes("mine.csv.gz", packed[: len(packed) // 2])
    assert 1_000 < reading.rows < 20_000
    assert "ends early" in reading.warnings[0]


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(limits.FILE_LIMIT + 1)  # sparse: takes no room on disk
    (reading,) = read_file(path)
    assert "“huge.csv” is 2.0 GiB" in reading.message
    assert "export a part" in reading.message


@pytest.mark.parametrize(
    "size", [64 * 2**20, pytest.param(limits.FILE_LIMIT - 1, marks=pytest.mark.long)]
)
def test_a_large_file_of_nothing_is_told_without_reading_it_all(size: int, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(size)
    told: list[int] = []
    (reading,) = read_file(path, progress=lambda done, total: told.append(done))
    assert (reading.recognised_as, reading.rows) == (None, 0)
    assert "“huge.csv”" in reading.message
    assert max(told) < size / 4


@pytest.mark.long
def test_a_file_of_nearly_two_gigabytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all_inlinks.csv"
    cells = '"Hyperlink","https://a.test/{0}/","https://a.test/{1}/","1","","word {1}","200",' \
        '"OK","true","","","Absolute","//body/div[{0}]/a","Content","HTML"\n'  # fmt: skip
    block = "".join(cells.format(n % 977, n % 991) for n in range(50_000)).encode()
    times = (limits.FILE_LIMIT - 2**20) // len(block)
    with path.open("wb") as stream:
        stream.write(b'"Type","Source","Destination","Size (Bytes)","Alt Text","Anchor",'
                     b'"Status Code","Status","Follow","Target","Rel","Path Type","Link Path",'
                     b'"Link Position","Link Origin"\n')  # fmt: skip
        for _ in range(times):
            stream.write(block)
    assert path.stat().st_size > 1.9 * 2**30
    told: list[int] = []
    read = read_links(path, lambda done, total: told.append(done))
    assert len(read.links) == times * 50_000
    assert (len(read.links.urls), read.skipped.total()) == (991, 0)
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size
    path.unlink()  # pytest keeps the folders of three runs


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with a few bytes cut, doubled, overwritten or put in."""
    piece = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(piece) + 1)
        length = rng.choice([1, 3, 40, 300])
        action = rng.randrange(4)
        if action == 0:
            del piece[at : at + length]
        elif action == 1:
            piece[at:at] = piece[at : at + length]
        elif action == 2:
            piece[at : at + length] = rng.randbytes(length)
        else:
            piece[at:at] = rng.choice([b'"', b"\n", b'""', b",", b"\r", b'","', b'"\n"'])
    return bytes(piece)


def rows_of(data: bytes) -> int | None:
    """Rows under the header by the row parser alone; None where it is no table with a header."""
    try:
        grid = open_table(decode(data, thorough=True), is_header)
    except InputError:
        return None
    if not grid.header:
        return None
    text = bytes(grid.decoded.data[grid.offset :]).decode("utf-8", "replace")
    return sum(1 for _ in records(text, grid.delimiter))


def check(data: bytes) -> None:
    readings = read_blob("x", data)  # without the net: a defect of ours fails the test
    for reading in readings:
        assert sum(reading.skipped_reasons.values()) == reading.skipped
        assert reading.message
    if len(readings) == 1 and readings[0].recognised_as and readings[0].columns:
        expected = rows_of(data)
        if expected is not None:
            assert readings[0].rows + readings[0].skipped >= expected


def fuzz(shared: Shared, seed: int) -> None:
    rng = random.Random(seed)
    for path in sorted(shared("samples").glob("*.csv")):
        data = path.read_bytes()[:40_000]
        check(mutated(data[: data.rfind(b"\n") + 1] or data, rng))


def test_no_row_of_a_damaged_sample_is_lost_uncounted(shared: Shared) -> None:
    fuzz(shared, 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 60))
def test_no_row_of_many_damaged_samples_is_lost_uncounted(seed: int, shared: Shared) -> None:
    fuzz(shared, seed)
