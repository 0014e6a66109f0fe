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
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.arrivals import Reached, few_largest
from linkplanner.bound.descent import COLD, WARM, descend
from linkplanner.bound.dual import Dual, Ranges, lifts
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.ranges import first_ranges, shares
from linkplanner.bound.relaxed import Relaxed
from linkplanner.bound.visits import by_visits
from linkplanner.bound.wide_ranges import Narrower
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["wide_bounds"]

PART: Final = 0.6
"""Candidates that could bring this part of a link's price get into the priced ones."""
MOST: Final = 150_000
"""Priced candidates at most: an evaluation takes a tenth of a second."""
SWEEPS: Final = 5
"""Rounds of policy iteration in each."""
LINK_PRICES: Final = ((1.0,), (0.7, 1.0, 1.5), (1.0,))
"""Prices of a link that are tried with them round by round, in parts of the one before."""
DEARER: Final = (0.85, 1.0, 1.15, 1.4, 2.0, 3.0, 5.0)
"""The same for the prices that were found: a dearer link leaves less to candidates without one."""
STEPS: Final = (25, 20)
"""Steps at each heat, in the first round and later."""
PAGES: Final = 70
"""Pages whose ranges are narrowed in a round, which takes 22 to 26 seconds on 100,000 pages. With
40 the bound was half a percent higher after three minutes."""
SLOW: Final = 0.005
"""Relative improvement of two rounds below which it ends."""
ROUNDS: Final = 60
"""Rounds at most; time mostly ends it sooner."""
SETTLED: Final = 0.02
"""Relative improvement below which no more prices by visits are tried."""


def wide_bounds(
    problem: Problem,
    reached: Reached | None,
    start: Dual,
    links: Ints,
    left: Callable[[], float],
) -> Iterator[tuple[float, Relaxed, str]]:
    """Ever better bounds. start: prices of the known plan, whose candidates are `links`; reached:
    what is known of all that new links can bring."""
    ranges = first_ranges(problem, left, reached)
    if reached is not None:
        problem = replace(problem, field=replace(problem.field, own=reached.own))
    narrower = None if reached is None else Narrower(problem, reached)
    state = _Wide(problem, ranges, links).by_visits(start, left)
    before = (np.inf, state.bound)
    yield state.bound, state, "prices by visits"
    for turn in range(ROUNDS):
        if left() <= 0:
            return
        if narrower is not None:
            ranges = narrower.ranges(state, PAGES, left)
            if left() <= 0:
                return
        run = _Wide(problem, ranges, links)
        state = run.again(state, left)
        state = run.descended(state, COLD if turn else WARM, STEPS[min(turn, 1)], left)
        yield state.bound, state, "prices"
        if state.bound > before[0] * (1 - SLOW):
            return
        before = (before[1], state.bound)


class _Wide:
    def __init__(self, problem: Problem, ranges: Ranges, links: Ints) -> None:
        self.problem, self.ranges, self.links = problem, ranges, links
        self.most = ranges.high[problem.source] * shares(problem)
        """Most flow over each candidate."""
        self.order = np.argsort(problem.target, kind="stable")
        target = problem.target[self.order]
        self.start = np.flatnonzero(np.r_[True, np.diff(target) > 0])
        self.fed = target[self.start]

    def over(self, ids: Ints) -> Prices:
        """The bound over some candidates, with what all others bring counted as had anyway."""
        problem, own = self.problem, self.problem.field.own
        few = problem.only(ids)
        if own is None:
            return Prices(few, self.ranges)
        flow = self.most.copy()
        flow[ids] = 0.0
        limit = np.minimum(problem.target_limit[self.fed], problem.max_links)
        base = self.ranges.without.copy()
        brought = few_largest(flow[self.order], self.start, limit)[0]
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
        best = (np.inf, dual)
        for times in DEARER:
            other = replace(dual, link=times * dual.link)
            rest = float(np.maximum(alone - other.link, 0.0).sum())
            if rest < best[0]:
                found = prices.value(other) + rest
                best = min(best, (found, other), key=lambda pair: pair[0])
        return best

    def by_visits(self, start: Dual, left: Callable[[], float]) -> Relaxed:
        """The best prices by visits, and the candidates that matter at them."""
        dual, ids = start, self.links
        best: Relaxed | None = None
        for prices_tried in LINK_PRICES:
            ids = self.priced(self.alone(dual), dual.link, ids)
            prices = self.over(ids)
            flat = replace(start, flow=np.zeros(len(ids)))
            found = None
            for times in prices_tried:
                at = times * dual.link
                other = by_visits(prices, start.slope, at, SWEEPS, left)
                value, other = self.value(ids, prices, other)
                if found is None or value < found.bound:
                    found = Relaxed(ids, prices, other, value)
                if left() <= 0 and best is not None:
                    break
            assert found is not None
            if best is None:
                kept = replace(flat, equity=_on(prices, start.equity))
                value, kept = self.value(ids, prices, kept)
                best = Relaxed(ids, prices, kept, value)
            settled = found.bound > best.bound * (1 - SETTLED)
            best = min(best, found, key=lambda state: state.bound)
            dual = found.dual
            if left() <= 0 or (len(prices_tried) > 1 and settled):
                break
        assert best is not None
        return best

    def again(self, state: Relaxed, left: Callable[[], float]) -> Relaxed:
        """The better of the same prices in other ranges and prices by visits there."""
        prices = self.over(state.ids)
        value, dual = self.value(state.ids, prices, state.dual)
        best = Relaxed(state.ids, prices, dual, min(value, state.bound))
        other = by_visits(prices, dual.slope, dual.link, SWEEPS, left)
        reached, other = self.value(state.ids, prices, other)
        return replace(best, dual=other, bound=reached) if reached < best.bound else best

    def descended(
        self, state: Relaxed, heats: tuple[float, ...], steps: int, left: Callable[[], float]
    ) -> Relaxed:
        """Better prices, over the candidates that matter at those so far."""
        ids = self.priced(self.alone(state.dual), state.dual.link, state.ids)
        flow = np.zeros(len(ids))
        flow[np.searchsorted(ids, state.ids)] = state.dual.flow
        prices = self.over(ids)
        dual = replace(state.dual, flow=flow)
        _, dual = descend(prices, dual, left, heats, steps)
        value, dual = self.value(ids, prices, dual)
        found = Relaxed(ids, prices, dual, value)
        return min(state, found, key=lambda one: one.bound)


def _on(prices: Prices, equity: Floats) -> Floats:
    """Prices of pages with priced candidates alone."""
    kept = np.zeros(len(equity))
    kept[prices.modes.sources] = equity[prices.modes.sources]
    return kept
