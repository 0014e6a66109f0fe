"""The most and least equity that single pages can have: decision processes, many side by side.

One column for each page whose equity counts; z holds what one unit at every node brings it. Each
page with candidates keeps its links or adds its best few,

    (T z)_u = r_u + a max over j of (W (P z)_u + w (z_1 + ... + z_j)) / (W + j w) - l j / h_u,

with z_1 >= z_2 >= ... its candidates' values, w its heaviest candidate, which is at least what any
of its choices is worth, and l a price of a link, paid by visits: a page with x' <= h_u pays at most
l for each. So a plan of B links leaves no page more than s.z + l B where z >= T z. With l = 0 no
budget counts. Policy iteration (Csaji, Jungers and Blondel 2014) comes near; what it leaves open,
g = max(T z - z, 0), is added: T keeps order and a constant c grows to a c at most, so the solution
is at most T z + a g / (1 - a). The least equity is that of the process with all rewards turned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.modes import run_starts
from linkplanner.bound.problem import Problem
from linkplanner.bound.side_by_side import side_by_side
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["PAGES", "ceilings", "floors"]

PAGES: Final = 20_000
"""Nodes up to which columns are iterated."""
CELLS: Final = 3_000_000
"""Candidates (padded) times columns in one block."""
TURNS: Final = 20
"""Choices that are made anew; they settle after 4 to 8."""
SWEEPS: Final = 8
"""Rounds with the same choices after each turn."""
SETTLED: Final = 1e-3
"""What may be left open, relative to a page's equity. With 1e-4, and twice the sweeps, ranges were
.03 % narrower in 1.7 times as long."""
PART: Final = 0.15
"""Price of a link in parts of (most - today) / B: with half or double ranges came out a few percent
wider on sites of 1,000 pages."""


def ceilings(
    problem: Problem,
    places: Ints,
    left: Callable[[], float] = lambda: np.inf,
    high: Floats | None = None,
) -> Floats:
    """Most equity of each of `places` under any plan within the limits per page; inf where not
    computed. high: most equity known of each place; where it is given the budget counts, too."""
    return _extremes(problem, places, left, high, 1.0)


def floors(problem: Problem, places: Ints, left: Callable[[], float], high: Floats) -> Floats:
    """Least equity of each of `places` under any plan within the limits; -inf where not computed.
    high: most equity known of each place."""
    return -_extremes(problem, places, left, high, -1.0)


def _extremes(
    problem: Problem, places: Ints, left: Callable[[], float], high: Floats | None, sign: float
) -> Floats:
    """Most of sign x' of each of `places`; inf where not computed."""
    field = problem.field
    found = np.full(len(places), np.inf)
    if field.graph.pages > PAGES or len(problem.source) == 0:
        return found
    table = _Table(problem)
    width = min(max(1, CELLS // max(table.cells, 1)), 64)  # a look at the clock now and then

    def looked(firsts: Ints) -> None:
        for first in firsts.tolist():
            if left() <= 0:
                return
            block = slice(first, first + width)
            found[block] = _block(problem, table, places[block], high, sign)

    side_by_side(looked, np.arange(0, len(places), width), 2)
    return found


def _block(
    problem: Problem, table: "_Table", places: Ints, high: Floats | None, sign: float
) -> Floats:
    """The same of a few pages at once."""
    field = problem.field
    nodes, here = field.pages[places], sign * field.equity[places]
    value = sign * field.graph.influence(nodes, field.damping)
    last = np.repeat([[0.0], [-np.inf]], len(places), axis=1)  # no link taken; none to be had
    value = np.vstack([value, last])
    top = table.settle(value, nodes, sign)
    if high is None:
        return top
    known = np.minimum(top, sign * high[places]) if sign > 0 else top
    price = PART * np.maximum(known - here, 0.0) / problem.max_links
    cost = price / np.maximum(high[table.places, None], 1e-300)
    dear = table.settle(value, nodes, sign, cost) + price * problem.max_links
    return np.minimum(top, dear)


@dataclass(frozen=True, eq=False)
class _Choice:
    """What each page adds, page by column."""

    ends: Ints
    """int64[pages, links, columns]: nodes of its best candidates; the row of zeros for those it
    does not take."""
    count: Floats
    """How many of them it takes."""
    whole: Floats
    """W + j w."""


class _Table:
    """Candidates of each page side by side."""

    def __init__(self, problem: Problem) -> None:
        field = problem.field
        order = np.argsort(problem.source, kind="stable")
        source = problem.source[order]
        pages, row, size = np.unique(source, return_inverse=True, return_counts=True)
        column = np.arange(len(order)) - run_starts(source)
        n = field.graph.pages
        self.ends = np.full((len(pages), int(size.max())), n + 1, dtype=np.int64)
        self.ends[row, column] = field.pages[problem.target[order]]
        heaviest = np.zeros(len(pages))
        np.maximum.at(heaviest, row, problem.weight[order])
        self.most = np.minimum(np.minimum(problem.limit[pages], size), problem.max_links)
        self.total, self.weight = field.total[pages][:, None], heaviest[:, None]
        self.at, self.places = field.pages[pages], pages
        self.damping, self.steps, self.seed = field.damping, field.graph.shares, field.seed
        self.cells = self.ends.size

    def settle(
        self, value: Floats, own: Ints, reward: float = 1.0, cost: Floats | float = 0.0
    ) -> Floats:
        """Most of `reward` times the equity of the columns' pages `own`. value: z to begin with,
        with rows for no link and for none to be had; it is changed. cost: of a link at each visit,
        page by column."""
        unit, per_link = (own, np.arange(len(own))), cost / self.damping
        entered, a = float(self.seed.sum()), self.damping
        for turn in range(TURNS):
            flow = self.steps @ value[:-2]
            flow[self.at], choice = self._best(flow[self.at], value, per_link)
            flow *= a
            flow[unit] += reward
            change = flow - value[:-2]
            rise, fall = change.max(axis=0), -change.min(axis=0)
            open_ = np.maximum(rise, 0.0) * (a / (1 - a) * entered)
            value[:-2] = flow
            top: Floats = self.seed @ flow
            if (
                np.all(np.maximum(rise, fall) * entered <= SETTLED * np.abs(top))
                or turn == TURNS - 1
            ):
                break
            for _ in range(SWEEPS):
                self._follow(value, choice, per_link)
                value[unit] += reward
        return top + open_

    def _follow(self, value: Floats, choice: _Choice, per_link: Floats | float) -> None:
        """One round in which pages keep to their choice, before what counts is added."""
        flow = self.steps @ value[:-2]
        here = self.total * flow[self.at]
        for j in range(choice.ends.shape[1]):
            here += self.weight * np.take_along_axis(value, choice.ends[:, j], axis=0)
        whole = np.where(choice.whole > 0, choice.whole, 1.0)  # nothing leaves a page without links
        flow[self.at] = here / whole - per_link * choice.count
        value[:-2] = self.damping * flow

    def _best(
        self, flow: Floats, value: Floats, per_link: Floats | float
    ) -> tuple[Floats, _Choice]:
        """(W P z + w sum z) / (W + j w) less j times the cost at its best j, page by column."""
        worth = value[self.ends]
        count = max(int(self.most.max()), 1)
        if worth.shape[1] > count:
            few = np.argpartition(-worth, count - 1, axis=1)[:, :count]
            worth = np.take_along_axis(worth, few, axis=1)
        else:
            few = np.broadcast_to(np.arange(worth.shape[1])[:, None], worth.shape)
        order = np.argsort(-worth, axis=1)
        worth = np.take_along_axis(worth, order, axis=1)
        few = np.take_along_axis(few, order, axis=1)
        best, total, taken = flow.copy(), self.total * flow, np.zeros(flow.shape)
        weight = self.total.copy()
        for j in range(worth.shape[1]):
            total = total + self.weight * worth[:, j]
            weight = weight + self.weight
            found = total / weight - (j + 1) * per_link
            better = (self.most > j)[:, None] & (found > best)
            best = np.where(better, found, best)
            taken[better] = j + 1
        ends = self.ends[np.arange(len(self.ends))[:, None, None], few]
        ends[np.arange(worth.shape[1])[:, None] >= taken[:, None, :]] = len(value) - 2
        return best, _Choice(ends, taken, self.total + self.weight * taken)
