"""What if only some links of a plan were set, or limits or weights were others: the whole model
solved again, in well under a second."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal, goal_for
from linkplanner.plan.allowance import fitting, kept_links
from linkplanner.plan.batches import batched
from linkplanner.settings import Objective

__all__ = ["Changed", "Trial", "WhatIf", "links_of", "try_limits", "what_if"]

NO_LINKS: Final = np.zeros(0, dtype=np.int64)
QUICK_BATCHES: Final = 10
"""Solves of a trial plan: a quarter of a second on 20,000 pages."""


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The site with some links set."""

    before: Floats
    after: Floats
    """float64[n]: equity of each page without and with them."""
    points: float
    """What they bring the priority pages, in points of w.x."""
    losers: Ints
    """Pages that lose, most first."""


def what_if(model: Model, links: Ints, graph: LinkGraph | None = None) -> WhatIf:
    """The model with candidates `links` (numbers) set. graph: the model's, where it is at hand."""
    graph = model.graph() if graph is None else graph
    before = graph.equity(model.seed, model.damping)
    ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
    after = graph.with_links(*ends).equity(model.seed, model.damping, start=before)
    change = after - before
    worst = np.argsort(change, kind="stable")
    worst = worst[change[worst] < -1e-9 * np.maximum(before[worst], 1e-12)]
    return WhatIf(before, after, float(model.priority @ change), worst)


@dataclass(frozen=True)
class Changed:
    """Limits, aim and weights to try."""

    max_links: int
    per_page: int
    per_target: int
    min_relevance: float
    objective: Objective
    weights: Mapping[int, float] = field(default_factory=dict)
    """Weight by node, where it differs from the model's."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A quick plan under changed limits."""

    links: Ints
    """Numbers of the model's candidates."""
    after: Floats
    """float64[n]: equity with them."""
    priority: Floats
    """float64[n]: weights it was made for."""
    points: float
    """What it brings the priority pages, in points of w.x by these weights."""


def try_limits(
    model: Model,
    changed: Changed,
    equity: Floats,
    graph: LinkGraph,
    indexable: NDArray[np.bool_],
    plan: Ints = NO_LINKS,
) -> Trial:
    """A plan within changed limits, chosen in a few batches and neither improved nor proven.

    equity: x without a plan; graph: the model's; plan: the present plan's links in order, from
    which a second one begins: the better counts, so the same limits give no less. Accepted links
    stay. Relevance can only be raised above what the model's candidates have.
    """
    from threadpoolctl import threadpool_limits

    priority = model.priority.copy()
    for node, weight in changed.weights.items():
        priority[node] = weight
    keep = np.arange(len(model.cand_source))
    if model.cand_relevance is not None:
        fit = model.cand_relevance >= changed.min_relevance
        keep = np.flatnonzero(fit if model.cand_kept is None else fit | model.cand_kept)
    tried = replace(
        model.only(keep),
        priority=priority,
        max_links=max(changed.max_links, len(kept_links(model))),
        per_page=changed.per_page,
        per_target=changed.per_target,
        page_capacity=_capacity(model, changed.per_page),
        target_capacity=_target_capacity(model, changed.per_target),
    )
    goal = goal_for(changed.objective, priority, equity, indexable)
    if not len(keep) or not len(goal.targets):
        none = np.zeros(0, dtype=np.int64)
        return Trial(none, equity, priority, 0.0)
    with threadpool_limits(1, user_api="blas"):  # many small products: threads only wait
        found = [_quick(tried, goal, equity, graph)]
        begin = np.flatnonzero(np.isin(keep, plan)) if len(plan) else plan
        if len(begin):
            order = np.argsort([plan.tolist().index(n) for n in keep[begin].tolist()])
            held = fitting(tried, begin[order].tolist())
            found += [_quick(tried, goal, equity, graph, held), _solved(tried, held, equity, graph)]
    links, after = max(found, key=lambda pair: goal.value(pair[1]))
    chosen = keep[links]
    return Trial(chosen, after, priority, float(priority @ (after - equity)))


def _quick(
    model: Model, goal: Goal, equity: Floats, graph: LinkGraph, begin: Ints = NO_LINKS
) -> tuple[Ints, Floats]:
    """Links of a quick plan and the equity with them; begin: links to hold, within the limits."""
    whole = model
    if len(begin):
        held = np.zeros(len(model.cand_source), dtype=bool)
        held[begin] = True
        model = replace(model, cand_kept=held)
    run = (model, goal, equity, graph, lambda *_: None, lambda: False)
    links, _, _ = batched(*run, batches=QUICK_BATCHES, swaps=0)
    return _solved(whole, links, equity, graph)


def _solved(model: Model, links: Ints, equity: Floats, graph: LinkGraph) -> tuple[Ints, Floats]:
    """The links with the equity that they lead to."""
    ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
    return links, graph.with_links(*ends).equity(model.seed, model.damping, start=equity)


def _capacity(model: Model, per_page: int) -> Ints | None:
    """Room of each page under another limit per page."""
    if model.page_room is None:
        return None if model.page_capacity is None else np.minimum(model.page_capacity, per_page)
    held = np.bincount(model.cand_source[kept_links(model)], minlength=model.pages)
    return np.maximum(np.minimum(model.page_room, per_page), held)


def _target_capacity(model: Model, per_target: int) -> Ints:
    held = np.bincount(model.cand_target[kept_links(model)], minlength=model.pages)
    return np.maximum(per_target, held)


def links_of(model: Model, pairs: pd.DataFrame) -> Ints:
    """Numbers of the candidates that join source_url and target_url of each row, where there are
    any."""
    known = pd.DataFrame(
        {
            "source_url": model.url[model.cand_source],
            "target_url": model.url[model.cand_target],
            "number": np.arange(len(model.cand_source)),
        }
    )
    joined = pairs[["source_url", "target_url"]].astype("str").merge(known.astype(
        {"source_url": "str", "target_url": "str"}), on=["source_url", "target_url"])  # fmt: skip
    return joined["number"].to_numpy(dtype=np.int64)
