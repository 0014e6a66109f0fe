"""The link graph: equity and reach by the balance equations of the model.

    equity  x = s (I - aP)^-1      reach  z = (I - aP)^-1 w

P holds the share of a page's equity that each followed link carries; rows sum to at most 1, the
rest evaporates (nofollow, external and broken links). a is the damping.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linkplanner.errors import InputError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["LinkGraph"]

Floats = NDArray[np.float64]
DENSE_PAGES = 3000
"""Up to this many pages (I - aP) is factorised densely (72 MB, 0.6 s); beyond it is iterated."""
MAX_ROUNDS = 2000
"""Rounds of iteration before giving up; damping 0.99 to 1e-10 takes 2,291, 0.85 takes 142."""


@dataclass(frozen=True)
class LinkGraph:
    """A site's followed links as shares. Build it with `from_links`.

    >>> graph = LinkGraph.from_links([0, 1], [1, 0], [1.0, 1.0], pages=2, total=[1.0, 2.0])
    >>> graph.equity([1.0, 0.0]).round(4)
    array([1.5656, 1.3307])
    """

    weights: "csr_array"
    """float64[n, n]: weight of the followed link from row to column, self links left out."""
    total: Floats
    """float64[n]: weight of all links on a page, leaks included; 0 for a page without links."""

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

        source, target: int[m]; weight: float[m] > 0; total: float[pages], all weight on each page
        with leaks (default: the followed links alone). `position` (int8[m]) is accepted for
        template factoring and not needed here. Self links count for nothing. Raises InputError.
        """
        from scipy.sparse import csr_array

        u, v = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
        w = np.asarray(weight, dtype=np.float64)
        _check_links(u, v, w, pages)
        keep = u != v
        weights = csr_array((w[keep], (u[keep], v[keep])), shape=(pages, pages))
        weights.sum_duplicates()
        row_sum = np.asarray(weights.sum(axis=1)).ravel()
        whole = row_sum if total is None else np.asarray(total, dtype=np.float64)
        if whole.shape != (pages,) or np.any(whole < row_sum * (1 - 1e-9)):
            raise InputError("total must give each page at least the weight of its followed links.")
        return cls(weights, np.maximum(whole, row_sum))

    @property
    def pages(self) -> int:
        """Number of pages."""
        return int(self.total.shape[0])

    @cached_property
    def shares(self) -> "csr_array":
        """P: float64[n, n], share of the row's equity that its link to the column carries."""
        from scipy.sparse import csr_array, diags_array

        scale = np.divide(1.0, self.total, out=np.zeros(self.pages), where=self.total > 0)
        return csr_array(diags_array(scale) @ self.weights)

    @cached_property
    def kept(self) -> Floats:
        """r: float64[n], share of each page's outflow that stays on the site."""
        return np.asarray(self.shares.sum(axis=1)).ravel()

    def equity(
        self,
        seed: ArrayLike,
        damping: float = 0.85,
        tolerance: float = 1e-10,
        start: Floats | None = None,
    ) -> Floats:
        """x: what passes through each page when `seed` (float[n] or [n, k], points) enters."""
        return self._solve(seed, damping, tolerance, transposed=True, start=start)

    def reach(
        self,
        weights: ArrayLike,
        damping: float = 0.85,
        tolerance: float = 1e-10,
        start: Floats | None = None,
    ) -> Floats:
        """z: what one unit of equity placed on each page brings to pages weighted by `weights`
        (float[n] or [n, k])."""
        return self._solve(weights, damping, tolerance, transposed=False, start=start)

    def with_links(self, source: ArrayLike, target: ArrayLike, weight: ArrayLike) -> "LinkGraph":
        """The graph after adding links; on an existing pair the weight is added to it."""
        from scipy.sparse import csr_array

        u, v = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
        w = np.asarray(weight, dtype=np.float64)
        _check_links(u, v, w, self.pages)
        w = np.where(u == v, 0.0, w)
        added = csr_array((w, (u, v)), shape=self.weights.shape)
        total = self.total + np.bincount(u, weights=w, minlength=self.pages)
        return replace(self, weights=csr_array(self.weights + added), total=total)

    def influence(self, columns: ArrayLike, damping: float = 0.85) -> Floats:
        """Columns of (I - aP)^-1: float64[n, k]; row u tells what reaches column page from u."""
        chosen = np.asarray(columns, dtype=np.int64)
        units = np.zeros((self.pages, len(chosen)))
        units[chosen, np.arange(len(chosen))] = 1.0
        return self.reach(units, damping, 1e-12)

    def _solve(
        self,
        right: ArrayLike,
        damping: float,
        tolerance: float,
        transposed: bool,
        start: Floats | None,
    ) -> Floats:
        b = np.asarray(right, dtype=np.float64)
        if b.shape[:1] != (self.pages,):
            raise InputError(f"One value per page is needed: {self.pages:,}, not {b.shape[0]:,}.")
        if not 0 <= damping < 1:
            raise InputError(f"Damping “{damping}” must be at least 0 and below 1.")
        if b.ndim == 2 and b.shape[1] > 32 and self.pages <= DENSE_PAGES:
            return self._solve_dense(b, damping, transposed)
        return self._iterate(b, damping, tolerance, transposed, start)

    def _iterate(
        self, b: Floats, damping: float, tolerance: float, transposed: bool, start: Floats | None
    ) -> Floats:
        """Fixed-point rounds; the error after a step d is at most a/(1-a) |d| in the norm in which
        P contracts: L1 for equity, maximum for reach."""
        matrix = (self.shares.T if transposed else self.shares) * damping
        norm = (
            (lambda y: np.abs(y).sum(axis=0)) if transposed else (lambda y: np.abs(y).max(axis=0))
        )
        x = b.copy() if start is None else start.copy()
        for _ in range(MAX_ROUNDS):
            new = matrix @ x + b
            error = norm(new - x) * damping / (1 - damping)
            x = new
            if np.all(error <= tolerance * norm(x)):
                return x
        return x

    def _solve_dense(self, b: Floats, damping: float, transposed: bool) -> Floats:
        import scipy.linalg

        system = np.eye(self.pages) - damping * self.shares.toarray()
        return scipy.linalg.solve(system.T if transposed else system, b, overwrite_a=True)


def _check_links(u: NDArray[np.int64], v: NDArray[np.int64], w: Floats, pages: int) -> None:
    if not len(u) == len(v) == len(w):
        raise InputError("source, target and weight must have the same length.")
    if len(u) and (min(u.min(), v.min()) < 0 or max(u.max(), v.max()) >= pages):
        raise InputError(f"A link names a page outside 0 to {pages - 1}.")
    if len(w) and not np.all(np.isfinite(w) & (w >= 0)):
        raise InputError("A link's weight must be a finite number, not negative.")
