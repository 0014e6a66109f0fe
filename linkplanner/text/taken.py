"""Where the words of links that exist already stand in a text."""

from collections.abc import Iterable
from typing import Final

__all__ = ["taken_places"]

MAX_OCCURRENCES: Final = 50
"""Places of one existing anchor that are closed to new links."""
_SPACES: Final = "\t\n\r\x0b\x0c\xa0\u2028\u2029\u202f"


def taken_places(text: str, anchors: Iterable[str]) -> list[tuple[int, int]]:
    """Start and end of every place where an existing anchor stands as whole words."""
    found: list[tuple[int, int]] = []
    plain_text = text
    for space in _SPACES:
        if space in text:
            plain_text = plain_text.replace(space, " ")
    for anchor in {" ".join(a.split()) for a in anchors if isinstance(a, str)}:
        if not anchor or len(anchor) > 300:
            continue
        at, number = plain_text.find(anchor), 0
        while at >= 0 and number < MAX_OCCURRENCES:
            end = at + len(anchor)
            if _whole(plain_text, at, end):
                found.append((at, end))
                number += 1
            at = plain_text.find(anchor, end)
    return found


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no word of a spaced script is cut in two at either end."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    cut = first.isalnum() and first.isascii() and (before.isalnum() or before == "_")
    return not cut and not (last.isalnum() and last.isascii() and (after.isalnum() or after == "_"))
