"""Plans under limits on groups of links, with links that stay, and with protected pages."""

from dataclasses import replace
from itertools import combinations
from itertools import count as count_up

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal
from linkplanner.plan.allowance import fitting
from linkplanner.plan.batches import batched
from linkplanner.plan.optimise import optimise
from linkplanner.plan.solve import solve
from tests.graph.strategies import Case
from tests.plan.test_optimise import problems, solved

Problems = tuple[Case, Model, Goal]


@st.composite
def limited(draw: st.DrawFn, most: int = 6) -> Problems:
    """A problem with groups, kept links and protected pages, which some plan satisfies."""
    case, model, goal = draw(problems(most=most))
    count = len(model.cand_source)
    group = np.array([draw(st.integers(0, 2)) for _ in range(count)], dtype=np.int64)
    model = replace(model, cand_group=group, group_limit=np.array([1, 2, draw(st.integers(0, 3))]))
    wanted = [n for n in range(count) if draw(st.integers(0, 5)) == 0]
    kept = np.zeros(count, dtype=bool)
    kept[fitting(model, wanted)] = True
    begun = solved(case, model, np.flatnonzero(kept))
    share = draw(st.sampled_from([0.0, 0.01, 0.1]))
    equity = case.graph.equity(case.seed, tolerance=1e-13)
    guarded = np.array([draw(st.booleans()) for _ in range(case.graph.pages)])
    least = np.where(guarded, np.minimum((1 - share) * equity, begun), 0.0)
    return case, replace(model, cand_kept=kept, least_equity=least), goal


def keeps_to(case: Case, model: Model, links: np.ndarray) -> bool:
    """Whether a plan is within every limit."""
    assert model.cand_group is not None and model.group_limit is not None
    assert model.cand_kept is not None and model.least_equity is not None
    n = model.pages
    return bool(
        len(set(links.tolist())) == len(links) <= model.max_links
        and np.all(np.bincount(model.cand_source[links], minlength=n) <= model.source_limits())
        and np.all(np.bincount(model.cand_target[links], minlength=n) <= model.target_limits())
        and np.all(np.bincount(model.cand_group[links], minlength=3) <= model.group_limit)
        and set(np.flatnonzero(model.cand_kept).tolist()) <= set(links.tolist())
        and np.all(solved(case, model, links) >= model.least_equity * (1 - 1e-7))
    )


def planned(problem: Problems) -> np.ndarray:
    case, model, goal = problem
    return optimise(model, goal, case.graph.equity(case.seed), case.graph).links


@given(limited())
@settings(max_examples=60, deadline=None)
def test_a_plan_keeps_to_groups_kept_links_and_protected_pages(problem: Problems) -> None:
    case, model, goal = problem
    if model.max_links and len(model.cand_source) and len(goal.targets):
        assert keeps_to(case, model, planned(problem))


@given(limited())
@settings(max_examples=60, deadline=None)
def test_batches_keep_to_them_too(problem: Problems) -> None:
    case, model, goal = problem
    if not (model.max_links and len(model.cand_source) and len(goal.targets)):
        return
    equity = case.graph.equity(case.seed)
    links, points, _ = batched(model, goal, equity, case.graph, lambda *_: None, lambda: False)
    assert keeps_to(case, model, links)
    after = solved(case, model, links)
    assert points.sum() == pytest.approx(model.priority @ (after - equity), abs=1e-7)


def check_certificate(problem: Problems) -> None:
    case, model, goal = problem
    model = replace(model, max_links=max(min(model.max_links, 3), int(model.cand_kept.sum())))  # type: ignore[union-attr]
    count = len(model.cand_source)
    if not (model.max_links and count and len(goal.targets)):
        return
    before = goal.value(case.graph.equity(case.seed, tolerance=1e-13))
    best = -np.inf
    for size in range(min(model.max_links, count) + 1):
        for chosen in combinations(range(count), size):
            links = np.array(chosen, dtype=np.int64)
            if keeps_to(case, model, links):
                best = max(best, goal.value(solved(case, model, links)) - before)
    ticks = count_up(0.0, 0.05).__next__
    equity = case.graph.equity(case.seed)
    solution = solve(model, goal, equity, case.graph, seconds=1.0, clock=ticks)
    gain = goal.value(solution.after) - before
    assert keeps_to(case, model, solution.choice.links)
    assert gain <= best + 1e-8
    assert solution.certificate.bound >= best - 1e-8
    assert 0 <= solution.certificate.share <= 1
    if best > 1e-6:
        assert solution.certificate.share <= max(gain, 0.0) / best + 1e-6


@given(limited(most=5))
@settings(max_examples=12)
def test_the_certificate_holds_for_the_best_plan_within_them(problem: Problems) -> None:
    check_certificate(problem)


@pytest.mark.long
@pytest.mark.timeout(900)
@given(limited(most=5))
@settings(max_examples=250)
def test_the_certificate_holds_on_hundreds_of_graphs(problem: Problems) -> None:
    check_certificate(problem)


def test_a_protected_page_is_left_alone_where_a_better_link_would_starve_it() -> None:
    # Page 0 links to 1 alone, the protected one; a link from 0 to 2 would take half of that.
    model = Model(
        url=np.array(["a", "b", "c"]), source=np.array([0]), target=np.array([1]),
        weight=np.ones(1), total=np.array([1.0, 0.0, 0.0]), seed=np.array([10.0, 1.0, 1.0]),
        priority=np.array([0.0, 0.0, 1.0]), cand_source=np.array([0, 1]),
        cand_target=np.array([2, 2]), cand_weight=np.ones(2), max_links=2,
    )  # fmt: skip
    graph = model.graph()
    equity = graph.equity(model.seed)
    goal = Goal("total", np.array([2]), np.ones(1))
    free = optimise(model, goal, equity, graph).links
    least = np.array([0.0, 0.95 * equity[1], 0.0])
    careful = optimise(replace(model, least_equity=least), goal, equity, graph).links
    assert sorted(free.tolist()) == [0, 1] and careful.tolist() == [1]
