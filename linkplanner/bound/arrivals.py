"""How much new links can bring in all, to one page, and to every page through the old links.

Say x' <= h for every plan. With sigma_u(m) the largest share that m new links of page u can carry,
let for any price l >= 0

    d_u = max over m of [a sigma_u(m) (1 + J) - l m / h_u],  at least 0,
    J >= (G d)_v for all targets v.

Then all new links together bring at most N = x.d + l B: with A what they bring, A (1 + J) - l B is
at most x'.d, and x' is at most x and what comes over new links, so x'.d <= x.d + J A. To target v
they bring at most F_v, its limit's largest a share_e h_u, where what new links bring to all pages u
is N at most; and to page r at most its largest G_vr, filled with F_v each until N is spent.

This needs h and gives h. It is enough that what it gives is no more than h: were some plan above h,
then a weaker one, which makes only a part of its changes, would be the first to reach h, and for
that one everything above holds, so it stays below. So the search goes up from small N, not down
from large ones, and ends at the least N that holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.influence_rows import Rows, rows_of
from linkplanner.bound.modes import run_starts
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Reached", "by_arrivals", "few_largest", "reachable"]

CELLS: Final = 80_000_000
"""Targets times pages up to which targets' rows of G are made; 600 take 8 s on 100,000 pages."""
TOLERANCE: Final = 1e-6
"""Of solves for J on large sites."""
LISTED: Final = 8
"""Links of a page told apart; more are taken to carry as much as the first each."""
TIMES: Final = (0.7, 1.0, 1.5, 2.5, 5.0, 10.0, 30.0, 100.0, 300.0)
"""Prices of a link that are tried, in parts of the least flow that a plan would take."""
TRIES: Final = 25
"""Values of N and of J that are tried before giving up."""
ROUNDS: Final = 60
"""Rounds in which F settles."""
MOST_CHANCE: Final = 8.0
"""J from which a price of a link is too low."""
STEP: Final = 1.06
"""Room given to J."""
UP: Final = 1.03
"""Room given to N and F so that what they give lies below them."""
ROOM: Final = 1 + 1e-6
"""Room for rounding and the tolerance of solves."""


@dataclass(frozen=True, eq=False)
class Reached:
    """What is proven of every plan within the limits."""

    total: float
    """N: all that new links bring, counted where it arrives."""
    high: Floats
    """Most equity of each place."""
    base: Floats
    """The same without the flows of new links to the page itself."""
    own: Floats
    """G_vv of targets, 1 / (1 - a^2) elsewhere."""
    rows: Rows


def by_arrivals(problem: Problem, left: Callable[[], float]) -> Reached | None:
    """Ranges from what new links can bring; None where no N is found, or it would take long."""
    targets = np.unique(problem.target)
    dense = problem.field.influence is not None
    if len(targets) == 0 or not (dense or len(targets) * problem.field.graph.pages <= CELLS):
        return None
    rows = rows_of(problem, targets, left)
    if rows is None:
        return None
    found = _Search(problem, targets, rows, left).found()
    return _anything(problem, rows) if found is None else found


def _anything(problem: Problem, rows: Rows) -> Reached:
    """What holds of every plan: no page gets more than can reach it once and come back in two
    steps, and all equity together goes over new links."""
    a, high = problem.field.damping, reachable(problem) * ROOM
    everything = float(problem.field.seed.sum()) * a / (1 - a)
    return Reached(everything, high, high, _own(problem, rows), rows)


def reachable(problem: Problem) -> Floats:
    """What can reach each place at all: a unit comes to it once with chance 1 or at most a, and
    comes back in two steps or more."""
    field, a = problem.field, problem.field.damping
    seed = field.seed[field.pages]
    most: Floats = (seed + a * (field.seed.sum() - seed)) / (1 - a * a)
    return most


def _own(problem: Problem, rows: Rows) -> Floats:
    """G_vv of targets, 1 / (1 - a^2) elsewhere, which it never exceeds."""
    own = np.full(len(problem.field.equity), 1 / (1 - problem.field.damping**2))
    own[rows.targets] = np.minimum(own[rows.targets], rows.own)
    return own


class _Search:
    """Looks for the least N that holds."""

    def __init__(
        self, problem: Problem, targets: Ints, rows: Rows, left: Callable[[], float]
    ) -> None:
        self.left = left
        self.problem, self.targets, self.rows = problem, targets, rows
        field, size = problem.field, len(problem.field.equity)
        self.heaviest, self.count = np.zeros(size), np.bincount(problem.source, minlength=size)
        np.maximum.at(self.heaviest, problem.source, problem.weight)
        self.count = np.minimum(np.minimum(self.count, problem.limit), problem.max_links)
        self.pages = np.flatnonzero(self.count > 0)
        steps = np.arange(1, min(LISTED, int(self.count.max(initial=1))) + 1)
        w, total = self.heaviest[self.pages, None], field.total[self.pages, None]
        self.share = np.where(
            steps <= self.count[self.pages, None], steps * w / (total + steps * w), 0.0
        )
        self.steps, self.times = steps, 1.0
        self.reached: Floats | None = None
        share = problem.weight / (field.total[problem.source] + problem.weight)
        order = np.argsort(problem.target, kind="stable")
        self.source, self.link_share = problem.source[order], field.damping * share[order]
        target = problem.target[order]
        self.start = np.flatnonzero(np.r_[True, np.diff(target) > 0])
        self.limit = np.minimum(problem.target_limit[targets], problem.max_links)
        number = np.full(size, -1, dtype=np.int64)
        number[targets] = np.arange(len(targets))
        self.number = number[target]
        self.expected = np.full(size, -1.0)
        chain = np.flatnonzero(number[self.source] >= 0)  # links from one target to another
        self.into = np.zeros(len(targets))
        into = self.number[chain]
        chain = chain[np.lexsort((-self.link_share[chain], into))]
        self.chain_share, self.from_target = self.link_share[chain], number[self.source[chain]]
        self.to_target = np.sort(into)

    def _to_targets(self, total: float, into: Floats, base: Floats) -> Floats:
        """F from F: most that new links bring each target. base: what their pages have without new
        links to themselves."""
        reached = self._from_pages(base)
        size = into[self.from_target]
        before = np.cumsum(size) - size
        before -= before[run_starts(self.to_target)]
        passed = np.clip(total - before, 0.0, size) * self.chain_share
        reached += np.bincount(self.to_target, weights=passed, minlength=len(into))
        return np.where(self.limit > 0, np.minimum(reached, total), 0.0)

    def _from_pages(self, base: Floats) -> Floats:
        """By target: what its limit's best links bring where pages have `base`."""
        if not np.all(base <= self.expected):  # the links that can count where pages have no more
            self.expected = base + 2 * (base - self.problem.field.equity)
            x = self.problem.field.equity
            least = few_largest(self.link_share * x[self.source], self.start, self.limit)[1]
            most = self.link_share * self.expected[self.source]
            keep = most >= least[self.number] * (1 - 1e-9)
            keep[self.start] = True
            self.few = (self.source[keep], self.link_share[keep])
            self.few_start = np.flatnonzero(np.r_[True, np.diff(self.number[keep]) > 0])
        source, share = self.few
        return few_largest(share * base[source], self.few_start, self.limit)[0]

    def _base(self, total: float, into: Floats) -> Floats:
        """Most equity without new links to the page itself."""
        found: Floats = self.problem.field.equity + self.rows.spread(into, total)
        return found

    def ranges(self, total: float) -> tuple[Floats, Floats]:
        """Most equity of each place, and the same without new links to it, for a valid N."""
        field, x = self.problem.field, self.problem.field.equity
        into = self.into
        for _ in range(ROUNDS):
            if self.left() <= 0:
                return x, x  # of no use: the caller looks at the clock as well
            base = self._base(total, into)
            found = self._to_targets(total, into, base)
            if np.all(found <= into):
                break
            into = np.maximum(into, np.minimum(UP * found, total))
        else:
            into = np.full(len(into), total)
        self.into = np.minimum(into, total)
        base = self._base(total, into)
        high = base.copy()
        high[self.targets] += into * self.rows.own
        top = x.sum() + total / (1 - field.damping)
        return np.minimum(base, top) * ROOM, np.minimum(high, top) * ROOM

    def found(self) -> Reached | None:
        """The least N that holds and its ranges."""
        field, x = self.problem.field, self.problem.field.equity
        first = np.sort(self.share[:, 0] * x[self.pages])[::-1][: self.problem.max_links]
        price = field.damping * float(first[-1]) if len(first) else 0.0
        total, chance = field.damping * float(first.sum()), 0.5
        for _ in range(TRIES):
            base, high = self.ranges(total)
            brought, chance = self._brought(high, price, chance)
            if self.left() <= 0:
                return None
            if brought <= total:
                return Reached(total, high, base, _own(self.problem, self.rows), self.rows)
            if not np.isfinite(brought):
                return None
            total = UP * brought
        return None

    def _brought(self, high: Floats, price: float, chance: float) -> tuple[float, float]:
        """N where equity is at most `high`, and J: the least over some prices."""
        best, times = (np.inf, chance), self.times
        for factor in TIMES:
            if self.left() <= 0:
                break
            cost = times * factor * price
            held = self._chance(cost / high[self.pages], best[1])
            if held is None:
                continue
            worth = self._worth(cost / high[self.pages], held)
            value = float(self.problem.field.equity @ worth) + cost * self.problem.max_links
            if value >= best[0]:
                break
            best, self.times = (value, held), times * factor
        return best

    def _worth(self, per_visit: Floats, chance: float) -> Floats:
        """d by place."""
        a = self.problem.field.damping
        offers = a * (1 + chance) * self.share - per_visit[:, None] * self.steps
        offers[self.share == 0] = 0.0
        best = np.maximum(offers.max(axis=1), 0.0)
        more = self.count[self.pages] - len(self.steps)
        if np.any(more > 0):
            single = np.maximum(a * (1 + chance) * self.share[:, 0] - per_visit, 0.0)
            best += np.maximum(more, 0) * single
        worth = np.zeros(len(self.problem.field.equity))
        worth[self.pages] = best
        return worth

    def _chance(self, per_visit: Floats, chance: float) -> float | None:
        """A valid J: the most that d brings a unit at a target."""
        for _ in range(TRIES):
            found = self._brings(self._worth(per_visit, chance))
            if found <= chance:
                return chance
            if found > MOST_CHANCE:
                return None
            chance = STEP * found
        return None

    def _brings(self, worth: Floats) -> float:
        """Most that `worth` brings a unit at a target."""
        field = self.problem.field
        if not worth.any():
            return 0.0
        if field.influence is not None:
            return float((field.influence[self.targets] @ worth).max()) * ROOM
        self.reached = field.graph.reach(worth, field.damping, TOLERANCE, start=self.reached)
        return float(self.reached[self.targets].max()) * (1 + TOLERANCE) * ROOM


def few_largest(values: Floats, start: Ints, count: Ints) -> tuple[Floats, Floats]:
    """Sum of the `count` largest values of each run, and the least of them (0 where fewer are above
    0). values are by run and at least 0."""
    rest, found, least = values.copy(), np.zeros(len(start)), np.zeros(len(start))
    size = np.diff(np.append(start, len(values)))
    run = np.repeat(np.arange(len(start)), size)
    taken = np.zeros(len(start), dtype=np.int64)
    while np.any(taken < count):
        top = np.maximum.reduceat(rest, start)
        if not np.any((top > 0) & (taken < count)):
            break
        hit = np.flatnonzero(rest >= top[run])
        many = np.minimum(np.bincount(run[hit], minlength=len(start)), np.maximum(count - taken, 0))
        found += many * top
        least = np.where(many > 0, top, least)
        taken += np.maximum(many, 1)
        rest[hit] = 0.0
    return found, np.where(taken >= count, least, 0.0)
