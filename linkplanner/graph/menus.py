"""The links that templates stand for: C.B, each class's row stored once."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.kernels import add_product

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Menus"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Menus:
    """Classes of pages and what each links to. Graphs that differ in a few links share one."""

    page_class: NDArray[np.int32]
    """int32[n]: class of each page, the number of classes where it is in none."""
    template: "csr_array"
    """B: float64[classes, n]."""

    @property
    def classes(self) -> int:
        """Number of classes."""
        return int(self.template.shape[0])

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.page_class)

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays, caches left out."""
        parts = (self.template.data, self.template.indices, self.template.indptr)
        return self.page_class.nbytes + sum(part.nbytes for part in parts)

    @cached_property
    def columns(self) -> NDArray[np.int32]:
        """Pages that a template links to, ascending."""
        return np.unique(self.template.indices)

    @cached_property
    def row(self) -> "csr_array":
        """B on `columns` alone: float64[classes, columns]."""
        from scipy.sparse import csr_array

        place = np.searchsorted(self.columns, self.template.indices).astype(np.int32)
        shape = (self.classes, len(self.columns))
        return csr_array((self.template.data, place, self.template.indptr), shape=shape)

    @cached_property
    def column(self) -> "csr_array":
        """B transposed, on `columns`: float64[columns, classes]."""
        return self.row.T.tocsr()

    @cached_property
    def members(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where each class's pages begin and the pages, class by class: C transposed."""
        order = np.argsort(self.page_class, kind="stable").astype(np.int32)
        number = np.arange(self.classes + 1)
        start = np.searchsorted(self.page_class[order], number).astype(np.int32)
        return start, order[: start[-1]]

    def sums(self, values: Floats) -> Floats:
        """Values of each class's pages, summed: float64[classes] or [classes, k]."""
        start, pages = self.members
        out = np.zeros((self.classes, *values.shape[1:]))
        add_product(start, pages, np.ones(len(pages)), values, out)
        return out

    def spread(self, values: Floats) -> Floats:
        """Each page its class's value, 0 in none: float64[n] or [n, k]."""
        none = np.zeros((1, *values.shape[1:]))
        return np.take(np.concatenate([values, none]), self.page_class, axis=0)

    def add_weighed(self, z: Floats, unit: float, out: Floats) -> None:
        """Adds C.B z, in units, to `out`: float64[n] or [n, k]."""
        out += self.spread(self.row @ (z[self.columns] / unit))

    def add_gathered(self, y: Floats, unit: float, out: Floats) -> None:
        """Adds y C.B, in units, to `out`: float64[n] or [n, k]."""
        out[self.columns] += self.column @ (self.sums(y) / unit)
