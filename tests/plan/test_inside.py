"""The exact search on large sites: a few pages of the graph, small graphs sent that way."""

from itertools import count

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkplanner.bound import brought, field, prove
from linkplanner.plan import optimise, solve
from linkplanner.plan.batches import batched
from linkplanner.plan.core import build_core
from linkplanner.plan.inside import Planned, inside
from linkplanner.plan.optimise import search_for
from linkplanner.plan.promising import promising
from linkplanner.plan.rows import core_of_rows
from tests.bound.test_certificate import best_plan
from tests.graph.strategies import Case, graphs
from tests.plan.test_allowance import Problems, keeps_to, limited
from tests.plan.test_optimise import problems, solved
from tests.plan.test_relays import chain

FIXTURES = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every site counts as large: no core of all its pages, no batches begun from prices."""
    monkeypatch.setattr(optimise, "WIDE", 0)
    monkeypatch.setattr(solve, "HUGE", 0)
    monkeypatch.setattr(field, "DENSE_PAGES", 0)
    monkeypatch.setattr(prove, "WIDE", 0)
    monkeypatch.setattr(brought, "FEWER", 0)


def solution_of(problem: Problems, seconds: float) -> solve.Solution:
    case, model, goal = problem
    today, ticks = case.graph.equity(case.seed), count(0.0, 0.01).__next__
    return solve.solve(model, goal, today, case.graph, seconds, clock=ticks)


def test_a_chain_that_batches_miss_is_found_on_a_large_site(large: None) -> None:
    model, goal, today, problem = chain()
    graph = problem.field.graph
    assert search_for(model, goal, today, graph) is None
    assert len(batched(model, goal, today, graph, lambda *_: None, lambda: False)[0]) == 0
    ticks = count(0.0, 0.01).__next__
    found = solve.solve(model, goal, today, graph, seconds=5.0, clock=ticks)
    assert sorted(found.choice.links.tolist()) == [0, 1]
    assert goal.value(found.after) > goal.value(today)


def test_links_that_pay_together_promise_something(large: None) -> None:
    problem = chain()[3]
    none = np.zeros(0, dtype=np.int64)
    found = promising(problem, none, problem.field.equity, 1.0, lambda: 1.0, 9)
    assert sorted(found.tolist()) == [0, 1]


def test_without_time_for_the_plans_own_pages_there_is_no_search(large: None) -> None:
    model, _, today, problem = chain()
    known = Planned(np.array([1]), 1.0, today)
    assert inside(model, problem, today, known, np.zeros(0, np.int64), lambda: 0.0) is None
    assert inside(model, problem, today, known, np.zeros(0, np.int64), lambda: 1.0) is not None


@given(limited())
@settings(max_examples=25, suppress_health_check=FIXTURES, deadline=None)
def test_every_limit_holds(large: None, problem: Problems) -> None:
    case, model, goal = problem
    if not (model.max_links and len(model.cand_source) and len(goal.targets)):
        return
    assert keeps_to(case, model, solution_of(problem, 3.0).choice.links)


@given(problems(most=5))
@settings(max_examples=25, suppress_health_check=FIXTURES, deadline=None)
def test_a_plan_is_between_the_batches_and_the_best(large: None, problem: Problems) -> None:
    case, model, goal = problem
    if not (0 < model.max_links <= 3 and len(model.cand_source) and len(goal.targets)):
        return
    today = goal.value(case.graph.equity(case.seed))
    first, found = solution_of(problem, 0.0), solution_of(problem, 3.0)
    gain = goal.value(found.after) - today
    assert goal.value(first.after) - today - 1e-7 <= gain <= best_plan(*problem) + 1e-7
    after = solved(case, model, found.choice.links)
    np.testing.assert_allclose(found.after, after, atol=1e-7)
    assert found.choice.objective.sum() == pytest.approx(gain, abs=1e-6)


@given(graphs(most=7), st.data())
@settings(max_examples=30, deadline=None)
def test_rows_are_those_of_a_whole_core(case: Case, data: st.DataObject) -> None:
    pages = np.array(data.draw(st.permutations(range(case.graph.pages))), dtype=np.int64)
    some, others = pages[: len(pages) // 2 + 1], pages[len(pages) // 2 + 1 :]
    today = case.graph.equity(case.seed)
    core, ready = core_of_rows(case.graph, today, some, others, 0.85, lambda: 1.0)
    whole = build_core(case.graph, today, pages, 0.85)
    assert ready.tolist() == some.tolist()
    np.testing.assert_allclose(core.influence[some], whole.influence[some], atol=1e-7)
    np.testing.assert_allclose([core.entered, *core.total], [whole.entered, *whole.total])
    assert not len(core_of_rows(case.graph, today, some, others, 0.85, lambda: 0.0)[1])


@given(problems(most=6), st.data())
@settings(max_examples=40, deadline=None)
def test_what_links_bring_is_the_same_with_and_without_the_graph(
    problem: tuple[Case, object, object], data: st.DataObject
) -> None:
    case, model, _ = problem
    if not len(model.cand_source):  # type: ignore[attr-defined]
        return
    n = case.graph.pages
    today = case.graph.equity(case.seed)
    places = field.field_for(case.graph, today, case.seed, np.arange(n), 0.85)
    ends = (model.cand_source, model.cand_target, model.cand_weight)  # type: ignore[attr-defined]
    reward = np.array([data.draw(st.integers(0, 5)) for _ in range(n)], dtype=np.float64)
    paid = reward - np.bincount(ends[0], minlength=n) * 0.5
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brought, "FEWER", 0)
        inner = brought.brought(places, *ends, reward, paid)
        patch.setattr(brought, "FEWER", n + 1)
        whole = brought.brought(places, *ends, reward, paid)
    np.testing.assert_allclose(inner, whole, atol=1e-7)
