"""What the help screen says around the pages of the documentation."""

from typing import Final

from linkplanner.ui.texts.numbers import count

YOUR_TOOL: Final = "Your tool"
KINDS: Final = "What each kind of file is good for"
REFUSED: Final = "Files that are refused, and what to do"
FIND_TERM: Final = "Find a term"
FIND_EXAMPLE: Final = "equity, orphan, anchor …"
BEGIN: Final = "begin with your files, or with the sample."
EXPORT: Final = "Export from my tool"
TERMS: Final = "Terms"
METHOD: Final = "Method"
LIMITS: Final = "Limits and privacy"


def finding(sources: int, terms: int) -> str:
    """What there is to read."""
    kinds = count(sources, "kind of sources", "kinds of sources")
    return f"{kinds}, {count(terms, 'term')}, and the whole method."
