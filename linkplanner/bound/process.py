"""What any plan can bring in one respect at most: a decision process with a price of a link.

Whatever counts, r for a unit of equity at each node and b for a unit that a new link brings, let

    (T z)_u = r_u + a max over j of (W (P z)_u + w sum of (z_v + b)) / (W + j w) - l j / h_u

over the page's best j candidates v, w its heaviest one: at least what its real choices are worth,
since a weighted mean grows or falls in each weight, so its most is where each is w or 0. A page
with x' <= h_u pays at most l for each link by visits, so no plan of B links brings more than
s.z + l B where z >= T z. Policy iteration (Csaji, Jungers and Blondel 2014) comes near such a z;
what it leaves open, g = max(T z - z, 0), is added: T keeps order and makes at most a c of a
constant c, so the solution is at most T z + a g / (1 - a). `ceilings.py` does the same for many
single pages of a small site side by side; here each turn is a solve of the whole graph.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.modes import run_places
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Found", "Process"]

TURNS: Final = 10
"""Choices that are made anew; they settle after 3 to 8."""
SETTLED: Final = 5e-3
"""What may be left open, relative to what is found: prices and ranges are rougher."""
TOLERANCE: Final = 1e-5
"""Of solves; what they leave open is seen and added, too. With 1e-7 it took a third longer, and
ranges of single pages were .01 % narrower; with 1e-4 they were .02 % wider."""


@dataclass(frozen=True, eq=False)
class Found:
    """The most, and where to begin for a price nearby."""

    most: float
    value: Floats
    """z by node."""


class Process:
    """The candidates of a problem, sorted by target and ready for any reward."""

    def __init__(self, problem: Problem, high: Floats) -> None:
        """high: most equity of each place known so far; it settles the order of candidates."""
        field, size = problem.field, problem.field.graph.pages
        self.problem, self.graph, self.seed = problem, field.graph, field.seed
        self.total = field.graph.total
        self.heaviest, limit = np.zeros(size), np.zeros(size, dtype=np.int64)
        nodes = field.pages[problem.source]
        np.maximum.at(self.heaviest, nodes, problem.weight)
        limit[field.pages] = np.minimum(problem.limit, problem.max_links)
        self.most = np.minimum(np.bincount(nodes, minlength=size), limit)
        self.share = np.divide(
            self.heaviest, self.total + self.heaviest, out=np.ones(size), where=self.heaviest > 0
        )
        self.key = np.full(size, np.inf)
        """By node: 1 / (share h), at most what a unit over a link costs it at a price of 1."""
        self.key[field.pages] = 1 / (self.share[field.pages] * np.maximum(high, 1e-300))
        ends, number = np.unique(problem.target, return_inverse=True)
        order = np.argsort(self.key[nodes])
        order = order[np.argsort(number[order], kind="stable")]
        self.place, self.source = problem.source[order], nodes[order]
        """By target, then by key."""
        self.ends, self.target = field.pages[ends], field.pages[problem.target[order]]
        self.first = np.searchsorted(number[order], np.arange(len(ends) + 1))
        weight = problem.weight[order]
        self.link_share = weight / (field.total[self.place] + weight)

    def bound(
        self,
        reward: Floats,
        bonus: float,
        price: float,
        high: Floats,
        start: Floats,
        left: Callable[[], float] = lambda: np.inf,
    ) -> Found:
        """No plan brings more than this. reward: float64[n]; bonus: b; price: l; high: most equity
        of each place; start: z to begin with; left: seconds left for more than one turn."""
        a, entered = self.problem.field.damping, float(self.seed.sum())
        cost = np.zeros(self.graph.pages)
        cost[self.problem.field.pages] = price / np.maximum(high, 1e-300)
        best, z = np.inf, start
        for _ in range(TURNS):
            flow = np.zeros(len(z))
            self.graph.weigh(z, flow)
            flow *= self.graph.scale
            chosen = self._choice(z, flow, cost / a, bonus, price / a)
            found = reward + a * chosen.flow
            change = found - z
            rise = max(float(change.max()), 0.0) * entered * a / (1 - a)
            fall = -float(self.seed @ np.minimum(change, 0.0)) / (1 - a)
            top = float(self.seed @ found) + price * self.problem.max_links
            best = min(best, top + rise)
            if max(rise, fall) <= SETTLED * abs(top) or left() <= 0:
                break
            z = self._followed(z, reward, cost, bonus, chosen)
        return Found(best, z)

    def _choice(
        self, z: Floats, flow: Floats, cost: Floats, bonus: float, price: float
    ) -> "_Choice":
        """What each page takes. flow: P z; cost: of a link at a visit; price: l; both over a.

        A candidate that does not pay as its page's only link pays beside no others, as more links
        only make the share of each smaller."""
        worth = z + bonus
        least = flow + cost / self.share
        e = self._listed((worth[self.ends] - flow.min()) / max(price, 1e-300))
        e = e[worth[self.target[e]] > least[self.source[e]]]
        rank = run_places(self.source[e], worth[self.target[e]])
        e, rank = e[rank < self.most[self.source[e]]], rank[rank < self.most[self.source[e]]]
        best, taken = flow.copy(), np.zeros(len(z), dtype=np.int64)
        sums, whole = self.total * flow, self.total.copy()
        for j in range(int(rank.max(initial=-1)) + 1):
            now = e[rank == j]
            u = self.source[now]
            sums[u] += self.heaviest[u] * worth[self.target[now]]
            whole[u] += self.heaviest[u]
            offer = sums[u] / whole[u] - (j + 1) * cost[u]
            better = offer > best[u]
            best[u[better]], taken[u[better]] = offer[better], j + 1
        return _Choice(e[rank < taken[self.source[e]]], taken, best)

    def _listed(self, most: Floats) -> Ints:
        """Candidates with keys below `most`, which is by target."""
        low, high = self.first[:-1].copy(), self.first[1:].copy()
        begin = low.copy()
        while np.any(low < high):
            middle = (low + high) // 2
            less = self.key[self.source[np.minimum(middle, len(self.source) - 1)]] < most
            open_ = low < high
            low = np.where(open_ & less, middle + 1, low)
            high = np.where(open_ & ~less, middle, high)
        size = low - begin
        return np.arange(size.sum()) + np.repeat(begin - (np.cumsum(size) - size), size)

    def _followed(
        self, z: Floats, reward: Floats, cost: Floats, bonus: float, chosen: "_Choice"
    ) -> Floats:
        """z where pages keep to their choice."""
        a, u = self.problem.field.damping, self.source[chosen.links]
        weight = self.heaviest[u]
        changed = self.graph.with_links(u, self.target[chosen.links], weight)
        paid = reward - cost * chosen.taken
        added = changed.total - self.total
        paid += bonus * a * np.divide(added, changed.total, out=added, where=added > 0)
        found: Floats = changed.reach(paid, a, TOLERANCE, start=z)
        return found


@dataclass(frozen=True, eq=False)
class _Choice:
    """Which candidates pages take."""

    links: Ints
    taken: Ints
    """int64[n]: how many, by node."""
    flow: Floats
    """float64[n]: what a unit that leaves the node is worth then, links paid."""
