"""Bounds on large sites: prices for the candidates that could pay, and an allowance for all others.

Split the candidates in two parts, A with prices of the pages that set them and B without. Whatever
links S a page takes,

    x (V(S) - y) - l |S|  <=  x (V(S in A) - y) - l |S in A|
                              + sum over S in B of max(0, h share_e lift_e - l)

for the best S in A, because more links on a page never raise the share of one of them, and x <= h.
So the bound over A alone and all that candidates of B bring above a link's price is a bound over
both. What candidates of B bring a page, at most its limit's largest flows, counts as had anyway.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from linkplanner.bound.aims import Aims
from linkplanner.bound.arrivals import Reached, few_largest
from linkplanner.bound.arriving import Arriving, arriving_of
from linkplanner.bound.descent import descend
from linkplanner.bound.dual import Dual, Ranges, lifts
from linkplanner.bound.narrow import narrowed
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.ranges import first_ranges, shares
from linkplanner.bound.regret import resting
from linkplanner.bound.relaxed import Known, Relaxed
from linkplanner.bound.unpriced import Unpriced
from linkplanner.bound.visits import by_visits
from linkplanner.bound.wide_ranges import Narrower
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["wide_bounds"]

PART: Final = 0.3
"""Candidates that could bring this part of a link's price get into the priced ones."""
MOST: Final = 150_000
"""Priced candidates at most: an evaluation takes a tenth of a second."""
SWEEPS: Final = 5
"""Rounds of policy iteration for prices by visits."""
DEARER: Final = (0.85, 1.0, 1.15, 1.4, 2.0, 3.0, 5.0)
"""Prices of a link that are tried with prices that were found, in parts of theirs: a dearer link
leaves less to candidates without one."""
STEPS: Final = 40
"""Steps at each heat."""
WARM: Final = (0.05, 0.02)
"""Heats before aims."""
HEATS: Final = (0.01, 0.004)
"""Heats of a round with an aim. With .01 alone a round in three brought next to nothing, with .005
alone each brought a little less."""
AIMED_STEPS: Final = 45
"""Steps at each of them."""
PAGES: Final = 70
"""Pages whose ranges are narrowed in a round, which takes 17 to 22 seconds on 100,000 pages. With
40 the bound was half a percent higher after three minutes."""
ROUNDS: Final = 2
"""Rounds before aims."""
AIMED: Final = 400
"""Pages whose ranges are narrowed in a round with an aim, which takes 12 seconds."""
RANGES: Final = 0.6
"""Part of the time left that ranges get in a round with an aim; the last one else had no time for
prices in them."""
RAISED: Final = 0.55
"""How far up aims are set: no more than four or five rounds fit into the time. With .65 the first
aim on one site of 100,000 pages was refuted after two and the next not at all."""
PACE: Final = 3.0
"""How much more the rounds to come bring than the last two: the first brings little, the second two
to three times as much. With 1.5 an aim was raised too far after the first."""
SETTLED: Final = 0.98
"""A page whose range comes down less is not looked at again with the same aim."""


def wide_bounds(
    problem: Problem,
    reached: Reached | None,
    start: Dual,
    links: Ints,
    plan: Callable[[], Known],
    left: Callable[[], float],
) -> Iterator[tuple[float, Relaxed, str]]:
    """Ever better bounds. start: prices of the known plan, whose candidates are `links`; reached:
    what is known of all that new links can bring."""
    ranges = first_ranges(problem, left, reached)
    if reached is not None:
        problem = replace(problem, field=replace(problem.field, own=reached.own))
    narrower = None if reached is None else Narrower(problem, reached)
    run = _Wide(problem, ranges, links, arriving_of(reached))
    state = run.descended(run.by_visits(start, left), WARM, STEPS, left)
    yield state.bound, state, "prices"
    for _ in range(ROUNDS):
        if left() <= 0:
            return
        if narrower is not None:
            ranges = narrower.ranges(state, PAGES, left)
            if left() <= 0:
                return
            reached = narrower.reached
        run = _Wide(problem, ranges, links, arriving_of(reached))
        state = run.descended(state, WARM, STEPS, left)
        yield state.bound, state, "prices"
    for bound, part in Aims(state, plan, _round, RAISED, PACE).bounds(left):
        yield bound, part, "prices"


@dataclass(frozen=True, eq=False)
class _Part(Relaxed):
    """A relaxed problem with prices for some of its candidates."""

    run: "_Wide"
    """The whole of it."""


def _round(state: Relaxed, aim: float, turn: int, full: bool, left: Callable[[], float]) -> Relaxed:
    """Narrower ranges of the pages on which the bound rests for plans that gain `aim` or more, and
    better prices in these."""
    assert isinstance(state, _Part)
    known = np.zeros(0, dtype=np.int64) if turn == 0 else state.run.settled
    state = state.run.fed_less(state, aim, left)
    if left() <= 0:
        return state
    pages = resting(state)
    pages = pages[~np.isin(pages, known)][:AIMED]
    until = (1 - RANGES) * left()
    run = state.run.narrowed(state, aim, pages, lambda: left() - until)
    high = run.ranges.high[pages]
    run.settled = np.union1d(known, pages[high > SETTLED * state.run.ranges.high[pages]])
    return run.descended(state, HEATS, AIMED_STEPS, left)


class _Wide:
    def __init__(
        self,
        problem: Problem,
        ranges: Ranges,
        links: Ints,
        arriving: Arriving | None,
    ) -> None:
        """arriving: what is known of what new links bring."""
        self.problem, self.ranges, self.links = problem, ranges, links
        self.most = ranges.high[problem.source] * shares(problem)
        """Most flow over each candidate."""
        self.order = np.argsort(problem.target, kind="stable")
        target = problem.target[self.order]
        self.start = np.flatnonzero(np.r_[True, np.diff(target) > 0])
        self.fed = target[self.start]
        self.settled = np.zeros(0, dtype=np.int64)
        """Pages whose ranges an aim does not narrow."""
        self.arriving = arriving
        if arriving is not None:
            self.arriving = arriving.at_most(problem.field.damping * self._largest(self.most))

    def _largest(self, flow: Floats) -> Floats:
        """By target: the sum of its limit's largest flows."""
        limit = np.minimum(self.problem.target_limit[self.fed], self.problem.max_links)
        return few_largest(flow[self.order], self.start, limit)[0]

    def over(self, ids: Ints) -> Prices:
        """The bound over some candidates, with what all others bring counted as had anyway."""
        problem, own = self.problem, self.problem.field.own
        few = problem.only(ids)
        if own is None:
            return Prices(few, self.ranges)
        flow = self.most.copy()
        flow[ids] = 0.0
        base = self.ranges.without.copy()
        brought = self._largest(flow)
        base[self.fed] += problem.field.damping * own[self.fed] * brought
        return Prices(few, replace(self.ranges, base=np.minimum(base, self.ranges.high)))

    def alone(self, dual: Dual) -> Floats:
        """The most each candidate could bring alone, before its price."""
        found: Floats = self.most * np.maximum(lifts(self.problem, dual), 0.0)
        return found

    def priced(self, alone: Floats, link: float, before: Ints) -> Ints:
        """Candidates to price: those so far and the ones that could pay."""
        likely = np.flatnonzero(alone > PART * link)
        if len(likely) > MOST:
            likely = likely[np.argpartition(-alone[likely], MOST - 1)[:MOST]]
        return np.union1d(before, likely)

    def value(self, ids: Ints, prices: Prices, dual: Dual) -> tuple[float, Dual]:
        """The bound over all candidates at the best of some prices of a link, and these prices."""
        alone = self.alone(dual)
        alone[ids] = 0.0
        likely = alone[alone > DEARER[0] * dual.link]
        links = dual.link * np.array(DEARER)
        rest = np.maximum(likely - links[:, None], 0.0).sum(axis=1)
        found = prices.values(dual, links) + rest
        best = int(np.argmin(found))
        return float(found[best]), replace(dual, link=float(links[best]))

    def by_visits(self, start: Dual, left: Callable[[], float]) -> Relaxed:
        """The better of the start and prices by visits, and the candidates that matter at it."""
        ids = self.priced(self.alone(start), start.link, self.links)
        prices = self.over(ids)
        flat = replace(start, flow=np.zeros(len(ids)), equity=_on(prices, start.equity))
        other = by_visits(prices, start.slope, start.link, SWEEPS, left)
        found = [self.value(ids, prices, dual) for dual in (flat, other)]
        value, dual = min(found, key=lambda pair: pair[0])
        return Relaxed(ids, prices, dual, value)

    def narrowed(
        self, state: Relaxed, aim: float, pages: Ints, left: Callable[[], float]
    ) -> "_Wide":
        """The same in narrower ranges of some pages."""
        beside = self.beside(state)
        found = narrowed(state.prices, state.dual, aim, pages, left, False, beside)
        base = np.minimum(self.ranges.without, found.without)
        return self.inside(replace(self.ranges, high=found.high, base=base), self.arriving)

    def inside(self, ranges: Ranges, arriving: Arriving | None) -> "_Wide":
        """The same in other ranges."""
        return _Wide(self.problem, ranges, self.links, arriving)

    def beside(self, state: Relaxed) -> Unpriced:
        """The candidates without prices in a state."""
        most = self.most.copy()
        slack = state.dual.link - most * lifts(self.problem, state.dual)
        most[state.ids] = 0.0
        return Unpriced(self.problem.target, most, slack)

    def fed_less(self, state: Relaxed, aim: float, left: Callable[[], float]) -> "_Part":
        """A state with the prices it has in narrower ranges, because new links bring targets less
        where plans gain `aim` or more."""
        if self.arriving is None:
            return _Part(state.ids, state.prices, state.dual, state.bound, self)
        beside = self.beside(state)
        arriving = self.arriving.narrowed(state.prices, state.dual, aim, left, beside)
        run = self.inside(arriving.ranges(self.problem.field.equity, self.ranges), arriving)
        run.settled = self.settled
        return _Part(state.ids, run.over(state.ids), state.dual, state.bound, run)

    def descended(
        self, state: Relaxed, heats: tuple[float, ...], steps: int, left: Callable[[], float]
    ) -> "_Part":
        """Better prices, over the candidates that matter at those so far."""
        ids = self.priced(self.alone(state.dual), state.dual.link, state.ids)
        flow = np.zeros(len(ids))
        flow[np.searchsorted(ids, state.ids)] = state.dual.flow
        prices = self.over(ids)
        dual = replace(state.dual, flow=flow)
        _, dual = descend(prices, dual, left, heats, steps)
        value, dual = self.value(ids, prices, dual)
        return _Part(ids, prices, dual, min(value, state.bound), self)


def _on(prices: Prices, equity: Floats) -> Floats:
    """Prices of pages with priced candidates alone."""
    kept = np.zeros(len(equity))
    kept[prices.modes.sources] = equity[prices.modes.sources]
    return kept
