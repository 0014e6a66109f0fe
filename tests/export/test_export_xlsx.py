"""Workbooks, opened again with another library."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from linkplanner.errors import InputError
from linkplanner.export.cells import legal
from linkplanner.export.xlsx import MAX_COLUMNS, MAX_TEXT, sheet_names, workbook
from linkplanner.tables import TABLES


def opened(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def texts_through(texts: list[str]) -> list[Any]:
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="object"), "n": range(len(texts))})
    return [row[0] for row in opened(workbook({"a": frame}))["a"][1:]]


def test_values_keep_their_kinds() -> None:
    frame = pd.DataFrame(
        {
            "text": pd.Series(["-5", "00123", None], dtype="str"),
            "whole": pd.array([-5, None, 3], dtype="Int64"),
            "number": [0.25, float("nan"), np.inf],
            "flag": pd.array([True, None, False], dtype="boolean"),
            "day": pd.to_datetime(["2026-01-02", None, "2026-01-02 03:04:05"], format="ISO8601"),
        }
    )
    header, *rows = opened(workbook({"a": frame}))["a"]
    assert header == list(frame.columns)
    assert rows == [
        ["-5", -5.0, 0.25, True, dt.date(2026, 1, 2)],
        ["00123", "", "", "", ""],
        ["", 3.0, "inf", False, dt.datetime(2026, 1, 2, 3, 4, 5)],
    ]


@pytest.mark.parametrize(
    ("name", "key"), [("csv_formula.jsonl", "value"), ("markup_injection.jsonl", "text")]
)
def test_known_attacks_are_texts_with_the_same_characters(
    shared: Callable[[str], Path], name: str, key: str
) -> None:
    lines = (shared("vectors") / name).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)[key] for line in lines]
    assert texts_through(texts) == [legal(text) for text in texts]
    sheet = parts(workbook({"a": pd.DataFrame({"t": texts})}))["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "{=1+1}",
        "https://example.com",
        "internal:Sheet2!A1",
        "mailto:a@b.c",
        "<r>&</r>",  # xlsxwriter would write these two as its own markup, and break the file
        "<r><t>bold</t></r>",
        "<r>a_x0041_b</r>",
        "_x0041_",
        "  blanks  ",
        "line\nbreak",
        "\U0001f600",
    ],
)
def test_texts_that_the_writer_itself_would_take_for_something_else(text: str) -> None:
    assert texts_through([text, "x"]) == [text, "x"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=40))
def test_any_text_comes_back_without_what_xml_cannot_hold(texts: list[str]) -> None:
    seen = texts_through(texts)
    # a line end inside a cell may come back as the file format spells it
    assert [t.replace("\r\n", "\n").replace("\r", "\n") for t in seen] == [
        legal(t).replace("\r\n", "\n").replace("\r", "\n") for t in texts
    ]


def test_a_long_text_is_cut_and_told() -> None:
    frame = pd.DataFrame({"t": ["x" * (MAX_TEXT + 1), "y" * MAX_TEXT, "\U0001f600" * 20_000]})
    book = opened(workbook({"texts": frame}))
    lengths = [len(row[0].encode("utf-16-le")) // 2 for row in book["texts"][1:]]
    assert lengths == [MAX_TEXT, MAX_TEXT, MAX_TEXT]
    assert book["texts"][1][0].endswith("x…")
    assert book["texts"][2][0] == "y" * MAX_TEXT
    assert "“texts”: 2 texts were longer" in book["Notes"][1][0]
    assert "A2, A4" in book["Notes"][1][0]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next_and_are_told() -> None:
    book = opened(workbook({"rows": pd.DataFrame({"n": range(10)})}, rows_per_sheet=4))
    assert list(book) == ["rows", "rows (2)", "rows (3)", "Notes"]
    numbers = [row[0] for name in list(book)[:3] for row in book[name][1:]]
    assert numbers == list(range(10))
    assert "“rows” has 10 rows" in book["Notes"][1][0]


def test_nothing_to_tell_gives_no_notes() -> None:
    assert list(opened(workbook({"a": pd.DataFrame({"n": [1]})}))) == ["a"]


def test_too_many_columns_are_refused_with_the_way_out() -> None:
    wide = pd.DataFrame([range(MAX_COLUMNS + 1)])
    with pytest.raises(InputError, match=r"“wide” has 16,385 columns.*CSV"):
        workbook({"wide": wide})


def test_header_is_frozen_filtered_and_columns_are_as_wide_as_their_texts() -> None:
    frame = pd.DataFrame({"url": ["https://example.com/a-rather-long-page"], "n": [1]})
    sheet = parts(workbook({"a": frame}))["xl/worksheets/sheet1.xml"]
    assert '<autoFilter ref="A1:B2"/>' in sheet
    assert 'ySplit="1"' in sheet
    widths = [float(part.split('"')[0]) for part in sheet.split('<col min="')[1:]]
    assert widths == [1, 2]
    assert 'width="39' in sheet


def test_codes_have_no_thousands_separator_and_small_figures_keep_their_digits() -> None:
    frame = pd.DataFrame({"page_id": [1234], "links": [1234], "seed": [0.0042], "points": [12.5]})
    styles = parts(workbook({"a": frame}))["xl/styles.xml"]
    sheet = parts(workbook({"a": frame}))["xl/worksheets/sheet1.xml"]
    assert '"0.0000"' in styles
    used = [sheet.split(f'r="{cell}" s="')[1].split('"')[0] for cell in ("A2", "B2", "C2", "D2")]
    assert len(set(used)) == 4


def test_whole_numbers_too_long_for_excel_keep_their_digits_as_text() -> None:
    long = 12345678901234567
    assert opened(workbook({"a": pd.DataFrame({"n": [long, 5]})}))["a"][1:] == [[str(long)], [5.0]]


def test_dates_that_excel_counts_wrongly_are_texts() -> None:
    frame = pd.DataFrame(
        {"d": [dt.datetime(1899, 12, 31), dt.datetime(2026, 1, 2)]}, dtype="object"
    )
    rows = opened(workbook({"a": frame}))["a"][1:]
    assert rows == [["1899-12-31"], [dt.date(2026, 1, 2)]]


@pytest.mark.parametrize(
    ("given_names", "expected"),
    [
        (["Plan"], ["Plan"]),
        (["a/b:c*d?[e]\\f"], ["a b c d  e  f"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
        (["\U0001f600" * 20], ["\U0001f600" * 15]),
        (["plan", "PLAN"], ["plan", "PLAN (2)"]),
        (["History"], ["History (2)"]),
        (["'quoted'"], ["quoted"]),
        (["", "\x00"], ["Sheet", "Sheet (2)"]),
    ],
)
def test_sheet_names(given_names: list[str], expected: list[str]) -> None:
    assert sheet_names(given_names) == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=5))
def test_any_names_give_a_book_that_opens(names: list[str]) -> None:
    frames = {name: pd.DataFrame({"a": [1]}) for name in names}
    book = opened(workbook(frames))
    assert len(book) == max(1, len(frames))


def test_every_declared_table_can_be_written_empty() -> None:
    book = opened(workbook({name: table.empty() for name, table in TABLES.items()}))
    assert {name: rows[0] for name, rows in book.items()} == {
        name: list(table.columns) for name, table in TABLES.items()
    }
