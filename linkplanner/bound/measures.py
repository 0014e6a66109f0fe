"""How much of anything plans can have that gain at least so much.

For such plans t (f' - aim) >= 0 for every t >= 0, so the most of any measure m of plans is at most
the bound on m + t (f' - f), less t (aim - f): the same prices times t, plus what flows and pages'
own equity count in the measure. The least the same way, with the sign turned. (Domain reduction by
duality is usual in global optimisation: Tawarmalani and Sahinidis 2002, chapter 5.)
"""

from dataclasses import dataclass

import numpy as np

from linkplanner.bound.dual import Dual
from linkplanner.bound.prices import Prices
from linkplanner.bound.unpriced import Unpriced
from linkplanner.graph.link_graph import Floats

__all__ = ["Measure", "Search"]


@dataclass(frozen=True, eq=False)
class Measure:
    """A measure of plans, linear in flows and in equity."""

    own: Floats | None
    """float64[r]: what equity at each place counts before the links its page sets; None: 0."""
    brings: Floats
    """float64[m]: the weight of each candidate times what a unit of flow over it brings."""
    arrives: Floats
    """float64[r]: at most what a unit brings that a new link hands to each place."""
    today: float = 0.0
    """The measure before any plan."""


class Search:
    """Bounds on (sign) m + t (f' - aim)."""

    def __init__(self, prices: Prices, dual: Dual, aim: float, beside: Unpriced | None) -> None:
        """beside: candidates without prices."""
        self.prices, self.beside, self.link = prices, beside, dual.link
        self.worth, self.fixed = prices.worth(dual), prices.fixed(dual) - aim
        self.sources = prices.modes.sources
        self.equity, self.still = dual.equity[self.sources], dual.still[self.sources]
        self.supply = prices.supply(dual)
        none = np.zeros((1, len(prices.problem.field.equity)))
        rest = 0.0 if beside is None else float(beside.bring(none, np.ones(1))[0])
        value = self.fixed + float(prices.page_values(self.worth, dual).sum()) + rest
        self.gap = max(value, 1e-9 * abs(aim), 1e-300)
        """How far the bound is above the aim; without end where it is not known."""

    def bounds(self, asked: list[tuple[float, Measure, float]]) -> Floats:
        """One for each sign, measure and t."""
        t = np.array([each for _, _, each in asked])
        padded = np.empty((len(asked), len(self.worth) + 1))
        padded[:, -1] = -np.inf
        np.multiply(t[:, None], self.worth, out=padded[:, :-1])
        equity, today = t[:, None] * self.equity, t * self.fixed
        for i, (sign, measure, _) in enumerate(asked):
            padded[i, :-1] += measure.brings if sign > 0 else -measure.brings
            today[i] += sign * measure.today
            if measure.own is not None:
                equity[i] += sign * measure.own[self.sources]
        still = t[:, None] * self.still
        values = self.prices.many_values(padded, equity, still, t * self.link, self.supply, t)
        found = today + values.sum(axis=1)
        if self.beside is not None:
            found += self.beside.bring(np.stack([measure.arrives for _, measure, _ in asked]), t)
        return np.asarray(found)
