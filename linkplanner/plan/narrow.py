"""Narrows what a page's equity can be under any plan at least as good as the known one.

For such plans t (f' - known) >= 0 for every t >= 0, so the most of x'_u is at most the bound on
x'_u + t (f' - f), less t (known - f): the same prices times t, plus the prices that u's own equity
has under the known plan. Least equity the same way, with the sign turned. Domain reduction by
duality is usual in global optimisation (Tawarmalani and Sahinidis 2002, chapter 5).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.field import Field
from linkplanner.plan.prices import Dual, Prices, Ranges

__all__ = ["narrowed", "plan_prices"]

FIRST: Final = (0.25, 1.0, 4.0)
THEN: Final = (0.6, 1.6)
"""Multiples of (range / gap) / 2 that are tried for t: first these, then around the best."""


@dataclass(frozen=True, eq=False)
class _Plan:
    """The known plan, linearised: how a page's equity answers to equity at others."""

    sources: Ints
    rows: Floats
    """G rows of the plan's sources' changed rows: a D G, float64[plan pages, r]."""
    inverse: Floats
    """(I - (a D G)[:, sources])^-1."""


def _linear(field: Field, source: Ints, target: Ints, weight: Floats) -> _Plan:
    pages, row = np.unique(source, return_inverse=True)
    whole = field.total[pages] + np.bincount(row, weights=weight)
    share = weight / whole[row]
    ends = np.unique(np.concatenate([pages, target]))
    g = field.from_places(ends)
    change = field.damping * g[np.searchsorted(ends, target)] - g[np.searchsorted(ends, source)]
    change[np.arange(len(source)), source] += 1
    rows = np.zeros((len(pages), g.shape[1]))
    np.add.at(rows, row, share[:, None] * change)
    inverse = np.linalg.inv(np.eye(len(pages)) - rows[:, pages])
    return _Plan(pages, rows, inverse.astype(np.float64))


def plan_prices(
    field: Field, source: Ints, target: Ints, weight: Floats, reward: Floats
) -> tuple[Ints, Floats]:
    """Prices y of the plan's source pages when `reward` (float64[r]) counts: a (D z')."""
    if len(source) == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    plan = _linear(field, source, target, weight)
    return plan.sources, plan.inverse @ (plan.rows @ reward)


def narrowed(
    prices: Prices,
    dual: Dual,
    known: float,
    plan: tuple[Ints, Ints, Floats],
    pages: Ints,
    left: Callable[[], float],
) -> Ranges:
    """Narrower ranges of some pages (places). plan: source, target and weight of the known plan's
    links; known: its gain in the goal, or less."""
    field = prices.problem.field
    low, high = prices.ranges.low.copy(), prices.ranges.high.copy()
    gap = max(prices.value(dual) - known, 1e-9 * abs(known), 1e-300)
    line = _linear(field, *plan)
    worth = prices.worth(dual)
    search = _Search(prices, dual, worth, prices.fixed(dual) - known)
    columns = _columns(field, pages)
    for i, page in enumerate(pages):
        if left() <= 0:
            break
        span = high[page] - low[page]
        if span <= 1e-7 * high[page]:
            continue
        own = np.zeros(len(field.equity))
        own[line.sources] = line.inverse @ line.rows[:, page]
        reward = own.copy()
        reward[page] += 1.0
        reach = columns(i) + (field.reach(own) if len(line.sources) else 0.0)
        lift = field.damping * reach[prices.problem.target]
        lift -= (reach - reward)[prices.problem.source]
        base = float(own @ field.equity + field.equity[page])
        step = 0.5 * span / gap
        high[page] = min(high[page], search.least(1.0, own, lift, base, step) * (1 + 1e-9))
        low[page] = max(low[page], -search.least(-1.0, own, lift, base, step) * (1 - 1e-9))
        high[page] = max(high[page], low[page])
    return Ranges(low, high)


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
    """The bound on (sign) x'_u + t (f' - known) for several t."""

    def __init__(self, prices: Prices, dual: Dual, worth: Floats, fixed: float) -> None:
        self.prices, self.dual, self.worth, self.fixed = prices, dual, worth, fixed

    def least(self, sign: float, own: Floats, lift: Floats, base: float, step: float) -> float:
        """The smallest bound found."""
        found = {t: self._at(t, sign, own, lift, base) for t in (step * s for s in FIRST)}
        best = min(found, key=found.__getitem__)
        found |= {t: self._at(t, sign, own, lift, base) for t in (best * s for s in THEN)}
        return min(found.values())

    def _at(self, t: float, sign: float, own: Floats, lift: Floats, base: float) -> float:
        dual = self.dual
        priced = Dual(t * dual.equity + sign * own, t * dual.link, dual.place, dual.slope)
        worth = t * self.worth + sign * self.prices.problem.weight * lift
        pages = self.prices.page_values(worth, priced)
        return t * self.fixed + sign * base + float(pages.sum())
