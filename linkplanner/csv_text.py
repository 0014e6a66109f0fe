"""The spelling of a text in a CSV that keeps it a text, whatever spreadsheet opens the file.

In a CSV every cell is a guess of the program that opens it. `escape` puts one apostrophe before a
text that a spreadsheet could take for a formula, and `unescape` takes exactly that one away again:
`unescape(escape(text)) == text` for every text. Exports write with the one, the reader of plain
tables reads with the other.
"""

import re
from typing import Final

__all__ = ["escape", "unescape"]

_TRIGGERS: Final = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
"""= + - @ with their full-width and small forms: what starts a formula (OWASP, CSV injection)."""

_LEAD: Final = (
    "\\x00-\\x20\\x7f-\\xa0\\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
)
"""Blanks, controls and characters without a width: some programs drop them before they look."""

_RISKY: Final = re.compile(f"'*(?:[\t\r\n]|[{_LEAD}]*[{_TRIGGERS}])")
"""Also matches behind apostrophes, so that a text which has one of its own is told apart."""


def escape(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula."""
    return "'" + text if _RISKY.match(text) else text


def unescape(text: str) -> str:
    """The text that `escape` was given; texts that it would not have written stay as they are."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) else text
