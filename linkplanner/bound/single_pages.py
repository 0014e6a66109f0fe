"""The most that single pages can have, each by a decision process of its own.

For large sites, where the columns of `ceilings.py` would not fit side by side.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.bound.process import Process
from linkplanner.bound.side_by_side import side_by_side
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["SinglePages"]

PART: Final = 0.25
"""Price of all links, in parts of what a page is thought to gain."""
NEAR: Final = 0.6
"""A guess of that which is no further off is not mended."""
TRIES: Final = 3
"""Prices tried for a page at most."""
ROOM: Final = 1 + 1e-6
"""Room for rounding and the tolerance of solves."""


class SinglePages:
    """Looks at pages, with what it learnt so far of how much less they have."""

    def __init__(self) -> None:
        self.ratio = 1.0

    def highs(
        self, process: Process, high: Floats, places: Ints, left: Callable[[], float]
    ) -> Floats:
        """`high` with lower values at some of the places, as time allows."""
        found = side_by_side(lambda part: self._some(process, high, part, left), places, 2)
        self.ratio = float(np.mean([ratio for _, ratio in found]))
        return np.asarray(np.min([values for values, _ in found], axis=0))

    def _some(
        self, process: Process, high: Floats, places: Ints, left: Callable[[], float]
    ) -> tuple[Floats, float]:
        """The same one after the other, and what was learnt."""
        found, ratio, today = high.copy(), self.ratio, process.problem.field.equity
        for place in places.tolist():
            if left() <= 0:
                break
            room = max(float(found[place] - today[place]), 1e-12)
            most = _most(process, place, found, ratio * room, left)
            ratio = 0.5 * ratio + 0.5 * (most - float(today[place])) / room
            ratio = float(np.clip(ratio, 0.02, 1.0))
            found[place] = min(found[place], most * ROOM)
        return found, ratio


def _most(
    process: Process, place: int, high: Floats, guess: float, left: Callable[[], float]
) -> float:
    """Most that the page can have, at the better of a few prices of a link: one as pages before it
    would have it, and what fits what that gave. guess: of what it gains."""
    field = process.problem.field
    reward = np.zeros(process.graph.pages)
    reward[field.pages[place]] = 1.0
    today, best, value = float(field.equity[place]), np.inf, reward
    for _ in range(TRIES):
        price = PART * guess / process.problem.max_links
        found = process.bound(reward, 0.0, price, high, value, left)
        best, value = min(best, found.most), found.value
        now = max(best - today, 1e-12)
        if left() <= 0 or NEAR * guess <= now <= guess / NEAR:
            break
        guess = now
    return best
