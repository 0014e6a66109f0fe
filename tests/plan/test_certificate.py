"""Bounds and ceilings against exhaustive search on small random graphs, leaks included."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from linkplanner.graph.model import Model
from linkplanner.plan.bound import Question, branch, programme_for, relaxed_bound
from linkplanner.plan.ceiling import Options, ceiling
from linkplanner.plan.certify import simple_bound
from linkplanner.plan.core import build_core
from linkplanner.plan.objective import Goal
from linkplanner.plan.solve import solve
from tests.graph.strategies import Case
from tests.plan.test_optimise import problems, solved

Problem = tuple[Case, Model, Goal]


def allowed_plans(model: Model, most: int) -> Iterator[np.ndarray]:
    """Every non-empty set of candidates within the limits."""
    for size in range(1, min(most, len(model.cand_source)) + 1):
        for chosen in combinations(range(len(model.cand_source)), size):
            links = np.array(chosen)
            if (
                np.bincount(model.cand_source[links]).max() <= model.per_page
                and np.bincount(model.cand_target[links]).max() <= model.per_target
            ):
                yield links


def best_plan(case: Case, model: Model, goal: Goal) -> float:
    before = goal.value(case.graph.equity(case.seed, tolerance=1e-13))
    values = [
        goal.value(solved(case, model, s)) - before for s in allowed_plans(model, model.max_links)
    ]
    return max([0.0, *values])


def question_of(case: Case, model: Model, goal: Goal) -> Question:
    core = build_core(case.graph, case.graph.equity(case.seed), np.arange(model.pages), 0.85)
    options = Options(
        model.cand_source, model.cand_target, model.cand_weight, model.source_limits()
    )
    return Question(core, options, goal, goal.targets, model.target_limits(), model.max_links)


@given(problems(most=5))
@settings(max_examples=60)
def test_no_plan_beats_the_bounds(problem: Problem) -> None:
    case, model, goal = problem
    model = replace(model, max_links=min(model.max_links, 3))
    best = best_plan(case, model, goal)
    question = question_of(case, model, goal)
    at_plan = case.graph.equity(case.seed)[goal.targets]
    assert relaxed_bound(question, at_plan).gain >= best - 1e-8
    assert simple_bound(question, at_plan).gain >= best - 1e-8


@given(problems(most=5))
@settings(max_examples=40)
def test_the_ceiling_is_the_best_choice_without_a_budget(problem: Problem) -> None:
    case, model, _ = problem
    model = replace(model, per_target=99, cand_source=model.cand_source[:9])
    model = replace(
        model, cand_target=model.cand_target[:9], cand_weight=model.cand_weight[:9], max_links=9
    )
    before = case.graph.equity(case.seed, tolerance=1e-13)
    for reward in (case.priority, -case.priority):
        gains = [float(reward @ (solved(case, model, s) - before)) for s in allowed_plans(model, 9)]
        core = build_core(case.graph, before, np.arange(model.pages), 0.85)
        limit = model.source_limits()
        options = Options(model.cand_source, model.cand_target, model.cand_weight, limit)
        assert ceiling(core, options, reward).gain == pytest.approx(max([0.0, *gains]), abs=1e-8)


@given(problems(most=6))
@settings(max_examples=60)
def test_a_certificate_never_exceeds_one_and_its_bound_never_falls_below_the_plan(
    problem: Problem,
) -> None:
    case, model, goal = problem
    equity = case.graph.equity(case.seed)
    solution = solve(model, goal, equity, case.graph, seconds=5)
    gain, certificate = float(solution.choice.objective.sum()), solution.certificate
    exact = solved(case, model, solution.choice.links)
    assert np.allclose(solution.after, exact, rtol=1e-7)
    assert certificate.bound is not None and certificate.share is not None
    assert 0 <= certificate.share <= 1
    assert certificate.bound >= gain - 1e-8
    assert certificate.share * certificate.bound == pytest.approx(gain, abs=1e-7) or gain < 1e-9


@given(problems(most=5))
@settings(max_examples=40)
def test_branch_and_bound_finds_the_optimum_of_small_problems(problem: Problem) -> None:
    case, model, goal = problem
    model = replace(model, max_links=min(model.max_links, 3))
    if goal.name == "balanced":
        goal = replace(goal, name="total")
    question = question_of(case, model, goal)
    programme = programme_for(question, case.graph.equity(case.seed)[goal.targets])
    best = best_plan(case, model, goal)
    if programme is None:
        assert best <= 1e-9
        return
    bound, _ = branch(programme, seconds=20, known=best)
    assert bound.gain == pytest.approx(best, rel=2e-3, abs=1e-6)
