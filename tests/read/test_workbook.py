"""Workbooks: typed cells as text, several sheets, sparse sheets refused before they are read."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from linkplanner.read import read_bytes

AHREFS = ["Referring page URL", "Target URL", "Anchor", "Domain rating", "First seen", "Nofollow"]


def workbook(sheets: dict[str, list[list[Any]]], far: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        style = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if isinstance(cell, dt.datetime):
                        sheet.write_datetime(y, x, cell, style)
                    else:
                        sheet.write(y, x, cell)
            if far:
                sheet.write(far, "x")
    return out.getvalue()


def test_typed_cells_are_read_like_a_csv() -> None:
    seen = dt.datetime(2026, 1, 2, 3, 4)
    rows = [AHREFS, ["https://a.test/", "https://b.test/", 2024, 4.5, seen, True]]
    (reading,) = read_bytes("x.xlsx", workbook({"S": rows}))
    assert reading.recognised_as == "Ahrefs: backlinks"
    row = reading.frame.iloc[0]
    assert (row["anchor"], row["ahrefs_domain_rating"], row["nofollow"]) == ("2024", 4.5, True)
    assert row["first_seen"] == seen


def test_each_sheet_is_a_reading_and_filters_are_told() -> None:
    pages = [["Top pages", "Clicks", "Impressions", "CTR", "Position"],
             ["https://a.test/blog/", 5, 10, 0.5, 1.2]]  # fmt: skip
    queries = [["Top queries", "Clicks", "Impressions", "CTR", "Position"], ["x", 1, 2, 0.5, 3]]
    filters = [["Filter", "Value"], ["Search type", "Web"], ["Page", "+/blog/"]]
    readings = read_bytes(
        "x.xlsx", workbook({"Pages": pages, "Queries": queries, "Filters": filters, "Empty": []})
    )
    assert [r.kind for r in readings] == ["traffic", "other", "other"]
    assert readings[0].name == "x.xlsx › Pages"
    assert readings[0].frame["clicks"].tolist() == [5]
    assert "+/blog/" in readings[0].warnings[0]


def test_a_sparse_sheet_is_refused_before_it_is_read() -> None:
    (reading,) = read_bytes("x.xlsx", workbook({"S": [AHREFS]}, far="XFD1048576"))
    assert reading.recognised_as is None
    assert "1,048,576 rows" in reading.message


def test_a_workbook_with_a_password_is_told() -> None:
    data = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (reading,) = read_bytes("x.xlsx", data)
    assert "password" in reading.message


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_a_cut_workbook_is_told(keep: float) -> None:
    data = workbook({"S": [AHREFS]})
    (reading,) = read_bytes("x.xlsx", data[: int(len(data) * keep)])
    assert reading.kind == "other"
    assert "x.xlsx" in reading.message


def test_a_workbook_with_a_broken_sheet_is_told() -> None:
    source = workbook({"S": [AHREFS]})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, data[:50] if "sheet1" in info.filename else data)
    readings = read_bytes("x.xlsx", out.getvalue())
    assert all(r.kind == "other" for r in readings)


def test_an_empty_workbook_is_told() -> None:
    (reading,) = read_bytes("x.xlsx", workbook({"S": []}))
    assert "empty workbook" in reading.message
