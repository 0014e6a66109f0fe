"""Where the words of a text stand, found for all of its characters at once."""

from functools import cache
from typing import Final

import numpy as np

from linkplanner.text.tokens import is_mark, is_unspaced

__all__ = ["word_places"]

_OTHER, _WORD, _MARK, _LINE, _UNSPACED = range(5)
_LAST: Final = 0x40000
"""First character after the planes that hold letters, or are kept for them."""


@cache
def _kinds() -> np.ndarray:
    """What each character is: uint8 by code point."""
    kinds = np.zeros(_LAST + 1, dtype=np.uint8)
    for code in range(_LAST):
        letter = chr(code)
        if is_unspaced(letter):  # unassigned ones and marks too
            kinds[code] = _UNSPACED
        elif letter.isalnum():
            kinds[code] = _WORD
        elif code < 0x10000 and is_mark(letter):
            kinds[code] = _MARK
    kinds[ord("\n")] = _LINE
    return kinds


def word_places(text: str) -> tuple[np.ndarray, np.ndarray] | None:
    """Start and end of each word and line end, as `Lexicon.encode_spans` gives them: int64[words].

    None where the text holds a character of a script without spaces: its words are no runs of
    letters.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kind = _kinds()[np.minimum(codes, _LAST)]
    if (kind == _UNSPACED).any():
        return None
    letter = kind == _WORD
    inside = letter | (kind == _MARK)
    edge = np.diff(inside, prepend=False, append=False)
    starts, ends = np.flatnonzero(edge).reshape(-1, 2).T
    if len(starts) and not letter[starts].all():
        starts, ends = _from_letters(letter, starts, ends)
    lines = np.flatnonzero(kind == _LINE)
    at = np.searchsorted(starts, lines)
    return np.insert(starts, at, lines), np.insert(ends, at, lines + 1)


def _from_letters(
    letter: np.ndarray, starts: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The same runs without the marks before their first letter; none where there is no letter."""
    places = np.append(np.flatnonzero(letter), len(letter))
    first = places[np.searchsorted(places, starts)]
    kept = first < ends
    return first[kept], ends[kept]
