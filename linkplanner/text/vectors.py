"""Texts as sparse TF-IDF vectors over single words and pairs of words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from linkplanner.text.tokens import BREAK, STOP, Lexicon, guess_language

__all__ = [
    "Counts",
    "TermSpace",
    "chunks",
    "count_parts",
    "count_runs",
    "count_terms",
    "encode_all",
    "heaviest",
    "similar_pairs",
]

TERMS_PER_TEXT: Final = 128
"""Heaviest terms kept of one text in all-pairs work: 64 cost .01 of hit@10 on the development
sites and 32 cost .02 to .03; the product grows with the square of it."""

CHUNK: Final = 500_000
"""Words counted at once; bounds the memory of sorting."""

MERGED: Final = 8_000_000
"""Terms collected before they are added to those known."""

_MOST: Final = 2**31 - 1
_SHIFT: Final = 32
_NARROW: Final = 22
"""Bits of a word number where two of them and the number of a text fit one number of 63 bits."""


@dataclass(frozen=True)
class Counts:
    """Terms of texts as flat arrays: the terms of text i stand at indptr[i]:indptr[i + 1]."""

    indptr: np.ndarray
    """int64[texts + 1]."""
    terms: np.ndarray
    """int64: number of a word, or two numbers packed for a pair of words."""
    counts: np.ndarray
    """float32: how often the term stands in the text."""

    def __len__(self) -> int:
        return len(self.indptr) - 1

    def row(self, at: int) -> "Counts":
        """The terms of one text."""
        first, last = self.indptr[at], self.indptr[at + 1]
        indptr = np.array([0, last - first], dtype=np.int64)
        return Counts(indptr, self.terms[first:last], self.counts[first:last])


def encode_all(
    texts: Sequence[str], languages: Sequence[str], lexicon: Lexicon
) -> list[np.ndarray]:
    """Word numbers of each text; a missing language is guessed from the text."""
    return [
        lexicon.encode(text, language or guess_language(text))
        for text, language in zip(texts, languages, strict=True)
    ]


def count_terms(encoded: Iterable[np.ndarray]) -> Counts:
    """Words and pairs of neighbouring words (stop words between them skipped) with counts."""
    parts = list(count_parts(encoded))
    if not parts:
        return Counts(np.zeros(1, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))
    ends = np.cumsum([0, *(part.indptr[-1] for part in parts)])
    first = [part.indptr[:-1] + end for part, end in zip(parts, ends, strict=False)]
    return Counts(
        np.concatenate([*first, ends[-1:]]).astype(np.int64),
        np.concatenate([part.terms for part in parts]),
        np.concatenate([part.counts for part in parts]),
    )


def count_parts(encoded: Iterable[np.ndarray]) -> Iterator[Counts]:
    """The same for texts that come one by one: a part for every `CHUNK` words or so."""
    held: list[np.ndarray] = []
    size = 0
    for ids in encoded:
        held.append(ids)
        size += len(ids)
        if size >= CHUNK:
            yield _counted(held)
            held, size = [], 0
    if held:
        yield _counted(held)


def chunks(lengths: np.ndarray) -> list[tuple[int, int]]:
    """Runs of texts of about `CHUNK` words together."""
    owner = np.cumsum(lengths) // CHUNK
    edges = [0, *(np.flatnonzero(np.diff(owner)) + 1).tolist(), len(lengths)]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _counted(encoded: Sequence[np.ndarray]) -> Counts:
    lengths = np.array([len(ids) for ids in encoded], dtype=np.int64)
    return count_runs(
        np.concatenate(encoded), np.repeat(np.arange(len(encoded)), lengths), len(encoded)
    )


def count_runs(ids: np.ndarray, row: np.ndarray, texts: int) -> Counts:
    """Terms of texts that follow each other: ids are their words, row the text of each word."""
    ids = ids.astype(np.int64, copy=False)
    kept = ids != STOP
    ids, row = ids[kept], row[kept]
    first, second = ids[:-1], ids[1:]
    joined = (first != BREAK) & (second != BREAK) & (row[:-1] == row[1:])
    word = ids != BREAK
    fits = texts < 1 << (63 - 2 * _NARROW) and ids.max(initial=0) + 1 < 1 << _NARROW
    shift = _NARROW if fits else _SHIFT
    pairs = ((first[joined] + 1) << shift) | second[joined]
    terms = np.concatenate([ids[word], pairs])
    row = np.concatenate([row[word], row[:-1][joined]])
    row, terms, number = _sorted_narrow(row, terms) if fits else _sorted_wide(row, terms)
    indptr = np.zeros(texts + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=texts), out=indptr[1:])
    return Counts(indptr, terms, number.astype(np.float32))


def _sorted_narrow(row: np.ndarray, terms: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, term and number of each different pair, sorted; both packed into one number, which
    sorts ten times as fast as two."""
    key = np.sort((row << (2 * _NARROW)) | terms)
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    at = np.flatnonzero(new)
    key = key[at]
    number = np.diff(at, append=len(terms))
    first = (key >> _NARROW) & ((1 << _NARROW) - 1)
    term = (first << _SHIFT) | (key & ((1 << _NARROW) - 1))
    return key >> (2 * _NARROW), term, number


def _sorted_wide(row: np.ndarray, terms: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same for more words or texts than fit one number."""
    order = np.lexsort((terms, row))
    terms, row = terms[order], row[order]
    new = np.ones(len(terms), dtype=bool)
    new[1:] = (terms[1:] != terms[:-1]) | (row[1:] != row[:-1])
    at = np.flatnonzero(new)
    return row[at], terms[at], np.diff(at, append=len(terms))


def _frequencies(parts: Iterable[Counts]) -> tuple[np.ndarray, np.ndarray, int]:
    """Different terms of all texts, sorted, the texts that hold each, and the number of texts."""
    terms, number = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int32)
    waiting: list[np.ndarray] = []
    texts = size = 0
    for part in parts:
        texts += len(part)
        waiting.append(part.terms)
        size += len(part.terms)
        if size > max(MERGED, len(terms)):
            terms, number = _merged(terms, number, waiting)
            waiting, size = [], 0
    terms, number = _merged(terms, number, waiting)
    return terms, number, texts


def _merged(
    terms: np.ndarray, number: np.ndarray, more: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    if not more:
        return terms, number
    added, often = np.unique(np.concatenate(more), return_counts=True)
    more.clear()
    at = np.searchsorted(terms, added)
    known = np.zeros(len(added), dtype=bool)
    inside = at < len(terms)
    known[inside] = terms[at[inside]] == added[inside]
    number[at[known]] += often[known].astype(np.int32)
    fresh = ~known
    return (
        np.insert(terms, at[fresh], added[fresh]),
        np.insert(number, at[fresh], often[fresh].astype(np.int32)),
    )


class TermSpace:
    """Terms of a corpus with their inverse document frequency, fitted once, used for any text.

    Weight of a term: (1 + ln tf) * ln((N + 1) / df), so a term of every text weighs almost nothing
    and pages that share only their template share nothing. A pair of words that stands in one text
    only is left out (it can match nothing and would only lengthen the vector). `least` is added to
    every weight: 0 inside one site, more where texts come from outside and the site's own words are
    what tells, however frequent they are among them.
    """

    def __init__(self, corpus: Counts | Iterable[Counts], *, least: float = 0.0) -> None:
        """corpus: the texts' terms, all at once or part by part."""
        parts = [corpus] if isinstance(corpus, Counts) else corpus
        terms, frequency, texts = _frequencies(parts)
        kept = (frequency > 1) | (terms < 1 << _SHIFT)
        self.terms: np.ndarray = terms[kept]
        frequency = frequency[kept]
        self.idf: np.ndarray = (least + np.log((texts + 1) / frequency)).astype(np.float32)
        self.alone: np.ndarray = frequency == 1
        self.unseen: float = least + float(np.log(texts + 1.0))

    def transform(self, counts: Counts, *, per_text: int | None = None) -> Any:
        """Rows of length 1 as csr float32[texts, terms].

        `per_text` keeps the heaviest terms among those that stand in two texts of the corpus or
        more, and all that weigh the same as the last one. Words that the corpus lacks lengthen a
        vector before it is scaled, so they lower its cosines.
        """
        from scipy import sparse

        size = len(self.terms)
        if size == 0:
            return sparse.csr_array((len(counts), 1), dtype=np.float32)
        row = np.repeat(np.arange(len(counts)), np.diff(counts.indptr))
        column, known = self._columns(counts.terms)
        weight = 1 + np.log(counts.counts)
        data = np.where(known, weight * self.idf[column], np.float32(0))
        stranger = ~known & (counts.terms < 1 << _SHIFT)
        squares = np.bincount(row, np.square(data, dtype=np.float64), minlength=len(counts))
        squares += np.bincount(
            row[stranger], (weight[stranger] * self.unseen) ** 2, minlength=len(counts)
        )
        keep = np.flatnonzero(data > 0 if per_text is None else (data > 0) & ~self.alone[column])
        row, column, data = row[keep], column[keep], data[keep]
        if per_text is not None:
            best = heaviest(row, data, per_text)
            row, column, data = row[best], column[best], data[best]
            squares = np.bincount(row, np.square(data, dtype=np.float64), minlength=len(counts))
        length = np.sqrt(np.where(squares > 0, squares, 1.0))
        indptr = np.zeros(len(counts) + 1, dtype=np.int64 if len(row) > _MOST else np.int32)
        np.cumsum(np.bincount(row, minlength=len(counts)), out=indptr[1:])
        scaled = (data / length[row]).astype(np.float32)
        return sparse.csr_array(
            (scaled, column.astype(indptr.dtype), indptr), shape=(len(counts), size)
        )

    def _columns(self, terms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Column of each term and whether it has one."""
        column = np.searchsorted(self.terms, terms)
        column[column == len(self.terms)] = 0
        return column, self.terms[column] == terms


def heaviest(row: np.ndarray, data: np.ndarray, most: int) -> np.ndarray:
    """Sorted positions of the `most` largest values of each row and of their equals."""
    long = np.flatnonzero(np.bincount(row) > most)
    inside = np.flatnonzero(np.isin(row, long)) if len(long) else np.empty(0, dtype=np.int64)
    if not len(inside):
        return np.arange(len(row))
    falling = (row[inside] << 32) | (0x7FFFFFFF - data[inside].view(np.int32).astype(np.int64))
    ranked = np.sort(falling)
    first = np.searchsorted(ranked, long << 32)
    least = np.full(int(row[-1]) + 1, np.iinfo(np.int64).max)
    least[long] = ranked[first + most - 1]
    kept = np.ones(len(row), dtype=bool)
    kept[inside] = falling <= least[row[inside]]
    return np.flatnonzero(kept)


def similar_pairs(left: Any, right: Any) -> np.ndarray:
    """Cosine of row i of `left` with row i of `right` (csr, rows of length 1): float64[rows]."""
    product = left.multiply(right)
    return np.asarray(product.sum(axis=1), dtype=np.float64).ravel().clip(0.0, 1.0)
