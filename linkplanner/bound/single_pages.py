"""The most that single pages can have, each by a decision process of its own.

For large sites, where the columns of `ceilings.py` would not fit side by side.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.bound.process import Process
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
        found = high.copy()
        for place in places.tolist():
            if left() <= 0:
                break
            found[place] = min(found[place], self._most(process, place, found, left))
        return found

    def _most(self, process: Process, place: int, high: Floats, left: Callable[[], float]) -> float:
        """Most that the page can have, at the better of two prices of a link: one as pages before
        it would have it, one that fits what it gave."""
        field = process.problem.field
        reward = np.zeros(process.graph.pages)
        reward[field.pages[place]] = 1.0
        today = float(field.equity[place])
        room = max(float(high[place]) - today, 1e-12)
        best, value, guess = np.inf, reward, self.ratio * room
        for _ in range(TRIES):
            price = PART * guess / process.problem.max_links
            found = process.bound(reward, 0.0, price, high, value, left)
            best, value = min(best, found.most), found.value
            now = max(best - today, 1e-12)
            if left() <= 0 or NEAR * guess <= now <= guess / NEAR:
                break
            guess = now
        self.ratio = float(np.clip(0.5 * self.ratio + 0.5 * (best - today) / room, 0.02, 1.0))
        return best * ROOM
