"""What all new links together bring, by a decision process, and the ranges that follow.

Reward 1 for each unit that a new link brings: the process (bound/process.py) bounds N, all that
arrives over new links. To target v arrive at most F_v, its limit's largest a share_e h_u, and never
more than h_v / G_vv; to page r come its largest G_vr, filled with F_v each until N is spent. Any
valid h gives a valid lower one, so this goes on until it settles.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.arrivals import Reached, few_largest
from linkplanner.bound.process import Process

__all__ = ["less_brought", "lowered"]

ROUNDS: Final = 4
"""Rounds; N came down from 97 to 27, 20, 19.2 and 19.0 on a site of 100,000 pages."""
FIRST: Final = 0.07
"""Price of a link in all, in parts of N, to begin with."""
STEP: Final = 1.6
"""Factor between prices that are tried."""
TRIES: Final = 5
"""Prices tried in a round at most."""
SLOW: Final = 0.98
"""A round that brings N down less is the last."""
ROOM: Final = 1 + 1e-6
"""Room for rounding and the tolerance of solves."""


def less_brought(process: Process, reached: Reached, left: Callable[[], float]) -> Reached:
    """Lower bounds of the same, where they are lower."""
    search = _Search(process, FIRST * reached.total / process.problem.max_links)
    for _ in range(ROUNDS):
        if left() <= 0:
            break
        before = reached.total
        total = min(before, search.total(reached.high, left) * ROOM)
        reached = lowered(process, replace(reached, total=total))
        if total > SLOW * before:
            break
    return reached


class _Search:
    """N at the best of a few prices of a link."""

    def __init__(self, process: Process, price: float) -> None:
        self.process, self.price = process, price
        self.value = np.zeros(process.graph.pages)
        self.none = np.zeros(process.graph.pages)

    def total(self, high: np.ndarray, left: Callable[[], float]) -> float:
        """The least N found, going up or down from the last best price."""
        best, first, step = np.inf, self.price, STEP
        price = first
        for turn in range(TRIES):
            found = self.process.bound(self.none, 1.0, price, high, self.value, left)
            if found.most < best:
                best, self.price, self.value = found.most, price, found.value
                price = price * step
            elif turn == 1:  # the other way
                step = 1 / step
                price = first * step
            else:
                break
            if left() <= 0:
                break
        return best


def lowered(process: Process, reached: Reached) -> Reached:
    """Ranges from N and the ranges so far."""
    problem, rows = process.problem, reached.rows
    field, x, ends = problem.field, problem.field.equity, rows.targets
    limit = np.minimum(problem.target_limit[ends], problem.max_links)
    flow = process.link_share * reached.high[process.place]
    into = few_largest(flow, process.first[:-1], limit)[0] * field.damping * ROOM
    into = np.minimum(np.minimum(into, reached.total), reached.high[ends] / rows.own * ROOM)
    base = np.minimum(reached.base, (x + rows.spread(into, reached.total)) * ROOM)
    high = base.copy()
    high[ends] += into * rows.own * ROOM
    high = np.minimum(reached.high, high)
    return replace(reached, high=high, base=np.minimum(base, high))
