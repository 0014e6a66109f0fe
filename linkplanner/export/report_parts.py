"""Pieces that the sections of the client's report share."""

from typing import Any, Final

from linkplanner.export.markup import Html, literal, tag

__all__ = [
    "CHART_ROWS",
    "TABLE_ROWS",
    "many",
    "paragraph",
    "rest_of",
    "section",
    "short",
    "text_of",
]

CHART_ROWS: Final = 15
"""Bars of one chart: more are not readable on a page."""
TABLE_ROWS: Final = 40
"""Rows of a table in the report; the exports hold all."""


def section(title: str, content: str) -> Html:
    """A section under its heading."""
    return tag("section", tag("h2", literal(title)) + content)


def paragraph(text: str) -> Html:
    """A paragraph of plain text."""
    return tag("p", literal(text))


def rest_of(count: int, what: str, shown: int = TABLE_ROWS) -> Html:
    """How many more the export holds; nothing where all are shown."""
    if count <= shown:
        return Html("")
    return tag("p", literal(f"… and {count - shown:,} more {what} in the export."), "note")


def many(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def text_of(value: Any) -> str:
    """The text, empty where there is none."""
    return value if isinstance(value, str) else ""


def short(url: Any, origin: str) -> str:
    """The address without the site's own origin."""
    text = text_of(url)
    return text[len(origin) :] if origin and text.startswith(origin + "/") else text
