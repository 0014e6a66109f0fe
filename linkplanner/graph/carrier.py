"""The damped shares aP written out in one direction, for many solves with one graph."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import CompactMatrix
from linkplanner.graph.kernels import add_product
from linkplanner.graph.menus import Menus

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Carrier", "write_out"]

Floats = NDArray[np.float64]

CHUNK_VALUES: Final = 1 << 18
"""Numbers of a block worked on at once, 2 MB: with less, the loop over parts costs more than the
core's own cache saves."""


@dataclass(frozen=True, eq=False)
class Carrier:
    """M = main + outer.inner: what one round of the model multiplies by."""

    main: "csr_array"
    """float64[n, n]: links beside templates."""
    inner: "csr_array | None" = None
    """float64[classes, n] (None without templates): from pages to classes."""
    outer: "csr_array | None" = None
    """float64[n, classes]: from classes to pages."""

    @cached_property
    def pages(self) -> int:
        """Number of pages."""
        return int(self.main.shape[0])

    def classes(self, x: Floats) -> Floats | None:
        """What templates carry, by class: [classes] or [classes, k]; for `add`."""
        if self.inner is None:
            return None
        held = np.zeros((self.inner.shape[0], *x.shape[1:]))
        add_product(self.inner.indptr, self.inner.indices, self.inner.data, x, held)
        return held

    def add(self, x: Floats, held: Floats | None, out: Floats, part: slice) -> None:
        """Adds M x, of the pages in `part`, to `out`; held: `classes` of the same x."""
        rows = slice(part.start, part.stop + 1)
        add_product(self.main.indptr[rows], self.main.indices, self.main.data, x, out)
        if held is not None and self.outer is not None:
            outer = self.outer
            add_product(outer.indptr[rows], outer.indices, outer.data, held, out)

    def parts(self, columns: int) -> list[slice]:
        """Ranges of pages worked on at once in a block of that many columns."""
        step = max(64, CHUNK_VALUES // columns)
        return [slice(at, min(at + step, self.pages)) for at in range(0, self.pages, step)]


def write_out(
    remainder: CompactMatrix, menus: Menus | None, changes: "csr_array", scale: Floats,
    transposed: bool,
) -> Carrier:  # fmt: skip
    """Carrier for equity (transposed) or reach.

    changes: float64[n, n], weights beside remainder and menus; scale: float64[n], damping over the
    weight of all links of each page.
    """
    from scipy.sparse import csr_array, diags_array

    count = np.diff(remainder.start)
    shares = remainder.code * np.repeat(scale * remainder.unit, count)
    shape = (remainder.rows, remainder.columns)
    main = csr_array((shares, remainder.column, remainder.start), shape=shape)
    if changes.nnz:
        main = csr_array(main + diags_array(scale) @ changes)
    main = main.T.tocsr() if transposed else main
    if menus is None:
        return Carrier(main)
    start, pages = menus.members
    shape = (menus.classes, menus.pages)
    if transposed:
        inner = csr_array((scale[pages], pages, start), shape=shape)
        return Carrier(main, inner, csr_array(menus.template.T.tocsr()))
    inside = menus.page_class < menus.classes
    own = np.concatenate([[0], np.cumsum(inside)]).astype(np.int32)
    parts = (scale[inside], menus.page_class[inside], own)
    return Carrier(main, menus.template, csr_array(parts, shape=shape[::-1]))
