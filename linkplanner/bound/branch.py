"""Branch and bound over prices: splits what is undecided and prices each part anew.

A part is worked on in order of its bound, so the largest bound left is valid for all plans.
"""

import heapq
from collections.abc import Callable, Iterator
from itertools import count
from typing import Final

import numpy as np

from linkplanner.bound.relaxed import (
    Known,
    Relaxed,
    descended,
    dropped,
    narrowing,
    unsure,
)

__all__ = ["branches"]

STEPS: Final = 40
"""Steps at each heat in a part; its parent's prices are near."""
NARROWED: Final = 12
"""Pages narrowed in a part."""
PARTS: Final = 20_000
"""Parts kept at most: some gigabytes at worst on small sites."""


def branches(
    root: Relaxed, plan: Callable[[], Known], left: Callable[[], float]
) -> Iterator[tuple[float, Relaxed]]:
    """After each split: a bound on every plan, and the part worked on. Ends when time is up, when
    the bound meets the known plan, or when nothing is left to split."""
    number = count()
    heap = [(-root.bound, next(number), root)]
    while heap and left() > 0 and len(heap) < PARTS:
        _, _, state = heapq.heappop(heap)
        if state.bound <= plan().gain:
            break
        parts = _split(state)
        if parts is None:
            return
        found = []
        for part in parts:
            if left() <= 0:
                return
            found.append(_worked(part, plan(), left))
        for part in found:
            if part.bound > plan().floor:
                heapq.heappush(heap, (-part.bound, next(number), part))
        top = -heap[0][0] if heap else plan().gain
        yield max(top, plan().gain), max(found, key=lambda part: part.bound)
    if not heap and left() > 0:
        yield plan().gain, state


def _worked(part: Relaxed, known: Known, left: Callable[[], float]) -> Relaxed:
    part = descended(part, left, STEPS)
    if part.bound <= known.floor:
        return part
    part = dropped(part, known.floor)
    part = narrowing(part, known.floor, unsure(part)[:NARROWED], left)
    return descended(part, left, STEPS)


def _split(state: Relaxed) -> list[Relaxed] | None:
    """Two parts that together hold every plan of this one."""
    free = [int(u) for u in unsure(state) if int(u) not in state.prices.decided]
    if free:
        return [state.decided(free[0], True), state.decided(free[0], False)]
    sources, ranges = state.prices.modes.sources, state.ranges
    high, low = ranges.high[sources], ranges.low[sources]
    flow = np.bincount(
        state.prices.modes.page,
        weights=(state.prices.modes.links > 0) * (state.prices.closed == 0),
        minlength=len(sources),
    )
    span = (high - low) * np.abs(state.dual.equity[sources]) * (flow > 0)
    at = int(np.argmax(span))
    if span[at] <= 1e-9 * max(state.bound, 1e-300):
        return None
    page, middle = int(sources[at]), float(low[at] + high[at]) / 2
    return [
        state.within(page, float(low[at]), middle),
        state.within(page, middle, float(high[at])),
    ]
