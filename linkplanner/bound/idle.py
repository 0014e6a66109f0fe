"""What a page has at least while it sets no new links: what it has today, less what others take.

x'_u = x_u + sum_e f_e A_eu exactly (bound/prices.py), and a page without new links of its own loses
over others' alone. So with b_u the share of its choice in which page u sets links and X_u the
equity it has in the rest of it,

    X_u + sum over links e of other pages of max(0, -A_eu) f_e  >=  (1 - b_u) x_u,

for a real plan because b_u is 0 or 1. Without it the relaxed problem lets a page keep nearly all
equity for the small part of its choice in which it sets links, down to the least it has under any
plan for the rest.
"""

from typing import Final

import numpy as np

from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Idle"]

PAGES: Final = 200
"""Pages that get such a price at most, those with most equity."""
FLOWS: Final = 1e-6
"""Part of the largest flow from which a flow counts in a slope."""
CELLS: Final = 8_000_000
"""Candidates times such pages: 64 MB."""


class Idle:
    """The pages with most equity among those with candidates, and what links take from them."""

    def __init__(self, problem: Problem, sources: Ints) -> None:
        """sources: places of the pages with candidates, sorted."""
        influence, x = problem.field.influence, problem.field.equity
        most = min(PAGES, CELLS // max(len(problem.source), 1), len(sources))
        if influence is None:
            most = 0
        self.pages = np.sort(np.argsort(-x[sources], kind="stable")[:most])
        """Their numbers among the sources."""
        self.places = sources[self.pages]
        self.today = x[self.places]
        self.taken = np.zeros((len(problem.source), 0))
        """float64[m, pages]: what a unit of flow over each candidate takes from each page."""
        if influence is not None:
            column = influence[:, self.places]
            lost = column[problem.source] - problem.field.damping * column[problem.target]
            self.taken = np.maximum(lost, 0.0)
            self.taken[problem.source[:, None] == self.places] = 0.0

    def worth(self, price: Floats) -> Floats:
        """What the prices (by place) add to a unit of flow over each candidate."""
        return np.asarray(self.taken @ price[self.places])

    def slope(self, size: int, equity: Floats, mass: Floats, flow: Floats) -> Floats:
        """Slope in the prices, by place. equity, mass: of each source's choice of no links."""
        found = np.zeros(size)
        found[self.places] = equity[self.pages] - mass[self.pages] * self.today
        flowing = np.flatnonzero(flow > FLOWS * flow.max(initial=0.0))
        found[self.places] += flow[flowing] @ self.taken[flowing]
        return found
