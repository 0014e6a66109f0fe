"""What a page that sets new links can have: what it has anyway, and what new links bring it.

A page v with a share b of its choice on "set links" can use, of the flow f_e of a new link e to it,
at most f_e and at most b times the most that e can carry, F_e. So under that choice

    x_v <= base_v + sum_e a_e phi_e,      0 <= phi_e <= F_e,

base_v the most it has without the flows of new links to it and a_e = a G_vv - G_uv what a unit of
such a flow brings. A price rho_e on each such flow hands the page of e what v pays for it; at the
worth s of a unit of equity v then uses the links with a_e s > rho_e, cheapest first, until it has
its most. (Conditional inflow is the first level of the reformulation-linearisation technique of
Sherali and Adams 1990; the proof is in docs/method.md, step 2.)
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.modes import Modes, run_starts, sorted_within
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Inflow", "Supply", "entries"]

LEAST: Final = 1e-12
"""What a unit of flow brings at least, so that prices can be divided by it."""


def entries(problem: Problem) -> Floats:
    """a_e of each candidate: what a unit of its flow brings the page it points to."""
    influence, own = problem.field.influence, problem.field.own
    if influence is None:
        if own is None:
            raise ValueError("entries need what units at all pages bring back to them.")
        return np.maximum(problem.field.damping * own[problem.target], LEAST)
    u, v = problem.source, problem.target
    return np.maximum(problem.field.damping * influence[v, v] - influence[u, v], LEAST)


class Inflow:
    """Which candidates point to pages with candidates, and the choices that use them."""

    def __init__(self, problem: Problem, modes: Modes) -> None:
        """Everything that does not depend on ranges and prices."""
        number = np.full(len(problem.field.equity), -1, dtype=np.int64)
        number[modes.sources] = np.arange(len(modes.sources))
        known = problem.field.influence is not None or problem.field.own is not None
        links = np.flatnonzero(number[problem.target] >= 0) if known else np.zeros(0, np.int64)
        page = number[problem.target[links]]
        order = np.argsort(page, kind="stable")
        self.links, self.page = links[order], page[order]
        """Candidates and the number of the page they point to, by page."""
        self.brings = entries(problem)[self.links] if known else np.zeros(0)
        self.place = problem.target[self.links]
        size = np.bincount(self.page, minlength=len(modes.sources))
        self.first = np.concatenate([[0], np.cumsum(size)])
        self.rows = np.flatnonzero((modes.links > 0) & (size[modes.page] > 0))
        """Modes that set links, of pages that candidates point to."""

    def supply(self, price: Floats, most: Floats, base: Floats, high: Floats) -> "Supply":
        """Flows by cost. price: rho of each candidate; most: F of each; base, high: by page."""
        cost = price[self.links] / self.brings
        order = sorted_within(self.page, cost)
        room = np.maximum(high - base, 0.0)[self.page]
        size = (self.brings * most[self.links])[order]
        total = np.cumsum(size)
        before = total - size - (total - size)[run_starts(self.page)]
        size, cost = np.clip(room - before, 0.0, size), cost[order]
        sizes = np.concatenate([[0.0], np.cumsum(size)])
        costs = np.concatenate([[0.0], np.cumsum(size * cost)])
        return Supply(self, order, cost, size, np.minimum(base, high), sizes, costs)


@dataclass(frozen=True, eq=False)
class Supply:
    """What each page can use at some prices."""

    inflow: Inflow
    order: Ints
    """Links (places in the inflow's) by page, cheapest first."""
    cost: Floats
    """Price of a unit of equity that comes over each of them."""
    size: Floats
    """Equity that each brings at most, until the page has its most."""
    base: Floats
    """By page."""
    sizes: Floats
    """Running sum of `size`."""
    costs: Floats
    """Running sum of what all of it costs."""

    def _ends(self, page: Ints, worth: Floats) -> Ints:
        """Where the links of pages end that cost less than a worth."""
        low, high = self.inflow.first[page], self.inflow.first[page + 1]
        while np.any(low < high):
            middle = (low + high) // 2
            less = self.cost[np.minimum(middle, len(self.cost) - 1)] < worth
            open_ = low < high
            low = np.where(open_ & less, middle + 1, low)
            high = np.where(open_ & ~less, middle, high)
        return low

    def best(self, page: Ints, worth: Floats) -> Floats:
        """Exactly what pages that have links to them make of a unit of equity being worth that
        much."""
        begin, end = self.inflow.first[page], self._ends(page, worth)
        extra = worth * (self.sizes[end] - self.sizes[begin]) - (
            self.costs[end] - self.costs[begin]
        )
        return worth * self.base[page] + np.maximum(extra, 0.0)

    def blurred(self, page: Ints, worth: Floats, width: Floats) -> "Blurred":
        """The same with soft edges (width by row)."""
        begin, end = self.inflow.first[page], self._ends(page, worth + width)
        count = end - begin
        row = np.repeat(np.arange(len(page)), count)
        at = np.arange(len(row)) + np.repeat(begin - (np.cumsum(count) - count), count)
        soft, size = width[row], self.size[at]
        step = (worth[row] - self.cost[at]) / soft
        used = np.clip(0.5 * step + 0.5, 0.0, 1.0)  # a parabola from -1 to 1 joins the two lines
        gained = (used * used + np.maximum(step - 1, 0.0)) * soft * size
        used *= size
        base, rows = self.base[page], len(page)
        value = worth * base + np.bincount(row, weights=gained, minlength=rows)
        equity = base + np.bincount(row, weights=used, minlength=rows)
        return Blurred(self, value, equity, row, at, used, gained)


@dataclass(frozen=True, eq=False)
class Blurred:
    """What choices of pages make of the links to them."""

    supply: Supply
    value: Floats
    equity: Floats
    """By choice."""
    row: Ints
    at: Ints
    """Choice and link (place in the supply) of each use."""
    used: Floats
    """Equity it brings."""
    gained: Floats
    """What that is worth beyond its price."""

    def drawn(self, mass: Floats, links: int) -> Floats:
        """Flow of each candidate that pages use: float64[links]. mass: of each choice."""
        flow, found = self.supply.inflow, self._by_link(mass, self.used, links)
        found[flow.links] /= flow.brings
        return found

    def surplus(self, mass: Floats, links: int) -> Floats:
        """What all that is worth beyond its price, by candidate: float64[links]."""
        return self._by_link(mass, self.gained, links)

    def _by_link(self, mass: Floats, values: Floats, links: int) -> Floats:
        """Sums by candidate of what each use comes to, as far as its choice is made."""
        flow, order = self.supply.inflow, self.supply.order
        found = np.zeros(links)
        found[flow.links[order]] = np.bincount(
            self.at, weights=mass[self.row] * values, minlength=len(order)
        )
        return found
