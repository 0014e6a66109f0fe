"""Bounds and ranges of large sites, against exhaustive search on small graphs sent that way."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkplanner.bound import field, prove, ranges, unpriced, wide
from linkplanner.bound.arrivals import Reached, by_arrivals, few_largest
from linkplanner.bound.dilution import left_over
from linkplanner.bound.in_all import less_brought
from linkplanner.bound.overall import overall
from linkplanner.bound.problem import Problem
from linkplanner.bound.process import Process
from linkplanner.bound.ranges import first_ranges, within_own
from linkplanner.bound.single_pages import SinglePages
from linkplanner.graph.model import Model
from tests.bound.test_certificate import (
    Problems,
    allowed_plans,
    best_plan,
    check_all_bounds,
    problem_of,
    short,
)
from tests.plan.test_optimise import problems, solved

FIXTURES = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every site counts as large."""
    monkeypatch.setattr(field, "DENSE_PAGES", 0)
    monkeypatch.setattr(prove, "WIDE", 0)
    monkeypatch.setattr(ranges, "PAGES", 0)


def check_reached(problem: Problems) -> None:
    """No plan within the limits takes a page, or all new links, above what is proven."""
    case, model, goal = short(problem)
    asked = problem_of(case, model, goal)
    if len(asked.source) == 0 or model.max_links == 0:
        return
    found = by_arrivals(asked, lambda: np.inf)
    if len(asked.targets):
        best = best_plan(case, model, goal)
        assert overall(asked, found) >= best - 1e-9 * max(1.0, best)
        assert overall(asked, None) >= best - 1e-9 * max(1.0, best)
    if found is None:
        return
    process = Process(asked, found.high)
    less = less_brought(process, found, lambda: np.inf)
    places = np.arange(len(asked.field.equity))
    single = SinglePages().highs(process, less.high, places, lambda: np.inf)
    assert less.total <= found.total and np.all(less.high <= found.high * (1 + 1e-9))
    least = left_over(asked, places)
    own = within_own(asked, first_ranges(asked), places, lambda: np.inf)
    sources = np.unique(asked.source)
    for links in allowed_plans(model, model.max_links):
        x = solved(case, model, links)
        check_holds(asked, model, links, x, found)
        check_holds(asked, model, links, x, less)
        assert np.all(x[asked.field.pages] <= single * (1 + 1e-8))
        assert np.all(x[asked.field.pages] >= least * (1 - 1e-8))
        assert np.all(x[asked.field.pages] <= own.high * (1 + 1e-8))
        assert np.all(x[asked.field.pages[sources]] >= own.low[sources] * (1 - 1e-8))


def check_holds(
    asked: Problem, model: Model, links: np.ndarray, x: np.ndarray, found: Reached
) -> None:
    """x: equity with the links."""
    assert np.all(x[asked.field.pages] <= found.high * (1 + 1e-8))
    u, v, w = model.cand_source[links], model.cand_target[links], model.cand_weight[links]
    whole = asked.field.graph.total + np.bincount(u, weights=w, minlength=len(x))
    flow = asked.field.damping * x[u] * w / whole[u]
    assert flow.sum() <= found.total * (1 + 1e-8)
    own = np.zeros(len(asked.field.equity))
    np.add.at(own, asked.field.at(v), flow * found.own[asked.field.at(v)])
    rest, places = x[asked.field.pages] - own, asked.field.at(np.unique(v))
    assert np.all(rest[places] <= found.base[places] * (1 + 1e-8) + 1e-12)


@given(problems(most=5))
@settings(max_examples=25, suppress_health_check=FIXTURES)
def test_no_plan_brings_more_than_what_new_links_can(large: None, problem: Problems) -> None:
    check_reached(problem)


@given(problems(most=5))
@settings(max_examples=25)
def test_the_same_holds_where_all_influence_is_at_hand(problem: Problems) -> None:
    check_reached(problem)


@given(problems(most=5), st.booleans())
@settings(max_examples=25, suppress_health_check=FIXTURES)
def test_no_plan_beats_a_bound_of_a_large_site(large: None, problem: Problems, well: bool) -> None:
    check_all_bounds(problem, well, 6)


@pytest.fixture(params=[1, unpriced.LISTED])
def hardly_priced(
    large: None, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Hardly a candidate gets prices beside those of the known plan, and few or all are listed."""
    monkeypatch.setattr(wide, "PART", 1.5)
    monkeypatch.setattr(unpriced, "LISTED", request.param)


@given(problems(most=5))
@settings(max_examples=40, suppress_health_check=FIXTURES)
def test_nor_where_most_candidates_have_no_prices(hardly_priced: None, problem: Problems) -> None:
    check_all_bounds(problem, False, 8)


@pytest.mark.long
@pytest.mark.timeout(900)
@given(problems(most=5), st.booleans())
@settings(max_examples=300, suppress_health_check=FIXTURES)
def test_the_same_on_hundreds_of_graphs(large: None, problem: Problems, well: bool) -> None:
    check_all_bounds(problem, well, 6)
    check_reached(problem)


@pytest.mark.long
@pytest.mark.timeout(900)
@given(problems(most=5))
@settings(max_examples=300, suppress_health_check=FIXTURES)
def test_and_with_few_prices(hardly_priced: None, problem: Problems) -> None:
    check_all_bounds(problem, False, 8)


@given(st.integers(0, 10**6), st.integers(0, 40), st.integers(1, 60))
@settings(max_examples=300)
def test_what_candidates_without_prices_bring(seed: int, many: int, listed: int) -> None:
    random = np.random.default_rng(seed)
    target = random.integers(0, 6, many)
    most = random.exponential(1, many) * (random.random(many) < 0.8)
    slack = random.normal(0.5, 1, many)
    arrives, times = random.normal(0.5, 1, (3, 6)), random.exponential(1, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpriced, "LISTED", listed)
        found = unpriced.Unpriced(target, most, slack).bring(arrives, times)
    each = most * np.maximum(arrives[:, target], 0) - times[:, None] * slack
    exact = np.maximum(each, 0)[:, most > 0].sum(axis=1)
    unknown = np.isinf(found)
    np.testing.assert_allclose(found[~unknown], exact[~unknown], rtol=1e-9, atol=1e-12)
    assert not unknown.any() or many > listed


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=8), min_size=1), st.integers(0, 9))
def test_the_few_largest_of_each_run(runs: list[list[int]], count: int) -> None:
    values = np.concatenate([np.array(run, dtype=np.float64) for run in runs])
    start = np.cumsum([0] + [len(run) for run in runs[:-1]])
    found, least = few_largest(values, start, np.full(len(runs), count))
    best = [sorted(run, reverse=True)[:count] for run in runs]
    np.testing.assert_allclose(found, [sum(run) for run in best])
    for run, value in zip(best, least):
        assert value == (run[-1] if count and len(run) == count else 0) or value == 0
