"""What-ifs against a fresh solve, the knee, and room in texts."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal
from linkplanner.plan.batches import batched
from linkplanner.plan.capacity import page_capacity
from linkplanner.plan.knee import knee
from linkplanner.plan.optimise import optimise
from linkplanner.plan.what_if import Changed, links_of, try_limits, what_if
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


@given(problems(), st.integers(0, 4), st.integers(1, 2), st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_trying_other_limits_keeps_them_and_is_a_fresh_solve(
    problem: tuple[Case, Model, Goal], most: int, per_page: int, per_target: int
) -> None:
    case, model, goal = problem
    relevance = np.linspace(0, 100, len(model.cand_source))
    node = int(np.argmax(model.priority))
    changed = Changed(most, per_page, per_target, 40.0, goal.name, {node: 3.0})
    equity = case.graph.equity(case.seed)
    able = np.ones(model.pages, dtype=bool)
    model = replace(model, cand_relevance=relevance)
    found = try_limits(model, changed, equity, case.graph, able)
    links = found.links
    assert len(links) <= most and (relevance[links] >= 40).all()
    assert np.bincount(model.cand_source[links], minlength=1).max() <= per_page
    assert np.bincount(model.cand_target[links], minlength=1).max() <= per_target
    assert np.allclose(found.after, solved(case, model, links), rtol=1e-7)
    assert found.priority[node] == 3.0
    assert found.points == pytest.approx(found.priority @ (found.after - equity))


@given(problems())
@settings(max_examples=30, deadline=None)
def test_trying_the_same_limits_gives_no_less_than_the_plan(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, goal = problem
    if not len(goal.targets) or not model.max_links:
        return
    equity = case.graph.equity(case.seed)
    plan = optimise(model, goal, equity, case.graph).links
    same = Changed(model.max_links, model.per_page, model.per_target, 0.0, goal.name)
    able = np.zeros(model.pages, dtype=bool)
    able[goal.targets] = True
    found = try_limits(model, same, equity, case.graph, able, plan)
    reached = goal.value(solved(case, model, plan))
    assert goal.value(found.after) >= reached - 1e-7 * max(1.0, abs(reached))


def test_trying_more_links_on_one_page_minds_the_room_of_its_text() -> None:
    model = Model(
        url=np.array(list("abcd")), source=np.array([0]), target=np.array([3]), weight=np.ones(1),
        total=np.array([1.0, 0, 0, 0]), seed=np.ones(4), priority=np.array([0.0, 1, 1, 0]),
        cand_source=np.array([0, 0]), cand_target=np.array([1, 2]), cand_weight=np.ones(2),
        per_page=1, page_capacity=np.array([1, 1, 1, 1]), page_room=np.array([1, 9, 9, 9]),
        cand_relevance=np.array([50.0, 60.0]),
    )  # fmt: skip
    graph = model.graph()
    equity, able = graph.equity(model.seed), np.ones(4, dtype=bool)
    changed = Changed(10, 5, 5, 0.0, "total")
    assert len(try_limits(model, changed, equity, graph, able).links) == 1
    roomy = replace(model, page_room=np.array([9, 9, 9, 9]))
    assert len(try_limits(roomy, changed, equity, graph, able).links) == 2


@pytest.mark.long
def test_limits_are_tried_within_a_second_on_twenty_thousand_pages() -> None:
    from benchmarks.plan_models import random_model

    model = random_model(20_000, priorities=25, links=30)
    graph = model.graph()
    equity, able = graph.equity(model.seed), np.ones(model.pages, dtype=bool)
    seconds = []
    for most in (50, 100, 150):
        for aim in ("balanced", "total"):
            begun = time.perf_counter()
            found = try_limits(model, Changed(most, 3, 10, 0.0, aim), equity, graph, able)  # type: ignore[arg-type]
            seconds.append(time.perf_counter() - begun)
            assert len(found.links) == most
    assert float(np.median(seconds)) < 1.0, seconds
    begun = time.perf_counter()
    what_if(model, found.links[::2], graph)
    assert time.perf_counter() - begun < 1.0


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
