"""The plan's working core: the exact model on the few pages that a plan can touch.

A plan changes only the rows of its source pages, and only sources, targets and priority pages
matter for its gain. With R these pages and G = (I - aP)^-1, the block G[R, R], the equity x[R] and
the link totals W[R] are all that is needed: adding a link of weight w from u to v changes row u by

    d = w / (W_u + w) (e_v - p_u),      a p_u G = G_u - e_u,

and with D = d G the Sherman-Morrison identity gives exactly

    x' = x + a x_u D / (1 - a D_u),     G' = G + a G_:u D / (1 - a D_u),    W_u' = W_u + w.

Taking a link back is the same step with weight -w; where it was the page's only link the row
vanishes, d = -p_u. Nothing is approximated.

Many links at once change the rows U of their sources; with D their changes times G, one row a
source, Woodbury's identity gives the same in two matrix products:

    M = (I - a D_:U)^-1,     x' = x + a x_U M D,     G' = G + a G_:U M D.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg.blas import dger

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints

__all__ = ["Core", "build_core"]


@dataclass
class Core:
    """State of the model on the pages R while a plan is built; changed in place by `apply`."""

    pages: Ints
    """int64[r]: node of each page of R, sorted."""
    equity: Floats
    """x on R."""
    influence: Floats
    """G on R by R."""
    total: Floats
    """W on R."""
    damping: float
    entered: float
    """Sum of all seeds, on R or not."""

    def copy(self) -> "Core":
        """An independent state."""
        return replace(
            self,
            equity=self.equity.copy(),
            influence=self.influence.copy(),
            total=self.total.copy(),
        )

    def at(self, nodes: Ints) -> Ints:
        """Place in R of nodes that are in it."""
        return np.searchsorted(self.pages, nodes)

    def _steps(self, u: Ints, v: Ints, weight: Floats) -> tuple[Floats, Floats, Floats]:
        """Per link: b and c of d = b e_v - c p_u, and a x_u / (1 - a D_u)."""
        gained, given = _shares(self.total[u], weight)
        own = self.influence[u, u]
        back = gained * self.influence[v, u] - given * (own - 1) / self.damping
        return gained, given, self.damping * self.equity[u] / (1 - self.damping * back)

    def gains(self, u: Ints, v: Ints, weight: Floats, targets: Ints, slope: Floats) -> Floats:
        """Exact change of slope.x[targets] for each link on its own: float64[links]."""
        gained, given, push = self._steps(u, v, weight)
        here = np.zeros(len(self.pages))
        np.add.at(here, targets, slope)
        reach = self.influence @ here
        return push * (gained * reach[v] - given * (reach[u] - here[u]) / self.damping)

    def own_changes(self, u: Ints, v: Ints, weight: Floats) -> Floats:
        """Exact change of the equity of each link's own target: float64[links]."""
        gained, given, push = self._steps(u, v, weight)
        influence = self.influence
        return push * (gained * influence[v, v] - given * influence[u, v] / self.damping)

    def equity_after(self, u: Ints, v: Ints, weight: Floats, targets: Ints) -> Floats:
        """Equity of the targets after each link on its own: float64[links, targets]."""
        gained, given, push = self._steps(u, v, weight)
        unit = (u[:, None] == targets[None, :]).astype(np.float64)
        rows = gained[:, None] * self.influence[np.ix_(v, targets)]
        rows -= (given / self.damping)[:, None] * (self.influence[np.ix_(u, targets)] - unit)
        return self.equity[targets] + push[:, None] * rows

    def apply(self, u: int, v: int, weight: float) -> None:
        """Sets the link (or takes it back, with a negative weight) from place u to place v."""
        gained, given = _shares(self.total[u : u + 1], np.array([weight]))
        row = self.influence[u].copy()
        row[u] -= 1
        change = gained[0] * self.influence[v] - given[0] / self.damping * row
        scale = self.damping / (1 - self.damping * change[u])
        self.equity += scale * self.equity[u] * change
        # in place: the transpose of a row-major matrix is column-major, as BLAS wants it
        column = self.influence[:, u].copy()
        self.influence = dger(scale, change, column, a=self.influence.T, overwrite_a=1).T
        self.total[u] += weight

    def apply_all(self, u: Ints, v: Ints, weight: Floats) -> None:
        """Sets several links at once; the same as `apply` for each, in one step."""
        if len(u) == 0:
            return
        rows, at = np.unique(u, return_inverse=True)
        added = np.bincount(at, weight)
        after = self.total[rows] + added
        change = np.zeros((len(rows), len(self.pages)))
        np.add.at(change, at, (weight / after[at])[:, None] * self.influence[v])
        kept = self.influence[rows]
        kept[np.arange(len(rows)), rows] -= 1
        change -= (added / after / self.damping)[:, None] * kept
        small = np.eye(len(rows)) - self.damping * change[:, rows]
        lift = self.damping * np.linalg.solve(small, change)
        self.equity += self.equity[rows] @ lift
        self.influence += self.influence[:, rows] @ lift
        self.total[rows] = after


def _shares(total: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """b and c of d = b e_v - c p_u when a link of this weight joins (or leaves) a page's links."""
    after = total + weight
    empty = after <= 1e-12
    share = weight / np.where(empty, 1.0, after)
    return np.where(empty, 0.0, share), np.where(empty, 1.0, share)


def build_core(graph: LinkGraph, equity: Floats, pages: Ints, damping: float) -> Core:
    """The core on `pages` (nodes, in any order): one solve with len(pages) right-hand sides."""
    chosen = np.unique(pages)
    influence = np.ascontiguousarray(graph.influence(chosen, damping)[chosen])
    entered = float(equity @ (1 - damping * graph.kept))
    total = graph.total[chosen].copy()
    return Core(chosen, equity[chosen].copy(), influence, total, damping, entered)
