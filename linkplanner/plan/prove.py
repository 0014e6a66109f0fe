"""Proves how good a plan can be: prices, ever narrower ranges, then branch and bound.

Every figure on the way is a valid bound, so the run may be stopped at any moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.branch import branches
from linkplanner.plan.descent import WARM, descend
from linkplanner.plan.narrow import plan_prices
from linkplanner.plan.prices import Dual, Prices, Ranges, lifts
from linkplanner.plan.problem import Problem
from linkplanner.plan.ranges import first_ranges, shares, tightened, under_own_ceilings
from linkplanner.plan.relaxed import Known, Relaxed, descended, dropped, narrowing, unsure, wanted
from linkplanner.plan.visits import by_visits

__all__ = ["Known", "Proof", "prove"]

SAFETY: Final = 1e-8
"""Relative addition to every bound for rounding; solves are exact to 1e-12."""
WIDE: Final = 200_000
"""Candidates from which only the pages that can pay are priced, in fewer steps."""
ROUNDS: Final = 40
"""Rounds of narrowing; time or SLOW ends it sooner."""
SLOW: Final = 1e-3
"""Relative improvement of two rounds below which branching begins."""
SWEEPS: Final = 8
"""Rounds of policy iteration for prices by visits; it settles after 4 to 8."""
WIDE_SWEEPS: Final = 4
"""The same on large sites; any prices are valid."""
LINK_PRICES: Final = (0.0, 1.0)
"""Prices of a link that are tried for them, in parts of the plan's."""
DEARER: Final = (1.0, 1.5, 2.0, 3.0, 5.0)
"""Times the price of a link that are tried last on a large site."""
WIDER: Final = 2
"""Rounds of choosing the pages that are priced on a large site."""
CEILED: Final = 100
"""Pages of which the most they can have without a budget is worked out after the first bound."""


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
    if len(problem.targets) == 0 or problem.max_links <= 0 or not _possible(problem).any():
        yield Proof(0.0, "nothing to choose", np.zeros(0, dtype=np.int64))
        return
    best = float("inf")
    for value, state, method in _bounds(problem, plan, left):
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
    problem: Problem, plan: Callable[[], Known], left: Callable[[], float]
) -> Iterator[tuple[float, Relaxed, str]]:
    ids = np.flatnonzero(_possible(problem))
    few = problem.only(ids)
    ranges = first_ranges(few, left)
    dual = _first_prices(problem, plan())
    if len(problem.source) > WIDE:
        yield _wide(problem, ranges, dual, plan(), left)
        return
    prices = Prices(few, tightened(few, ranges))
    dual = replace(dual, flow=np.zeros(len(ids)))
    dual = _better_start(prices, dual, left)
    value, dual = descend(prices, dual, left, WARM, steps=100)
    state = Relaxed(ids, prices, dual, value)
    yield value, state, "prices"
    places = unsure(state)[:CEILED]
    state.prices.set_ranges(under_own_ceilings(few, state.ranges, places, left))
    before = [np.inf, value]
    for _ in range(ROUNDS):
        state = dropped(state, plan())
        state = descended(narrowing(state, plan(), problem, left), left)
        yield state.bound, state, "prices"
        if state.bound > before[0] * (1 - SLOW):
            break
        before = [before[1], state.bound]
    for bound, part in branches(state, problem, plan, left):
        yield bound, part, "branch and bound"


def _better_start(
    prices: Prices, dual: Dual, left: Callable[[], float], wide: bool = False
) -> Dual:
    """Of the plan's prices and those by visits at several prices of a link, the best."""
    best, value = dual, prices.value(dual)
    for times in (1.0,) if wide else LINK_PRICES:
        if left() <= 0:
            break
        rounds = WIDE_SWEEPS if wide else SWEEPS
        other = by_visits(prices, dual.slope, times * dual.link, rounds, left)
        reached = prices.value(other)
        if reached < value:
            best, value = other, reached
    return best


def _wide(
    problem: Problem, ranges: Ranges, dual: Dual, known: Known, left: Callable[[], float]
) -> tuple[float, Relaxed, str]:
    """The bound on a large site: prices of the pages that could pay half a link's price; all
    others have no price of their own, and add what any of their candidates brings above a link's
    price."""
    pays = np.zeros(len(problem.field.equity), dtype=bool)
    pays[problem.source[known.links]] = True
    for _ in range(WIDER):
        alone = _alone(problem, ranges, dual)
        pays[problem.source[alone > 0.5 * dual.link]] = True
        ids = np.flatnonzero(pays[problem.source])
        prices = Prices(problem.only(ids), ranges)
        start = replace(dual, equity=np.where(pays, dual.equity, 0.0), flow=np.zeros(len(ids)))
        dual = _better_start(prices, start, left, wide=True)
    _, dual = descend(prices, dual, left, WARM, steps=12)
    alone = _alone(problem, ranges, dual)[~pays[problem.source]]
    found = {}
    for times in DEARER:  # a dearer link leaves less to the pages without a price of their own
        other = replace(dual, link=times * dual.link)
        found[times] = prices.value(other) + float(np.maximum(alone - other.link, 0.0).sum())
    best = min(found, key=found.__getitem__)
    value, dual = found[best], replace(dual, link=best * dual.link)
    return value, Relaxed(ids, prices, dual, value), "prices"


def _alone(problem: Problem, ranges: Ranges, dual: Dual) -> Floats:
    """What each candidate could bring alone at these prices."""
    return ranges.high[problem.source] * shares(problem) * lifts(problem, dual)


def _first_prices(problem: Problem, known: Known) -> Dual:
    """Prices as the known plan would set them: a link costs what its last one brings."""
    goal, field, links = problem.goal, problem.field, known.links
    slope = goal.slope(known.equity)
    reward = np.zeros(len(field.equity))
    np.add.at(reward, problem.targets, slope)
    y = np.zeros(len(field.equity))
    ends = (problem.source[links], problem.target[links], problem.weight[links])
    pages, prices = plan_prices(field, *ends, reward)
    y[pages] = prices
    typical = max(known.gain, 1e-9) / max(len(links), 1)
    start = Dual(y, 0.5 * typical, np.zeros(len(y)), slope, np.zeros(len(problem.source)))
    alone = field.equity[problem.source] * shares(problem) * lifts(problem, start)
    if len(alone) > problem.max_links:
        place = len(alone) - problem.max_links
        level = float(np.partition(alone, place)[place])
        start = replace(start, link=min(max(level, 0.1 * typical), 2 * typical))
    return start
