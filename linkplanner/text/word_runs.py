"""The words of a text with their places: runs of words found, and whether they carry a link yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from linkplanner.text.anchors import plain

__all__ = ["Span", "WordRuns"]

MAX_GAP: Final = 30
"""Characters that may stand between two words of one mention (stop words, an apostrophe)."""
_JOINERS: Final = "._-/@\\#&=+'’"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words of a page that matches a phrase."""

    sentence: int
    """Number of the sentence it stands in."""
    start: int
    """Offset of its first character in the text."""
    end: int
    """Offset after its last character."""


@dataclass
class WordRuns:
    """A text as sentences and words."""

    text: str
    """Main text as stored; every quotation is cut from it."""
    sentences: list[tuple[int, int]]
    """Offsets of its sentences."""
    taken: np.ndarray
    """int64[links, 2]: start and end of the words that carry a link already, sorted."""
    ids: np.ndarray
    """int: numbers of its words without stop words."""
    starts: np.ndarray
    """int64: where those words start."""
    ends: np.ndarray
    """int64: where they end."""
    sentence_of: np.ndarray
    """int64: the sentence they stand in, -1 for none."""
    _places: dict[int, tuple[int, int]] = field(default_factory=dict, kw_only=True)
    _order: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64), kw_only=True)
    _busy: list[int] = field(default_factory=list, kw_only=True)

    def sentences_at(self, offsets: Sequence[int]) -> np.ndarray:
        """The sentences at offsets of the text: int64[offsets]."""
        begins = np.array([start for start, _ in self.sentences], dtype=np.int64)
        return np.maximum(np.searchsorted(begins, offsets, side="right") - 1, 0)

    def runs(self, phrase: np.ndarray) -> list[int]:
        """Numbers of the words at which the words of a phrase begin to stand in a row."""
        return self._runs(phrase).tolist()

    def spans(self, phrase: np.ndarray) -> list[Span]:
        """Where the words of a phrase stand in a row inside one sentence and carry no link yet."""
        runs = self.runs(phrase)
        if not runs:
            return []
        last = len(phrase) - 1
        found = (self.span(at, at + last) for at in runs)
        return [span for span in found if span is not None]

    def _runs(self, phrase: np.ndarray) -> np.ndarray:
        size = len(phrase)
        places = self._positions(int(phrase[0]))
        if not len(places):
            return places
        places = places[places + size <= len(self.ids)]
        for step in range(1, size):
            if not len(places):
                break
            here, before = places + step, places + step - 1
            follows = (self.ids[here] == phrase[step]) & (
                self.starts[here] - self.ends[before] <= MAX_GAP
            )
            places = places[follows]
        return places

    def words(self, span: Span) -> tuple[int, int]:
        """Numbers of the first word of a span and of the one after its last."""
        first = int(np.searchsorted(self.starts, span.start))
        return first, int(np.searchsorted(self.ends, span.end, side="right"))

    def stretched(self, span: Span, lead: str, tail: str) -> Span | None:
        """The span with the stop words of its phrase before and after it; None if others stand."""
        start, end = span.start, span.end
        first, last = self.sentences[span.sentence]
        if lead:
            start -= len(lead) + 1
            if start < first or plain(self.text[start : span.start]) != lead + " ":
                return None
        if tail:
            end += len(tail) + 1
            if end > last or plain(self.text[span.end : end]) != " " + tail:
                return None
        stretched = Span(span.sentence, start, end)
        return stretched if self._stands_alone(start, end) else None

    def _positions(self, number: int) -> np.ndarray:
        if not self._places and len(self.ids):
            self._order = np.argsort(self.ids, kind="stable")
            numbers, begins = np.unique(self.ids[self._order], return_index=True)
            edges = [*begins.tolist(), len(self.ids)]
            self._places = dict(zip(numbers.tolist(), pairwise(edges), strict=True))
        first, last = self._places.get(number, (0, 0))
        return self._order[first:last]

    def span(self, first: int, last: int) -> Span | None:
        """The words number first to last, where they are free and stand in one sentence."""
        sentence = int(self.sentence_of[first])
        if sentence < 0 or sentence != int(self.sentence_of[last]):
            return None
        if self.linked(first, last):
            return None
        start, end = int(self.starts[first]), int(self.ends[last])
        opened = self.text.count("(", start, end) - self.text.count(")", start, end)
        end += opened == 1 and self.text[end : end + 1] == ")"
        return Span(sentence, start, end) if self._stands_alone(start, end) else None

    def linked(self, first: int, last: int) -> bool:
        """Whether any of the words number first to last carries a link already."""
        if not self._busy:
            busy = np.zeros(len(self.ids) + 1, dtype=np.int64)
            if len(self.taken):
                reach = np.maximum.accumulate(self.taken[:, 1])
                at = np.searchsorted(self.taken[:, 0], self.ends)
                busy[1:] = (at > 0) & (reach[np.maximum(at - 1, 0)] > self.starts)
            self._busy = np.cumsum(busy).tolist()
        return self._busy[last + 1] > self._busy[first]

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether the words are no piece of a longer one: "node" in "node.js" or "x/node"."""
        before, after = self.text[max(0, start - 2) : start], self.text[end : end + 2]
        inside = self.text[start:end]
        return not (
            (len(before) == 2 and before[1] in _JOINERS and not before[0].isspace())
            or (len(after) == 2 and after[0] in _JOINERS and after[1].isalnum())
            or inside.count("(") != inside.count(")")
            or "[" in inside
            or "]" in inside
        )

    def grown(self, span: Span) -> list[Span]:
        """The span with the neighbouring word taken in, where nothing but a space lies between."""
        at = np.flatnonzero((self.starts == span.start) | (self.ends == span.end))
        if not len(at):
            return []
        first, last = int(at[0]), int(at[-1])
        wider: list[Span] = []
        if first > 0 and self.text[self.ends[first - 1] : span.start] in (" ", "-"):
            wider += [s] if (s := self.span(first - 1, last)) else []
        if last + 1 < len(self.ids) and self.text[span.end : self.starts[last + 1]] in (" ", "-"):
            wider += [s] if (s := self.span(first, last + 1)) else []
        return wider
