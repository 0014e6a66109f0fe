"""Targets that a block of sources is compared with, products of both, and scores in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np

__all__ = ["Columns", "dense", "facing", "largest_of", "narrowed", "same"]

DENSE: Final = 4_000_000
"""Values of paragraphs and targets that are written out in full at once."""


@dataclass(frozen=True)
class Columns:
    """The targets that sources are compared with. Where some are chosen, `terms` are those of the
    sources at hand, see `facing`."""

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


def largest_of(lines: Any, targets: Any, owner: np.ndarray, rows: int) -> np.ndarray:
    """The largest product of each target with any line of the same owner: float32[rows, targets].

    lines: csr[lines, terms]; targets: csr[terms, targets]; owner: int64[lines], rising. The
    products of a part of the lines at a time stand in memory.
    """
    best = np.zeros((rows, targets.shape[1]), dtype=np.float32)
    sources, first = np.unique(owner, return_index=True)
    part = first * max(1, targets.shape[1]) // DENSE
    edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(first)]
    ends = np.append(first, len(owner))
    for a, b in pairwise(edges):
        if b > a:
            product = dense(lines[ends[a] : ends[b]] @ targets)
            for n in range(a, b):  # ten times as fast as one `reduceat`
                mine = product[ends[n] - ends[a] : ends[n + 1] - ends[a]]
                np.max(mine, axis=0, out=best[sources[n]])
    return best


def narrowed(matrix: Any, column: np.ndarray, columns: int) -> Any:
    """The rows of a csr matrix with other columns: column says which is which, -1 for none."""
    from scipy import sparse

    place = column[matrix.indices]
    kept = place >= 0
    before = np.concatenate([[0], np.cumsum(kept)])
    cells = (matrix.data[kept], place[kept], before[matrix.indptr])
    return sparse.csr_array(cells, shape=(matrix.shape[0], columns))


def facing(left: Sequence[Any], right: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Both sides of products, the right ones turned, with none but the terms of the left ones: the
    products are the same, and turning takes no time or room for all terms of the site.

    left, right: csr[rows, terms]; gives csr[rows, some] and csr[some, rows].
    """
    column = np.full(left[0].shape[1], -1, dtype=np.int32)
    for matrix in left:
        column[matrix.indices] = 0
    used = np.flatnonzero(column == 0)
    column[used] = np.arange(len(used), dtype=np.int32)
    size = max(1, len(used))
    turned = [narrowed(matrix, column, size).T.tocsr() for matrix in right]
    return [narrowed(matrix, column, size) for matrix in left], turned


def same(one: np.ndarray | None, other: np.ndarray) -> bool:
    """Whether these are the same targets."""
    return one is not None and np.array_equal(one, other)


def dense(matrix: Any) -> np.ndarray:
    """A sparse matrix in full: float32."""
    return np.asarray(matrix.toarray(), dtype=np.float32)
