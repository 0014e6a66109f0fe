"""Cells of a report's column into the values of a field, as the report describes them."""

from collections.abc import Callable
from typing import Final

import pandas as pd

from linkplanner.read import cells
from linkplanner.read.reports import Column

__all__ = ["values"]

CONVERTERS: Final[dict[str, Callable[[pd.Series], pd.Series]]] = {
    "str": cells.text,
    "Int64": cells.counts,
    "float64": cells.numbers,
    "bool": cells.yes,
    "boolean": cells.known_flags,
    "datetime64[us]": cells.dates,
}
"""How a cell is read by the type of the field it goes to."""


def values(raw: pd.Series, column: Column, dtype: str) -> pd.Series:
    """The cells as a field of a type declared in `tables`; 'str' for fields of none."""
    if column.how == "yes":
        return cells.known_flags(raw) if dtype == "boolean" else cells.yes(raw)
    if column.how == "no":
        return cells.known_flags(raw).eq(False).fillna(False).astype("bool")
    if column.how == "filled":
        return cells.filled(raw)
    if column.how == "holds":
        return cells.holds(raw, column.words)
    if column.how == "count":
        return cells.counts(raw)
    if column.how == "first":
        return cells.first(raw)
    return CONVERTERS[dtype](raw)
