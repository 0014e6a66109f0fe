"""What a spreadsheet may do with a text, and the spelling that keeps it a text.

`escape` is for CSV, where every cell is a guess of the program that opens it. It puts one
apostrophe before a text that a spreadsheet could take for a formula, and `unescape` takes exactly
that one away again: `unescape(escape(text)) == text` for every text.
"""

import datetime as dt
import re
from typing import Any, Final

import pandas as pd

__all__ = ["escape", "iso", "legal", "plain", "unescape"]

_TRIGGERS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""= + - @ with their full-width and small forms: what starts a formula (OWASP, CSV injection)."""

_LEAD: Final = (
    "\\x00-\\x20\\x7f-\\xa0\\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
)
"""Blanks, controls and characters without a width: some programs drop them before they look."""

_RISKY: Final = re.compile(f"'*(?:[\t\r\n]|[{_LEAD}]*[{_TRIGGERS}])")
"""Also matches behind apostrophes, so that a text which has one of its own is told apart."""

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no spelling for (section 2.2, production 2)."""


def escape(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula."""
    return "'" + text if _RISKY.match(text) else text


def unescape(text: str) -> str:
    """The text that `escape` was given; texts that it would not have written stay as they are."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) else text


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
