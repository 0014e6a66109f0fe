"""An exact search on a large site: among candidates between a few hundred pages.

The working core of all pages would take hours there (plan/batches.py), or half a second for each
variation where there are thousands; that of the pages where the known plan's links and the most
promising candidates begin and end takes seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.field import Field
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.plan.allowance import protected_pages
from linkplanner.plan.core import Core
from linkplanner.plan.optimise import Search
from linkplanner.plan.promising import promising
from linkplanner.plan.relays import offer_relays
from linkplanner.plan.rows import core_of_rows
from linkplanner.plan.variations import Variations

__all__ = ["BEYOND", "FEW_BEYOND", "Planned", "inside"]

BEYOND: Final = 250
"""Pages beside those of the known plan: plans found with 150 to 600 were the same, and the rows of
150 more took another two seconds on 100,000 pages."""
LISTED: Final = 30_000
"""Candidates among which the search looks: as many as there are between some 700 pages."""
FEW_BEYOND: Final = 64
"""The same where it has to be quick: two thirds to nine tenths of what the others add."""
ROWS_SHARE: Final = 0.8
"""Share of the time given that the choice of candidates and rows may take."""


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan and what it leads to."""

    links: Ints
    """Numbers of its candidates."""
    gain: float
    equity: Floats
    """float64[n]."""


def inside(
    model: Model,
    problem: Problem,
    today: Floats,
    known: Planned,
    wanted: Ints,
    left: Callable[[], float],
    beyond: int = BEYOND,
) -> Variations | None:
    """The known plan exchanged, and others begun from a decision process, among the candidates that
    promise most; None where time is up before the known plan's own pages are ready.

    problem: of the whole model; today: float64[n]; wanted: candidates that a bound's prices take,
    which come next after the known plan's; beyond: pages beside the known plan's.
    """
    whole = left()
    if whole <= 0:
        return None
    before = known.equity[problem.field.pages]
    order = promising(problem, known.links, before, known.gain, left, LISTED)
    likely = np.concatenate([known.links, wanted[: model.max_links], order])
    own = len(_pages(model, known.links))
    others = np.union1d(problem.goal.targets, protected_pages(model))
    core, ready = core_of_rows(
        problem.field.graph, today, _pages(model, likely)[: own + beyond], others, model.damping,
        lambda: left() - (1 - ROWS_SHARE) * whole, own,
    )  # fmt: skip
    if len(ready) < own or not len(likely):
        return None
    listed = _between(model, np.unique(likely), ready)
    search = Search(model, problem.goal, listed, core)
    variations = Variations(search, known.links)
    variations.offer(search.completed(known.links, lambda: left() <= 0))
    few = _problem_of(problem, search)
    offer_relays(model, few, variations, known.equity[core.pages], left, listed)
    return variations


def _pages(model: Model, links: Ints) -> Ints:
    """Pages where links begin and end, in the order of the links."""
    ends = np.stack([model.cand_source[links], model.cand_target[links]], axis=1).ravel()
    pages, first = np.unique(ends, return_index=True)
    return pages[np.argsort(first)]


def _between(model: Model, links: Ints, pages: Ints) -> Ints:
    """Of the links those that begin and end at these pages."""
    there = np.zeros(model.pages, dtype=bool)
    there[pages] = True
    return links[there[model.cand_source[links]] & there[model.cand_target[links]]]


def _problem_of(problem: Problem, search: Search) -> Problem:
    """The problem of the search's candidates, by place in its core."""
    core: Core = search.base
    whole, pages = problem.field, core.pages
    at = whole.at(pages)
    field = Field(
        whole.graph, pages, core.equity, core.total, core.damping, whole.seed, core.influence
    )
    return Problem(
        field, search.u, search.v, search.w, problem.limit[at], problem.target_limit[at],
        problem.goal, search.targets, problem.max_links,
    )  # fmt: skip
