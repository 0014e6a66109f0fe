"""Ranges of single pages by a decision process of their own, for the pages on which a bound rests.

The relaxed problem lets a page use the part x / high of its links for its equity x: the further
the page's most lies above what it has, the less its links cost. The pages where that is most are
looked at one after the other (plan/process.py).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.arrivals import Reached
from linkplanner.plan.brought import less_brought, lowered
from linkplanner.plan.dual import Dual, Ranges
from linkplanner.plan.prices import Prices
from linkplanner.plan.problem import Problem
from linkplanner.plan.process import Process
from linkplanner.plan.ranges import first_ranges
from linkplanner.plan.relaxed import Relaxed

__all__ = ["Narrower", "SinglePages"]

HEAT: Final = 0.006
"""Blur at which choices are told, in parts of a link's price."""
LINKS: Final = 0.02
"""Links on a page, times how far its range is above today, from which it is looked at."""
PART: Final = 0.25
"""Price of all links, in parts of what a page is thought to gain."""
NEAR: Final = 0.6
"""A guess of that which is no further off is not mended."""
TRIES: Final = 3
"""Prices tried for a page at most."""
ROOM: Final = 1 + 1e-6
"""Room for rounding and the tolerance of solves."""


def resting(prices: Prices, dual: Dual) -> Ints:
    """Places on whose most the bound rests, the costliest first: there the relaxed problem pays
    for a small part of links that nearly all equity of the page uses."""
    modes = prices.modes
    answer = prices.answer(dual, max(dual.link, 1e-12) * HEAT)[1]
    links = np.bincount(modes.page, answer.mass * modes.links, minlength=len(modes.sources))
    high = prices.ranges.high[modes.sources]
    cheap = links * np.maximum(1 - prices.today / high, 0.0)
    order = np.argsort(-cheap, kind="stable")
    return np.asarray(modes.sources[order[cheap[order] > LINKS]])


def carriers(process: Process, high: Floats) -> Ints:
    """Targets that could hand most of what they get to new links, the largest first: what others
    can have hangs on them."""
    problem = process.problem
    ends = np.intersect1d(problem.target, problem.source)
    nodes = problem.field.pages[ends]
    links = process.most[nodes] * process.heaviest[nodes]
    share = links / (process.total[nodes] + links)
    carried = share * (high - problem.field.equity)[ends]
    return np.asarray(ends[np.argsort(-carried, kind="stable")])


class Narrower:
    """Narrows ranges round by round: first of the pages on which all others' hang."""

    def __init__(self, problem: Problem, reached: Reached) -> None:
        self.problem, self.reached, self.begun = problem, reached, False
        self.single = SinglePages()

    def ranges(self, state: Relaxed, pages: int, left: Callable[[], float]) -> Ranges:
        """Ranges after a look at some pages, and at what all new links bring after that. state:
        the bound so far, which tells the pages on which it rests."""
        reached = self.reached
        process = Process(self.problem, reached.high)
        places = resting(state.prices, state.dual)[:pages]
        if not self.begun:
            places = np.union1d(places[: pages // 2], carriers(process, reached.high)[:pages])
        self.begun = True
        high = self.single.highs(process, reached.high, places, left)
        reached = replace(reached, high=high, base=np.minimum(reached.base, high))
        self.reached = less_brought(process, lowered(process, reached), left)
        return first_ranges(self.problem, left, self.reached)


class SinglePages:
    """Looks at pages, with what it learnt of prices so far."""

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
