"""A carrier prepared for sweeps: links from earlier pages, links from later ones, its small copy.

    (1 - D) x = b + (L + U + outer.inner) x

D, what pages seem to get from themselves (where a menu leaves out its own page), is divided away; L
is what pages get from pages before them, U from pages after them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.carrier import Carrier
from linkplanner.graph.kernels import add_product, add_transposed
from linkplanner.graph.small import Small, small_copy

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Half", "Halves", "in_halves"]

Floats = NDArray[np.float64]
Places = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Half:
    """A matrix by rows."""

    start: NDArray[np.int32] | NDArray[np.int64]
    column: Places
    value: Floats

    def add(self, x: Floats, out: Floats, part: slice) -> None:
        """Adds the rows in `part` of the product with x to `out`: float64[rows, k].

        Where `out` is that part of x itself and no row reads from later ones, this solves
        x = b + M x in place: a row is final before the next one reads it.
        """
        add_product(self.start[part.start : part.stop + 1], self.column, self.value, x, out)

    def add_across(self, y: Floats, out: Floats, part: slice) -> None:
        """Adds y (the rows in `part`, float64[rows, k]) times the matrix to `out`."""
        add_transposed(self.start[part.start : part.stop + 1], self.column, self.value, y, out)

    def turned(self, columns: int | None = None) -> "Half":
        """Rows in reversed order; columns too, where their number is given."""
        column = self.column[::-1]
        if columns is not None:
            column = np.int32(columns - 1) - column
        start = (self.start[-1] - self.start)[::-1]
        return Half(*(np.ascontiguousarray(part) for part in (start, column, self.value[::-1])))


@dataclass(frozen=True, eq=False)
class Halves:
    """What sweeps forth (page by page) and back (in reversed order) need."""

    factor: Floats
    """float64[n]: 1/(1 - D), which right-hand sides are multiplied by."""
    lower: Half
    """L."""
    upper: Half
    """U, rows and columns in reversed order, so that no row reads from later ones either."""
    outward: Half
    """outer and P side by side: from 2 * classes to pages."""
    inner: Half
    """From pages (rows, in reversed order) to classes."""
    reads: Half
    """From pages (rows) to their class: R."""
    passes: Half
    """The same, times what each page passes on through L."""
    sums: bool
    """Whether for equity, which contracts in the sum; reach does in the maximum."""
    sizes: tuple[Floats, Floats, Floats]
    """Column sums of the absolute values of L, outer and P; for reach the largest row sum of each
    in their place, as one number: what bounds a product's norm."""
    small: Small


def in_halves(
    carrier: Carrier, page_class: Places, weight: Floats, transposed: bool
) -> Halves | None:
    """Halves of a carrier with templates; None where its small copy cannot be solved.

    page_class: int32[n], the number of classes where in none; weight: float64[n], where equity
    gathers, sums to 1 by class (coarse.py); transposed: the carrier is one for equity.
    """
    from scipy.sparse import csr_array, hstack

    assert carrier.inner is not None and carrier.outer is not None
    pages, classes, main = carrier.pages, carrier.inner.shape[0], carrier.main
    count = np.diff(main.indptr)
    row = np.repeat(np.arange(pages, dtype=np.int32), count)
    factor = 1 / (1 - main.diagonal())
    value = main.data * np.repeat(factor, count)
    lower = _chosen(main, value, main.indices < row)
    upper = _chosen(main, value, main.indices > row)
    given = carrier.outer
    parts = (given.data * np.repeat(factor, np.diff(given.indptr)), given.indices, given.indptr)
    outer = csr_array(parts, shape=given.shape)
    inside = page_class < classes
    start = np.concatenate([[0], np.cumsum(inside)]).astype(np.int32)
    ones = inside.astype(np.float64)
    read, write = (ones, weight) if transposed else (weight, ones)
    small = small_copy(page_class, read, write, lower, upper, outer, carrier.inner)
    if small is None:
        return None
    of_class = page_class[inside]
    writes = csr_array((write[inside], of_class, start), shape=given.shape)
    axis = 0 if transposed else 1
    sizes = [np.asarray(abs(part).sum(axis=axis)) for part in (lower, outer, writes)]
    if not transposed:
        sizes = [size.max(initial=0.0, keepdims=True) for size in sizes]
    return Halves(
        factor,
        _half(lower),
        _half(upper).turned(pages),
        _half(csr_array(hstack([outer, writes]))),
        _half(carrier.inner.T.tocsr()).turned(),
        Half(start, of_class, read[inside]),
        Half(start, of_class, (lower.T @ read)[inside]),
        transposed,
        (sizes[0], sizes[1], sizes[2]),
        small,
    )


def _chosen(matrix: "csr_array", value: Floats, chosen: NDArray[np.bool_]) -> "csr_array":
    from scipy.sparse import csr_array

    count = np.concatenate([[0], np.cumsum(chosen)])
    start = count[matrix.indptr].astype(matrix.indptr.dtype)
    return csr_array((value[chosen], matrix.indices[chosen], start), shape=matrix.shape)


def _half(matrix: "csr_array") -> Half:
    return Half(matrix.indptr, matrix.indices, matrix.data)
