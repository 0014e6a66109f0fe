"""Worksheets into tables of text, after a look at how large they really are.

The spreadsheet reader allocates the whole rectangle from the first to the last cell, so one cell
at the far corner of a tiny file could fill the memory: extents are taken from the XML beforehand.
"""

import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linkplanner.errors import InputError
from linkplanner.read import limits
from linkplanner.read.table import IsHeader, RowTable, find_header, strip
from linkplanner.read.unpack import UNREADABLE

__all__ = ["Sheet", "open_workbook"]

CHUNK = 1024 * 1024
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]{0,300}?\br="(\d{1,7})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")


@dataclass(frozen=True)
class Sheet:
    """One worksheet."""

    name: str
    """Its title."""
    table: RowTable | None
    """Its table; None where it is empty."""


def open_workbook(data: bytes, is_header: IsHeader) -> list[Sheet]:
    """All worksheets of a workbook. Raises InputError."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(
                "the workbook has a password; save it without one, or export it as CSV."
            )
    else:
        _check_extent(data)
    return [_sheet(name, rows, is_header) for name, rows in _read(data)]


def _read(data: bytes) -> list[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for name in book.sheet_names[: limits.MEMBER_LIMIT]:
            sheets.append((name, book.get_sheet_by_name(name).to_python(skip_empty_area=True)))
        return sheets
    except BaseException as error:  # a panic inside the reader does not derive from Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise InputError(
            f"the workbook cannot be read ({str(error)[:80]}); export it as CSV."
        ) from error


def _check_extent(data: bytes) -> None:
    """Refuses a workbook whose sheets unpack to too much. Raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = 0
            for info in archive.infolist():
                rows, columns, size = _extent(archive, info, len(data), total)
                total += size
                if rows * columns > limits.SHEET_CELLS:
                    raise InputError(
                        f"its sheet spans {rows:,} rows and {columns:,} columns, more than "
                        f"{limits.SHEET_CELLS:,} cells; export it as CSV."
                    )
    except (zipfile.BadZipFile, *UNREADABLE) as error:
        raise InputError(
            "the workbook is damaged or protected; download it again or export it as CSV."
        ) from error


def _extent(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, packed: int, before: int
) -> tuple[int, int, int]:
    """Last row, last column and unpacked size of one part of the workbook."""
    rows = columns = size = 0
    tail = b""
    is_sheet = bool(_SHEET.search(info.filename))
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            total = size + before
            if total > limits.FILE_LIMIT or (
                total > limits.RATIO_FROM and total > limits.RATIO_LIMIT * packed
            ):
                raise InputError("the workbook unpacks to more than the limit; export it as CSV.")
            if not is_sheet:
                continue
            window = tail + chunk
            cells = set(_CELL.findall(window))
            rows = max([rows, *(int(row) for _, row in cells), *map(int, _ROW.findall(window))])
            columns = max([columns, *map(_column_number, {letters for letters, _ in cells})])
            tail = window[-600:]
    return rows, columns, size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(name: str, raw: list[list[Any]], is_header: IsHeader) -> Sheet:
    rows = [tuple(_text(cell) for cell in row) for row in raw]
    rows = [row for row in rows if any(row)]
    if not rows:
        return Sheet(name, None)
    widths = Counter(_used(row) for row in rows[:60])
    usual = max(widths, key=lambda w: (widths[w], w))
    index = find_header(rows, usual, is_header)
    header: Sequence[str] = () if index is None else rows[index]
    used = _used(header) if header else max(widths)
    first = 0 if index is None else index + 1
    table = RowTable(
        header=tuple(strip(cell) for cell in header[:used]),
        preamble=tuple(" ".join(c for c in row if c) for row in rows[: max(first - 1, 0)]),
        sample=tuple(rows[first : first + 60]),
        width=used,
        rows=tuple(rows[first:]),
    )
    return Sheet(name, table)


def _used(row: Sequence[str]) -> int:
    return max((i + 1 for i, cell in enumerate(row) if cell), default=0)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (dt.datetime, dt.date)):
        return cell.isoformat(" ") if isinstance(cell, dt.datetime) else cell.isoformat()
    return str(cell)
