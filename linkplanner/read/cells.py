"""Cells of exports into values: dates, numbers and yes/no, a column at a time.

Every distinct text is parsed once, so the cost grows with the variety of a column, not its length.
"""

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from linkplanner.csv_text import unescape
from linkplanner.read.addresses import addresses

__all__ = [
    "canonical",
    "counts",
    "dates",
    "filled",
    "first",
    "fold",
    "holds",
    "known_flags",
    "numbers",
    "per_distinct",
    "text",
    "truncate",
    "unescaped",
    "yes",
]

TRUE = frozenset("true yes y 1 vrai oui wahr ja verdadero sí si sim vero x".split())
"""Cells that mean yes: Ahrefs and Semrush true, Moz and Sitebulb Yes, spreadsheets' own words."""

FALSE = frozenset("false no n 0 faux non falsch nein falso não nao".split())
"""Cells that mean no."""

MISSING = frozenset(("", "-", "–", "—", "n/a", "na", "nan", "none", "null", "(not set)", "#n/a"))
"""Cells of number, date and flag columns that mean "not known"."""

DATE_FORMATS = (
    "%Y-%m-%d %H:%M",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%b %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%B %d, %Y",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d %H:%M:%S %z",
)
"""Forms met in exports beside ISO 8601: spreadsheet re-saves, HTTP dates, interface languages."""

_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T].*)?\s*$")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
_INVISIBLE = re.compile(r"[\ufeff\u200b\u200e\u200f\x00]")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$")
_DECIMAL_COMMA = re.compile(r"(?:^-?0,\d+|,\d{1,2}|,\d{4,})$")
_GROUPED_COMMA = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_GROUPED_DOT = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_SUFFIX = {"k": 1e3, "m": 1e6, "b": 1e9}
_LARGEST = 1e15


@lru_cache(maxsize=20_000)
def fold(cell: str) -> str:
    """The key under which header cells meet: case, spaces, quotes and invisible marks aside."""
    bare = _INVISIBLE.sub("", cell).replace("’", "'").strip().strip('"').strip()
    return " ".join(bare.casefold().replace("_", " ").split())


def truncate(cell: str, length: int = 80) -> str:
    """A piece of someone's file that is short enough to quote in a sentence."""
    flat = " ".join(cell.split())
    flat = "".join(c if c.isprintable() else "�" for c in flat[: length * 4])
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def per_distinct(column: pd.Series, parse: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """`parse` applied to the distinct texts of a column and spread over its rows.

    `parse` gets and gives a Series of the same length; missing cells reach it as they are.
    """
    array = column.array
    if not hasattr(array, "_pa_array"):
        codes, distinct = pd.factorize(column, use_na_sentinel=False)
        values = parse(pd.Series(distinct))
        return values.take(codes).set_axis(column.index)
    encoded = pa.chunked_array(array._pa_array).combine_chunks().dictionary_encode("encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    distinct = encoded.dictionary.to_pandas(types_mapper=_to_str)
    values = parse(pd.Series(distinct).reset_index(drop=True))
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    return values.take(codes).set_axis(column.index)


def _texts(column: pd.Series) -> pa.ChunkedArray:
    """A text column as Arrow keeps it."""
    found = pa.array(column.astype("str"), pa.large_string())
    return found if isinstance(found, pa.ChunkedArray) else pa.chunked_array([found])


def _to_str(kind: pa.DataType) -> Any:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.StringDtype(na_value=np.nan)
    return None


def _map(column: pd.Series, dtype: str, function: Callable[[str], Any]) -> pd.Series:
    def parse(distinct: pd.Series) -> pd.Series:
        values = [None if pd.isna(cell) else function(str(cell)) for cell in distinct]
        return pd.Series(values, dtype=dtype)

    return per_distinct(column, parse)


def text(column: pd.Series) -> pd.Series:
    """Texts without surrounding spaces; empty cells are missing. dtype str."""
    stripped = column.str.strip()
    return stripped.where(stripped != "", np.nan).astype("str")


def unescaped(column: pd.Series) -> pd.Series:
    """Texts without the apostrophe that keeps them from being taken for formulas. dtype str."""
    if not column.str.startswith("'").any():
        return column
    return _map(column, "str", unescape)


def canonical(column: pd.Series, base: str | None = None) -> pd.Series:
    """The column's web addresses in their one spelling; missing where a cell is none. dtype str."""

    def parse(distinct: pd.Series) -> pd.Series:
        found = pa.chunked_array([addresses(c, base) for c in _texts(distinct).chunks])
        return pd.Series(found, dtype="str")

    return per_distinct(column, parse)


def yes(column: pd.Series) -> pd.Series:
    """True where a cell says yes in any of the exports' languages. dtype bool."""
    return _map(column, "bool", lambda cell: _INVISIBLE.sub("", cell).strip().casefold() in TRUE)


def known_flags(column: pd.Series) -> pd.Series:
    """Yes, no, or missing where a cell says neither. dtype boolean."""

    def parse(cell: str) -> bool | None:
        word = cell.strip().casefold()
        return True if word in TRUE else False if word in FALSE else None

    return _map(column, "boolean", parse)


def holds(column: pd.Series, words: Iterable[str]) -> pd.Series:
    """True where one of a cell's words (split at commas, spaces, bars) is given. dtype bool."""
    wanted = frozenset(words)
    return _map(
        column, "bool", lambda cell: not wanted.isdisjoint(re.split(r"[\s,;|]+", cell.casefold()))
    )


def filled(column: pd.Series) -> pd.Series:
    """True where a cell holds anything but a no. dtype bool."""
    empty = MISSING | FALSE
    return _map(column, "bool", lambda cell: cell.strip().casefold() not in empty)


def first(column: pd.Series) -> pd.Series:
    """The first text of a JSON list, or the cell itself. dtype str."""

    def parse(cell: str) -> str | None:
        try:
            values = json.loads(cell) if cell.lstrip().startswith("[") else [cell]
        except (ValueError, RecursionError):
            values = [cell]
        return str(values[0]).strip() or None if values else None

    return _map(column, "str", parse)


def numbers(column: pd.Series) -> pd.Series:
    """Decimal numbers: thousands marks, decimal commas, percent signs. dtype float64.

    "1,234" is read as one thousand where no other cell of the column shows a decimal comma.
    """
    return per_distinct(column, lambda distinct: _numbers(distinct, whole=False))


def counts(column: pd.Series) -> pd.Series:
    """Whole numbers: as `numbers`, but "1.234" too is one thousand. dtype float64, whole values."""
    return per_distinct(column, lambda distinct: _numbers(distinct, whole=True).round())


def _numbers(distinct: pd.Series, *, whole: bool) -> pd.Series:
    cells = [_SPACES.sub("", str(c)) if pd.notna(c) else "" for c in distinct]
    decimal_comma = not whole and any(_DECIMAL_COMMA.search(c.rstrip("%€$£")) for c in cells)
    values = [_number(c, decimal_comma, whole) for c in cells]
    return pd.Series(values, dtype="float64")


def _number(cell: str, decimal_comma: bool, whole: bool) -> float | None:
    cell = cell.strip("%€$£")
    scale = 1.0
    if cell[-1:].lower() in _SUFFIX:
        scale, cell = _SUFFIX[cell[-1].lower()], cell[:-1]
    if (decimal_comma and "," in cell) or (whole and _GROUPED_DOT.match(cell)):
        cell = cell.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMA.match(cell):
        cell = cell.replace(",", "")
    elif cell.count(",") == 1:
        cell = cell.replace(",", ".")
    if not cell.isascii() or len(cell) > 40 or not _NUMBER.match(cell):
        return None
    value = float(cell) * scale
    return value if abs(value) < _LARGEST else None


def dates(column: pd.Series) -> pd.Series:
    """Dates and times, without zone (UTC where one is given). dtype datetime64[us].

    ISO 8601 first, then `DATE_FORMATS`, then 28/09/2026: day first unless a cell of the column
    shows a month first. What cannot be read is missing.
    """
    return per_distinct(column, _dates)


def _dates(distinct: pd.Series) -> pd.Series:
    cells = distinct.astype("str").str.strip()
    cells = cells.where(~cells.str.casefold().isin(MISSING), np.nan)
    found = _to_datetime(cells, "ISO8601")
    for form in DATE_FORMATS:
        rest = found.isna() & cells.notna()
        if not rest.any():
            break
        found = found.where(~rest, _to_datetime(cells.where(rest, np.nan), form))
    rest = found.isna() & cells.notna()
    if rest.any():
        found = found.where(~rest, _slashed(cells.where(rest, np.nan)))
    return found


def _slashed(cells: pd.Series) -> pd.Series:
    parts = cells.str.extract(_SLASHED.pattern)
    month_first = bool((pd.to_numeric(parts[1]) > 12).any()) and not bool(
        (pd.to_numeric(parts[0]) > 12).any()
    )
    day, month = (parts[1], parts[0]) if month_first else (parts[0], parts[1])
    return _to_datetime(parts[2] + "-" + month.str.zfill(2) + "-" + day.str.zfill(2), "%Y-%m-%d")


def _to_datetime(cells: pd.Series, form: str) -> pd.Series:
    try:
        stamps = pd.to_datetime(cells, format=form, errors="coerce", utc=True)
    except (ValueError, OverflowError):
        stamps = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us, UTC]")
    return stamps.dt.tz_localize(None).astype("datetime64[us]")
