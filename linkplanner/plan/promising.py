"""Which of millions of candidates could be in a good plan: by what each could bring with others.

What a link brings depends on the links behind it: a page without worth of its own is worth much
once it links to a priority page. So pages get their worth from a decision process
(bound/visits.py) over the candidates that promise most at once, and equity that new links could
well bring them; then all candidates are weighed again.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.dual import Dual, Ranges, lifts
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.ranges import shares
from linkplanner.bound.visits import by_visits
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.relays import hoped

__all__ = ["promising"]

PRICED: Final = 60_000
"""Candidates in a decision process: one takes a second on 100,000 pages. With 100,000 the plans
found were the same."""
SWEEPS: Final = 3
"""Rounds of policy iteration; with five, and all done twice, the plans found were the same."""
LINK_PRICE: Final = 0.5
"""Price of a link, in parts of what one of the known plan brings; 0.2 to 1 gave the same plans."""
LEAST: Final = 1e-9
"""What the known plan is taken to gain at least."""
FLOWS: Final = 3
"""Largest flows to a page that it is taken to have, twice over: chains of two."""


def promising(
    problem: Problem,
    links: Ints,
    known: Floats,
    gain: float,
    left: Callable[[], float],
    most: int,
) -> Ints:
    """Candidates that could bring something, the most promising first, at most `most`. links: of
    the known plan, which gains `gain`; known: equity by place with it."""
    size = len(problem.field.equity)
    equity = hoped(problem, known, hoped(problem, known, known, FLOWS), FLOWS)
    slope, none = problem.goal.slope(known[problem.targets]), np.zeros(size)
    carried = equity[problem.source] * shares(problem)
    dual = Dual(none, LINK_PRICE * max(gain, LEAST) / max(len(links), 1), none, slope, np.zeros(0))
    ids = np.union1d(_largest(carried * lifts(problem, dual), PRICED), links)
    prices = Prices(problem.only(ids), Ranges(none, equity))
    dual = replace(dual, equity=by_visits(prices, slope, dual.link, SWEEPS, left).equity)
    could = carried * lifts(problem, dual)
    first = np.sort(_largest(could, most))
    order = first[np.argsort(-could[first], kind="stable")]
    return order[could[order] > 0]


def _largest(values: Floats, count: int) -> Ints:
    """Numbers of the largest values."""
    if len(values) <= count:
        return np.arange(len(values))
    return np.argpartition(-values, count)[:count]
