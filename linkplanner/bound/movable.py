"""What B new links can move to single pages at most, each page with its own worst choice of links.

Page u's links S move u's equity times sum_S w_e A_er / (W_u + w(S)) to page r, at most what its
best few by A_er would with all of the heaviest weight w: links whose A is below the mean are better
left out, and more weight on those above it raises the mean. So with its j-th best link a page moves
at most the j-th step of high_u max over i <= j of w (A_1 + ... + A_i) / (W_u + i w), and all pages
together at most the sum of the B largest steps.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.bound.modes import run_starts
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Movable"]

CELLS: Final = 4_000_000
"""Candidates (padded) times pages in one block: 32 MB."""


class Movable:
    """Candidates of each page side by side, for looking at many pages at once."""

    def __init__(self, problem: Problem) -> None:
        order = np.argsort(problem.source, kind="stable")
        source = problem.source[order]
        self.problem = problem
        self.sources, row, size = np.unique(source, return_inverse=True, return_counts=True)
        self.width = int(size.max(initial=0))
        self.slot = np.empty(len(order), dtype=np.int64)
        self.slot[order] = row * self.width + np.arange(len(order)) - run_starts(source)
        heaviest = np.zeros(len(self.sources))
        np.maximum.at(heaviest, row, problem.weight[order])
        most = np.minimum(np.minimum(problem.limit[self.sources], size), problem.max_links)
        count = np.arange(1, max(int(most.max(initial=0)), 1) + 1)
        share = heaviest[:, None] / (
            problem.field.total[self.sources][:, None] + heaviest[:, None] * count
        )
        self.share = np.where(count <= most[:, None], share, 0.0)

    def blocks(self, pages: Ints) -> list[slice]:
        """Parts of some pages that fit into memory."""
        step = max(1, CELLS // max(len(self.sources) * self.width, 1))
        return [slice(i, i + step) for i in range(0, len(pages), step)]

    def most(self, pages: Ints, lift: Callable[[Ints], Floats], high: Floats) -> Floats:
        """Most that B links can move to each of `pages`. lift: A of all candidates for some of
        them, float64[m, pages]; high: most equity of each place."""
        found = np.zeros(len(pages))
        for part in self.blocks(pages):
            a = np.maximum(lift(pages[part]), 0.0)
            table = np.zeros((len(self.sources) * self.width, a.shape[1]))
            table[self.slot] = a
            found[part] = self._sum(table.reshape(len(self.sources), self.width, -1), high)
        return found

    def _sum(self, table: Floats, high: Floats) -> Floats:
        count = min(self.share.shape[1], table.shape[1])
        if table.shape[1] > count:
            table = -np.partition(-table, count - 1, axis=1)[:, :count]
        total = np.cumsum(-np.sort(-table, axis=1), axis=1)
        total *= self.share[:, :count, None]
        np.maximum.accumulate(total, axis=1, out=total)
        total[:, 1:] -= total[:, :-1].copy()
        steps = (total * high[self.sources][:, None, None]).reshape(-1, table.shape[2])
        budget = self.problem.max_links
        if len(steps) > budget:
            steps = np.partition(steps, len(steps) - budget, axis=0)[len(steps) - budget :]
        found: Floats = steps.sum(axis=0)
        return found
