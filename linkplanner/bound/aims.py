"""Proofs by aims: no plan gains so much, because the ranges of all that would leave no room for it.

Say only plans that gain T or more matter. Then ranges can be narrowed with T where only the known
plan's gain could be used before (bound/narrow.py), and the nearer T is to the bound the narrower
they get. Where the bound over what is left falls below T, no such plan exists, and T itself bounds
every plan; until then the bound over what is left does, as every other plan gains less than T. (To
assume and refute is usual in scheduling: destructive bounds, Klein and Scholl 1999.)

Ranges for T hold for every higher aim, so where narrowing gets slow the aim is raised about half
the way to the bound; where an aim is refuted, the next one lies between it and the last that got
slow. An aim that would not be refuted in the time left is raised as well: higher ones narrow more.
"""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from linkplanner.bound.descent import COLD
from linkplanner.bound.relaxed import Known, Relaxed, descended, dropped, narrowing, unsure
from linkplanner.graph.nodes import Ints

__all__ = ["Aims"]

HEATS: Final = (0.02, 0.006)
"""Of the descent in a round: colder ones took a third longer and came out little lower."""
COLDER_FROM: Final = 0.1
"""Gap, in parts of the bound, up to which the known plan is an aim, too, with a full descent: good
prices leave out most candidates then, and what is left is closed at once. Above it these rounds
take as long as refuting two aims, and leave nearly as much."""
PASS: Final = 0.25
"""Part of the time left that goes into ranges in a round at most."""
WIDEST: Final = 400
"""Pages with the widest ranges that are looked at in each round, with as many on which the bound
rests otherwise; twice as many in the first."""
WIDEST_SHARE: Final = 0.3
"""The same in parts of all pages that set links, where that is more and G is stored: with an aim
of .86 for 5,000 pages 400 got to .801 in 52 s, 800 to .814 in 56, 1,600 to .826 in 72."""
CARRIED: Final = 3
"""Every so many rounds the least that pages have, and what narrower ranges mean for all others, is
looked at: at 5,000 pages that takes a third of a round, and least equity stayed as it was."""
SLOW: Final = 0.05
"""Part of the way from the bound to the aim; rounds that bring less are too slow."""
PACE: Final = 2.5
"""How much more the rounds to come bring in a second than the last two: they get quicker towards
the end, with 5,000 pages from 4 to 14 a round."""
RAISED: Final = 0.47
"""How far up an aim is set between the last that got slow and the bound. With 5,000 pages, 500 of
them priorities, and 500 links .5 was refuted with 30 of 180 seconds left, .44 was not."""
NEAR: Final = 0.015
"""Part of the way from the bound to the known plan; aims that close to each other are not worth a
round."""
SMALL: Final = 0.01
"""Gap, in parts of the bound, that branching closes sooner."""

Round = Callable[[Relaxed, float, int, bool, Callable[[], float]], Relaxed]
"""A state after one more round with an aim: its number, whether it is with the known plan, time."""


class Aims:
    """Bounds from one relaxed problem, by ever other aims."""

    def __init__(
        self,
        root: Relaxed,
        plan: Callable[[], Known],
        rounded: "Round | None" = None,
        raised: float = RAISED,
        pace: float = PACE,
    ) -> None:
        """root: holds for every plan better than the known one, also in narrower ranges later;
        rounded: how a round goes, if not with all candidates; raised, pace: in place of RAISED
        and PACE."""
        self.root, self.plan, self.rounded = root, plan, rounded or _round
        self.raised, self.pace = raised, pace
        self.best = root.bound

    def bounds(self, left: Callable[[], float]) -> Iterator[tuple[float, Relaxed]]:
        """After each round a bound on every plan, and what is left of the problem."""
        slow, narrowed = [(self.plan().floor, self.root)], False
        while left() > 0:
            gap = self.best - self.plan().floor
            if not narrowed and gap <= COLDER_FROM * self.best:
                narrowed = True
                yield from self._rounds(slow, 0, self.plan().floor, self.root, left)
                self.root = slow[0][1]
            aim, state = slow[-1]
            gap = self.best - self.plan().floor
            if gap <= SMALL * self.best or self.best - aim <= NEAR * gap:
                return
            raised = aim + self.raised * (min(self.best, state.bound) - aim)
            yield from self._rounds(slow, len(slow), raised, state, left)

    def _rounds(
        self,
        slow: list[tuple[float, Relaxed]],
        place: int,
        aim: float,
        state: Relaxed,
        left: Callable[[], float],
    ) -> Iterator[tuple[float, Relaxed]]:
        """Rounds until the aim is refuted or they get slow; then the state is kept at `place`."""
        turn, rest = 0, left()
        seen: list[tuple[float, float]] = []  # bound and seconds left before the last two rounds
        while rest > 0:
            before = state.bound
            seen = [*seen[-1:], (before, rest)]
            state = self.rounded(state, aim, turn, place == 0, left)
            self.best = min(self.best, max(state.bound, aim))
            yield self.best, state
            if state.bound - aim <= NEAR * (self.best - self.plan().floor):
                return
            if before - state.bound < SLOW * (before - aim):
                slow[place : place + 1] = [(aim, state)]
                return
            rest, turn = left(), turn + 1
            bound, began = seen[0]
            if place > 0 and began - rest > 0:  # the known plan stays; time may be without end
                second = (bound - state.bound) / (began - rest)
                aim = max(aim, state.bound - self.pace * second * rest)


def _round(state: Relaxed, aim: float, turn: int, full: bool, left: Callable[[], float]) -> Relaxed:
    """The state in the ranges of one more round, and better prices. full: with a full descent."""
    state = _narrower(state, aim, turn, left)
    return descended(state, left, heats=COLD if full else HEATS)


def _narrower(state: Relaxed, aim: float, turn: int, left: Callable[[], float]) -> Relaxed:
    """The state in the ranges of one more round, with the prices it had."""
    state = dropped(state, aim)
    until = (1 - PASS) * left()
    widest = WIDEST
    if state.prices.problem.field.influence is not None:
        widest = max(widest, int(WIDEST_SHARE * len(state.prices.modes.sources)))
    pages = _resting(state, 2 * widest if turn == 0 else widest)
    return narrowing(state, aim, pages, lambda: left() - until, turn % CARRIED == 0)


def _resting(state: Relaxed, widest: int) -> Ints:
    """Pages on whose ranges the bound rests: in turn those that are unsure, and the widest."""
    sources, ranges = state.prices.modes.sources, state.ranges
    span = (ranges.high - ranges.low)[sources]
    wide = sources[np.argsort(-span, kind="stable")[:widest]]
    mixed = unsure(state)
    pages = np.concatenate([mixed, wide])
    order = np.argsort(np.concatenate([np.arange(len(mixed)), np.arange(len(wide))]), kind="stable")
    return np.array(list(dict.fromkeys(pages[order].tolist())), dtype=np.int64)[: 2 * widest]
