"""Which lines of a page are cards: teasers of other pages, no sentences to write a link into."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.phrases import anchor_key
from linkplanner.text.tokens import fold_word

__all__ = ["RepeatedLines", "cards"]

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
_FIRST: Final = re.compile(r"[^\W_]+")
_MASK: Final = re.compile(r"\d+")


class RepeatedLines:
    """Lines that stand in more than two texts, digits aside: templates and teasers."""

    def __init__(self, texts: Iterable[str]) -> None:
        none = np.empty(0, dtype=np.uint64)
        keys = [np.unique(_keys(text.split("\n"))) for text in texts]
        found, number = np.unique(np.concatenate([none, *keys]), return_counts=True)
        self._keys = found[(number > 2) & (found > 0)]

    def flags(self, lines: Sequence[str]) -> np.ndarray:
        """Which of some lines are such: bool[lines]."""
        keys = _keys(lines)
        if not len(self._keys):
            return np.zeros(len(keys), dtype=bool)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.asarray(self._keys[at] == keys)


def _keys(lines: Sequence[str]) -> np.ndarray:
    """Hashes of lines that are the same in every process, 0 for short ones: uint64[lines]."""
    masked = _MASK.sub("0", "\n".join(lines)).split("\n") if len(lines) else []
    bare = np.array([line.strip() for line in masked], dtype=object)
    long = np.array([len(line) >= REPEATED_CHARACTERS for line in lines], dtype=bool)
    keys = np.zeros(len(lines), dtype=np.uint64)
    keys[long] = np.maximum(pd.util.hash_array(bare[long], categorize=False), 1)
    return keys


def cards(
    text: str,
    sentences: Sequence[tuple[int, int]],
    anchors: set[str],
    repeated: Callable[[Sequence[str]], np.ndarray],
) -> np.ndarray:
    """Sentences that stand on cards: bool[sentences].

    A card is a line that other pages carry too (unless nearly all of the page is such), a short
    line right under one that is a link as a whole, or one of three short lines in a row that begin
    with the same words. repeated: which of the page's lines other pages carry.
    """
    starts = [match.start() for match in _LINE.finditer(text)]
    lines = _LINE.findall(text)
    if not lines:
        return np.zeros(len(sentences), dtype=bool)
    template = np.asarray(repeated(lines), dtype=bool)
    card = template if template.sum() <= COPIED * len(lines) else np.zeros(len(lines), dtype=bool)
    card = card | _in_a_row(lines) | _under_a_link(lines, anchors)
    at = np.searchsorted(starts, [start for start, _ in sentences], side="right") - 1
    return card[at.astype(np.int64)]


def _under_a_link(lines: Sequence[str], anchors: set[str]) -> np.ndarray:
    """Short lines right under a line that is a link as a whole: bool[lines]."""
    under = np.zeros(len(lines), dtype=bool)
    firsts = {anchor.partition(" ")[0] for anchor in anchors}
    for n, above in enumerate(lines[:-1] if anchors else ()):
        if len(above) <= NAME_CHARACTERS and len(lines[n + 1]) <= CARD_CHARACTERS:
            first = _FIRST.search(above)
            if first is not None and fold_word(first.group()) in firsts:
                under[n + 1] = anchor_key(above) in anchors
    return under


def _in_a_row(lines: Sequence[str]) -> np.ndarray:
    """Short lines of which three in a row begin alike, digits aside: bool[lines]."""
    short = [len(line) <= CARD_CHARACTERS for line in lines]
    masked = _MASK.sub("0", "\n".join(lines)).split("\n")
    begins = [
        " ".join(line.split(None, 2)[:2]).casefold() if kept else ""
        for line, kept in zip(masked, short, strict=True)
    ]
    found = np.zeros(len(lines), dtype=bool)
    run = 1
    for n in range(1, len(lines)):
        run = run + 1 if begins[n] and begins[n] == begins[n - 1] else 1
        if run >= RUN:
            found[n - run + 1 : n + 1] = True
    return found
