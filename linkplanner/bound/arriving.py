"""What new links bring single targets at most, under any plan that gains at least so much.

That is a measure of plans (bound/measures.py) with nothing but the flows of one target's
candidates in it, so no column of G is asked for. Page r then gets its largest G_vr, filled with
what arrives at each target v until all that new links bring is spent (bound/arrivals.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from linkplanner.bound.arrivals import Reached
from linkplanner.bound.dual import Dual, Ranges
from linkplanner.bound.influence_rows import Rows
from linkplanner.bound.measures import Measure, Search
from linkplanner.bound.prices import Prices
from linkplanner.bound.side_by_side import side_by_side
from linkplanner.bound.unpriced import Unpriced
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Arriving", "arriving_of"]

TIMES: Final = (0.15, 0.3, 0.6, 1.2)
"""Multiples of (most / gap) / 2 that are tried for t."""
TARGETS: Final = 800
"""Targets that are looked at in a round at most, those that get most: a second for 400 of them,
with 185,000 candidates with prices."""
ROOM: Final = 1 + 1e-9
"""Room for rounding."""


@dataclass(frozen=True, eq=False)
class Arriving:
    """What is proven of every plan that matters."""

    rows: Rows
    """Of the targets."""
    total: float
    """N: all that new links bring."""
    into: Floats
    """float64[targets]: what they bring each."""

    def at_most(self, into: Floats) -> "Arriving":
        """The same with other bounds for each target beside those so far."""
        return replace(self, into=np.minimum(self.into, into))

    def narrowed(
        self,
        prices: Prices,
        dual: Dual,
        aim: float,
        left: Callable[[], float],
        beside: Unpriced | None = None,
    ) -> "Arriving":
        """Less for targets under plans that gain `aim` or more. beside: candidates without
        prices."""
        search = Search(prices, dual, aim, beside)
        if not np.isfinite(search.gap):
            return self
        into = self.into.copy()
        numbers = np.argsort(-into, kind="stable")[:TARGETS]
        numbers = numbers[into[numbers] > 0]
        problem = prices.problem
        a, size = problem.field.damping, len(problem.field.equity)
        order = np.argsort(problem.target, kind="stable")
        first = np.searchsorted(problem.target[order], self.rows.targets)
        last = np.searchsorted(problem.target[order], self.rows.targets, side="right")

        def looked(some: Ints) -> None:
            for i in some.tolist():
                if left() <= 0:
                    return
                arrives, brings = np.zeros(size), np.zeros(len(order))
                arrives[self.rows.targets[i]] = a
                links = order[first[i] : last[i]]
                brings[links] = a * problem.weight[links]
                measure = Measure(None, brings, arrives)
                step = 0.5 * into[i] / search.gap
                found = search.bounds([(1.0, measure, step * t) for t in TIMES])
                into[i] = min(into[i], float(found.min()) * ROOM)

        side_by_side(looked, numbers)
        return replace(self, into=np.maximum(into, 0.0))

    def ranges(self, equity: Floats, ranges: Ranges) -> Ranges:
        """Ranges with what follows for every page. equity: before any plan."""
        total = min(self.total, float(self.into.sum()) * ROOM)
        base = np.minimum(ranges.without, (equity + self.rows.spread(self.into, total)) * ROOM)
        high = base.copy()
        high[self.rows.targets] += self.into * self.rows.own * ROOM
        high = np.minimum(ranges.high, high)
        low = np.minimum(ranges.low, high)
        return replace(ranges, low=low, high=high, base=np.minimum(base, high))


def arriving_of(reached: Reached | None) -> Arriving | None:
    """What is known before any aim: no target gets more than all of them together."""
    if reached is None:
        return None
    into = np.full(len(reached.rows.targets), reached.total)
    return Arriving(reached.rows, reached.total, into)
