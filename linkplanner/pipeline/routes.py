"""The other way of the links beside the chosen one: what a plan by it would bring."""

from collections.abc import Callable
from typing import Any

import numpy as np

from linkplanner.errors import Cancelled
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal
from linkplanner.pipeline.build_model import build_model
from linkplanner.pipeline.plan_ground import PlanGround, undecided
from linkplanner.plan.optimise import optimise
from linkplanner.settings import Route

__all__ = ["ROUTES", "other_route", "route_figures", "weigh_route"]

ROUTES = {"direct": "Straight to your priority pages", "hubs": "Through hub pages as well"}
"""Routes in words."""


def route_figures(
    goal: Goal, model: Model, before: Floats, after: Floats, links: int
) -> dict[str, Any]:
    """Figures of a plan by one route: links, gain in the goal and in points of w.x."""
    return {
        "links": links,
        "candidates": len(model.cand_source),
        "gain": goal.value(after) - goal.value(before),
        "points": float(model.priority @ (after - before)),
    }


def weigh_route(
    model: Model,
    goal: Goal,
    equity: Floats,
    known: tuple[Model, Ints],
    should_stop: Callable[[], bool],
) -> dict[str, Any] | None:
    """Figures of a quick plan in `model`, the other route's; None where it was stopped.

    known: the chosen route's model and its links, from which a second plan begins: the better of
    both counts. No proof is made for it.
    """
    from threadpoolctl import threadpool_limits

    graph = model.graph()
    try:
        with threadpool_limits(1, user_api="blas"):
            plans = [optimise(model, goal, equity, graph, should_stop=should_stop)]
            start = _same_links(model, *known)
            plans.append(optimise(model, goal, equity, graph, should_stop=should_stop, start=start))
    except Cancelled:
        return None
    found = []
    for plan in plans:
        ends = (model.cand_source, model.cand_target, model.cand_weight)
        changed = graph.with_links(*(end[plan.links] for end in ends))
        after = changed.equity(model.seed, model.damping, start=equity)
        found.append(route_figures(goal, model, equity, after, len(plan.links)))
    return max(found, key=lambda figures: float(figures["gain"]))


def _same_links(model: Model, other: Model, links: Ints) -> Ints:
    """Numbers in `model` of the other model's links, where it has them."""
    key = model.cand_source * model.pages + model.cand_target
    wanted = other.cand_source[links] * model.pages + other.cand_target[links]
    order = np.argsort(key, kind="stable")
    place = np.searchsorted(key[order], wanted)
    place = np.minimum(place, max(len(key) - 1, 0))
    hit = key[order[place]] == wanted if len(key) else np.zeros(len(wanted), dtype=bool)
    return order[place[hit]] if len(key) else np.zeros(0, dtype=np.int64)


def other_route(
    ground: PlanGround,
    goal: Goal,
    known: tuple[Model, Ints],
    should_stop: Callable[[], bool],
) -> dict[str, Any]:
    """Figures of a quick plan by the route that was not chosen; empty where it was stopped."""
    name: Route = "direct" if ground.settings.limits.route == "hubs" else "hubs"
    pairs = undecided(ground.compared.for_route(name), ground.analysis, ground.decided)
    model, _ = build_model(ground.analysis, ground.settings, ground.nodes, pairs, ground.decided)
    found = weigh_route(model, goal, ground.equity, known, should_stop)
    return {name: found} if found else {}
