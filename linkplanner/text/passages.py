"""Source pages made ready for placing links: sentences, words and what is taken already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from linkplanner.text.cards import cards
from linkplanner.text.phrases import anchor_key
from linkplanner.text.rows import Row, Rows
from linkplanner.text.sentences import is_heading, is_proper, split
from linkplanner.text.taken import taken_places
from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace, count_runs
from linkplanner.text.word_places import word_places
from linkplanner.text.word_runs import Span, WordRuns

__all__ = ["MAX_TEXT", "Passage", "Span", "made_ready", "nothing_repeated", "read_words"]

MAX_TEXT: Final = 200_000
"""Characters of a page that are looked at."""


@dataclass
class Passage(WordRuns):
    """The text of one source page, read once for all links planned on it."""

    headings: np.ndarray
    """bool[sentences]: lines that are headings."""
    cards: np.ndarray
    """bool[sentences]: teasers of other pages, see `text.cards`."""
    closed: np.ndarray
    """bool[sentences]: headings, cards, and sentences that hold a link already."""
    vectors: Rows
    """TF-IDF of the sentences."""
    anchors: set[str] = field(default_factory=set)
    """Keys of anchors that lead somewhere from this page already."""

    def proper(self, sentence: int) -> bool:
        """Whether a sentence is written out in full, so that another one may follow it."""
        return is_proper(self.text, *self.sentences[sentence])

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

    @cached_property
    def _terms(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Different terms, which of them each value is of, and the sentence of each value."""
        terms, term = np.unique(self.vectors.indices, return_inverse=True)
        row = np.repeat(np.arange(len(self.sentences)), np.diff(self.vectors.indptr))
        return terms, term, row

    @cached_property
    def _by_term(self) -> tuple[np.ndarray, np.ndarray]:
        size, data = len(self.sentences), self.vectors.data
        terms, term, row = self._terms
        number = np.bincount(term, minlength=len(terms))
        rare = np.log((size + 1) / np.maximum(number, 1)) / np.log(size + 1)
        total = np.bincount(term, data, minlength=len(terms))
        own = np.bincount(row, data * total[term], minlength=size)
        length = float(np.sqrt((total**2).sum())) or 1.0
        return (data * rare[term]).astype(np.float32), own / length

    def fit(self, vector: Row, values: np.ndarray | None = None) -> np.ndarray:
        """Product of each sentence with a text given as one sorted row: float64[sentences].

        values: what stands in for the values of `vectors`, such as `local`.
        """
        size = len(self.sentences)
        if not vector.nnz or not self.vectors.nnz:
            return np.zeros(size)
        data = self.vectors.data if values is None else values
        terms, term, row = self._terms
        at = np.minimum(np.searchsorted(terms, vector.indices), len(terms) - 1)
        hit = terms[at] == vector.indices
        if not hit.any():
            return np.zeros(size)
        shared = np.zeros(len(terms), dtype=vector.data.dtype)
        shared[at[hit]] = vector.data[hit]
        return np.bincount(row, shared[term] * data, minlength=size)

    def quote(self, sentence: int) -> str:
        """A sentence as it stands."""
        start, end = self.sentences[sentence]
        return self.text[start:end]


def read_words(
    text: str,
    language: str,
    existing: Sequence[str],
    lexicon: Lexicon,
    *,
    spans: Sequence[tuple[int, int]] | None = None,
    ids: np.ndarray | None = None,
) -> WordRuns:
    """The sentences and words of one text.

    existing: anchors of links that stand in it; spans: offsets of those links where known, else
    every place where an anchor's words stand is taken for a link; ids: what `Lexicon.encode` gave
    for the text, where it is at hand.
    """
    text = text[:MAX_TEXT]
    sentences = split(text)
    begins = np.array([start for start, _ in sentences], dtype=np.int64)
    stops = np.array([end for _, end in sentences], dtype=np.int64)
    ids, starts, ends = _words(text, language, lexicon, ids)
    owner = np.searchsorted(begins, starts, side="right") - 1
    if len(sentences):
        owner[ends > stops[owner]] = -1
    keep = ids >= 0
    places = sorted(taken_places(text, existing) if spans is None else spans)
    return WordRuns(
        text=text,
        sentences=sentences,
        taken=np.array(places, dtype=np.int64).reshape(-1, 2),
        ids=ids[keep].astype(np.int64, copy=False),
        starts=starts[keep],
        ends=ends[keep],
        sentence_of=owner[keep],
    )


def _words(
    text: str, language: str, lexicon: Lexicon, ids: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers, starts and ends of the words."""
    found = None if ids is None else word_places(text)
    if found is None or ids is None or len(found[0]) != len(ids):
        return lexicon.encode_spans(text, language)
    return ids, *found


Repeated = Callable[[Sequence[str]], np.ndarray]
"""Which of some lines stand on other pages too."""


def nothing_repeated(lines: Sequence[str]) -> np.ndarray:
    """None of them."""
    return np.zeros(len(lines), dtype=bool)


def made_ready(
    read: Sequence[WordRuns],
    existing: Sequence[Sequence[str]],
    space: TermSpace,
    repeated: Repeated = nothing_repeated,
) -> list[Passage]:
    """Texts with the likeness of their sentences and what is closed to new links.

    existing: anchors of the links in each. All sentences are weighed at once.
    """
    first = np.cumsum([0, *(len(words.sentences) for words in read)])
    ids = [words.ids[words.sentence_of >= 0] for words in read]
    rows = [w.sentence_of[w.sentence_of >= 0] + at for w, at in zip(read, first, strict=False)]
    none = np.empty(0, dtype=np.int64)
    counts = count_runs(np.concatenate([none, *ids]), np.concatenate([none, *rows]), int(first[-1]))
    vectors = Rows.of(space.transform(counts))
    return [
        _passage(words, anchors, vectors.part(a, b), repeated)
        for words, anchors, a, b in zip(read, existing, first, first[1:], strict=False)
    ]


def _passage(
    words: WordRuns, existing: Sequence[str], vectors: Rows, repeated: Repeated
) -> Passage:
    text, sentences = words.text, words.sentences
    keys = {key for anchor in existing if (key := anchor_key(anchor))}
    headings = np.array([is_heading(text, a, b) for a, b in sentences], dtype=bool)
    card = cards(text, sentences, keys, repeated)
    closed = headings | card
    if len(sentences) and len(words.taken):
        closed[words.sentences_at(words.taken[:, 0].tolist())] = True
    return Passage(
        text=text,
        sentences=sentences,
        taken=words.taken,
        ids=words.ids,
        starts=words.starts,
        ends=words.ends,
        sentence_of=words.sentence_of,
        headings=headings,
        cards=card,
        closed=closed,
        vectors=vectors,
        anchors=keys,
    )
