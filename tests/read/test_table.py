"""Decoding, delimiter, header row and the two CSV parsers, which must agree."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.read.decode import decode
from linkplanner.read.records import BAD_QUOTE, records
from linkplanner.read.table import CsvTable, open_table

HEADER = "Source url,Target url,Anchor"
ROWS = [["https://a.test/ü", "https://b.test/", "say “hi”"], ["https://c.test/", "x", "a, b\nc"]]


def known(cells: object) -> bool:
    return "Source url" in [str(c).strip() for c in cells]  # type: ignore[attr-defined]


def table(data: bytes) -> CsvTable:
    return open_table(decode(data), known)


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def cells_of(grid: CsvTable) -> list[list[str]]:
    return grid.read(range(grid.width)).frame.to_numpy().tolist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(encoding: str, delimiter: str, end: str) -> None:
    rows = [HEADER.split(","), *[[c.replace("\n", " ") for c in row] for row in ROWS]]
    grid = table(written(rows, delimiter, end).encode(encoding))
    assert grid.header == tuple(rows[0])
    assert cells_of(grid) == rows[1:]


def test_quoted_newlines_stay_in_their_cell() -> None:
    grid = table(written([HEADER.split(","), *ROWS]).encode())
    assert cells_of(grid) == ROWS


def test_windows_1252_is_read_and_told() -> None:
    decoded = decode((HEADER + "\na,b,café “x”\n").encode("cp1252"))
    assert decoded.encoding == "cp1252"
    assert decoded.warnings
    assert "café “x”" in bytes(decoded.data).decode()


def test_a_damaged_byte_in_utf8_does_not_change_the_encoding() -> None:
    text = "é" * 100
    decoded = decode(text.encode() + b"\xff" + text.encode())
    assert decoded.encoding == "utf-8"
    assert "1." in decoded.warnings[0]


@pytest.mark.parametrize("preamble", ['"All Inlinks"\n', "# a\n# b\n\n", "Report\nDate,2026\n"])
def test_lines_above_the_header_are_skipped(preamble: str) -> None:
    grid = table((preamble + HEADER + "\na,b,c\n").encode())
    assert grid.header == tuple(HEADER.split(","))
    assert cells_of(grid) == [["a", "b", "c"]]


def test_the_line_for_spreadsheets_names_the_delimiter() -> None:
    grid = table(b"sep=;\nSource url;Target url\na,b;c\n")
    assert cells_of(grid) == [["a,b", "c"]]


def test_a_lone_column_is_not_cut_at_commas() -> None:
    grid = table(b"Source url\nhttps://a.test/x,y\nhttps://b.test/\n")
    assert cells_of(grid) == [["https://a.test/x,y"], ["https://b.test/"]]


def test_one_bad_quote_costs_one_row() -> None:
    grid = table((HEADER + '\na,b,"oops\nc,d,"fine, x"\ne,f,g\n').encode())
    read = grid.read([0, 2])
    assert read.frame.to_numpy().tolist() == [["c", "fine, x"], ["e", "g"]]
    assert dict(read.skipped) == {BAD_QUOTE: 1}


def test_short_rows_are_kept_where_nothing_needed_is_missing() -> None:
    grid = table((HEADER + "\na,b\nc\nd,e,f,,\ng,h,i,j\n").encode())
    read = grid.read([0, 2], 2)
    assert sorted(read.frame.to_numpy().tolist()) == [["a", ""], ["d", "f"]]
    assert sum(read.skipped.values()) == 2


def test_a_quote_inside_a_bare_cell_is_a_character() -> None:
    grid = table((HEADER + '\na,b,5" pipe\nc,d,e\n').encode())
    assert cells_of(grid) == [["a", "b", '5" pipe'], ["c", "d", "e"]]


@pytest.mark.parametrize("data", [b"  \n\n ", bytes(1000), b"a" * 50 + bytes(range(32)) * 9])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        table(data)


CELL = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6))
def test_both_parsers_agree_with_the_csv_module(rows: list[list[str]]) -> None:
    rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    expected = [row for row in rows if any(row)]
    assert [r.cells for r in records(out.getvalue(), ",")] == expected
    grid = table((HEADER + "\n" + out.getvalue()).encode())
    assert [row for row in cells_of(grid) if any(row)] == expected


@settings(deadline=None)
@given(st.text(alphabet='a",\n\r ', max_size=40))
def test_no_row_is_lost_uncounted(text: str) -> None:
    grid = table((HEADER + "\n" + text).encode())
    read = grid.read([0])
    lines = [line for line in text.replace("\r", "\n").split("\n") if line.strip(' ,"')]
    assert len(read.frame) + sum(read.skipped.values()) <= len(text) + 1
    if lines:
        assert len(read.frame) + sum(read.skipped.values()) >= 1
