"""Narrows what a page's equity can be under any plan that gains at least so much.

For such plans t (f' - aim) >= 0 for every t >= 0, so the most of x'_u is at most the bound on
x'_u + t (f' - f), less t (aim - f): the same prices times t, plus the prices that u's own equity
has where pages keep to what they choose on average (bound/policy.py). Least equity the same way,
with the sign turned. Domain reduction by duality is usual in global optimisation (Tawarmalani and
Sahinidis 2002, chapter 5).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.dual import Dual, Ranges
from linkplanner.bound.field import Field
from linkplanner.bound.policy import Policy
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.side_by_side import side_by_side
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
LEAST_SHARE: Final = 1e-4
"""Part of a link that counts in these."""


def narrowed(
    prices: Prices, dual: Dual, aim: float, pages: Ints, left: Callable[[], float]
) -> Ranges:
    """Narrower ranges of some pages (places) under plans that gain `aim` or more in the goal."""
    one = _Narrowing(prices, dual, aim)
    found = side_by_side(lambda part: one.of(part, left), pages)
    low, high, base = one.low.copy(), one.high.copy(), one.base.copy()
    for places, values in found:
        low[places], high[places], base[places] = values
    return replace(prices.ranges, low=low, high=high, base=base)


class _Narrowing:
    """Looks at pages one by one; nothing here changes, so several threads may."""

    def __init__(self, prices: Prices, dual: Dual, aim: float) -> None:
        ranges = prices.ranges
        self.problem = prices.problem
        self.low, self.high, self.base = ranges.low, ranges.high, ranges.without
        self.gap = max(prices.value(dual) - aim, 1e-9 * abs(aim), 1e-300)
        self.policy = _chosen(prices, dual)
        self.search = _Search(prices, dual, prices.worth(dual), prices.fixed(dual) - aim)
        self.fed = set(prices.inflow.place.tolist())

    def of(self, pages: Ints, left: Callable[[], float]) -> tuple[Ints, Floats]:
        """The pages there was time for, and least, most and base of each: float64[3, pages]."""
        column = _columns(self.problem.field, pages)
        values = []
        for i, page in enumerate(pages.tolist()):
            if left() <= 0:
                break
            values.append(self._page(page, column(i)))
        return pages[: len(values)], np.array(values).reshape(-1, 3).T

    def _page(self, page: int, column: Floats) -> tuple[float, float, float]:
        low, high, base = (float(part[page]) for part in (self.low, self.high, self.base))
        span = high - low
        if span <= 1e-7 * high:
            return low, high, base
        view = _View(self.problem, self.policy, column, page)
        step = 0.5 * span / self.gap
        high = min(high, self.search.least(1.0, view, step) * (1 + 1e-9))
        low = max(low, -self.search.least(-1.0, view, step) * (1 - 1e-9))
        high = max(high, low)
        if page in self.fed:
            view = _View(self.problem, self.policy, column, page, others=True)
            step = 0.5 * max(base - low, 0.1 * span) / self.gap
            base = min(base, max(0.0, self.search.least(1.0, view, step) * (1 + 1e-9)))
        return low, high, base


def _chosen(prices: Prices, dual: Dual) -> Policy:
    """What pages choose on average at these prices."""
    problem = prices.problem
    answer = prices.answer(dual, BLUR * max(dual.link, 1e-12))[1]
    equity = np.zeros(len(problem.field.equity))
    equity[prices.modes.sources] = answer.equity
    share = answer.flow / np.maximum(equity[problem.source], 1e-300)
    whole = problem.weight / (problem.field.total[problem.source] + problem.weight)
    links = np.flatnonzero(share > LEAST_SHARE * whole)
    return Policy(problem.field, problem.source[links], problem.target[links], share[links])


class _View:
    """A page's equity as plans change it; others: without the flows of new links to it."""

    def __init__(
        self, problem: Problem, policy: Policy, column: Floats, page: int, others: bool = False
    ) -> None:
        u, v, a = problem.source, problem.target, problem.field.damping
        unit = np.zeros(len(column))
        unit[page] = 1.0
        moved = policy.moved(unit, column, page if others else -1)
        self.own, kept = policy.prices(moved)
        lift = a * column[v] - (column - unit)[u]
        if others:
            lift[v == page] = 0.0
        self.lift = lift + a * kept[v] - (kept - self.own)[u]
        self.today = float(self.own @ problem.field.equity + problem.field.equity[page])


def _columns(field: Field, pages: Ints) -> Callable[[int], Floats]:
    if field.influence is not None:
        influence = field.influence
        return lambda i: influence[:, pages[i]]
    found: dict[int, Floats] = {}

    def column(i: int) -> Floats:
        first = i - i % 16
        if first not in found:
            found.clear()
            found[first] = field.onto(pages[first : first + 16])
        return found[first][:, i - first]

    return column


class _Search:
    """The bound on (sign) x'_u + t (f' - aim) for several t."""

    def __init__(self, prices: Prices, dual: Dual, worth: Floats, fixed: float) -> None:
        self.prices, self.dual, self.worth, self.fixed = prices, dual, worth, fixed
        self.supply = prices.supply(dual)

    def least(self, sign: float, view: _View, step: float) -> float:
        """The smallest bound found."""
        times = TIMES_HIGH if sign > 0 else TIMES_LOW
        return min(self._at(step * t, sign, view) for t in times)

    def _at(self, t: float, sign: float, view: _View) -> float:
        dual = self.dual
        equity, flow = t * dual.equity + sign * view.own, t * dual.flow
        priced = Dual(equity, t * dual.link, dual.place, dual.slope, flow, idle=t * dual.still)
        worth = t * self.worth + sign * self.prices.problem.weight * view.lift
        pages = self.prices.page_values(worth, priced, self.supply, t)
        return t * self.fixed + sign * view.today + float(pages.sum())
