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

from dataclasses import dataclass, replace
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
        of = modes.page[self.rows]
        self.row_first = np.concatenate([[0], np.cumsum(size[of])])[:-1]
        self.row = np.repeat(np.arange(len(of)), size[of])
        self.at = np.arange(len(self.row)) - np.repeat(self.row_first - self.first[of], size[of])

    def supply(self, price: Floats, most: Floats, base: Floats, high: Floats) -> "Supply":
        """Flows by cost. price: rho of each candidate; most: F of each; base, high: by page."""
        cost = price[self.links] / self.brings
        order = sorted_within(self.page, cost)
        room = np.maximum(high - base, 0.0)[self.page]
        size = (self.brings * most[self.links])[order]
        total = np.cumsum(size)
        before = total - size - (total - size)[run_starts(self.page)]
        size = np.clip(room - before, 0.0, size)
        return Supply(self, order, cost[order], size, np.minimum(base, high))


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

    def blurred(self, page: Ints, worth: Floats, width: Floats) -> tuple[Floats, Floats, Floats]:
        """The same with soft edges (width by row): values, equity by row, share of each link."""
        flow = self.inflow
        soft = width[flow.row]
        size = self.size[flow.at]
        step = (worth[flow.row] - self.cost[flow.at]) / soft
        used = np.clip(0.5 * step + 0.5, 0.0, 1.0)  # a parabola from -1 to 1 joins the two lines
        value = (used * used + np.maximum(step - 1, 0.0)) * soft * size
        equity = self.base[page] + _by_row(flow, used * size, len(worth))
        return worth * self.base[page] + _by_row(flow, value, len(worth)), equity, used

    def drawn(self, used: Floats, mass: Floats, links: int) -> Floats:
        """Flow of each candidate that pages use: float64[links]. mass: of each row."""
        flow = self.inflow
        equity = np.bincount(
            flow.at, weights=mass[flow.row] * used * self.size[flow.at], minlength=len(self.order)
        )
        found = np.zeros(links)
        found[flow.links[self.order]] = equity / flow.brings[self.order]
        return found

    def times(self, factor: float) -> "Supply":
        """The same at prices that many times as high."""
        return replace(self, cost=factor * self.cost)

    def best(self, page: Ints, worth: Floats) -> Floats:
        """Exactly what pages that have links to them make of a unit of equity being worth that
        much."""
        flow = self.inflow
        low, high = flow.first[page], flow.first[page + 1]
        begin = low
        while np.any(low < high):  # how many links cost less than the worth
            middle = (low + high) // 2
            less = self.cost[np.minimum(middle, len(self.cost) - 1)] < worth
            open_ = low < high
            low = np.where(open_ & less, middle + 1, low)
            high = np.where(open_ & ~less, middle, high)
        sizes = np.concatenate([[0.0], np.cumsum(self.size)])
        costs = np.concatenate([[0.0], np.cumsum(self.size * self.cost)])
        extra = worth * (sizes[low] - sizes[begin]) - (costs[low] - costs[begin])
        return worth * self.base[page] + np.maximum(extra, 0.0)


def _by_row(flow: Inflow, values: Floats, rows: int) -> Floats:
    if not rows:
        return np.zeros(0)
    return np.add.reduceat(values, flow.row_first)
