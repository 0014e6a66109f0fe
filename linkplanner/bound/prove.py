"""Proves how good a plan can be: prices, ever narrower ranges, then branch and bound.

Every figure on the way is a valid bound, so the run may be stopped at any moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.bound.aims import Aims
from linkplanner.bound.arrivals import Reached, by_arrivals
from linkplanner.bound.branch import branches
from linkplanner.bound.descent import WARM, descend
from linkplanner.bound.dual import Dual, lifts
from linkplanner.bound.in_all import less_brought
from linkplanner.bound.overall import overall
from linkplanner.bound.policy import Policy
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.process import Process
from linkplanner.bound.ranges import fed_again, first_ranges, shares, tightened, within_own
from linkplanner.bound.relaxed import Known, Relaxed, unsure, wanted
from linkplanner.bound.visits import by_visits
from linkplanner.bound.wide import wide_bounds
from linkplanner.graph.nodes import Ints

__all__ = ["Known", "Proof", "prove"]

SAFETY: Final = 1e-8
"""Relative addition to every bound for rounding; solves are exact to 1e-12."""
WIDE: Final = 150_000
"""Candidates from which only those that could pay get prices, in fewer steps (bound/wide.py)."""
SWEEPS: Final = 8
"""Rounds of policy iteration for prices by visits; it settles after 4 to 8."""
LINK_PRICES: Final = (0.0, 1.0)
"""Prices of a link that are tried for them, in parts of the plan's."""
CEILING_SHARE: Final = 0.16
"""Part of the time left after the first bound that may go into what single pages can have. With
5,000 pages, 500 of them priorities, and 500 links .05 ended at .880, .16 at .887, .22 at .884."""


@dataclass(frozen=True, eq=False)
class Proof:
    """A valid bound, and which links the prices would take."""

    bound: float
    method: str
    wanted: Ints
    """Candidates by how much of them the relaxed problem takes, most first."""


def prove(
    problem: Problem, plan: Callable[[], Known], left: Callable[[], float]
) -> Iterator[Proof]:
    """Yields ever better bounds on the gain of any plan within the limits.

    plan: tells the best plan known by now; left: seconds left, 0 or less to stop. The first bound
    is given whatever `left` says.
    """
    ids = np.flatnonzero(_possible(problem))
    if len(problem.targets) == 0 or problem.max_links <= 0 or len(ids) == 0:
        yield Proof(0.0, "nothing to choose", np.zeros(0, dtype=np.int64))
        return
    few = problem.only(ids)
    reached = by_arrivals(few, left)
    if reached is not None:
        reached = less_brought(Process(few, reached.high), reached, left)
    best, ceiling = float("inf"), overall(few, reached)
    for value, state, method in _bounds(problem, ids, few, reached, plan, left):
        if ceiling < value:
            value, method = ceiling, "sums"
        value = max(value, plan().gain, 0.0)
        value += SAFETY * max(value, 1e-9 * float(np.abs(problem.goal.weights).sum()))
        best = min(best, value)
        yield Proof(best, method, wanted(state))
        if left() <= 0 or plan().gain >= best * (1 - 3 * SAFETY):
            return


def _possible(problem: Problem) -> NDArray[np.bool_]:
    """Which candidates the limits of their two pages allow at all."""
    into = problem.target_limit[problem.target] > 0
    return np.asarray((problem.limit[problem.source] > 0) & into)


def _bounds(
    problem: Problem,
    ids: Ints,
    few: Problem,
    reached: Reached | None,
    plan: Callable[[], Known],
    left: Callable[[], float],
) -> Iterator[tuple[float, Relaxed, str]]:
    """few: the problem with the candidates `ids` alone."""
    dual = _first_prices(problem, plan())
    if len(problem.source) > WIDE:
        links = np.flatnonzero(np.isin(ids, plan().links))
        for value, state, method in wide_bounds(few, reached, dual, links, plan, left):
            yield value, replace(state, ids=ids[state.ids]), method
        return
    ranges = first_ranges(few, left, reached)
    prices = Prices(few, tightened(few, ranges))
    dual = replace(dual, flow=np.zeros(len(ids)))
    dual = _better_start(prices, dual, left)
    value, dual = descend(prices, dual, left, WARM, steps=100)
    state = Relaxed(ids, prices, dual, value)
    yield value, state, "prices"
    until = (1 - CEILING_SHARE) * left()
    ranges = within_own(few, state.ranges, unsure(state), lambda: left() - until)
    state = state.inside(fed_again(few, ranges))
    aims = Aims(state, plan)
    for bound, part in aims.bounds(left):
        yield bound, part, "prices"
    for bound, part in branches(aims.root, plan, left):
        yield bound, part, "branch and bound"


def _better_start(prices: Prices, dual: Dual, left: Callable[[], float]) -> Dual:
    """Of the plan's prices and those by visits at several prices of a link, the best."""
    best, value = dual, prices.value(dual)
    for times in LINK_PRICES:
        if left() <= 0:
            break
        other = by_visits(prices, dual.slope, times * dual.link, SWEEPS, left)
        reached = prices.value(other)
        if reached < value:
            best, value = other, reached
    return best


def _first_prices(problem: Problem, known: Known) -> Dual:
    """Prices as the known plan would set them: a link costs what its last one brings."""
    goal, field, links = problem.goal, problem.field, known.links
    slope = goal.slope(known.equity)
    reward = np.zeros(len(field.equity))
    np.add.at(reward, problem.targets, slope)
    u = problem.source[links]
    whole = field.total + np.bincount(u, problem.weight[links], minlength=len(reward))
    policy = Policy(field, u, problem.target[links], problem.weight[links] / whole[u])
    y = policy.prices(policy.moved(reward, field.reach(reward)))[0]
    typical = max(known.gain, 1e-9) / max(len(links), 1)
    start = Dual(y, 0.5 * typical, np.zeros(len(y)), slope, np.zeros(len(problem.source)))
    alone = field.equity[problem.source] * shares(problem) * lifts(problem, start)
    if len(alone) > problem.max_links:
        place = len(alone) - problem.max_links
        level = float(np.partition(alone, place)[place])
        start = replace(start, link=min(max(level, 0.1 * typical), 2 * typical))
    return start
