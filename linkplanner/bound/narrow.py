"""Narrows what a page's equity can be under any plan that gains at least so much.

A page's equity is a measure of plans (bound/measures.py); it has the prices that the page's own
equity has where pages keep to what they choose on average (bound/policy.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.bound.dual import Dual, Ranges
from linkplanner.bound.measures import Measure, Search
from linkplanner.bound.policy import Policy
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.side_by_side import side_by_side
from linkplanner.bound.unpriced import Unpriced
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["narrowed"]

TIMES_HIGH: Final = (0.3, 0.6, 1.2)
TIMES_LOW: Final = (0.1, 0.4)
"""Multiples of (range / gap) / 2 that are tried for t. Of eight from .06 to 8 the best was .25 to 2
for most pages' highs; lows mostly stay as they are."""
BLUR: Final = 0.3
"""Heat, in parts of a link's price, at which pages' average choices are taken. From .1 to 1 ranges
came out about as narrow; the known plan's links in their place left them twice as wide, and no blur
nearly so."""
BLOCK: Final = 32
"""Pages whose columns of G and prices are found at once: with 16 it took 1.4 times as long on
100,000 pages, with 50 a sixteenth less, and longer to stop."""
LEAST_SHARE: Final = 0.01
"""Part of a link that counts in these; a hundredth of it left ranges as they are."""
CHOOSING: Final = 1500
"""Pages that choose in these at most, those that hand on most: a matrix of so many is inverted."""


def narrowed(
    prices: Prices,
    dual: Dual,
    aim: float,
    pages: Ints,
    left: Callable[[], float],
    lows: bool = True,
    beside: Unpriced | None = None,
) -> Ranges:
    """Narrower ranges of some pages (places) under plans that gain `aim` or more in the goal.

    lows: whether the least they can have is sought as well; beside: candidates without prices.
    """
    one = _Narrowing(prices, dual, aim, TIMES_LOW if lows else (), beside)
    found = side_by_side(lambda part: one.of(part, left), pages)
    low, high, base = one.low.copy(), one.high.copy(), one.base.copy()
    for places, values in found:
        low[places], high[places], base[places] = values
    return replace(prices.ranges, low=low, high=high, base=base)


class _Narrowing:
    """Looks at pages one by one; nothing here changes, so several threads may."""

    def __init__(
        self,
        prices: Prices,
        dual: Dual,
        aim: float,
        times_low: tuple[float, ...],
        beside: Unpriced | None,
    ) -> None:
        ranges, self.times_low = prices.ranges, times_low
        self.problem = prices.problem
        self.low, self.high, self.base = ranges.low, ranges.high, ranges.without
        self.search = Search(prices, dual, aim, beside)
        self.policy = _chosen(prices, dual)
        self.fed = np.unique(prices.inflow.place)

    def of(self, pages: Ints, left: Callable[[], float]) -> tuple[Ints, Floats]:
        """The pages there was time for, and least, most and base of each: float64[3, pages]."""
        values: list[tuple[float, float, float]] = []
        for first in range(0, len(pages), BLOCK):
            part = pages[first : first + BLOCK]
            if left() <= 0:
                break
            column = self.problem.field.onto(part)
            fed = np.isin(part, self.fed)
            views = _views(self.problem, self.policy, column, part, fed)
            values += [self._page(*each) for each in zip(part.tolist(), views)]
        return pages[: len(values)], np.array(values).reshape(-1, 3).T

    def _page(self, page: int, views: tuple[Measure, Measure | None]) -> tuple[float, float, float]:
        low, high, base = (float(part[page]) for part in (self.low, self.high, self.base))
        span = high - low
        unknown = not np.isfinite(self.search.gap)  # what candidates without prices bring
        if span <= 1e-7 * high or unknown:
            return low, high, base
        view, others = views
        step = 0.5 * span / self.search.gap
        asked = [(1.0, view, step * t) for t in TIMES_HIGH]
        asked += [(-1.0, view, step * t) for t in self.times_low]
        if others is not None:
            step = 0.5 * max(base - low, 0.1 * span) / self.search.gap
            asked += [(1.0, others, step * t) for t in TIMES_HIGH]
        found = self.search.bounds(asked)
        highs, lows = len(TIMES_HIGH), len(TIMES_HIGH) + len(self.times_low)
        high = min(high, float(found[:highs].min()) * (1 + 1e-9))
        low = max(low, -float(found[highs:lows].min(initial=-low)) * (1 - 1e-9))
        if others is not None:
            base = min(base, max(0.0, float(found[lows:].min()) * (1 + 1e-9)))
        return low, max(high, low), base


def _chosen(prices: Prices, dual: Dual) -> Policy:
    """What pages choose on average at these prices."""
    problem = prices.problem
    answer = prices.answer(dual, BLUR * max(dual.link, 1e-12))[1]
    equity = np.zeros(len(problem.field.equity))
    equity[prices.modes.sources] = answer.equity
    share = answer.flow / np.maximum(equity[problem.source], 1e-300)
    whole = problem.weight / (problem.field.total[problem.source] + problem.weight)
    links = np.flatnonzero(share > LEAST_SHARE * whole)
    given = np.bincount(problem.source[links], answer.flow[links], minlength=len(equity))
    if np.count_nonzero(given) > CHOOSING:
        least = np.partition(given, len(given) - CHOOSING)[len(given) - CHOOSING]
        links = links[given[problem.source[links]] >= least]
    return Policy(problem.field, problem.source[links], problem.target[links], share[links])


def _views(
    problem: Problem, policy: Policy, column: Floats, pages: Ints, fed: NDArray[np.bool_]
) -> Iterator[tuple[Measure, Measure | None]]:
    """A view for each page, and for pages that are `fed` one without the flows of new links to the
    page itself. column: of G, float64[r, pages]."""
    at = np.arange(len(pages))
    unit = np.zeros(column.shape)
    unit[pages, at] = 1.0
    moved = [policy.moved(unit[:, i], column[:, i]) for i in at]
    moved += [policy.moved(unit[:, i], column[:, i], int(pages[i])) for i in at[fed]]
    own, kept = (np.ascontiguousarray(part.T) for part in policy.prices(np.stack(moved, axis=1)))
    column, unit = np.ascontiguousarray(column.T), unit.T
    other = np.cumsum(fed) + len(pages) - 1
    for i, page in enumerate(pages.tolist()):
        view = _view(problem, column[i], unit[i], own[i], kept[i], page)
        if not fed[i]:
            yield view, None
            continue
        rest = _view(problem, column[i], unit[i], own[other[i]], kept[other[i]], page, fed=True)
        yield view, rest


def _view(
    problem: Problem,
    column: Floats,
    unit: Floats,
    own: Floats,
    kept: Floats,
    page: int,
    fed: bool = False,
) -> Measure:
    """The view of one page. fed: without the flows of new links to the page itself."""
    u, v, a = problem.source, problem.target, problem.field.damping
    arrives, leaves = a * (column + kept), column - unit + kept - own
    lift = arrives[v] - leaves[u]
    arrives -= min(float(leaves.min()), 0.0)
    if fed:
        into = np.flatnonzero(v == page)
        lift[into] -= a * column[page] - (column - unit)[u[into]]
        arrives[page] = a * kept[page] - min(float((kept - own).min()), 0.0)
    today = float(problem.field.equity @ own) + float(problem.field.equity[page])
    return Measure(own, problem.weight * lift, arrives, today)
