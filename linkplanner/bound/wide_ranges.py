"""Ranges on large sites, narrowed round by round for the pages on which a bound rests.

The relaxed problem lets a page use the part x / high of its links for its equity x: the further the
page's most lies above what it has, the less its links cost. The pages where that is most are looked
at one after the other (bound/single_pages.py), and so are the least of those that take links in
part (bound/dilution.py). Then all that new links bring is bounded again (bound/in_all.py), and
through it every other page.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.arrivals import Reached
from linkplanner.bound.dilution import left_over
from linkplanner.bound.dual import Ranges
from linkplanner.bound.in_all import less_brought, lowered
from linkplanner.bound.problem import Problem
from linkplanner.bound.process import Process
from linkplanner.bound.ranges import first_ranges
from linkplanner.bound.relaxed import Relaxed, answer_of
from linkplanner.bound.single_pages import SinglePages
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Narrower"]

LINKS: Final = 0.02
"""Links on a page, times how far its range is above today, from which it is looked at."""
AGAIN: Final = 0.9
"""A page is looked at again when all that new links bring has come down to this part."""


def resting(state: Relaxed) -> tuple[Ints, Ints]:
    """Places on whose most the bound rests, and those on whose least, the costliest first.

    Where the most is far above what a page has, a small part of its links is paid for and nearly
    all of its equity uses them; where the least is far below, the rest of its choice, in which it
    sets none, needs little of it."""
    modes, x, ranges = state.prices.modes, state.prices.today, state.ranges
    answer = answer_of(state)
    links = np.bincount(modes.page, answer.mass * modes.links, minlength=len(modes.sources))
    off = answer.mass[modes.first]
    high, low = ranges.high[modes.sources], ranges.low[modes.sources]
    over = links * np.maximum(1 - x / high, 0.0)
    under = np.minimum(off, 1 - off) * (x - low)
    most, least = np.argsort(-over, kind="stable"), np.argsort(-under, kind="stable")
    return modes.sources[most[over[most] > LINKS]], modes.sources[least[under[least] > 0]]


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
        self.problem, self.reached = problem, reached
        self.low = np.zeros(len(problem.field.equity))
        self.single = SinglePages()
        self.looked: dict[int, float] = {}
        """N when a page was looked at last."""
        self.begun: set[int] = set()
        """Pages whose least was looked at."""

    def ranges(self, state: Relaxed, pages: int, left: Callable[[], float]) -> Ranges:
        """Ranges after a look at some pages, and at what all new links bring after that. state:
        the bound so far, which tells the pages on which it rests."""
        reached = self.reached
        process = Process(self.problem, reached.high)
        most, least = resting(state)
        if not self.looked:
            most = np.concatenate([carriers(process, reached.high)[:pages], most[: pages // 2]])
        places = self._open(most)[:pages]
        high = self.single.highs(process, reached.high, places, left)
        self.looked.update((int(u), reached.total) for u in places)
        reached = replace(reached, high=high, base=np.minimum(reached.base, high))
        self.reached = less_brought(process, lowered(process, reached), left)
        least = least[[int(u) not in self.begun for u in least]][: pages if left() > 0 else 0]
        self.begun.update(least.tolist())
        self.low = np.maximum(self.low, left_over(self.problem, least))
        found = first_ranges(self.problem, left, self.reached)
        low = np.minimum(np.maximum(found.low, self.low), found.high)
        return replace(found, low=low, least=np.maximum(found.rest, self.low))

    def _open(self, places: Ints) -> Ints:
        """Those not looked at since N was this much higher, each once."""
        now, once = self.reached.total, dict.fromkeys(places.tolist())
        again = [u for u in once if now <= self.looked.get(u, np.inf) * AGAIN]
        return np.array(again, dtype=np.int64)
