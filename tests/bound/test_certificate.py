"""Bounds, ranges and ceilings against exhaustive search on small random graphs, leaks included."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, count, islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.bound.aims import Aims
from linkplanner.bound.dual import Dual
from linkplanner.bound.inflow import entries
from linkplanner.bound.prices import Prices
from linkplanner.bound.problem import Problem, problem_for
from linkplanner.bound.prove import Known, prove
from linkplanner.bound.ranges import first_ranges, tightened, within_own
from linkplanner.bound.relaxed import Relaxed
from linkplanner.bound.visits import by_visits
from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal
from linkplanner.plan.ceiling import Options, ceiling
from linkplanner.plan.core import build_core
from linkplanner.plan.optimise import optimise
from linkplanner.plan.solve import solve
from tests.graph.strategies import Case
from tests.plan.test_optimise import problems, solved

Problems = tuple[Case, Model, Goal]


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


def problem_of(case: Case, model: Model, goal: Goal) -> Problem:
    return problem_for(model, goal, case.graph.equity(case.seed, tolerance=1e-13), case.graph)


def known_plan(case: Case, model: Model, goal: Goal, links: np.ndarray) -> Known:
    after = solved(case, model, links)
    before = case.graph.equity(case.seed, tolerance=1e-13)
    return Known(links, goal.value(after) - goal.value(before), after[goal.targets])


def short(problem: Problems) -> Problems:
    case, model, goal = problem
    return case, replace(model, max_links=min(model.max_links, 3)), goal


def running_out(looks: int | None) -> Callable[[], float]:
    """Seconds left, a hundredth less at each look; for ever 1 where no looks are given."""
    if looks is None:
        return lambda: 1.0
    rest = count(looks, -1)
    return lambda: next(rest) / 100


LOOKS = st.sampled_from((None, 100, 1000))


def check_all_bounds(problem: Problems, well: bool, most: int, looks: int | None = None) -> None:
    """Every bound on the way, through narrowing and branching, is at least the best plan's gain."""
    case, model, goal = short(problem)
    best = best_plan(case, model, goal)
    links = np.zeros(0, dtype=np.int64)
    if well:
        links = optimise(model, goal, case.graph.equity(case.seed), case.graph).links
    known = known_plan(case, model, goal, links)
    proofs = prove(problem_of(case, model, goal), lambda: known, running_out(looks))
    bounds = [proof.bound for proof in islice(proofs, most)]
    assert bounds and min(bounds) >= best - 1e-9 * max(1.0, best)


@given(problems(most=5), st.booleans(), LOOKS)
@settings(max_examples=25)
def test_no_plan_beats_any_bound_on_the_way(
    problem: Problems, well: bool, looks: int | None
) -> None:
    check_all_bounds(problem, well, 6, looks)


@pytest.mark.long
@pytest.mark.timeout(1800)
@given(problems(most=5), st.booleans(), LOOKS)
@settings(max_examples=300)
def test_no_plan_beats_any_bound_on_hundreds_of_graphs(
    problem: Problems, well: bool, looks: int | None
) -> None:
    check_all_bounds(problem, well, 12, looks)


@given(problems(most=5), st.booleans(), LOOKS)
@settings(max_examples=25)
def test_no_plan_beats_an_aim_that_was_refuted(
    problem: Problems, well: bool, looks: int | None
) -> None:
    case, model, goal = short(problem)
    asked = problem_of(case, model, goal)
    if len(asked.source) == 0 or len(asked.targets) == 0 or model.max_links == 0:
        return
    best = best_plan(case, model, goal)
    links = np.zeros(0, dtype=np.int64)
    if well:
        links = optimise(model, goal, case.graph.equity(case.seed), case.graph).links
    known = known_plan(case, model, goal, links)
    prices = Prices(asked, first_ranges(asked))
    size = len(asked.field.equity)
    slope = goal.slope(known.equity)
    dual = Dual(np.zeros(size), 0.1, np.zeros(size), slope, np.zeros(len(asked.source)))
    root = Relaxed(np.arange(len(asked.source)), prices, dual, prices.value(dual))
    aims = Aims(root, lambda: known)
    for bound, _ in islice(aims.bounds(running_out(looks)), 40):
        assert bound >= best - 1e-8 * max(1.0, best)
    assert aims.best <= root.bound
    assert max(aims.root.bound, known.gain) >= best - 1e-8 * max(1.0, best)


@given(problems(most=5), st.data())
@settings(max_examples=40)
def test_any_prices_give_a_bound(problem: Problems, data: st.DataObject) -> None:
    case, model, goal = short(problem)
    asked = problem_of(case, model, goal)
    if len(asked.source) == 0 or len(asked.targets) == 0 or model.max_links == 0:
        return
    prices = Prices(asked, tightened(asked, first_ranges(asked)))
    seed = data.draw(st.integers(0, 10_000))
    random = np.random.default_rng(seed)
    y = np.zeros(len(asked.field.equity))
    y[prices.modes.sources] = random.normal(0, 1, len(prices.modes.sources))
    place = np.zeros(len(y))
    place[prices.capped] = random.exponential(1, len(prices.capped))
    slope = goal.slope(asked.field.equity[asked.targets])
    if asked.balanced:
        slope = slope * random.uniform(0.2, 2, len(slope))
    flow = np.zeros(len(asked.source))
    flow[prices.inflow.links] = random.exponential(1, len(prices.inflow.links))
    own = slope * random.uniform(0.1, 2, len(slope)) if data.draw(st.booleans()) else None
    count = float(random.exponential(0.3)) if asked.balanced else 0.0
    idle = np.zeros(len(y))
    idle[prices.idle.places] = random.exponential(0.5, len(prices.idle.places))
    dual = Dual(y, float(random.exponential(1)), place, slope, flow, own, count, idle)
    best = best_plan(case, model, goal)
    assert prices.value(dual) >= best - 1e-8 * max(1.0, best)
    visits = by_visits(prices, slope, data.draw(st.floats(0, 2)))
    assert prices.value(visits) >= best - 1e-8 * max(1.0, best)
    smooth, _ = prices.answer(dual, 0.1)
    assert smooth >= prices.value(dual) - 1e-9
    worth = prices.worth(dual)
    most = prices.page_values(worth, dual)[prices.modes.place]
    assert np.all(prices.forced(dual, worth) <= most + 1e-9)


def arrivals(asked: Problem, links: np.ndarray, equity: np.ndarray) -> np.ndarray:
    """a times the flows of new links to each place."""
    size, u = len(asked.field.equity), asked.source[links]
    whole = asked.field.total + np.bincount(u, weights=asked.weight[links], minlength=size)
    flow = equity[u] * asked.weight[links] / whole[u]
    brought = np.bincount(asked.target[links], weights=flow, minlength=size)
    return np.asarray(asked.field.damping * brought)


@given(problems(most=5), st.booleans())
@settings(max_examples=40)
def test_ranges_hold_for_every_plan(problem: Problems, own: bool) -> None:
    case, model, goal = short(problem)
    asked = problem_of(case, model, goal)
    if len(asked.source) == 0 or model.max_links == 0:
        return
    ranges = tightened(asked, first_ranges(asked))
    if own:
        every = np.arange(len(asked.field.equity))
        ranges = within_own(asked, ranges, every, lambda: np.inf)
    nodes = asked.field.pages
    for links in allowed_plans(model, model.max_links):
        x = solved(case, model, links)[nodes]
        assert np.all(x <= ranges.high * (1 + 1e-8))
        pages = np.unique(asked.source)
        assert np.all(x[pages] >= ranges.low[pages] * (1 - 1e-8))
        goal_at = asked.targets
        arrived = arrivals(asked, links, x)
        assert np.all(x[goal_at] - arrived[goal_at] >= ranges.rest[goal_at] * (1 - 1e-8))
        fed = np.intersect1d(pages, asked.target)
        whole = asked.field.total + np.bincount(
            asked.source[links], weights=asked.weight[links], minlength=len(x)
        )
        u, v = asked.source[links], asked.target[links]
        flow = x[u] * asked.weight[links] / whole[u]
        brought = np.bincount(v, weights=flow * entries(asked)[links], minlength=len(x))
        assert np.all(x[fed] - brought[fed] <= ranges.without[fed] * (1 + 1e-8) + 1e-12)


@given(problems(most=5))
@settings(max_examples=40)
def test_the_ceiling_is_the_best_choice_without_a_budget(problem: Problems) -> None:
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
@settings(max_examples=10)
def test_a_certificate_never_exceeds_one_and_its_bound_never_falls_below_the_plan(
    problem: Problems,
) -> None:
    case, model, goal = problem
    equity = case.graph.equity(case.seed)
    solution = solve(model, goal, equity, case.graph, seconds=0)
    gain, certificate = float(solution.choice.objective.sum()), solution.certificate
    exact = solved(case, model, solution.choice.links)
    assert np.allclose(solution.after, exact, rtol=1e-7)
    assert 0 <= certificate.share <= 1
    assert certificate.bound >= gain - 1e-8
    assert certificate.share * certificate.bound == pytest.approx(gain, abs=1e-7) or gain < 1e-9


def test_a_place_that_is_no_longer_scarce_costs_nothing() -> None:
    """Of two links to one page with one place, one is dropped while the place still has a price."""
    model = Model(
        url=np.array(["/a", "/b", "/c", "/d"]), source=np.array([1]), target=np.array([2]),
        weight=np.array([0.1]), total=np.array([0.5, 3.1, 0.0, 0.0]),
        seed=np.array([9.0, 1.0, 5.5, 1.0]), priority=np.array([0.0, 0.0, 1.0, 0.0]),
        cand_source=np.array([0, 2]), cand_target=np.array([1, 1]), cand_weight=np.ones(2),
        max_links=1, per_page=1, per_target=1,
    )  # fmt: skip
    goal, graph = Goal("total", np.array([2]), np.ones(1)), model.graph()
    equity = graph.equity(model.seed, tolerance=1e-13)
    known = Known(np.zeros(0, dtype=np.int64), 0.0, equity[goal.targets])
    proofs = prove(problem_for(model, goal, equity, graph), lambda: known, lambda: 1.0)
    best = graph.with_links(np.array([0]), np.array([1]), np.ones(1))
    gain = best.equity(model.seed, tolerance=1e-13)[2] - equity[2]
    assert min(proof.bound for proof in islice(proofs, 10)) >= gain
