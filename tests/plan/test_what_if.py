"""What-ifs against a fresh solve, the knee, and room in texts."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from linkplanner.graph.model import Model
from linkplanner.plan.batches import batched
from linkplanner.plan.capacity import page_capacity
from linkplanner.plan.objective import Goal
from linkplanner.plan.optimise import optimise
from linkplanner.plan.what_if import knee, links_of, what_if
from linkplanner.settings import PlanLimits
from tests.graph.strategies import Case
from tests.plan.test_optimise import problems, solved


@given(problems())
@settings(max_examples=40)
def test_a_what_if_is_a_fresh_solve_and_finds_links_by_address(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, _ = problem
    links = np.arange(len(model.cand_source))[::2]
    found = what_if(model, links)
    exact = solved(case, model, links)
    assert np.allclose(found.after, exact, rtol=1e-7)
    assert np.all(found.after[found.losers] < found.before[found.losers])
    ends = {"source_url": model.url[model.cand_source], "target_url": model.url[model.cand_target]}
    assert links_of(model, pd.DataFrame(ends)).tolist() == list(range(len(model.cand_source)))


def test_the_knee_is_where_the_curve_bends() -> None:
    assert knee(np.cumsum([5.0, 4.0, 3.0, 0.2, 0.1, 0.1])) == 3
    assert knee(np.zeros(0)) == 0


def test_a_text_takes_no_more_links_than_it_has_room_for() -> None:
    limits = PlanLimits(per_page=3, links_per_text=6, links_per_thousand=6.0)
    carried, words = np.array([0, 4, 6, 9, 9]), pd.Series([500, 500, 500, 2000, None])
    article = np.array([True, True, True, True, False])
    assert page_capacity(carried, words, article, limits).tolist() == [3, 2, 0, 3, 3]


@given(problems())
@settings(max_examples=60)
def test_batches_keep_the_limits_and_their_gains_add_up(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, goal = problem
    if model.max_links == 0 or len(goal.targets) == 0 or len(model.cand_source) == 0:
        return
    model = replace(model, max_links=min(model.max_links, 3))
    equity = case.graph.equity(case.seed)
    links, points, objective = batched(
        model, goal, equity, case.graph, lambda *_: None, lambda: False
    )
    after = solved(case, model, links)
    assert len(set(links.tolist())) == len(links) <= model.max_links
    if len(links):
        assert np.bincount(model.cand_source[links]).max() <= model.per_page
        assert np.bincount(model.cand_target[links]).max() <= model.per_target
    assert points.sum() == pytest.approx(model.priority @ (after - equity), abs=1e-7)
    assert objective.sum() == pytest.approx(goal.value(after) - goal.value(equity), abs=1e-7)
    exact = optimise(model, goal, equity, case.graph)
    assert objective.sum() <= exact.objective.sum() * 2 + 10
