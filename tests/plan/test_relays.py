"""Starts for plans from a decision process: chains of links that pay only together."""

import numpy as np
import pytest
from hypothesis import given, settings

from linkplanner.bound.problem import Problem, problem_for
from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal, goal_for
from linkplanner.plan.optimise import optimise, search_for
from linkplanner.plan.relays import Relays, offer_relays
from linkplanner.plan.variations import Variations
from tests.bound.test_certificate import best_plan, problem_of
from tests.graph.strategies import Case
from tests.plan.test_optimise import problems

STRONG, HUB, PAGE, OTHER = range(4)


def chain() -> tuple[Model, Goal, np.ndarray, Problem]:
    """A strong page that can only link to a page without equity, which can link to the priority."""
    model = Model(
        url=np.array([f"https://a.test/{i}" for i in range(4)]),
        source=np.array([STRONG, OTHER]),
        target=np.array([OTHER, STRONG]),
        weight=np.ones(2),
        total=np.array([1.0, 0.0, 0.0, 2.0]),
        seed=np.array([90.0, 0.0, 1.0, 9.0]),
        priority=np.array([0.0, 0.0, 1.0, 0.0]),
        cand_source=np.array([STRONG, HUB]),
        cand_target=np.array([HUB, PAGE]),
        cand_weight=np.ones(2),
        max_links=2,
    )
    graph = model.graph()
    equity = graph.equity(model.seed)
    goal = goal_for("total", model.priority, equity, np.ones(4, dtype=bool))
    return model, goal, equity, problem_for(model, goal, equity, graph)


def test_a_chain_that_pays_only_together_is_found_whole() -> None:
    model, goal, today, problem = chain()
    alone = optimise(model, goal, today, problem.field.graph)
    assert len(alone.links) == 0  # no single link gains: greedy takes none
    relays = Relays(problem)
    equity = relays.equity(problem.field.equity, 1)
    assert equity[problem.field.at(np.array([HUB]))[0]] > 0
    found = relays.links(equity, goal.slope(today[[PAGE]]), 1.0, lambda: 1.0)
    assert sorted(found.tolist()) == [0, 1]
    search = search_for(model, goal, today, problem.field.graph)
    assert search is not None
    variations = Variations(search, alone.links)
    offer_relays(model, problem, variations, problem.field.equity, lambda: 1.0)
    assert sorted(variations.choice().links.tolist()) == [0, 1]


@given(problems(most=5))
@settings(max_examples=30, deadline=None)
def test_offers_never_make_a_plan_worse_nor_better_than_the_best(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, goal = problem
    equity = case.graph.equity(case.seed)
    search = search_for(model, goal, equity, case.graph)
    if search is None or model.max_links > 3:
        return
    choice = optimise(model, goal, equity, case.graph, search=search)
    variations = Variations(search, choice.links)
    before = variations.value
    asked = problem_of(*problem)
    offer_relays(model, asked, variations, equity[asked.field.pages], lambda: 1.0)
    assert before <= variations.value <= best_plan(*problem) + 1e-7
    assert variations.value == pytest.approx(float(variations.choice().objective.sum()), abs=1e-7)
