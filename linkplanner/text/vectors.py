"""Texts as sparse TF-IDF vectors over single words and pairs of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

from linkplanner.text.tokens import BREAK, STOP, Lexicon, guess_language

__all__ = ["Counts", "TermSpace", "count_terms", "encode_all", "similar_pairs"]

TERMS_PER_TEXT: Final = 128
"""Heaviest terms kept of one text in all-pairs work: 64 cost .01 of hit@10 on the development
sites and 32 cost .02 to .03; the product grows with the square of it."""

CHUNK: Final = 500_000
"""Words counted at once; bounds the memory of sorting."""

_SHIFT: Final = 32


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


def count_terms(encoded: Sequence[np.ndarray]) -> Counts:
    """Words and pairs of neighbouring words (stop words between them skipped) with counts."""
    lengths = np.array([len(ids) for ids in encoded], dtype=np.int64)
    parts = [_count(encoded[a:b], lengths[a:b]) for a, b in _chunks(lengths)]
    indptr = np.zeros(len(encoded) + 1, dtype=np.int64)
    if not parts:
        return Counts(indptr, np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
    sizes, terms, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    np.cumsum(sizes, out=indptr[1:])
    return Counts(indptr, terms, counts)


def _chunks(lengths: np.ndarray) -> list[tuple[int, int]]:
    """Runs of texts of about `CHUNK` words together."""
    owner = np.cumsum(lengths) // CHUNK
    cuts = np.flatnonzero(np.diff(owner)) + 1
    edges = [0, *cuts.tolist(), len(lengths)]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _count(
    encoded: Sequence[np.ndarray], lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number of different terms of each text, the terms text by text, and how often they stand."""
    ids = np.concatenate(encoded).astype(np.int64, copy=False)
    row = np.repeat(np.arange(len(encoded)), lengths)
    kept = ids != STOP
    ids, row = ids[kept], row[kept]
    first, second = ids[:-1], ids[1:]
    joined = (first != BREAK) & (second != BREAK) & (row[:-1] == row[1:])
    pairs = ((first + 1) << _SHIFT | second)[joined]
    word = ids != BREAK
    terms = np.concatenate([ids[word], pairs])
    row = np.concatenate([row[word], row[:-1][joined]])
    order = np.lexsort((terms, row))
    terms, row = terms[order], row[order]
    new = np.ones(len(terms), dtype=bool)
    new[1:] = (terms[1:] != terms[:-1]) | (row[1:] != row[:-1])
    at = np.flatnonzero(new)
    number = np.diff(np.append(at, len(terms))).astype(np.float32)
    return np.bincount(row[at], minlength=len(encoded)), terms[at], number


class TermSpace:
    """Terms of a corpus with their inverse document frequency, fitted once, used for any text.

    Weight of a term: (1 + ln tf) * ln((N + 1) / df), so a term of every text weighs almost nothing
    and pages that share only their template share nothing. A pair of words that stands in one text
    only is left out (it can match nothing and would only lengthen the vector). `least` is added to
    every weight: 0 inside one site, more where texts come from outside and the site's own words are
    what tells, however frequent they are among them.
    """

    def __init__(self, corpus: Counts, *, least: float = 0.0) -> None:
        terms, frequency = np.unique(corpus.terms, return_counts=True)
        kept = (frequency > 1) | (terms < 1 << _SHIFT)
        self.terms: np.ndarray = terms[kept]
        self.idf: np.ndarray = (least + np.log((len(corpus) + 1) / frequency[kept])).astype(
            np.float32
        )
        self.alone: np.ndarray = frequency[kept] == 1
        self.unseen: float = least + float(np.log(len(corpus) + 1.0))

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
        column = np.searchsorted(self.terms, counts.terms)
        column[column == size] = 0
        known = self.terms[column] == counts.terms
        weight = 1 + np.log(counts.counts)
        data = np.where(known, weight * self.idf[column], 0).astype(np.float32)
        row = np.repeat(np.arange(len(counts)), np.diff(counts.indptr))
        stranger = ~known & (counts.terms < 1 << _SHIFT)
        squares = np.bincount(row, data.astype(np.float64) ** 2, minlength=len(counts))
        squares += np.bincount(
            row[stranger], (weight[stranger] * self.unseen) ** 2, minlength=len(counts)
        )
        keep = data > 0
        row, column, data = row[keep], column[keep], data[keep]
        if per_text is not None:
            alone = self.alone[column]
            row, column, data = row[~alone], column[~alone], data[~alone]
            best = _heaviest(row, data, per_text)
            row, column, data = row[best], column[best], data[best]
            squares = np.bincount(row, data.astype(np.float64) ** 2, minlength=len(counts))
        length = np.sqrt(np.where(squares > 0, squares, 1.0))
        indptr = np.zeros(len(counts) + 1, dtype=np.int64)
        np.cumsum(np.bincount(row, minlength=len(counts)), out=indptr[1:])
        scaled = (data / length[row]).astype(np.float32)
        return sparse.csr_array((scaled, column, indptr), shape=(len(counts), size))


def _heaviest(row: np.ndarray, data: np.ndarray, most: int) -> np.ndarray:
    """Sorted positions of the `most` largest values of each row and of their equals."""
    order = np.lexsort((-data, row))
    sorted_row, sorted_data = row[order], data[order]
    first = np.searchsorted(sorted_row, sorted_row)
    last = np.searchsorted(sorted_row, sorted_row, side="right") - 1
    least = sorted_data[np.minimum(first + most - 1, last)]
    return np.sort(order[sorted_data >= least])


def similar_pairs(left: Any, right: Any) -> np.ndarray:
    """Cosine of row i of `left` with row i of `right` (csr, rows of length 1): float64[rows]."""
    product = left.multiply(right)
    return np.asarray(product.sum(axis=1), dtype=np.float64).ravel().clip(0.0, 1.0)
