"""What new links bring to a priority page of the balanced goal: a whole number of links each.

Under a plan page v has x'_v = r_v + d_v: what first arrives over n_v new links to it, d_v = a times
the sum of their flows, and the rest. r_v has proven bounds (it is at least what would be left if
all that new links carry were lost), and n links bring at most the n largest a F_e, D_v(n).
With a price c_v on the rest, p_v on what arrives, m_v on places and t on links to such pages, v is
worth at most

    max over n, r and d <= D_v(n) of  w log((r + d) / x_v) - c_v r - p_v d + (m_v - t) n,

each a purchase of what costs less, as far as it goes, and then of the other. The tangent alone (p =
c, t = 0, no bounds) would let hundreds of pages have the steep beginning of the logarithm for a
small part of a link each.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.dual import Dual, Ranges
from linkplanner.bound.modes import run_places
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats

__all__ = ["Received", "WholeLinks"]

COUNTED: Final = 12
"""Numbers of links told apart; a page with more pays for these, which only raises the bound."""


@dataclass(frozen=True, eq=False)
class Received:
    """What the pages choose at some prices, by target of the goal (means over several choices)."""

    value: Floats
    rest: Floats
    arrived: Floats
    links: Floats


class WholeLinks:
    """The goal's pages, the candidates to them, and what their choices are worth."""

    def __init__(self, problem: Problem) -> None:
        goal, size = problem.goal, len(problem.field.equity)
        self.weight, self.today = goal.weights, problem.field.equity[problem.targets]
        self.places = problem.targets
        number = np.full(size, -1, dtype=np.int64)
        number[problem.targets] = np.arange(len(problem.targets))
        self.links = np.flatnonzero(number[problem.target] >= 0)
        """Candidates to the goal's pages."""
        self.page = number[problem.target[self.links]]
        """int64[links]: number of the goal's page each points to."""
        self.brings = problem.field.damping
        """a; what a unit of flow brings again on its way round is part of the rest."""
        offered = np.bincount(self.page, minlength=len(self.places))
        most = np.minimum(np.minimum(problem.target_limit[self.places], problem.max_links), offered)
        counts = np.minimum(np.arange(COUNTED + 1), most[:, None])
        self.counts = np.column_stack([counts, most]).astype(np.float64)
        """float64[targets, choices]: links of each choice; the last two bring as much as any."""
        self.reached = np.column_stack([counts[:, :-1], most, most])
        self.fed = np.flatnonzero(most > 0)

    def set_ranges(self, ranges: Ranges, carried: Floats) -> None:
        """carried: F of each candidate of the problem."""
        self.least = ranges.rest[self.places]
        self.most = ranges.high[self.places]
        brought = self.brings * carried[self.links]
        rank = run_places(self.page, brought)
        width = int(self.reached.max(initial=0)) + 1
        table = np.zeros((len(self.places), width))
        inside = rank < width - 1
        table[self.page[inside], rank[inside] + 1] = brought[inside]
        total = np.cumsum(table, axis=1)
        self.room = np.take_along_axis(total, self.reached, axis=1)
        """D: float64[targets, choices]."""

    def _choices(self, dual: Dual) -> tuple[Floats, Floats, Floats]:
        """Value, rest and arrivals of every choice, cheaper equity first: [targets, choices]."""
        w, c = self.weight[:, None], np.maximum(dual.slope, 1e-300)[:, None]
        p = np.maximum(dual.arrival, 1e-300)[:, None]
        least, most = self.least[:, None], self.most[:, None]
        first = np.clip(w / c, least, most)
        rest = np.where(p <= c, np.clip(w / c - self.room, least, most), first)
        here = np.where(p <= c, least, first)
        arrived = np.clip(w / p - here, 0.0, self.room)
        rest = np.where((p <= c) & (arrived < self.room), least, rest)
        price = (dual.place[self.places] - dual.count)[:, None]
        has = np.maximum(rest + arrived, 1e-300)
        value = w * np.log(has / self.today[:, None]) - c * rest - p * arrived
        return value + price * self.counts, rest, arrived

    def value(self, dual: Dual) -> Floats:
        """The most each page is worth at these prices."""
        return np.asarray(self._choices(dual)[0].max(axis=1))

    def received(self, dual: Dual, heat: float) -> Received:
        """The same with blurred maxima, and what is chosen."""
        value, rest, arrived = self._choices(dual)
        best = value.max(axis=1)
        mass = np.exp((value - best[:, None]) / heat)
        whole = mass.sum(axis=1)
        mass /= whole[:, None]
        means = [(mass * part).sum(axis=1) for part in (rest, arrived, self.counts)]
        return Received(best + heat * np.log(whole), *means)
