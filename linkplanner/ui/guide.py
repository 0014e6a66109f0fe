"""The project's own pages of documentation as the help screen shows them: one source of truth."""

from functools import cache
from pathlib import Path
from typing import Final

from linkplanner.ui.texts import common

__all__ = ["about_tool", "document", "sections", "tools"]

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
KINDS: Final = "What each kind is good for"
REFUSED: Final = "What is refused, and what to do"
NO_TOOLS: Final = (KINDS, REFUSED, "Rows")
"""Sections of formats.md that speak of no single tool."""


@cache
def document(name: str) -> str:
    """Text of a page of docs/ without its title; a sentence where the file is missing."""
    path = DOCS / f"{name}.md"
    if not path.is_file():
        return common.DOCS_MISSING
    _, _, rest = path.read_text("utf-8").partition("\n")
    return rest.strip()


def sections(name: str) -> dict[str, str]:
    """Heading to text of each part of a page; what stands before the first heading is left out."""
    parts = ("\n" + document(name)).split("\n## ")[1:]
    return {part.partition("\n")[0].strip(): part.partition("\n")[2].strip() for part in parts}


def tools() -> list[str]:
    """Tools that the app knows how to export from, as headings of formats.md."""
    return [heading for heading in sections("formats") if heading not in NO_TOOLS]


def about_tool(tool: str) -> str:
    """How to export from one tool and what is read."""
    return sections("formats").get(tool, common.DOCS_MISSING)
