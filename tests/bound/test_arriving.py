"""What new links bring single targets under plans that gain enough, against exhaustive search."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkplanner.bound import arriving, wide
from linkplanner.bound.arrivals import by_arrivals
from linkplanner.bound.arriving import Arriving, arriving_of
from linkplanner.bound.dual import Dual
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem
from linkplanner.bound.ranges import first_ranges
from linkplanner.bound.relaxed import Relaxed
from linkplanner.graph.model import Model
from tests.bound.test_certificate import (
    Problems,
    allowed_plans,
    arrivals,
    best_plan,
    problem_of,
    short,
)
from tests.bound.test_wide import large
from tests.plan.test_optimise import problems, solved

__all__ = ["large"]

FIXTURES = [HealthCheck.function_scoped_fixture]


def some_prices(prices: Prices, slope: np.ndarray, seed: int) -> Dual:
    """Any prices of pages, places and a link."""
    random = np.random.default_rng(seed)
    y, place = np.zeros(len(prices.problem.field.equity)), np.zeros(len(prices.cap))
    y[prices.modes.sources] = random.normal(0, 0.3, len(prices.modes.sources))
    place[prices.capped] = random.exponential(0.2, len(prices.capped))
    flow = np.zeros(len(prices.problem.source))
    return Dual(y, float(random.exponential(0.3)), place, slope, flow)


def flows_known(asked: Problem) -> tuple[Problem, Arriving] | None:
    """The problem of a large site, and what is known of arrivals at first."""
    reached = by_arrivals(asked, lambda: np.inf)
    if reached is None:
        return None
    ranges = first_ranges(asked, reached=reached)
    asked = replace(asked, field=replace(asked.field, own=reached.own))
    known = wide._Wide(asked, ranges, np.zeros(0, np.int64), arriving_of(reached)).arriving
    assert known is not None
    return asked, known


def check(problem: Problems, part: float, seed: int, every: bool) -> None:
    """part: of the best plan's gain that counts; every: whether all candidates have prices."""
    case, model, goal = short(problem)
    asked = problem_of(case, model, goal)
    if len(asked.source) == 0 or len(asked.targets) == 0 or model.max_links == 0:
        return
    first = flows_known(asked)
    if first is None:
        return
    asked, known = first
    best = best_plan(case, model, goal)
    aim = part * best
    ids = np.arange(len(asked.source)) if every else np.arange(0, len(asked.source), 2)
    reached = by_arrivals(asked, lambda: np.inf)
    run = wide._Wide(asked, first_ranges(asked, reached=reached), ids[:0], known)
    prices = run.over(ids)
    slope = goal.slope(asked.field.equity[asked.targets])
    dual = some_prices(prices, slope, seed)
    state = Relaxed(ids, prices, dual, prices.value(dual))
    found = run.fed_less(state, aim, lambda: np.inf)
    less, ranges = found.run.arriving, found.run.ranges
    assert less is not None and np.all(less.into <= known.into)
    before = goal.value(case.graph.equity(case.seed, tolerance=1e-13))
    for links in allowed_plans(model, model.max_links):
        after = solved(case, model, links)
        if goal.value(after) - before < aim:
            continue
        x = after[asked.field.pages]
        into = arrivals(asked, links, x)
        holds(asked, model, x, into, less, ranges.high, ranges.without)


def holds(
    asked: Problem,
    model: Model,
    x: np.ndarray,
    into: np.ndarray,
    less: Arriving,
    high: np.ndarray,
    base: np.ndarray,
) -> None:
    targets, own = less.rows.targets, asked.field.own
    assert own is not None
    assert np.all(into[targets] <= less.into * (1 + 1e-7) + 1e-12)
    assert into.sum() <= less.total * (1 + 1e-7)
    assert np.all(x <= high * (1 + 1e-7))
    fed = np.intersect1d(asked.source, targets)
    assert np.all((x - own * into)[fed] <= base[fed] * (1 + 1e-7) + 1e-12)


PARTS = st.floats(0.0, 1.0)


@given(problems(most=5), PARTS, st.integers(0, 10_000), st.booleans())
@settings(max_examples=60, suppress_health_check=FIXTURES)
def test_no_plan_that_gains_enough_brings_a_target_more(
    large: None, problem: Problems, part: float, seed: int, every: bool
) -> None:
    check(problem, part, seed, every)


@pytest.mark.long
@pytest.mark.timeout(900)
@given(problems(most=5), PARTS, st.integers(0, 10_000), st.booleans())
@settings(max_examples=600, suppress_health_check=FIXTURES)
def test_nor_on_hundreds_of_graphs(
    large: None, problem: Problems, part: float, seed: int, every: bool
) -> None:
    check(problem, part, seed, every)


@given(problems(most=5), st.integers(0, 10_000))
@settings(max_examples=20, suppress_health_check=FIXTURES)
def test_targets_that_are_not_looked_at_keep_what_is_known(
    large: None, problem: Problems, seed: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arriving, "TARGETS", 1)
        check(problem, 1.0, seed, True)
