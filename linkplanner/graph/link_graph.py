"""The link graph: equity and reach by the balance equations of the model.

    equity  x = s (I - aP)^-1      reach  z = (I - aP)^-1 w

P holds the share of a page's equity that each followed link carries; rows sum to at most 1, the
rest evaporates (nofollow, external and broken links). a is the damping. Link weights are kept as
A = S + C.B, templates stored once (templates.py), plus the few links of a what-if:

    P = diag(1/W) (S + C.B + changes)
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linkplanner.errors import InputError
from linkplanner.graph.changes import Changes
from linkplanner.graph.coarse import Coarse
from linkplanner.graph.compact import CompactMatrix
from linkplanner.graph.menus import Menus
from linkplanner.graph.rows import Rows, check_links, group_links
from linkplanner.graph.solving import solve
from linkplanner.graph.templates import find_factors
from linkplanner.graph.touched import Known

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["LinkGraph"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FACTOR_LINKS: Final = 1 << 17
"""Links from which templates are sought; below, a plain matrix is as quick and small enough."""
NO_LINK: Final = 1e-9
"""Weights below this are what S + C.B leaves where there is no link; real ones are 0.01 or more."""


@dataclass(frozen=True, eq=False)
class LinkGraph:
    """A site's followed links as shares. Build it with `from_links`.

    >>> graph = LinkGraph.from_links([0, 1], [1, 0], [1.0, 1.0], pages=2, total=[1.0, 2.0])
    >>> graph.equity([1.0, 0.0]).round(4)
    array([1.5656, 1.3307])
    """

    remainder: CompactMatrix
    """S: weights of the followed links beside the templates, from row to column."""
    total: Floats
    """float64[n]: weight of all links on a page, leaks included; 0 for a page without links."""
    menus: Menus | None = None
    """C and B: which pages share a template, and the templates."""
    changes: Changes = field(default_factory=Changes)
    known: dict[bool, Known] = field(default_factory=dict, repr=False)
    """Last solve for equity (True) and reach (False): where a changed graph begins."""
    copies: dict[float, Coarse | None] = field(default_factory=dict, repr=False)
    """Small copies by damping, shared with changed graphs."""

    @classmethod
    def from_links(
        cls,
        source: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike,
        pages: int,
        total: ArrayLike | None = None,
        position: ArrayLike | None = None,
    ) -> "LinkGraph":
        """Graph of `pages` pages from merged links.

        source, target: int[m]; weight: float[m] >= 0; total: float[pages], all weight on each page
        with leaks (default: the followed links alone); position: int8[m], 3 to 5 for links in
        menus, headers and footers, which helps to find templates. Self links count for nothing,
        weights of repeated links add up. Raises InputError.
        """
        rows = group_links(source, target, weight, pages, position)
        factors = find_factors(rows) if len(rows.target) >= FACTOR_LINKS else None
        if factors is None:
            graph = cls(_plain(rows), np.zeros(pages))
        else:
            menus = Menus(factors.page_class, factors.template)
            graph = cls(factors.remainder, np.zeros(pages), menus)
        return graph._with_total(total)

    @classmethod
    def from_factors(
        cls,
        remainder: "csr_array",
        page_class: ArrayLike,
        template: "csr_array",
        total: ArrayLike | None = None,
    ) -> "LinkGraph":
        """Graph from links beside the templates, the class of each page and each class's links.

        remainder: float[n, n] weights; page_class: int[n], from 0 (below 0: in none); template:
        float[classes, n]. A pair in both counts once, at the highest weight; self links count for
        nothing. total: as in `from_links`. Raises InputError.
        """
        from linkplanner.graph.overlaps import without_overlaps

        n, classes = remainder.shape[0], template.shape[0]
        number = np.asarray(page_class)
        if remainder.shape != (n, n) or number.shape != (n,) or template.shape[1] != n:
            raise InputError("remainder, page_class and template must be of one number of pages.")
        if n and number.max() >= classes:
            raise InputError(f"Page class {number.max()} has no row among {classes} templates.")
        of_page = np.where(number < 0, classes, number).astype(np.int32)
        matrix, own = without_overlaps(remainder, of_page, template)
        changes = Changes(own, own, -template[of_page[own], own])
        return cls(matrix, np.zeros(n), Menus(of_page, template), changes)._with_total(total)

    @property
    def pages(self) -> int:
        """Number of pages."""
        return int(self.total.shape[0])

    @property
    def template(self) -> "csr_array | None":
        """B: float64[classes, n], the links of each class; None where no menus were found."""
        return self.menus.template if self.menus else None

    @property
    def nbytes(self) -> int:
        """Bytes the graph occupies, caches left out."""
        menus = self.menus.nbytes if self.menus else 0
        return self.remainder.nbytes + self.total.nbytes + menus

    @cached_property
    def weights(self) -> "csr_array":
        """float64[n, n]: weight of the followed link from row to column, templates written out."""
        return self.rows(np.arange(self.pages))

    @cached_property
    def shares(self) -> "csr_array":
        """P: float64[n, n], share of the row's equity that its link to the column carries."""
        from scipy.sparse import csr_array, diags_array

        return csr_array(diags_array(self.scale / self.remainder.unit) @ self.weights)

    @cached_property
    def kept(self) -> Floats:
        """r: float64[n], share of each page's outflow that stays on the site."""
        return np.clip(
            self._weights_on(np.ones(self.pages)) * self.scale / self.remainder.unit, 0.0, 1.0
        )

    def rows(self, pages: Ints) -> "csr_array":
        """Weights of the links of some pages: float64[len(pages), n], templates written out."""
        from scipy.sparse import csr_array

        found = self.remainder.rows_of(pages)
        if self.menus:
            number = self.menus.page_class[pages]
            inside = np.flatnonzero(number < self.menus.classes)
            start = np.zeros(len(pages) + 1, dtype=np.int64)
            of_class = self.menus.template[number[inside]]
            start[inside + 1] = np.diff(of_class.indptr)
            parts = (of_class.data, of_class.indices, np.cumsum(start))
            found = csr_array(found + csr_array(parts, shape=found.shape))
        if len(self.changes):
            found = found + self.changes_of(pages)
        found = csr_array(found)
        found.sum_duplicates()
        if self.menus or len(self.changes):
            found.data[np.abs(found.data) < NO_LINK] = 0.0
            found.eliminate_zeros()
        return found

    def changes_of(self, pages: Ints) -> "csr_array":
        """Changed weights of the links of some pages: float64[len(pages), n]."""
        from scipy.sparse import csr_array

        at = np.full(self.pages, -1, dtype=np.int64)
        at[pages] = np.arange(len(pages))
        extra = self.changes
        chosen = at[extra.source] >= 0
        place = (at[extra.source[chosen]], extra.target[chosen])
        return csr_array((extra.weight[chosen], place), shape=(len(pages), self.pages))

    def links_to(self, page: int) -> Floats:
        """float64[n]: weight of each page's link to the page."""
        unit = np.zeros(self.pages)
        unit[page] = 1.0
        weight = self._weights_on(unit)
        return np.where(weight < NO_LINK, 0.0, weight)

    def carried(self, equity: Floats, damping: float = 0.85) -> Floats:
        """a x P: float64[n], what links bring each page when `equity` passes through all."""
        out = np.zeros(self.pages)
        self.gather(damping * self.scale * equity, out)
        return out

    def equity(
        self,
        seed: ArrayLike,
        damping: float = 0.85,
        tolerance: float = 1e-10,
        start: Floats | None = None,
    ) -> Floats:
        """x: what passes through each page when `seed` (float[n] or [n, k], points) enters."""
        return solve(self, seed, damping, tolerance, transposed=True, start=start)

    def reach(
        self,
        weights: ArrayLike,
        damping: float = 0.85,
        tolerance: float = 1e-10,
        start: Floats | None = None,
    ) -> Floats:
        """z: what one unit of equity placed on each page brings to pages weighted by `weights`
        (float[n] or [n, k])."""
        return solve(self, weights, damping, tolerance, transposed=False, start=start)

    def with_links(
        self,
        source: ArrayLike,
        target: ArrayLike,
        weight: ArrayLike,
        *,
        total: Floats | None = None,
    ) -> "LinkGraph":
        """The graph after adding links; on an existing pair the weight is added to it.

        total: float64[n] where it does not simply rise by the weights (a repaired link's weight
        was in it already). The stored links are shared with this graph, not copied, and a solve
        for the same right-hand side begins at its answer.
        """
        u, v = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
        w = np.asarray(weight, dtype=np.float64)
        check_links(u, v, w, self.pages)
        u, v, w = u[u != v], v[u != v], w[u != v]
        if total is None:
            total = self.total.copy()
            np.add.at(total, u, w)
        return replace(
            self, total=total, changes=self.changes.and_also(u, v, w), known=dict(self.known)
        )

    def without_links(self, source: ArrayLike, target: ArrayLike, weight: ArrayLike) -> "LinkGraph":
        """The graph after taking out links that it has, or a part of their weight; the other links
        of a page share what these had."""
        u, v = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
        w = np.asarray(weight, dtype=np.float64)
        check_links(u, v, w, self.pages)
        total = self.total.copy()
        np.add.at(total, u, -w)
        total = np.where(total < NO_LINK, 0.0, total)
        changes = self.changes.and_also(u, v, -w)
        return replace(self, total=total, changes=changes, known=dict(self.known))

    def influence(self, columns: ArrayLike, damping: float = 0.85) -> Floats:
        """Columns of (I - aP)^-1: float64[n, k]; row u tells what reaches column page from u."""
        chosen = np.asarray(columns, dtype=np.int64)
        units = np.zeros((self.pages, len(chosen)))
        units[chosen, np.arange(len(chosen))] = 1.0
        return self.reach(units, damping, 1e-12)

    def _with_total(self, total: ArrayLike | None) -> "LinkGraph":
        row_sum = np.maximum(self._weights_on(np.ones(self.pages)), 0.0)
        whole = row_sum if total is None else np.asarray(total, dtype=np.float64)
        if whole.shape != (self.pages,) or np.any(whole < row_sum * (1 - 1e-9) - NO_LINK):
            raise InputError("total must give each page at least the weight of its followed links.")
        if self.menus:
            row_sum[row_sum < NO_LINK] = 0.0
        return replace(self, total=np.maximum(whole, row_sum))

    @cached_property
    def scale(self) -> Floats:
        """Unit over W, 0 for a page without links: `weigh` and `gather` count in units."""
        unit = self.remainder.unit
        return np.divide(unit, self.total, out=np.zeros(self.pages), where=self.total > 0)

    def weigh(self, z: Floats, out: Floats) -> None:
        """Adds A z, in units, to `out`: float64[n] or [n, k]."""
        self.remainder.times(z, out)
        if self.menus:
            self.menus.add_weighed(z, self.remainder.unit, out)
        self.changes.add_weighed(z, self.remainder.unit, out)

    def gather(self, y: Floats, out: Floats) -> None:
        """Adds y A, in units, to `out`: float64[n] or [n, k]."""
        self.remainder.transposed_times(y, out)
        if self.menus:
            self.menus.add_gathered(y, self.remainder.unit, out)
        self.changes.add_gathered(y, self.remainder.unit, out)

    def _weights_on(self, values: Floats) -> Floats:
        """A times the values: float64[n]."""
        out = np.zeros(self.pages)
        self.weigh(values, out)
        out *= self.remainder.unit
        return out


def _plain(rows: Rows) -> CompactMatrix:
    """All links as they are."""
    from scipy.sparse import csr_array

    small = rows.start.astype(np.int32) if len(rows.target) < 2**31 else rows.start
    shape = (rows.pages, rows.pages)
    return CompactMatrix.from_csr(csr_array((rows.weight, rows.target, small), shape=shape))
