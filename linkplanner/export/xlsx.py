"""The one writer of workbooks: every text a text, every number a number, whatever it says.

xlsxwriter turns texts that look like formulas or addresses into live ones unless it is told not
to, and takes a text between `<r>` and `</r>` for markup of its own. Both are closed here.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from pandas.api import types

from linkplanner.errors import InputError
from linkplanner.export.cells import legal, plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["MAX_COLUMNS", "MAX_ROWS", "MAX_TEXT", "sheet_names", "workbook"]

MAX_ROWS: Final = 1_048_576
"""Rows of a sheet, the header among them (Excel specifications and limits)."""
MAX_COLUMNS: Final = 16_384
"""Columns of a sheet (the same page)."""
MAX_TEXT: Final = 32_767
"""Characters of a cell (the same page); Excel counts UTF-16 units."""
NOTES: Final = "Notes"
"""Sheet that tells what did not fit; absent where everything did."""

_SHEET_NAME: Final = 31
_EXACT: Final = 10**15
"""Whole numbers above this lose digits in Excel, so they are written as text."""
_FIRST_DAY: Final = dt.datetime(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier dates are written as text."""
_LAST_DAY: Final = dt.datetime(9999, 12, 31)
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_ESCAPES: Final = re.compile("(?<=_)(?=x[0-9a-fA-F]{4}_)")
_CODES: Final = re.compile(r"(?:^|_)(?:id|rank|status|year)$")
"""Columns whose whole numbers are names, so they take no thousands separator."""
_SAMPLE: Final = 200
"""Rows looked at for the width of a column."""
_NARROW, _WIDE = 8, 60


@dataclass
class _Told:
    """What had to be changed to fit, for the sheet of notes."""

    cut: dict[str, list[str]] = field(default_factory=dict)
    """Sheet name to the cells whose text was cut."""
    split: list[str] = field(default_factory=list)
    """One sentence a table that took several sheets."""

    def sentences(self) -> list[str]:
        cut = [
            f"Sheet “{sheet}”: {len(cells):,} texts were longer than {MAX_TEXT:,} characters and "
            f"were cut, first in {', '.join(cells[:5])}; the CSV export has them whole."
            for sheet, cells in self.cut.items()
        ]
        return self.split + cut


def workbook(sheets: Mapping[str, pd.DataFrame], *, rows_per_sheet: int = MAX_ROWS - 1) -> bytes:
    """An XLSX file with one sheet a frame: header frozen, filters on, columns of fitting width.

    A frame with more rows than a sheet holds goes on in further sheets; texts that are too long
    are cut. Both are told in a sheet “Notes”. Raises InputError for more columns than Excel has.
    """
    import xlsxwriter

    for name, frame in sheets.items():
        if len(frame.columns) > MAX_COLUMNS:
            raise InputError(
                f"“{name}” has {len(frame.columns):,} columns and Excel takes {MAX_COLUMNS:,}; "
                "export it as CSV."
            )
    told = _Told()
    parts = list(_parts(sheets, rows_per_sheet, told))
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(out, options)
    styles = _Styles.of(book)
    names = sheet_names([name for name, _ in parts] + [NOTES])
    for name, (_, frame) in zip(names, parts, strict=False):
        _write(book.add_worksheet(name), frame, styles, told.cut)
    notes = told.sentences()
    if notes or not parts:
        _write(book.add_worksheet(names[-1]), pd.DataFrame({"note": notes}), styles, {})
    book.close()
    return out.getvalue()


def sheet_names(names: list[str]) -> list[str]:
    """Names that Excel takes, in order: legal characters, at most 31, told apart without case."""
    used = {"history"}  # reserved by Excel
    result = []
    for name in names:
        clean = legal(_FORBIDDEN.sub(" ", name)).strip(" '")
        clean = _head(clean, _SHEET_NAME).strip(" '") or "Sheet"
        unique, number = clean, 1
        while unique.casefold() in used:
            number += 1
            ending = f" ({number})"
            unique = _head(clean, _SHEET_NAME - len(ending)) + ending
        used.add(unique.casefold())
        result.append(unique)
    return result


def _parts(
    sheets: Mapping[str, pd.DataFrame], rows: int, told: _Told
) -> Iterator[tuple[str, pd.DataFrame]]:
    for name, frame in sheets.items():
        pieces = max(1, -(-len(frame) // rows))
        if pieces > 1:
            told.split.append(
                f"“{name}” has {len(frame):,} rows, more than one sheet holds; "
                f"it goes on over {pieces} sheets."
            )
        for piece in range(pieces):
            yield name, frame.iloc[piece * rows : (piece + 1) * rows]


@dataclass(frozen=True)
class _Styles:
    plain: "Format"
    header: "Format"
    whole: "Format"
    code: "Format"
    coarse: "Format"
    fine: "Format"
    date: "Format"
    moment: "Format"

    @classmethod
    def of(cls, book: "Workbook") -> "_Styles":
        def number(pattern: str) -> "Format":
            return book.add_format({"num_format": pattern})

        header = {"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "top"}
        return cls(
            plain=book.add_format(),
            header=book.add_format(header),
            whole=number("#,##0"),
            code=number("0"),
            coarse=number("#,##0.00"),
            fine=number("0.0000"),
            date=number("yyyy-mm-dd"),
            moment=number("yyyy-mm-dd hh:mm:ss"),
        )

    def of_column(self, name: str, column: pd.Series) -> "Format | None":
        """The number format of a column; None for text and truth values."""
        dtype = column.dtype
        if types.is_bool_dtype(dtype) or not types.is_numeric_dtype(dtype):
            return None
        if types.is_integer_dtype(dtype):
            return self.code if _CODES.search(name.lower()) else self.whole
        largest = column.abs().max()
        return self.fine if pd.notna(largest) and largest < 1 else self.coarse


def _write(
    sheet: "Worksheet", frame: pd.DataFrame, styles: _Styles, cut: dict[str, list[str]]
) -> None:
    formats = []
    for at, name in enumerate(map(str, frame.columns)):
        column = frame.iloc[:, at]
        formats.append(styles.of_column(name, column))
        sheet.set_column(at, at, _width(name, column))
        _text(sheet, 0, at, name, styles, cut, styles.header)
    columns = [_values(frame.iloc[:, at]) for at in range(len(frame.columns))]
    for row, values in enumerate(zip(*columns, strict=True), start=1):
        for at, value in enumerate(values):
            if value is not None:
                _cell(sheet, row, at, value, formats[at], styles, cut)
    if len(frame.columns):
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _values(column: pd.Series) -> list[Any]:
    """A column's values, None where missing: most cells of a wide export are."""
    known = column.notna().to_numpy()
    return [value if there else None for value, there in zip(column.tolist(), known, strict=True)]


def _cell(
    sheet: "Worksheet",
    row: int,
    at: int,
    value: Any,
    number: "Format | None",
    styles: _Styles,
    cut: dict[str, list[str]],
) -> None:
    if isinstance(value, dt.datetime) and _in_calendar(value):
        midnight = value.time() == dt.time()
        sheet.write_datetime(row, at, value, styles.date if midnight else styles.moment)
        return
    value = plain(value)
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
    elif isinstance(value, str):
        _text(sheet, row, at, value, styles, cut)
    elif abs(value) < _EXACT or (isinstance(value, float) and abs(value) != float("inf")):
        sheet.write_number(row, at, value, number)
    else:
        _text(sheet, row, at, str(value), styles, cut)


def _in_calendar(moment: dt.datetime) -> bool:
    return moment.tzinfo is None and _FIRST_DAY <= moment <= _LAST_DAY


def _text(
    sheet: "Worksheet",
    row: int,
    at: int,
    text: str,
    styles: _Styles,
    cut: dict[str, list[str]],
    style: "Format | None" = None,
) -> None:
    text = legal(text)
    if len(text) > MAX_TEXT // 2:  # only then can the UTF-16 units be too many
        shorter = _shortened(text)
        if shorter != text:
            cut.setdefault(sheet.get_name(), []).append(_address(row, at))
            text = shorter
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, at, *_runs(text, styles.plain), *([style] if style else []))
    else:
        sheet.write_string(row, at, text, style)


def _runs(text: str, style: "Format") -> list[Any]:
    """A text that xlsxwriter would take for its own markup, as runs that it escapes itself.

    It escapes runs twice, so what it spells _xHHHH_ must not stand inside one.
    """
    runs = _ESCAPES.split(text[1:].replace("\r", "\n"))
    return ["<", *(item for run in runs for item in (style, run))]


def _shortened(text: str) -> str:
    head = _head(text, MAX_TEXT)
    return text if head == text else _head(text, MAX_TEXT - 1) + "…"


def _head(text: str, units: int) -> str:
    """As much of the text as Excel counts for so many characters: UTF-16 units."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _address(row: int, at: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, at))


def _width(name: str, column: pd.Series) -> int:
    """Characters: the header with room for its filter, or the longest of the first texts."""
    head = [plain(value) for value in column.iloc[:_SAMPLE].tolist()]
    longest = max((len(_shown(value)) for value in head if value is not None), default=0)
    return min(max(len(name) + 4, longest + 1, _NARROW), _WIDE)


def _shown(value: Any) -> str:
    if isinstance(value, bool | str):
        return str(value).split("\n", 1)[0]
    return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
