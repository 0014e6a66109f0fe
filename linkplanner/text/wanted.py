"""What is looked for on behalf of a target page: words to find and what they must be about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.anchors import Pattern, Wording, wording
from linkplanner.text.phrases import Phrase, clean, title_parts
from linkplanner.text.rows import Row
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace

__all__ = ["Names", "Wanted", "patterns"]

PARTIAL: Final = 0.6
"""Weight of a part of a phrase beside the whole phrase."""
LEAST_PARTIAL: Final = 0.35
"""Smallest share of a phrase's information that a part must carry to be looked for."""
ANCHOR_WEIGHT: Final = 0.85
"""Weight of words that editors link to the target with already, where a place is looked for."""
MAX_NAME: Final = 8
"""Longest name of another page that is kept whole, in words that are not stop words."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for on behalf of one target."""

    phrases: list[Phrase]
    """Its phrases, heaviest first."""
    patterns: list[Pattern]
    """Whole phrases and their telling parts, best first."""
    body: Row
    """What it is about."""
    description: Row
    """What names it."""
    opening: Row
    """Its first lines."""
    code: str
    """Its language, '' where unknown."""


def patterns(
    phrases: Sequence[Phrase], code: str, lexicon: Lexicon, space: TermSpace
) -> list[Pattern]:
    """The words to look for, best first, each run of words once."""
    found: dict[bytes, Pattern] = {}
    for phrase in phrases:
        words = wording(phrase, code, lexicon)
        for pattern in _parts(words, phrase, information(words.ids, space)):
            key = pattern.ids.tobytes()
            if key not in found or found[key].score < pattern.score:
                found[key] = pattern
    return sorted(found.values(), key=lambda pattern: -pattern.score)


def information(ids: np.ndarray, space: TermSpace) -> np.ndarray:
    """How much each word tells: 1 for a word of every page, more for rarer ones."""
    terms, idf = space.terms, space.idf
    if not len(terms):
        return np.ones(len(ids))
    at = np.minimum(np.searchsorted(terms, ids), len(terms) - 1)
    return 1.0 + np.where(terms[at] == ids, idf[at], space.unseen)


def _parts(words: Wording, phrase: Phrase, idf: np.ndarray) -> Iterator[Pattern]:
    """A phrase and its runs of words that carry most of its information."""
    size, total = len(words.ids), float(idf.sum())
    if size == 0:
        return
    weight = max(phrase.weight, ANCHOR_WEIGHT) if phrase.kind == "anchor" else phrase.weight
    yield Pattern(words.ids, weight, words.words, phrase.kind, True, words.lead, words.tail)
    for length in range(min(size - 1, 6), 0, -1):
        for start in range(size - length + 1):
            stop = start + length
            share = float(idf[start:stop].sum()) / total
            if share >= LEAST_PARTIAL:
                score = weight * PARTIAL * share
                part = words.ids[start:stop]
                yield Pattern(part, score, words.words[start:stop], phrase.kind, False)


class Names:
    """The names of all pages, so that no link is cut out of the name of another page."""

    def __init__(self, pages: pd.DataFrame, codes: Mapping[int, str], lexicon: Lexicon) -> None:
        self._owner: dict[bytes, int] = {}
        shared: set[bytes] = set()
        for page, title, h1 in zip(pages["page_id"], pages["title"], pages["h1"], strict=True):
            for key in set(self._keys(title, h1, str(codes.get(page, "")), lexicon)):
                if self._owner.setdefault(key, int(page)) != int(page):
                    shared.add(key)
        for key in shared:
            del self._owner[key]

    def _keys(self, title: object, h1: object, code: str, lexicon: Lexicon) -> Iterator[bytes]:
        for text in _names(title, h1):
            ids = lexicon.encode(text, code)
            ids = ids[ids >= 0]
            if 1 < len(ids) <= MAX_NAME:
                yield ids.tobytes()

    def others(self, ids: np.ndarray, first: int, last: int, target: int) -> Iterator[int]:
        """Lengths of other pages' names that reach over the words first:last of a text."""
        for start in range(max(0, last - MAX_NAME), first + 1):
            for stop in range(last, min(len(ids), start + MAX_NAME) + 1):
                owner = self._owner.get(ids[start:stop].tobytes(), target)
                if owner != target:
                    yield stop - start


def _names(title: object, h1: object) -> Iterable[str]:
    if isinstance(title, str):
        yield clean(title)
        yield from title_parts(title)
    if isinstance(h1, str):
        yield clean(h1)
