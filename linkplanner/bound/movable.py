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

from linkplanner.bound.largest import Largest
from linkplanner.bound.problem import Problem
from linkplanner.bound.side_by_side import side_by_side
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Movable"]

CELLS: Final = 500_000
"""Candidates times pages in one block: 4 MB."""


class Movable:
    """Candidates of each page side by side, for looking at many pages at once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sources, row, size = np.unique(problem.source, return_inverse=True, return_counts=True)
        heaviest = np.zeros(len(self.sources))
        np.maximum.at(heaviest, row, problem.weight)
        most = np.minimum(np.minimum(problem.limit[self.sources], size), problem.max_links)
        count = np.arange(1, max(int(most.max(initial=0)), 1) + 1)
        total = problem.field.total[self.sources][:, None]
        share = heaviest[:, None] / (total + heaviest[:, None] * count)
        self.share = np.where(count <= most[:, None], share, 0.0)
        slots = np.arange(len(self.sources)) * len(count)
        self.best = Largest(row, most, slots, self.share.size)

    def most(self, pages: Ints, lift: Callable[[Ints], Floats], high: Floats) -> Floats:
        """Most that B links can move to each of `pages`. lift: A of all candidates for some of
        them, float64[pages, m]; high: most equity of each place."""
        step = max(1, CELLS // max(len(self.problem.source), 1))
        found, giving = np.zeros(len(pages)), high[self.sources][:, None]

        def looked(firsts: Ints) -> None:
            for first in firsts.tolist():
                block = slice(first, first + step)
                found[block] = self._sum(lift(pages[block]), giving)

        side_by_side(looked, np.arange(0, len(pages), step))
        return found

    def _sum(self, lift: Floats, giving: Floats) -> Floats:
        padded = np.full((len(lift), lift.shape[1] + 1), -np.inf)
        np.maximum(lift, 0.0, out=padded[:, :-1])
        total = np.cumsum(self.best.of(padded).reshape(-1, *self.share.shape), axis=2)
        total *= self.share
        np.maximum.accumulate(total, axis=2, out=total)
        total[:, :, 1:] -= total[:, :, :-1].copy()
        total *= giving
        steps = total.reshape(len(lift), -1)
        place = steps.shape[1] - self.problem.max_links
        if place > 0:
            steps = np.partition(steps, place, axis=1)[:, place:]
        return np.asarray(steps.sum(axis=1))
