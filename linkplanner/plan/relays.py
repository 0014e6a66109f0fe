"""Starts for plans whose links pay only together: strong pages to a page that passes it all on.

A decision process in which each page pays for its links at every visit finds such chains whole;
see `bound/visits.py`. What a link costs at a visit depends on how much equity its page will have,
which the plan itself decides. So a page is first taken to have what it has and the largest few
flows that new links could bring it, then what it got in the plan that came of this.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.bound.dual import Ranges
from linkplanner.bound.modes import run_places
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.ranges import shares
from linkplanner.bound.visits import links_by_visits
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.plan.allowance import fitting
from linkplanner.plan.variations import Variations

__all__ = ["Relays", "hoped", "offer_relays"]

HALVINGS: Final = 9
"""Steps of looking for the price at which the budget is met: a factor of 1,600 to within 2 %."""
FLOWS: Final = (1, 3)
"""Largest flows to a page that it is first taken to have."""
LARGEST: Final = 300_000
"""Flows looked at on the largest sites, where all of them would be millions."""
ROUGH: Final = 1e-6
"""Tolerance of a solve that only tells where to look."""
AGAIN: Final = 0.3
"""Part of the same that a page is at least taken to have after a first plan."""
DEAREST: Final = 8.0
CHEAPEST: Final = 0.005
"""Prices of a link that are looked at, in parts of what a link of the known plan brings."""


class Relays:
    """Links that a decision process takes, for a few notions of how much equity pages will have."""

    def __init__(self, problem: Problem) -> None:
        size = len(problem.field.equity)
        self.problem = problem
        self.prices = Prices(problem, Ranges(np.zeros(size), problem.field.equity))

    def equity(self, now: Floats, flows: int) -> Floats:
        """By place: `now` and the largest `flows` flows that new links could bring."""
        return hoped(self.problem, now, now, flows)

    def links(
        self, equity: Floats, slope: Floats, typical: float, left: Callable[[], float]
    ) -> Ints:
        """Candidates, at most as many as the budget, most important first. typical: what a link of
        the known plan brings; slope: of the goal."""
        low, high = CHEAPEST * typical, DEAREST * typical
        found = np.zeros(0, dtype=np.int64)
        for _ in range(HALVINGS):
            if left() <= 0:
                break
            middle = float(np.sqrt(low * high))
            links = links_by_visits(self.prices, slope, middle, equity, left)
            if len(links) > self.problem.max_links:
                low = middle
            else:
                high, found = middle, links
        order = np.argsort(-equity[self.problem.source[found]], kind="stable")
        return found[order]


def hoped(problem: Problem, now: Floats, giving: Floats, flows: int) -> Floats:
    """By place: `now` and the largest `flows` flows that new links could bring from pages with
    `giving`, within the limit of each target."""
    flow = problem.field.damping * shares(problem) * giving[problem.source]
    most = np.minimum(flows, problem.target_limit)
    large = np.arange(len(flow))
    if len(flow) > LARGEST:
        large = np.argpartition(-flow, LARGEST)[:LARGEST]
    target = problem.target[large]
    inside = large[run_places(target, flow[large]) < most[target]]
    brought = np.bincount(problem.target[inside], weights=flow[inside], minlength=len(now))
    return np.asarray(now + brought, dtype=np.float64)


def offer_relays(
    model: Model,
    problem: Problem,
    variations: Variations,
    known: Floats,
    left: Callable[[], float],
    ids: Ints | None = None,
) -> None:
    """Fills up and exchanges plans from such starts, and offers them to `variations`. known: equity
    by place under the known plan; ids: numbers in the model of the problem's candidates, where they
    differ."""
    relays, search, goal, field = Relays(problem), variations.search, problem.goal, problem.field
    typical = max(variations.value, 1e-12) / max(problem.max_links, 1)
    for flows in FLOWS:
        equity, slope = relays.equity(field.equity, flows), goal.slope(known[problem.targets])
        for _ in range(2):
            links = relays.links(equity, slope, typical, left)
            links = fitting(model, (links if ids is None else ids[links]).tolist())
            if left() <= 0:
                return
            chosen = search.completed(links, lambda: left() <= 0)
            variations.offer(chosen)
            ends = (model.cand_source[chosen], model.cand_target[chosen], model.cand_weight[chosen])
            changed = field.graph.with_links(*ends)
            after = changed.equity(field.seed, field.damping, ROUGH)[field.pages]
            slope = goal.slope(after[problem.targets])
            equity = np.maximum(after, AGAIN * relays.equity(after, flows))
