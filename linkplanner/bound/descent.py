"""Finds good prices: quasi-Newton steps on the smoothed bound, cooled down step by step.

Any prices give a valid bound, so it may stop at any moment; the least true value seen is kept.
Smoothing a maximum by its log-sum-exp: Nesterov 2005, "Smooth minimization of non-smooth
functions".
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from linkplanner.bound.dual import Dual
from linkplanner.bound.prices import Prices
from linkplanner.bound.quasi_newton import least
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["COLD", "WARM", "descend"]

WARM: Final = (0.05, 0.02, 0.005)
"""Heats from a rough start, in parts of the price of a link."""
COLD: Final = (0.02, 0.006, 0.002)
"""Heats where good prices are known."""
LEAST_UNIT: Final = 0.2
"""Least unit of prices, in parts of the bound by link."""
SPREAD: Final = 0.1
"""A price of equity is counted in what a page's equity today and this part of the most it can have
bring: pages with wide ranges need small steps. From .03 to .3 it made little difference; 0 let the
descent stop 20 % above."""
SLOPES: Final = 12.0
"""Slopes of the balanced goal stay within a factor e^12 of today's."""
IDLE_UNIT: Final = 0.3
"""Unit of prices of what pages keep, in those of equity; .1 and 1 came out lower."""
JOINT: Final = 10.0
"""How far prices of a page's equity and of the flows to it move together, beside each alone. What a
page pays for a flow follows what a unit of its equity is worth, so that dozens of prices move with
one: from 352.1 100 steps led to 352.0 with 0, 342.2 with 1, 340.0 with 10, 343.1 with 30 (1,000
pages, 500 priorities, 100 links; 1,000 steps with 0 to 345.0)."""
MEMORY: Final = 12
"""Steps remembered; 20 came out little lower in a tenth more time."""


def descend(
    prices: Prices,
    dual: Dual,
    left: Callable[[], float],
    heats: Sequence[float] = WARM,
    steps: int = 100,
) -> tuple[float, Dual]:
    """Better prices than `dual` and the bound they give; `left` tells the seconds left."""
    best, value = dual, prices.value(dual)
    scale = _scale(prices, dual, value)
    frame = _Frame(prices, scale)
    point = np.clip(frame.pack(dual), frame.least, frame.most)
    for heat in heats:
        if left() <= 0:
            break

        def smooth(vector: Floats, heat: float = heat * scale) -> tuple[float, Floats]:
            at = frame.unpack(vector)
            found, answer = prices.answer(at, heat)
            return found / scale, frame.pack_slope(prices.gradient(at, answer), vector, at)

        within = (frame.least, frame.most)
        point = least(smooth, point, within, steps, MEMORY, frame.joined, left)
        found = frame.unpack(point)
        reached = prices.value(found)
        if reached < value:
            best, value = found, reached
    return value, best


def _scale(prices: Prices, dual: Dual, value: float) -> float:
    """The unit of prices: that of a link, at least a small part of the bound for each link, else
    nothing could move where links cost nothing."""
    links = max(prices.problem.max_links, 1)
    return max(dual.link, LEAST_UNIT * abs(value) / links, 1e-12)


class _Frame:
    """Prices as one vector of free numbers of about the same size."""

    def __init__(self, prices: Prices, scale: float) -> None:
        self.prices, self.scale = prices, scale
        self.sources = prices.modes.sources
        moves = prices.today + SPREAD * prices.ranges.high[self.sources]
        self.unit = scale / np.maximum(moves, 1e-9 * moves.max(initial=1e-300))
        self.capped = prices.capped
        self.balanced = prices.problem.balanced
        self.size = len(prices.problem.field.equity)
        self.slope = prices.problem.goal.weights
        self.fed = prices.inflow.links
        self.flow_unit = scale / prices.most[self.fed]
        self.fed_page = prices.inflow.page
        brought = prices.inflow.brings * prices.most[self.fed]
        self.fed_part = brought * self.unit[self.fed_page] / scale
        self.links, self.idle = len(prices.most), prices.idle.places
        self.idle_unit = IDLE_UNIT * self.unit[prices.idle.pages]
        free = np.full(len(self.sources), -np.inf)
        zero = np.zeros(1 + len(self.capped) + len(self.fed) + len(self.idle))
        today = prices.problem.field.equity[prices.problem.targets]
        slopes = np.tile(np.log(self.slope / today), 2) if self.balanced else np.zeros(0)
        count = np.zeros(1 if self.balanced else 0)
        high = np.full(len(free) + len(zero), np.inf)
        self.least = np.concatenate([free, zero, slopes - SLOPES, count])
        self.most = np.concatenate([high, slopes + SLOPES, count + np.inf])

    def pack(self, dual: Dual) -> Floats:
        """Logarithms of slopes, all else as it is in units of its own."""
        place, link = dual.place[self.capped] / self.scale, dual.link / self.scale
        flow = dual.flow[self.fed] / self.flow_unit
        idle = dual.still[self.idle] / self.idle_unit
        parts = [dual.equity[self.sources] / self.unit, [link], place, flow, idle]
        if self.balanced:
            slopes = np.concatenate([dual.slope, dual.arrival])
            parts += [np.log(np.maximum(slopes, 1e-300)), [dual.count / self.scale]]
        return np.concatenate(parts)

    def unpack(self, vector: Floats) -> Dual:
        """The prices of a vector."""
        k, c, t = len(self.sources), len(self.capped), len(self.slope)
        f = k + 1 + c + len(self.fed)
        d = f + len(self.idle)
        idle = np.zeros(self.size)
        equity, place, flow = np.zeros(self.size), np.zeros(self.size), np.zeros(self.links)
        equity[self.sources] = vector[:k] * self.unit
        place[self.capped] = vector[k + 1 : k + 1 + c] * self.scale
        flow[self.fed] = vector[k + 1 + c : f] * self.flow_unit
        idle[self.idle] = vector[f:d] * self.idle_unit
        link = float(vector[k]) * self.scale
        if not self.balanced:
            return Dual(equity, link, place, self.slope, flow, idle=idle)
        slope, own = np.exp(vector[d : d + t]), np.exp(vector[d + t : d + 2 * t])
        return Dual(equity, link, place, slope, flow, own, float(vector[-1]) * self.scale, idle)

    def joined(self, slope: Floats, free: Ints) -> Floats:
        """Slopes of some numbers, and JOINT times what they come to where each page's price of
        equity falls by one and the prices of flows to it rise by as much as they bring."""
        k, f = len(self.sources), len(self.sources) + 1 + len(self.capped)
        found = slope.copy()
        own, fed = free < k, (free >= f) & (free < f + len(self.fed))
        pages, flows = free[own], free[fed] - f
        part, page = self.fed_part[flows], self.fed_page[flows]
        both = np.bincount(page, part * slope[fed], minlength=k).astype(np.float64)
        both[pages] -= slope[own]
        found[own] -= JOINT * both[pages]
        found[fed] += JOINT * part * both[page]
        return found

    def pack_slope(self, slope: Dual, vector: Floats, at: Dual) -> Floats:
        """The slope by the numbers of the vector, in units of `scale`."""
        parts = [
            slope.equity[self.sources] * self.unit / self.scale,
            [slope.link],
            slope.place[self.capped],
            slope.flow[self.fed] * self.flow_unit / self.scale,
            slope.still[self.idle] * self.idle_unit / self.scale,
        ]
        if self.balanced:
            rest, own = slope.slope * at.slope, slope.arrival * at.arrival
            parts += [rest / self.scale, own / self.scale, [slope.count]]
        return np.concatenate(parts)
