"""The most equity that single pages can have without a budget: value iteration from above.

One column for each page whose equity counts; z holds what one unit at every node brings it. In
every round each page with candidates keeps its links or adds its best few,

    z_u = r_u + a max over j of (W (P z)_u + w (z_1 + ... + z_j)) / (W + j w),

with z_1 >= z_2 >= ... its candidates' values and w its heaviest candidate, which is at least what
any of its choices is worth. The round keeps order, so from any upper bound every round gives one.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.modes import run_starts
from linkplanner.plan.problem import Problem

__all__ = ["ceilings"]

PAGES: Final = 20_000
"""Nodes up to which columns are iterated."""
CELLS: Final = 3_000_000
"""Candidates (padded) times columns in one block."""
SWEEPS: Final = 60
"""Rounds: a^60 = 6e-5."""
SETTLED: Final = 2e-4
"""Largest change, relative to the column's own page, at which it stops."""


def ceilings(
    problem: Problem,
    places: Ints,
    above: Callable[[Floats, Ints], Floats],
    left: Callable[[], float] = lambda: np.inf,
) -> Floats:
    """Most equity of each of `places` under any plan within the limits per page; inf where not
    computed. above: turns columns of G (nodes by places) into an upper bound on the values."""
    field = problem.field
    found = np.full(len(places), np.inf)
    if field.graph.pages > PAGES or len(problem.source) == 0:
        return found
    table = _Table(problem)
    width = min(max(1, CELLS // max(table.cells, 1)), 64)  # a look at the clock now and then
    for first in range(0, len(places), width):
        part = places[first : first + width]
        if left() <= 0:
            break
        value = above(field.graph.influence(field.pages[part], field.damping), part)
        found[first : first + width] = field.seed @ table.settle(value, field.pages[part])
    return found


class _Table:
    """Candidates of each page side by side."""

    def __init__(self, problem: Problem) -> None:
        field = problem.field
        order = np.argsort(problem.source, kind="stable")
        source = problem.source[order]
        pages, row, size = np.unique(source, return_inverse=True, return_counts=True)
        column = np.arange(len(order)) - run_starts(source)
        n = field.graph.pages
        self.ends = np.full((len(pages), int(size.max())), n, dtype=np.int64)
        self.ends[row, column] = field.pages[problem.target[order]]
        heaviest = np.zeros(len(pages))
        np.maximum.at(heaviest, row, problem.weight[order])
        self.most = np.minimum(problem.limit[pages], size)
        self.total, self.weight = field.total[pages], heaviest
        self.at = field.pages[pages]
        self.damping, self.steps = field.damping, field.graph.shares
        self.cells = self.ends.size

    def settle(self, value: Floats, own: Ints) -> Floats:
        """The columns after as many rounds as change them."""
        unit = (own, np.arange(len(own)))
        value = np.vstack([value, np.zeros(value.shape[1])])  # a last row for "no candidate"
        for _ in range(SWEEPS):
            flow = self.steps @ value[:-1]
            flow[self.at] = self._best(flow[self.at], value)
            flow *= self.damping
            flow[unit] += 1.0
            change = (value[:-1] - flow).max(axis=0)
            np.minimum(value[:-1], flow, out=value[:-1])
            if np.all(change <= SETTLED * value[unit]):
                break
        return value[:-1]

    def _best(self, flow: Floats, value: Floats) -> Floats:
        """(W P z + w sum z) / (W + j w) at its best j, page by column."""
        worth = value[self.ends]
        count = int(self.most.max())
        if worth.shape[1] > count:
            worth = -np.partition(-worth, count - 1, axis=1)[:, :count]
        worth = -np.sort(-worth, axis=1)
        best, total = flow.copy(), self.total[:, None] * flow
        weight = self.total.copy()
        for j in range(worth.shape[1]):
            total = total + self.weight[:, None] * worth[:, j]
            weight = weight + self.weight
            open_ = (self.most > j)[:, None]
            best = np.where(open_, np.maximum(best, total / weight[:, None]), best)
        return best
