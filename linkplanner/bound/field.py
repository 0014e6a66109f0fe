"""The model before any plan, as a bound sees it: how equity spreads and what reaches whom.

On small sites the whole block of (I - aP)^-1 is at hand; on large ones each question is a solve.
"""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints

__all__ = ["TOLERANCE", "Field", "field_for"]

DENSE_PAGES: Final = 6000
"""Pages up to which the block is kept: 290 MB, found in some five seconds."""
PRODUCT_PAGES: Final = 3000
"""Pages up to which one vector is a product with the block: at 5,000 a solve took half the time."""
TOLERANCE: Final = 1e-12
"""Of solves, so that a bound is exact far beyond what is printed."""
TINY: Final = 1e-200
"""Values below count as 0."""
BLOCK: Final = 16
"""Right-hand sides at once."""


@dataclass(frozen=True, eq=False)
class Field:
    """Equity, link totals and influence on the pages R that a plan can touch."""

    graph: LinkGraph
    pages: Ints
    """int64[r]: node of each place, sorted."""
    equity: Floats
    total: Floats
    damping: float
    seed: Floats
    """float64[n]: what enters each node."""
    influence: Floats | None = None
    """G on R by R; None where every node has a place and questions are solved."""
    own: Floats | None = None
    """At least G_vv of each place, where it is known and the block is not."""
    _last: dict[bool, Floats] = field(default_factory=dict, repr=False)

    def reach(self, reward: Floats, tolerance: float = TOLERANCE) -> Floats:
        """G r: what one unit at each place brings when `reward` (float64[r]) counts."""
        if self.influence is not None and (len(reward) <= PRODUCT_PAGES or reward.ndim > 1):
            return self.influence @ reward
        return self._solved(reward, False, tolerance)

    def spread(self, seed: Floats, tolerance: float = TOLERANCE) -> Floats:
        """h G: equity at each place when `seed` (float64[r], any sign) enters."""
        if self.influence is not None and len(seed) <= PRODUCT_PAGES:
            return seed @ self.influence
        return self._solved(seed, True, tolerance)

    def _solved(self, right: Floats, transposed: bool, tolerance: float) -> Floats:
        """From the last answer, at size 1: no start is far from values near the smallest."""
        top = float(np.abs(right).max(initial=0.0))
        if top < TINY:
            return np.zeros(len(right))
        solve = self.graph.equity if transposed else self.graph.reach
        whole = np.zeros(self.graph.pages)
        whole[self.pages] = right / top
        found = solve(whole, self.damping, tolerance, start=self._last.get(transposed))
        self._last[transposed] = found
        return found[self.pages] * top

    def from_places(self, places: Ints) -> Floats:
        """Rows of G: float64[len(places), r]."""
        if self.influence is not None:
            return self.influence[places]
        units = np.zeros((len(self.pages), len(places)))
        units[places, np.arange(len(places))] = 1.0
        return self.graph.equity(units, self.damping, TOLERANCE).T

    def onto(self, places: Ints) -> Floats:
        """Columns of G: float64[r, len(places)]."""
        if self.influence is not None:
            return self.influence[:, places]
        return self.graph.influence(places, self.damping)

    def diluted(self, share: Floats) -> "Field":
        """The field in which each place hands `share` (float64[r]) of its links elsewhere."""
        total = self.graph.total.copy()
        kept = 1 - share
        total[self.pages] = np.divide(
            total[self.pages], kept, out=np.full(len(kept), np.inf), where=kept > 0
        )
        graph = replace(self.graph, total=total, known={})
        return Field(graph, np.arange(graph.pages), self.equity, total, self.damping, self.seed)

    def at(self, nodes: Ints) -> Ints:
        """Place of nodes that have one."""
        return np.searchsorted(self.pages, nodes)


def field_for(graph: LinkGraph, equity: Floats, seed: Floats, nodes: Ints, damping: float) -> Field:
    """The field for a plan that touches `nodes`; equity is x before it."""
    chosen = np.unique(nodes)
    if len(chosen) > DENSE_PAGES:
        every = np.arange(graph.pages)
        return Field(graph, every, equity, graph.total, damping, seed)
    influence = np.ascontiguousarray(graph.influence(chosen, damping)[chosen])
    return Field(graph, chosen, equity[chosen], graph.total[chosen], damping, seed, influence)
