"""Targets that a block of sources is compared with, and scores of them written out in full."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

__all__ = ["Columns", "dense", "largest_of", "same"]

DENSE: Final = 4_000_000
"""Values of paragraphs and targets that are written out in full at once."""


@dataclass(frozen=True)
class Columns:
    """The targets that sources are compared with."""

    chosen: np.ndarray | None
    """int64: which ones; None for all."""
    texts: Any
    """csr[terms, targets]: their documents."""
    names: Any
    """csr[terms, targets]: what names them."""
    told: Any
    """csr[terms, targets]: the same with what links call them."""
    company: Any
    """csr[terms, targets]: what stands around links to them."""

    def of(self, matrix: Any) -> np.ndarray:
        """These columns of a matrix."""
        return dense(matrix if self.chosen is None else matrix.tocsr()[:, self.chosen])


def largest_of(product: Any, owner: np.ndarray, rows: int) -> np.ndarray:
    """The largest value in each column of all lines of the same owner: float32[rows, columns].

    owner: int64[lines], rising.
    """
    best = np.zeros((rows, product.shape[1]), dtype=np.float32)
    sources, first = np.unique(owner, return_index=True)
    part = first * max(1, product.shape[1]) // DENSE
    edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(first)]
    ends = np.append(first, len(owner))
    for a, b in pairwise(edges):
        if b > a:
            lines = product[ends[a] : ends[b]].toarray()
            for n in range(a, b):  # ten times as fast as one `reduceat`
                mine = lines[ends[n] - ends[a] : ends[n + 1] - ends[a]]
                np.max(mine, axis=0, out=best[sources[n]])
    return best


def same(one: np.ndarray | None, other: np.ndarray) -> bool:
    """Whether these are the same targets."""
    return one is not None and np.array_equal(one, other)


def dense(matrix: Any) -> np.ndarray:
    """A sparse matrix in full: float32."""
    return np.asarray(matrix.toarray(), dtype=np.float32)
