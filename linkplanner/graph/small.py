"""The small copy of a carrier that sweeps use: class by class, its links parted in two halves.

R reads pages into classes and P writes classes to pages. With (I - R M' P)^-1 = I + F for the
links M' = L + U beside templates, what a residual r comes to in the end is about

    e = r + P F R r + (I + P F R) outer t,      t = inner e

which is solved for t exactly, and class by class for e (aggregation and Woodbury's identity as in
coarse.py; here the halves are told apart, for a sweep leaves the part L U of its step undone).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Small", "small_copy"]

Floats = NDArray[np.float64]
Places = NDArray[np.int32]

CHUNK_LINKS: Final = 1 << 17
"""Links added up at once."""


@dataclass(frozen=True, eq=False)
class Small:
    """Matrices of classes by classes, float64[classes, classes]."""

    written: Floats
    """R P: 1 on the diagonal for a class with pages."""
    read_outer: Floats
    """R outer: from templates to classes."""
    inner_outer: Floats
    """inner outer: from templates to templates."""
    inner_written: Floats
    """inner P: from classes to templates."""
    parted: Floats
    """How what L brings from a class's pages is parted among classes; columns sum to 1."""
    undone: Floats
    """R L P R U P: what a sweep's step leaves undone."""
    along: Floats
    """F: by way of links beside templates."""
    templates: Floats
    """(I - inner (I + P F R) outer)^-1."""

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.along)

    def left(self, held: Floats, spread: Floats, passed: Floats) -> tuple[Floats, Floats]:
        """A residual outer held + P spread + L p, read by classes and by templates.

        passed: what p passes through L, by its pages' class. float64[classes, k] each.
        """
        spread = spread + self.parted @ passed
        read = self.read_outer @ held + self.written @ spread
        return read, self.inner_outer @ held + self.inner_written @ spread

    def expected(self, read: Floats, through: Floats) -> tuple[Floats, Floats]:
        """What a residual is about to bring: to templates, and by L U to classes.

        read: R r; through: inner r. float64[classes, k] each.
        """
        held = self.templates @ (through + self.inner_written @ (self.along @ read))
        whole = read + self.read_outer @ held
        whole = whole + self.along @ whole
        return held, self.undone @ whole


def small_copy(
    page_class: Places,
    read: Floats,
    write: Floats,
    lower: "csr_array",
    upper: "csr_array",
    outer: "csr_array",
    inner: "csr_array",
) -> Small | None:
    """The small copy; None where it cannot be solved.

    page_class: int32[n], the number of classes where in none; read, write: float64[n], R and P;
    lower, upper: float64[n, n]; outer: float64[n, classes]; inner: float64[classes, n].
    """
    from scipy.sparse import csr_array

    classes, pages = inner.shape
    one = np.eye(classes)
    inside = page_class < classes
    start = np.concatenate([[0], np.cumsum(inside)]).astype(np.int32)
    shape = (pages, classes)
    writes = csr_array((write[inside], page_class[inside], start), shape=shape)
    reads = csr_array((read[inside], page_class[inside], start), shape=shape).T.tocsr()
    forth = _by_class(lower, page_class, read, write, classes)
    back = _by_class(upper, page_class, read, write, classes)
    read_outer, inner_written = (reads @ outer).toarray(), (inner @ writes).toarray()
    inner_outer = (inner @ outer).toarray()
    try:
        along = np.linalg.inv(one - forth - back) - one
        templates = np.linalg.inv(one - inner_outer - inner_written @ along @ read_outer)
    except np.linalg.LinAlgError:
        return None
    if not (np.isfinite(along).all() and np.isfinite(templates).all()):
        return None
    whole = forth.sum(axis=0)
    parted = np.divide(forth, whole, out=np.zeros_like(forth), where=whole != 0)
    return Small(
        (reads @ writes).toarray(), read_outer, inner_outer, inner_written, parted,
        forth @ back, along, templates,
    )  # fmt: skip


def _by_class(
    matrix: "csr_array", page_class: Places, read: Floats, write: Floats, classes: int
) -> Floats:
    """R M P: float64[classes, classes]."""
    start = matrix.indptr
    found = np.zeros((classes + 1) ** 2)
    rows = np.arange(matrix.shape[0])
    marks = np.arange(0, matrix.nnz, CHUNK_LINKS)
    edges = np.unique(np.append(np.searchsorted(start, marks), [0, len(rows)]))
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist()):
        count = np.diff(start[first : last + 1])
        part = slice(int(start[first]), int(start[last]))
        column = matrix.indices[part]
        cell = np.repeat(page_class[first:last].astype(np.int64) * (classes + 1), count)
        cell += page_class[column]
        carried = np.repeat(read[first:last], count)
        carried *= matrix.data[part]
        carried *= write[column]
        found += np.bincount(cell, carried, len(found))
    return found.reshape(classes + 1, classes + 1)[:classes, :classes]
