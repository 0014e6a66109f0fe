"""Values as cells of a spreadsheet: plain types, and no character that XML cannot hold.

For CSV see `linkplanner.csv_text`, which keeps a text from being taken for a formula.
"""

import datetime as dt
import re
from typing import Any, Final

import pandas as pd

__all__ = ["iso", "legal", "plain"]

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no spelling for (section 2.2, production 2)."""


def legal(text: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def plain(value: Any) -> bool | int | float | str | None:
    """A cell's value in Python's own types: None where missing, dates as ISO 8601 text."""
    if isinstance(value, str):
        return value
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        value = value.item()
    if isinstance(value, float):
        return None if value != value else value
    if isinstance(value, bool | int):
        return value
    return iso(value) if isinstance(value, dt.date | dt.time) else str(value)


def iso(moment: dt.date | dt.time) -> str:
    """ISO 8601; a time of day only where there is one."""
    if isinstance(moment, dt.datetime):
        midnight = moment.time() == dt.time() and moment.tzinfo is None
        return moment.date().isoformat() if midnight else moment.isoformat()
    return moment.isoformat()
