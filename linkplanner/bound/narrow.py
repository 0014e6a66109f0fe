"""Narrows what a page's equity can be under any plan at least as good as the known one.

For such plans t (f' - known) >= 0 for every t >= 0, so the most of x'_u is at most the bound on
x'_u + t (f' - f), less t (known - f): the same prices times t, plus the prices that u's own equity
has under the known plan. Least equity the same way, with the sign turned. Domain reduction by
duality is usual in global optimisation (Tawarmalani and Sahinidis 2002, chapter 5).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from linkplanner.bound.dual import Dual, Ranges
from linkplanner.bound.field import Field
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

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
    if field.influence is None:  # every node has a place: a D z' = z' - r - a P z'
        changed = field.graph.with_links(source, target, weight)
        reach = changed.reach(reward, field.damping)
        old = np.zeros(len(reach))
        field.graph.weigh(reach, old)
        pages = np.unique(source)
        return pages, (reach - reward - field.damping * field.graph.scale * old)[pages]
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
    field, ranges = prices.problem.field, prices.ranges
    low, high, base = ranges.low.copy(), ranges.high.copy(), ranges.without.copy()
    gap = max(prices.value(dual) - known, 1e-9 * abs(known), 1e-300)
    line = _linear(field, *plan)
    search = _Search(prices, dual, prices.worth(dual), prices.fixed(dual) - known)
    columns = _columns(field, pages)
    fed = set(prices.inflow.place.tolist())
    for i, page in enumerate(pages.tolist()):
        if left() <= 0:
            break
        span = high[page] - low[page]
        if span <= 1e-7 * high[page]:
            continue
        view = _View(prices.problem, line, columns(i), page)
        step = 0.5 * span / gap
        high[page] = min(high[page], search.least(1.0, view, step) * (1 + 1e-9))
        low[page] = max(low[page], -search.least(-1.0, view, step) * (1 - 1e-9))
        high[page] = max(high[page], low[page])
        if page in fed:
            view = _View(prices.problem, line, columns(i), page, plan, others=True)
            step = 0.5 * max(base[page] - low[page], 0.1 * span) / gap
            base[page] = min(base[page], max(0.0, search.least(1.0, view, step) * (1 + 1e-9)))
    return replace(ranges, low=low, high=high, base=base)


class _View:
    """A page's equity as plans change it; others: without the flows of new links to it."""

    def __init__(
        self,
        problem: Problem,
        line: _Plan,
        column: Floats,
        page: int,
        plan: "tuple[Ints, Ints, Floats] | None" = None,
        others: bool = False,
    ) -> None:
        field = problem.field
        moved = line.rows[:, page].copy()
        into = problem.target == page
        if others and plan is not None and len(line.sources):
            source, target, weight = plan
            whole = field.total + np.bincount(source, weights=weight, minlength=len(field.total))
            links = np.flatnonzero(target == page)
            u = source[links]
            brought = weight[links] / whole[u] * (field.damping * column[page] - column[u])
            np.subtract.at(moved, np.searchsorted(line.sources, u), brought)
        self.own = np.zeros(len(field.equity))
        self.own[line.sources] = line.inverse @ moved
        lift = field.damping * column[problem.target] - column[problem.source]
        lift += problem.source == page
        if others:
            lift[into] = 0.0
        if len(line.sources):
            kept = field.reach(self.own)
            lift += field.damping * kept[problem.target] - (kept - self.own)[problem.source]
        self.lift = lift
        self.today = float(self.own @ field.equity + field.equity[page])


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
        self.supply = prices.supply(dual)

    def least(self, sign: float, view: _View, step: float) -> float:
        """The smallest bound found."""
        found = {t: self._at(t, sign, view) for t in (step * s for s in FIRST)}
        best = min(found, key=found.__getitem__)
        found |= {t: self._at(t, sign, view) for t in (best * s for s in THEN)}
        return min(found.values())

    def _at(self, t: float, sign: float, view: _View) -> float:
        dual = self.dual
        equity, flow = t * dual.equity + sign * view.own, t * dual.flow
        priced = Dual(equity, t * dual.link, dual.place, dual.slope, flow, idle=t * dual.still)
        worth = t * self.worth + sign * self.prices.problem.weight * view.lift
        pages = self.prices.page_values(worth, priced, self.supply.times(t))
        return t * self.fixed + sign * view.today + float(pages.sum())
