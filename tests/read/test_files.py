"""Whole files: the CSV stress set, archives, refusals, and damage of every kind."""

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.read import Reading, read_bytes, read_file
from linkplanner.read import files as room
from linkplanner.read.decode import decode
from linkplanner.read.files import read_blob
from linkplanner.read.table import open_table

Shared = Callable[[str], Path]

# Rows, skipped rows and a piece of the message of each file of the stress set.
STRESS: dict[str, tuple[int, int, str]] = {
    "NA_words.csv": (3, 0, ""),
    "blank_lines.csv": (1, 0, ""),
    "cp1252.csv": (1, 0, ""),
    "cr_only.csv": (1, 0, ""),
    "crlf.csv": (1, 0, ""),
    "dup_headers.csv": (0, 0, "2 columns of addresses"),
    "empty.csv": (0, 0, "is empty"),
    "header_only.csv": (0, 0, "no rows"),
    "html_renamed.csv": (0, 0, "is a web page"),
    "huge_field.csv": (1, 0, ""),
    "leading_zero_ids.csv": (1, 0, ""),
    "newline_in_field.csv": (1, 0, ""),
    "no_header.csv": (0, 0, "no line with column names"),
    "nul_bytes.csv": (2, 0, ""),
    "one_column.csv": (2, 0, ""),
    "pipe.csv": (1, 0, ""),
    "preamble.csv": (1, 0, ""),
    "quote_in_field.csv": (1, 0, ""),
    "quoted_headers_spaces.csv": (1, 0, ""),
    "ragged.csv": (1, 2, ""),
    "semicolon_decimal_comma.csv": (1, 0, ""),
    "sep_line.csv": (1, 0, ""),
    "thousands.csv": (5, 0, ""),
    "unclosed_quote.csv": (1, 1, ""),
    "utf16le_bom_tab.csv": (1, 0, ""),
    "utf8.csv": (1, 0, ""),
    "utf8_bom.csv": (1, 0, ""),
    "xlsx_renamed.csv": (0, 0, "zip archive"),
}


def stress(shared: Shared, file: str) -> Reading:
    (reading,) = read_blob(file, shared(f"vectors/csv_stress/{file}").read_bytes())
    return reading


@pytest.mark.parametrize("file", sorted(STRESS))
def test_csv_stress(file: str, shared: Shared) -> None:
    rows, skipped, says = STRESS[file]
    reading = stress(shared, file)
    assert (reading.rows, reading.skipped) == (rows, skipped)
    assert says in reading.message
    json.dumps(reading.to_report())


def test_the_stress_table_is_complete(shared: Shared) -> None:
    assert {p.name for p in shared("vectors/csv_stress").iterdir()} == set(STRESS)


@pytest.mark.parametrize(
    ("file", "anchors"),
    [
        ("NA_words.csv", ["NA", "null", "None"]),
        ("cp1252.csv", ["café “quote”"]),
        ("newline_in_field.csv", ["two\nlines"]),
        ("pipe.csv", ["blue| widgets"]),
        ("quote_in_field.csv", ['say "hi"']),
        ("unclosed_quote.csv", ["blue, widgets"]),
        ("utf16le_bom_tab.csv", ["blue, widgets"]),
    ],
)
def test_csv_stress_anchors(file: str, anchors: list[str], shared: Shared) -> None:
    assert stress(shared, file).frame["anchor"].tolist() == anchors


def test_csv_stress_numbers(shared: Shared) -> None:
    ratings = stress(shared, "semicolon_decimal_comma.csv").frame["ahrefs_domain_rating"]
    assert ratings.tolist() == [54.5]
    sessions = stress(shared, "thousands.csv").frame["sessions"]
    assert sessions.fillna(-1).tolist() == [1234, 1234, 1234, -1, -1]


def test_csv_spectrum(shared: Shared) -> None:
    for path in sorted(shared("vectors/csv-spectrum/csvs").iterdir()):
        grid = open_table(decode(path.read_bytes()), lambda _: False)
        rows = grid.read(range(grid.width)).frame.to_numpy().tolist()
        expected = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text("utf-8"))
        found = [dict(zip(grid.header, row)) for row in rows]
        if path.stem == "location_coordinates":  # its JSON has another phone number than its CSV
            expected = [{**expected, "Contact Phone Number": "2095257564"}]
        assert found == expected, path.name
        (reading,) = read_bytes(path.name, path.read_bytes())
        assert (reading.kind, path.name in reading.message) == ("other", True)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


PAGES = b"Top pages,Clicks,Impressions,CTR,Position\nhttps://a.test/,1,2,50%,3\n"


def test_a_search_console_download_gives_one_reading_a_table() -> None:
    data = zipped(
        **{
            "P+\u00edginas.csv": PAGES,
            "Queries.csv": PAGES.replace(b"Top pages", b"Top queries"),
            "Filters.csv": b"Filter,Value\nSearch type,Web\n",
        }
    )
    readings = read_bytes("a.test-Performance.zip", data)
    assert [r.kind for r in readings] == ["traffic", "other", "other"]
    assert not readings[0].warnings


def test_archives_in_archives_are_opened_to_a_depth() -> None:
    data = PAGES
    for _ in range(2):
        data = gzip.compress(data)
    assert read_bytes("x.gz", data)[0].rows == 1
    assert "archive inside an archive" in read_bytes("x.gz", gzip.compress(data))[0].message


def test_the_name_never_decides() -> None:
    assert read_bytes("sitemap.xml.gz", PAGES)[0].kind == "traffic"
    assert read_bytes("links.csv", b"<urlset><url><loc>https://a.test/</loc></url></urlset>")[
        0
    ].kind == "sitemap"  # fmt: skip


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4 abc", "a PDF document"),
        (zipped(), "empty zip"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b'{"a": 1}', "x.csv"),
        (b"hello", "x.csv"),
        (b"<?xml version='1.0'?><a/>", "<a>"),
    ],
)
def test_refusals_are_one_sentence_that_names_the_file(data: bytes, says: str) -> None:
    (reading,) = read_bytes("x.csv", data)
    assert (reading.recognised_as, reading.kind, reading.rows) == (None, "other", 0)
    assert says in reading.message
    assert "x.csv" in reading.message
    assert "\n" not in reading.message


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    (reading,) = read_file(tmp_path / "no.csv")
    assert "“no.csv” cannot be opened" in reading.message
    assert read_file(tmp_path)[0].kind == "other"


def test_a_large_file_is_refused_and_a_mapped_one_reads_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(PAGES)
    monkeypatch.setattr(room, "STREAM_FROM", 1)
    (mapped,) = read_file(path, name="mine.csv")
    assert (mapped.name, mapped.rows) == ("mine.csv", 1)
    monkeypatch.setattr(room.limits, "FILE_LIMIT", 10)
    assert "GiB" in read_file(path)[0].message
    assert "GiB" in read_bytes("x.csv", PAGES)[0].message


def test_a_defect_of_ours_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(room, "build", broken)
    assert "report this file" in read_bytes("x.csv", PAGES)[0].message


HEADERS = [
    b"Referring page URL,Target URL,Anchor,Domain rating,First seen,Lost,Nofollow",
    b"Type,Source,Destination,Alt Text,Anchor,Status Code,Follow,Rel,Link Position",
    b"Address,Content Type,Status Code,Title 1,Word Count,Meta Robots 1,Redirect URL",
    b"Linking page,Last crawled",
    b"Target page,Incoming links,Linking sites",
    b"url,weight,keywords,difficulty",
    b"Landing page,Sessions,Total revenue",
    b"Domain,DR,Links to target,First seen,Lost",
    b"domain:a.test\n# c",
]


def check(data: bytes) -> None:
    for reading in read_blob("x", data):
        assert reading.message
        assert sum(reading.skipped_reasons.values()) == reading.skipped
        json.dumps(reading.to_report())


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    check(data)


@given(st.sampled_from(HEADERS), st.binary(max_size=300))
@settings(max_examples=50, deadline=None)
def test_no_bytes_after_a_known_header_raise(header: bytes, rows: bytes) -> None:
    check(header + b"\n" + rows)


@pytest.mark.long
@given(st.sampled_from(HEADERS), st.binary(max_size=600))
@settings(max_examples=1000, deadline=None)
def test_no_bytes_after_a_known_header_raise_long(header: bytes, rows: bytes) -> None:
    check(header + b"\n" + rows)


CELL = st.one_of(
    st.sampled_from(["https://a.test/", "/x", "true", "1,5", "2026-01-01", "Hyperlink", ""]),
    st.text(max_size=12),
)


TABLE = st.lists(st.lists(CELL, min_size=1, max_size=10), max_size=6)


@given(st.sampled_from(HEADERS[:-1]), TABLE)
@settings(max_examples=50, deadline=None)
def test_no_row_of_a_table_is_lost_uncounted(header: bytes, rows: list[list[str]]) -> None:
    check_counts(header, rows)


@pytest.mark.long
@given(st.sampled_from(HEADERS[:-1]), TABLE)
@settings(max_examples=1000, deadline=None)
def test_no_row_of_a_table_is_lost_uncounted_long(header: bytes, rows: list[list[str]]) -> None:
    check_counts(header, rows)


def check_counts(header: bytes, rows: list[list[str]]) -> None:
    rows = [[c.replace("\x00", "").replace("\r", "") for c in row] for row in rows]
    rows = [row for row in rows if any(row)]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    data = header + b"\n" + out.getvalue().encode("utf-8", "replace")
    (reading,) = read_blob("x", data)
    if reading.recognised_as or reading.skipped:
        assert reading.rows + reading.skipped == len(rows)


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with a few pieces cut, doubled or overwritten."""
    piece = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(piece) + 1)
        length = rng.choice([1, 2, 16, 500])
        action = rng.randrange(4)
        if action == 0:
            del piece[at : at + length]
        elif action == 1:
            piece[at:at] = piece[at : at + length]
        elif action == 2:
            piece[at : at + length] = rng.randbytes(length)
        else:
            piece[at:at] = rng.choice([b'"', b"\n", b"\x00", b",", b"\xff\xfe", b"<", b"\r", b"PK"])
    return bytes(piece)


@pytest.mark.parametrize("seed", range(3))
def test_damaged_samples_raise_nothing(seed: int, shared: Shared) -> None:
    rng = random.Random(seed)
    for path in sorted(shared("samples").iterdir()):
        check(mutated(path.read_bytes()[:20_000], rng))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_damaged_samples_raise_nothing(seed: int, shared: Shared) -> None:
    rng = random.Random(seed)
    for path in sorted(shared("samples").iterdir()):
        data = path.read_bytes()
        check(mutated(data if path.suffix == ".xlsx" else data[:60_000], rng))
