"""Prices sought over the candidates that could count, and what the others get."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkplanner.bound import relaxed
from linkplanner.bound.descent import COLD, WARM, descend
from linkplanner.bound.dual import Dual
from linkplanner.bound.likely import descended_among
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import problem_for
from linkplanner.bound.ranges import first_ranges, tightened
from linkplanner.graph.link_graph import LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.objective import goal_for
from tests.bound.test_certificate import Problems, check_all_bounds
from tests.plan.test_optimise import problems

PAGES, PRIORITIES = 120, 30


@given(problems(most=5), st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_plan_beats_a_bound_found_this_way(
    monkeypatch: pytest.MonkeyPatch, problem: Problems, well: bool
) -> None:
    monkeypatch.setattr(relaxed, "MANY", 0)
    check_all_bounds(problem, well, 6)


def site(seed: int) -> Prices:
    """All links between the pages of a random site to its priority pages."""
    random = np.random.default_rng(seed)
    source, target = random.integers(0, PAGES, (2, 6 * PAGES))
    other = source != target
    pairs = np.unique(np.stack([source[other], target[other]]), axis=1)
    graph = LinkGraph.from_links(pairs[0], pairs[1], np.ones(pairs.shape[1]), PAGES)
    priority = np.where(np.arange(PAGES) < PRIORITIES, 1.0, 0.0)
    known = set(zip(*pairs.tolist()))
    links = [
        (u, v) for u in range(PAGES) for v in range(PRIORITIES) if u != v and (u, v) not in known
    ]
    ends = np.array(links, dtype=np.int64)
    seeds = random.exponential(1, PAGES)
    model = Model(
        url=np.array([f"https://a.test/{i}" for i in range(PAGES)]),
        source=pairs[0], target=pairs[1], weight=np.ones(pairs.shape[1]), total=graph.total,
        seed=seeds, priority=priority, cand_source=ends[:, 0], cand_target=ends[:, 1],
        cand_weight=np.ones(len(ends)), max_links=20, per_page=3, per_target=5,
    )  # fmt: skip
    equity = graph.equity(seeds)
    goal = goal_for("total", priority, equity, np.ones(PAGES, dtype=bool))
    problem = problem_for(model, goal, equity, graph)
    return Prices(problem, tightened(problem, first_ranges(problem)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_not_all_are_looked_at_and_the_bound_comes_down_as_far(seed: int) -> None:
    prices = site(seed)
    size, links = len(prices.problem.field.equity), len(prices.problem.source)
    slope = prices.problem.goal.slope(prices.problem.field.equity[prices.problem.targets])
    start = Dual(np.zeros(size), 0.1, np.zeros(size), slope, np.zeros(links))
    _, start = descend(prices, start, lambda: np.inf, WARM, 30)
    whole, _ = descend(prices, start, lambda: np.inf, COLD, 100)
    turns = [(heat, 50) for heat in (0.02, 0.02, 0.006, 0.006, 0.002)]
    none = np.zeros(links, dtype=bool)
    found, dual, looked = descended_among(prices, start, none, lambda: np.inf, turns)
    assert found == pytest.approx(prices.value(dual))
    assert found <= 1.01 * whole
    assert 0 < looked.sum() < 0.8 * links
    assert np.all(dual.flow >= 0)


def test_nothing_is_looked_at_when_time_is_up() -> None:
    prices = site(1)
    size, links = len(prices.problem.field.equity), len(prices.problem.source)
    start = Dual(np.zeros(size), 0.1, np.zeros(size), np.ones(PRIORITIES), np.zeros(links))
    known = np.arange(links) < 7
    found, dual, looked = descended_among(prices, start, known, lambda: 0.0, [(0.02, 50)])
    assert found == prices.value(start) and dual is start and np.array_equal(looked, known)
