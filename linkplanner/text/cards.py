"""Which lines of a page are cards: teasers of other pages, no sentences to write a link into."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from linkplanner.text.phrases import anchor_key

__all__ = ["cards", "is_repeated", "repeated_lines"]

CARD_CHARACTERS: Final = 160
"""A line up to this length may be the text of a card."""
NAME_CHARACTERS: Final = 200
"""Longer lines are no link text."""
RUN: Final = 3
"""So many short lines in a row that begin alike are a list of cards."""
REPEATED_CHARACTERS: Final = 20
"""Shorter lines repeat by chance."""
COPIED: Final = 0.7
"""A page of which more lines than this stand elsewhere is itself a copy: its lines tell nothing."""
_LINE: Final = re.compile(r"[^\n\r\u2028\u2029]+")
_MASK: Final = re.compile(r"\d+")


def repeated_lines(texts: Iterable[str]) -> set[int]:
    """Hashes of lines that stand in more than two texts, digits aside: templates and teasers."""
    keys = [
        np.fromiter(set(map(_key, filter(_long, text.split("\n")))), dtype=np.int64)
        for text in texts
    ]
    found, number = np.unique(np.concatenate(keys), return_counts=True) if keys else ((), ())
    return set(np.asarray(found)[np.asarray(number) > 2].tolist())


def _long(line: str) -> bool:
    return len(line) >= REPEATED_CHARACTERS


def _key(line: str) -> int:
    return hash(_MASK.sub("0", line.strip()))


def is_repeated(line: str, lines: set[int]) -> bool:
    """Whether a line is one of `repeated_lines`."""
    return _long(line) and _key(line) in lines


def cards(
    text: str,
    sentences: Sequence[tuple[int, int]],
    anchors: set[str],
    repeated: Callable[[str], bool],
) -> np.ndarray:
    """Sentences that stand on cards: bool[sentences].

    A card is a line that other pages carry too (unless nearly all of the page is such), a short
    line right under one that is a link as a whole, or one of three short lines in a row that begin
    with the same words.
    """
    lines = [(m.start(), m.end(), m.group()) for m in _LINE.finditer(text)]
    card = np.zeros(len(lines), dtype=bool)
    begins = [_opening(line) for _, _, line in lines]
    run = 0
    template = [repeated(line) for _, _, line in lines]
    if sum(template) > COPIED * len(lines):
        template = [False] * len(lines)
    for n, (_, _, line) in enumerate(lines):
        short = len(line) <= CARD_CHARACTERS
        above = lines[n - 1][2] if n > 0 and short and anchors else ""
        under = 0 < len(above) <= NAME_CHARACTERS and anchor_key(above) in anchors
        card[n] = under or template[n]
        run = run + 1 if n and short and begins[n] and begins[n] == begins[n - 1] else 1
        if run >= RUN:
            card[n - run + 1 : n + 1] = True
    if not len(lines):
        return np.zeros(len(sentences), dtype=bool)
    starts = np.array([start for start, _, _ in lines])
    at = np.searchsorted(starts, [start for start, _ in sentences], side="right") - 1
    return card[at.astype(np.int64)]


def _opening(line: str) -> str:
    """First two words of a short line, digits masked."""
    if len(line) > CARD_CHARACTERS:
        return ""
    return _MASK.sub("0", " ".join(line.split(None, 2)[:2])).casefold()
