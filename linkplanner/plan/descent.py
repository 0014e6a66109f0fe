"""Finds good prices: quasi-Newton steps on the smoothed bound, cooled down step by step.

Any prices give a valid bound, so it may stop at any moment; the least true value seen is kept.
Smoothing a maximum by its log-sum-exp: Nesterov 2005, "Smooth minimization of non-smooth
functions".
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.plan.prices import Dual, Prices

__all__ = ["COLD", "WARM", "descend"]

WARM: Final = (0.3, 0.1, 0.03, 0.01, 0.003)
"""Heats from a rough start, in parts of the price of a link."""
COLD: Final = (0.03, 0.01, 0.003, 0.001)
"""Heats where good prices are known."""
MEMORY: Final = 20
"""Steps remembered."""
HALVINGS: Final = 12
"""Most shortenings of one step."""


def descend(
    prices: Prices,
    dual: Dual,
    left: Callable[[], float],
    heats: Sequence[float] = WARM,
    steps: int = 100,
) -> tuple[float, Dual]:
    """Better prices than `dual` and the bound they give; `left` tells the seconds left."""
    scale = max(dual.link, 1e-12)
    frame = _Frame(prices, scale)
    best, value = dual, prices.value(dual)
    point = frame.pack(dual)
    for heat in heats:
        if left() <= 0:
            break

        def smooth(vector: Floats, heat: float = heat * scale) -> tuple[float, Floats]:
            at = frame.unpack(vector)
            found, answer = prices.answer(at, heat)
            return found / scale, frame.pack_slope(prices.gradient(at, answer), vector, at)

        point = _quasi_newton(smooth, point, steps, left)
        found = frame.unpack(point)
        reached = prices.value(found)
        if reached < value:
            best, value = found, reached
    return value, best


def _quasi_newton(
    function: Callable[[Floats], tuple[float, Floats]],
    point: Floats,
    steps: int,
    left: Callable[[], float],
) -> Floats:
    """Limited-memory BFGS with backtracking (Nocedal and Wright 2006, algorithms 7.4 and 3.1)."""
    value, slope = function(point)
    pairs: deque[tuple[Floats, Floats, float]] = deque(maxlen=MEMORY)
    length = 0.1 / max(float(np.abs(slope).max(initial=0.0)), 1e-12)
    for _ in range(steps):
        if left() <= 0:
            break
        ahead = -_scaled(slope, pairs, length)
        fall = float(ahead @ slope)
        if not fall < 0:
            pairs.clear()
            ahead, fall = -length * slope, -length * float(slope @ slope)
        step, moved = 1.0, False
        for _ in range(HALVINGS):
            trial = point + step * ahead
            reached, trial_slope = function(trial)
            if reached <= value + 1e-4 * step * fall:
                moved = True
                break
            step *= 0.4
        if not moved:
            if not pairs:
                break
            pairs.clear()
            length *= 0.1
            continue
        s, y = trial - point, trial_slope - slope
        curve = float(s @ y)
        if curve > 1e-12 * float(y @ y):
            pairs.append((s, y, curve))
        small = value - reached <= 1e-7 * abs(value)
        point, value, slope = trial, reached, trial_slope
        if small:
            break
    return point


def _scaled(slope: Floats, pairs: "deque[tuple[Floats, Floats, float]]", length: float) -> Floats:
    """The inverse Hessian's estimate times the slope (two-loop recursion)."""
    q, kept = slope.copy(), []
    for s, y, curve in reversed(pairs):
        share = float(s @ q) / curve
        kept.append(share)
        q -= share * y
    if pairs:
        s, y, curve = pairs[-1]
        q *= curve / float(y @ y)
    else:
        q *= length
    for (s, y, curve), share in zip(pairs, reversed(kept)):
        q += (share - float(y @ q) / curve) * s
    return q


class _Frame:
    """Prices as one vector of free numbers of about the same size."""

    def __init__(self, prices: Prices, scale: float) -> None:
        self.prices, self.scale = prices, scale
        self.sources = prices.modes.sources
        self.unit = scale / np.maximum(prices.today, 1e-9 * prices.today.max(initial=1e-300))
        self.capped = prices.capped
        self.balanced = prices.problem.balanced
        self.size = len(prices.problem.field.equity)
        self.slope = prices.problem.goal.weights

    def pack(self, dual: Dual) -> Floats:
        """Square roots of what must not be negative, logarithms of slopes."""
        slope = np.log(np.maximum(dual.slope, 1e-300)) if self.balanced else np.zeros(0)
        place = np.sqrt(np.maximum(dual.place[self.capped] / self.scale, 1e-3))
        link = np.sqrt(max(dual.link / self.scale, 1e-6))
        return np.concatenate([dual.equity[self.sources] / self.unit, [link], place, slope])

    def unpack(self, vector: Floats) -> Dual:
        """The prices of a vector."""
        k, c = len(self.sources), len(self.capped)
        equity, place = np.zeros(self.size), np.zeros(self.size)
        equity[self.sources] = vector[:k] * self.unit
        place[self.capped] = vector[k + 1 : k + 1 + c] ** 2 * self.scale
        slope = np.exp(np.clip(vector[k + 1 + c :], -600, 600)) if self.balanced else self.slope
        return Dual(equity, float(vector[k]) ** 2 * self.scale, place, slope)

    def pack_slope(self, slope: Dual, vector: Floats, at: Dual) -> Floats:
        """The slope by the numbers of the vector, in units of `scale`."""
        k, c = len(self.sources), len(self.capped)
        return np.concatenate(
            [
                slope.equity[self.sources] * self.unit / self.scale,
                [2 * vector[k] * slope.link],
                2 * vector[k + 1 : k + 1 + c] * slope.place[self.capped],
                slope.slope * at.slope / self.scale if self.balanced else np.zeros(0),
            ]
        )
