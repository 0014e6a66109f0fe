"""Which pages are worth a full look for each page of a large site: a rough look at all of them."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from linkplanner.text.columns import facing

__all__ = ["WHOLE", "frequent", "largest", "nearest", "thinned"]

WHOLE: Final = 4096
"""Pages up to which every page is looked at in full for every other."""
FREQUENT: Final = 400
"""Vectors with a term above which it is left out of the rough look: what it adds to a likeness is
small, and its cost grows with the square."""
SURE: Final = 12
"""Heaviest terms of a vector that stay in however frequent they are."""
ROUGH: Final = 160
"""Pages that the rough look finds for each."""
BLOCK: Final = 64
"""Rows looked at in full at once; the pages found for any of them are looked at for all."""


def frequent(vectors: Any) -> np.ndarray:
    """Terms that so many vectors have that they are left out of the rough look: bool[terms]."""
    often: np.ndarray = np.bincount(vectors.indices, minlength=vectors.shape[1])
    return often > FREQUENT


def thinned(vectors: Any, common: np.ndarray | None = None) -> Any:
    """Vectors without what is frequent and light: csr, the same shape.

    common: see `frequent`; of these vectors where not given.
    """
    from scipy import sparse

    common = frequent(vectors) if common is None else common
    row = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
    kept = ~common[vectors.indices]
    rest = np.flatnonzero(~kept)
    order = rest[np.lexsort((vectors.indices[rest], -vectors.data[rest], row[rest]))]
    place = np.arange(len(order)) - np.searchsorted(row[order], row[order])
    few = np.bincount(row[kept], minlength=vectors.shape[0])
    kept[order[place < SURE - few[row[order]]]] = True
    ends = np.concatenate([[0], np.cumsum(np.bincount(row[kept], minlength=vectors.shape[0]))])
    return sparse.csr_array((vectors.data[kept], vectors.indices[kept], ends), shape=vectors.shape)


def largest(matrix: Any, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of the largest values of each row of a csr matrix."""
    rows, columns = [], []
    for row, (a, b) in enumerate(zip(matrix.indptr, matrix.indptr[1:], strict=False)):
        found = matrix.indices[a:b]
        if b - a > most:
            found = found[np.argpartition(-matrix.data[a:b], most - 1)[:most]]
        rows.append(np.full(len(found), row))
        columns.append(found)
    return np.concatenate(rows), np.concatenate(columns)


def nearest(
    vectors: Any, most: int, check: Callable[[], None], block: int = 256
) -> tuple[Any, np.ndarray | None]:
    """Each page's nearest pages by cosine: csr float32[pages, pages]; and what the rough look
    found for each, int32[pages, ROUGH] with -1 for none, or None where all were looked at."""
    size = vectors.shape[0]
    most = min(most, size - 1)
    if size <= WHOLE:
        columns = vectors.T.tocsr()
        found = []
        for first in range(0, size, block):
            check()
            score = (vectors[first : first + block] @ columns).toarray()
            found.append(_best(score, np.arange(first, first + len(score)), None, most))
        return _joined(found, size), None
    common = frequent(vectors)
    columns = thinned(vectors, common).T.tocsr()
    rough = np.full((size, ROUGH), -1, dtype=np.int32)
    found = []
    for first in range(0, size, BLOCK):
        check()
        rows = np.arange(first, min(size, first + BLOCK))
        row, column = largest((thinned(vectors[rows], common) @ columns).tocsr(), ROUGH)
        at = np.arange(len(row)) - np.searchsorted(row, row)
        rough[first + row, at] = column
        some, place = np.unique(column, return_inverse=True)
        (mine,), (theirs,) = facing([vectors[rows]], [vectors[some]])
        score = (mine @ theirs).toarray()
        listed = np.zeros(score.shape, dtype=bool)
        listed[row, place] = True
        score[~listed] = -1.0
        found.append(_best(score, rows, some, most))
    return _joined(found, size), rough


def _best(
    score: np.ndarray, rows: np.ndarray, columns: np.ndarray | None, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and value of the largest scores of each row, itself left out."""
    columns = np.arange(score.shape[1]) if columns is None else columns
    score[rows[:, None] == columns[None, :]] = -1.0
    most = min(most, score.shape[1])
    best = (
        np.argpartition(-score, most - 1, axis=1)[:, :most]
        if most
        else np.empty((len(rows), 0), np.int64)
    )
    value = np.take_along_axis(score, best, axis=1)
    kept = value >= 0
    row = np.repeat(rows, best.shape[1]).reshape(best.shape)
    return row[kept], columns[best[kept]], value[kept]


def _joined(parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]], size: int) -> Any:
    from scipy import sparse

    row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
    return sparse.csr_array((value, (row, column)), shape=(size, size), dtype=np.float32)
