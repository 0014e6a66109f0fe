"""The one writer of CSV: UTF-8 with BOM, texts that stay texts, numbers that stay numbers.

The BOM makes Excel read UTF-8. Every text is quoted, so that a program which also splits at
semicolons or tabs (LibreOffice does by default) still sees one cell. Texts that a spreadsheet
could run as formulas carry an apostrophe (`cells.escape`); `read_back` takes it away again.
"""

import io
from pathlib import Path
from typing import Any, Final

import pandas as pd
from pandas.api import types

from linkplanner import frames_on_disk
from linkplanner.csv_text import escape, unescape
from linkplanner.errors import InputError
from linkplanner.export.cells import plain

__all__ = ["read_back", "safe_csv", "unescape", "write_bytes", "write_csv"]

_END: Final = "\r\n"
"""End of a record (RFC 4180, section 2)."""


def safe_csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    """The frame as a CSV file: header and rows, without the index.

    Numbers as they are, dates as ISO 8601, missing values as empty cells, everything else as text.
    separator: a tab makes it a TSV file; quoting and escaping are the same.
    """
    if not len(frame.columns):
        return b"\xef\xbb\xbf"
    lines = [separator.join(_quoted(str(name)) for name in frame.columns)]
    columns = [_cells(frame.iloc[:, at]) for at in range(len(frame.columns))]
    if len(columns) == 1:  # a record without a character would be a blank line, which readers skip
        lines += [cell or '""' for cell in columns[0]]
    else:
        lines += map(separator.join, zip(*columns, strict=True))
    return ("\ufeff" + _END.join(lines) + _END).encode("utf-8", "replace")


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write `safe_csv(frame)` to the path, whole or not at all. Raises InputError."""
    write_bytes(path, safe_csv(frame))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises InputError where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        frames_on_disk.write_bytes(path, data)
    except OSError as error:
        raise InputError(_failure(path, error)) from error


def read_back(data: bytes, separator: str = ",") -> pd.DataFrame:
    """A file from `safe_csv` as a frame of texts, exactly as they were before they were escaped."""
    if not data.strip(b"\xef\xbb\xbf\r\n"):
        return pd.DataFrame()
    table = pd.read_csv(
        io.BytesIO(data),
        encoding="utf-8-sig",
        sep=separator,
        header=None,
        dtype="str",
        keep_default_na=False,
        skip_blank_lines=False,
    )
    table = table.map(unescape)
    return table.iloc[1:].set_axis(table.iloc[0].tolist(), axis=1).reset_index(drop=True)


def _cells(column: pd.Series) -> list[str]:
    """A column as the cells of a file, already quoted where they are text."""
    if types.is_bool_dtype(column.dtype):
        return ["" if v is pd.NA else str(v) for v in column.tolist()]
    if types.is_numeric_dtype(column.dtype) and not types.is_complex_dtype(column.dtype):
        return ["" if pd.isna(v) else repr(v) for v in column.tolist()]
    return [_cell(value) for value in column.tolist()]


def _cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return repr(value)
    return _quoted(value)


def _quoted(text: str) -> str:
    return '"' + escape(text).replace('"', '""') + '"'


def _failure(path: Path, error: OSError) -> str:
    reason = error.strerror or error
    return (
        f"“{path}” cannot be written ({reason}); close it in other programs, "
        "or choose another folder."
    )
