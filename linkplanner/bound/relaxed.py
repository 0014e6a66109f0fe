"""One relaxed problem with its prices: what is still possible, and how the bound comes down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from linkplanner.bound.descent import COLD, descend
from linkplanner.bound.dual import Dual, Ranges
from linkplanner.bound.narrow import narrowed
from linkplanner.bound.prices import Answer, Prices
from linkplanner.bound.ranges import fed_again
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Known", "Relaxed", "answer_of", "descended", "dropped", "narrowing", "unsure", "wanted"]

MIXED: Final = 1e-4
"""A page is unsure where it takes links more than this and less than wholly."""
KEPT: Final = 0.97
"""Share of candidates left below which the problem is built anew without the others."""


@dataclass(frozen=True, eq=False)
class Known:
    """The best plan known."""

    links: Ints
    """Numbers of its candidates."""
    gain: float
    """In the goal."""
    equity: Floats
    """float64[targets]: equity of the goal's pages with it."""

    @property
    def floor(self) -> float:
        """Its gain less rounding: what better plans are surely above."""
        return self.gain - 1e-9 * abs(self.gain)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Every plan better than the known one takes only `ids` and keeps within the ranges, or lies
    in another part of the search."""

    ids: Ints
    """Numbers of the candidates left."""
    prices: Prices
    dual: Dual
    bound: float

    @property
    def ranges(self) -> Ranges:
        """Of equity by place."""
        return self.prices.ranges

    def inside(self, ranges: Ranges) -> "Relaxed":
        """The same in other ranges; this one keeps its own."""
        return replace(self, prices=self.prices.ranged(ranges))

    def decided(self, page: int, takes: bool) -> "Relaxed":
        """The part in which a page (place) must, or must not, take a link."""
        decisions: Mapping[int, bool] = {**self.prices.decided, page: takes}
        return replace(self, prices=Prices(self.prices.problem, self.ranges, decisions))

    def within(self, page: int, low: float, high: float) -> "Relaxed":
        """The part in which a page's equity lies between two values."""
        ranges = replace(self.ranges, low=self.ranges.low.copy(), high=self.ranges.high.copy())
        ranges.low[page], ranges.high[page] = low, high
        return replace(self, prices=Prices(self.prices.problem, ranges, self.prices.decided))


def descended(
    state: Relaxed,
    left: Callable[[], float],
    steps: int = 100,
    heats: tuple[float, ...] = COLD,
) -> Relaxed:
    """Better prices; the bound never rises."""
    value, dual = descend(state.prices, state.dual, left, heats, steps)
    return replace(state, dual=dual, bound=min(state.bound, value))


def dropped(state: Relaxed, aim: float) -> Relaxed:
    """Without the candidates that no plan which gains `aim` or more can take."""
    prices, dual = state.prices, state.dual
    worth = prices.worth(dual)
    pages = prices.page_values(worth, dual)
    value = prices.fixed(dual) + float(pages.sum())
    keep = value - pages[prices.modes.place] + prices.forced(dual, worth) >= aim
    if keep.mean() > KEPT or not keep.any():
        return state
    kept = np.flatnonzero(keep)
    fewer = prices.restricted(kept, state.ranges)
    return replace(state, ids=state.ids[kept], prices=fewer, dual=fewer.without_lost(dual, kept))


def narrowing(
    state: Relaxed, aim: float, pages: Ints, left: Callable[[], float], carried: bool = True
) -> Relaxed:
    """Narrower ranges of some pages (places) for plans that gain `aim` or more. carried: whether
    their least, and what follows for all others, is looked at as well."""
    if not len(pages):
        return state
    ranges = narrowed(state.prices, state.dual, aim, pages, left, lows=carried)
    if carried and left() > 0:
        ranges = fed_again(state.prices.problem, ranges)
    return state.inside(ranges)


def unsure(state: Relaxed) -> Ints:
    """Places of pages whose range the bound rests on, the costliest first."""
    prices = state.prices
    answer = answer_of(state)
    modes = prices.modes
    off = answer.mass[modes.first]  # how far the page takes no link
    span = (state.ranges.high - state.ranges.low)[modes.sources]
    cost = span / np.maximum(state.ranges.high[modes.sources], 1e-300) * np.minimum(off, 1 - off)
    order = np.argsort(-cost, kind="stable")
    return modes.sources[order[cost[order] > MIXED]]


def wanted(state: Relaxed) -> Ints:
    """Candidates by how much of them the relaxed problem takes, most first."""
    much = answer_of(state).flow / state.prices.most
    order = np.argsort(-much, kind="stable")
    return state.ids[order[much[order] > 0.05]]


def answer_of(state: Relaxed) -> Answer:
    """What pages choose at the prices of a state, nearly without a blur."""
    heat = max(state.dual.link, 1e-12) * COLD[-2]
    return state.prices.answer(state.dual, heat)[1]
