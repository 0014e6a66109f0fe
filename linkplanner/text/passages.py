"""One source page made ready for placing links: its sentences, words and what is taken already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import numpy as np

from linkplanner.text.anchors import plain
from linkplanner.text.cards import cards
from linkplanner.text.phrases import anchor_key
from linkplanner.text.sentences import is_heading, is_proper, split
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace, count_runs

__all__ = ["MAX_TEXT", "Passage", "Span", "read_passage"]

MAX_TEXT: Final = 200_000
"""Characters of a page that are looked at."""
MAX_OCCURRENCES: Final = 50
"""Places of one existing anchor that are closed to new links."""
MAX_GAP: Final = 30
"""Characters that may stand between two words of one mention (stop words, an apostrophe)."""
_SPACES: Final = "\t\n\r\x0b\x0c\xa0\u2028\u2029\u202f"
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
class Passage:
    """The text of one source page, read once for all links planned on it."""

    text: str
    """Main text as stored; every quotation is cut from it."""
    sentences: list[tuple[int, int]]
    """Offsets of its sentences."""
    headings: np.ndarray
    """bool[sentences]: lines that are headings."""
    cards: np.ndarray
    """bool[sentences]: teasers of other pages, see `text.cards`."""
    closed: np.ndarray
    """bool[sentences]: headings, cards, and sentences that hold a link already."""
    taken: np.ndarray
    """int64[links, 2]: start and end of the words that carry a link already, sorted."""
    ids: np.ndarray
    """int64: numbers of its words without stop words."""
    starts: np.ndarray
    """int64: where those words start."""
    ends: np.ndarray
    """int64: where they end."""
    sentence_of: np.ndarray
    """int64: the sentence they stand in, -1 for none."""
    vectors: Any
    """csr[sentences, terms]: TF-IDF of the sentences."""
    anchors: set[str]
    """Keys of anchors that lead somewhere from this page already, planned ones included."""
    _places: dict[int, tuple[int, int]] = field(default_factory=dict)
    _order: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    _busy: list[int] = field(default_factory=list)
    _weighed: tuple[np.ndarray, np.ndarray] | None = None

    def proper(self, sentence: int) -> bool:
        """Whether a sentence is written out in full, so that another one may follow it."""
        return is_proper(self.text, *self.sentences[sentence])

    def sentences_at(self, offsets: Sequence[int]) -> np.ndarray:
        """The sentences at offsets of the text: int64[offsets]."""
        begins = np.array([start for start, _ in self.sentences], dtype=np.int64)
        return np.maximum(np.searchsorted(begins, offsets, side="right") - 1, 0)

    @property
    def local(self) -> np.ndarray:
        """Values of `vectors` by how rare a term is on this page: float32.

        A term of one sentence tells where to go, a term of every sentence tells nothing: each value
        is multiplied by ln((S + 1) / sentences with it) / ln(S + 1).
        """
        return self._by_term[0]

    @property
    def own(self) -> np.ndarray:
        """Cosine of each sentence with the whole page: float64[sentences]."""
        return self._by_term[1]

    @property
    def _by_term(self) -> tuple[np.ndarray, np.ndarray]:
        if self._weighed is None:
            size, matrix = len(self.sentences), self.vectors
            _, term, number = np.unique(matrix.indices, return_inverse=True, return_counts=True)
            rare = np.log((size + 1) / np.maximum(number, 1)) / np.log(size + 1)
            total = np.bincount(term, matrix.data, minlength=len(number))
            row = np.repeat(np.arange(size), np.diff(matrix.indptr))
            own = np.bincount(row, matrix.data * total[term], minlength=size)
            length = float(np.sqrt((total**2).sum())) or 1.0
            weighed = (matrix.data * rare[term]).astype(np.float32)
            self._weighed = (weighed, own / length)
        return self._weighed

    def fit(self, vector: Any, values: np.ndarray | None = None) -> np.ndarray:
        """Product of each sentence with a text given as one sorted row: float64[sentences].

        values: what stands in for the values of `vectors`, such as `local`.
        """
        if not vector.nnz or not self.vectors.nnz:
            return np.zeros(len(self.sentences))
        data = self.vectors.data if values is None else values
        terms = vector.indices
        at = np.minimum(np.searchsorted(terms, self.vectors.indices), len(terms) - 1)
        hit = np.flatnonzero(terms[at] == self.vectors.indices)
        shared = vector.data[at[hit]] * data[hit]
        row = np.searchsorted(self.vectors.indptr, hit, side="right") - 1
        return np.bincount(row, shared, minlength=len(self.sentences))

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

    def quote(self, sentence: int) -> str:
        """A sentence as it stands."""
        start, end = self.sentences[sentence]
        return self.text[start:end]

    def marked(self, span: Span) -> str:
        """The sentence with the span in square brackets."""
        start, end = self.sentences[span.sentence]
        text = self.text
        before, after = text[start : span.start], text[span.end : end]
        return f"{before}[{text[span.start : span.end]}]{after}"


def read_passage(
    text: str,
    language: str,
    existing: Sequence[str],
    lexicon: Lexicon,
    space: TermSpace,
    *,
    spans: Sequence[tuple[int, int]] | None = None,
    repeated: Callable[[str], bool] = lambda line: False,
) -> Passage:
    """The passage of one text.

    existing: anchors of links that stand in it; spans: offsets of those links where known, else
    every place where an anchor's words stand is taken for a link; repeated: whether a line stands
    on other pages too.
    """
    text = text[:MAX_TEXT]
    sentences = split(text)
    begins = np.array([start for start, _ in sentences], dtype=np.int64)
    stops = np.array([end for _, end in sentences], dtype=np.int64)
    ids, starts, ends = lexicon.encode_spans(text, language)
    keep = ids >= 0
    owner = np.searchsorted(begins, starts, side="right") - 1
    if len(sentences):
        owner[ends > stops[owner]] = -1
    headings = np.array([is_heading(text, a, b) for a, b in sentences], dtype=bool)
    taken = np.array(sorted(_linked(text, existing) if spans is None else spans), dtype=np.int64)
    taken = taken.reshape(-1, 2)
    keys = {key for anchor in existing if (key := anchor_key(anchor))}
    card = cards(text, sentences, keys, repeated)
    closed = headings | card
    if len(begins) and len(taken):
        closed[np.maximum(np.searchsorted(begins, taken[:, 0], side="right") - 1, 0)] = True
    return Passage(
        text=text,
        sentences=sentences,
        headings=headings,
        cards=card,
        closed=closed,
        taken=taken,
        ids=ids[keep],
        starts=starts[keep],
        ends=ends[keep],
        sentence_of=owner[keep],
        vectors=space.transform(count_runs(ids[owner >= 0], owner[owner >= 0], len(sentences))),
        anchors=keys,
    )


def _linked(text: str, anchors: Sequence[str]) -> list[tuple[int, int]]:
    """Where an existing anchor stands as whole words: sentences not to touch."""
    found: list[tuple[int, int]] = []
    if not anchors:
        return found
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
