"""The optimiser against exhaustive search and exact re-solves on small random graphs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import Cancelled
from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal, goal_for
from linkplanner.plan.core import build_core
from linkplanner.plan.optimise import Choice, optimise
from tests.graph.strategies import Case, graphs


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> tuple[Case, Model, Goal]:
    case = draw(graphs(most=most))
    n = case.graph.pages
    existing = dict(zip(zip(case.source.tolist(), case.target.tolist()), case.weight.tolist()))
    pairs = [(u, v) for u in range(n) for v in range(n) if u != v and existing.get((u, v), 0) < 1]
    pairs = [p for p in pairs if draw(st.booleans())][:14]
    model = Model(
        url=np.array([f"https://a.test/{i}" for i in range(n)]),
        source=case.source,
        target=case.target,
        weight=case.weight,
        total=case.graph.total,
        seed=case.seed,
        priority=case.priority,
        cand_source=np.array([u for u, _ in pairs], dtype=np.int64),
        cand_target=np.array([v for _, v in pairs], dtype=np.int64),
        cand_weight=np.array([1 - existing.get(p, 0.0) for p in pairs]),
        max_links=draw(st.integers(0, 4)),
        per_page=draw(st.integers(1, 2)),
        per_target=draw(st.integers(1, 2)),
    )
    name = draw(st.sampled_from(["total", "balanced"]))
    goal = goal_for(name, case.priority, case.graph.equity(case.seed), np.ones(n, dtype=bool))
    return case, model, goal


def solved(case: Case, model: Model, links: np.ndarray) -> np.ndarray:
    ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
    return case.graph.with_links(*ends).equity(case.seed, tolerance=1e-13)


def planned(case: Case, model: Model, goal: Goal) -> Choice:
    return optimise(model, goal, case.graph.equity(case.seed), case.graph)


@given(problems())
@settings(max_examples=80, deadline=None)
def test_gains_add_up_to_the_simulated_difference(problem: tuple[Case, Model, Goal]) -> None:
    case, model, goal = problem
    choice = planned(*problem)
    before, after = case.graph.equity(case.seed), solved(case, model, choice.links)
    assert choice.objective.sum() == pytest.approx(goal.value(after) - goal.value(before), abs=1e-7)
    assert choice.points.sum() == pytest.approx(model.priority @ (after - before), abs=1e-7)


@given(problems())
@settings(max_examples=80, deadline=None)
def test_a_plan_keeps_within_its_limits(problem: tuple[Case, Model, Goal]) -> None:
    model, choice = problem[1], planned(*problem)
    assert len(set(choice.links.tolist())) == len(choice.links) <= model.max_links
    if len(choice.links):
        assert np.bincount(model.cand_source[choice.links]).max() <= model.per_page
        assert np.bincount(model.cand_target[choice.links]).max() <= model.per_target


@given(problems(most=5))
@settings(max_examples=40, deadline=None)
def test_a_plan_gains_at_least_what_the_best_single_link_does_and_at_most_the_optimum(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, goal = problem
    gained = planned(*problem).objective.sum()
    before = goal.value(case.graph.equity(case.seed))
    singles, best = [0.0], 0.0
    for size in range(1, min(model.max_links, 3) + 1):
        for chosen in combinations(range(len(model.cand_source)), size):
            links = np.array(chosen)
            if (
                np.bincount(model.cand_source[links]).max() > model.per_page
                or np.bincount(model.cand_target[links]).max() > model.per_target
            ):
                continue
            value = goal.value(solved(case, model, links)) - before
            best = max(best, value)
            if size == 1:
                singles.append(value)
    assert gained >= max(singles) - 1e-8
    if model.max_links <= 3:
        assert gained <= best + 1e-8


@given(graphs(), st.data())
def test_the_core_follows_the_full_model_exactly_there_and_back(
    case: Case, data: st.DataObject
) -> None:
    n = case.graph.pages
    core = build_core(case.graph, case.graph.equity(case.seed), np.arange(n), 0.85)
    graph, steps = case.graph, []
    for _ in range(3):
        u, v = data.draw(st.permutations(range(n)))[:2]
        after = core.equity_after(np.array([u]), np.array([v]), np.array([0.8]), np.arange(n))[0]
        core.apply(u, v, 0.8)
        graph = graph.with_links([u], [v], [0.8])
        steps.append((u, v))
        exact = graph.equity(case.seed, tolerance=1e-13)
        assert np.allclose(core.equity, exact, rtol=1e-8)
        assert np.allclose(after, exact, rtol=1e-8)
    for u, v in reversed(steps):
        core.apply(u, v, -0.8)
    assert np.allclose(core.equity, case.graph.equity(case.seed, tolerance=1e-13), rtol=1e-7)


@given(graphs(), st.data())
def test_many_links_at_once_are_as_one_after_the_other(case: Case, data: st.DataObject) -> None:
    n = case.graph.pages
    single = build_core(case.graph, case.graph.equity(case.seed), np.arange(n), 0.85)
    together = single.copy()
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(0.1, 2.0))
    links = data.draw(st.lists(ends.filter(lambda link: link[0] != link[1]), max_size=6))
    for u, v, weight in links:
        single.apply(u, v, weight)
    u, v, weight = (np.array([link[i] for link in links]) for i in range(3))
    together.apply_all(u.astype(np.int64), v.astype(np.int64), weight)
    for one, other in ((single.equity, together.equity), (single.influence, together.influence)):
        assert np.allclose(one, other, rtol=1e-9, atol=1e-12)
    assert np.allclose(single.total, together.total)


def test_a_small_core_still_fills_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where links may go to any page, the core is shared between pages that give and that get."""
    n, chance = 60, np.random.default_rng(3)
    source, target = chance.integers(0, n, (2, 400))
    inside = source != target
    cand = np.stack(np.divmod(chance.choice(n * n, 900, replace=False), n))
    cand = cand[:, cand[0] != cand[1]]
    model = Model(
        url=np.array([f"p{i}" for i in range(n)]), source=source[inside], target=target[inside],
        weight=np.ones(inside.sum()), total=np.full(n, 20.0), seed=np.ones(n),
        priority=(np.arange(n) < 6).astype(float), cand_source=cand[0], cand_target=cand[1],
        cand_weight=np.ones(cand.shape[1]), max_links=25,
    )  # fmt: skip
    graph = model.graph()
    equity = graph.equity(model.seed)
    goal = goal_for("total", model.priority, equity, np.ones(n, dtype=bool))
    whole = optimise(model, goal, equity, graph)
    monkeypatch.setattr("linkplanner.plan.optimise.CORE_PAGES", 40)
    part = optimise(model, goal, equity, graph)
    assert len(part.links) == len(whole.links) == 25
    assert part.objective.sum() >= 0.9 * whole.objective.sum()


def test_a_plan_can_be_stopped() -> None:
    graph_case = Model(
        url=np.array(["a", "b"]), source=np.array([0]), target=np.array([1]), weight=np.ones(1),
        total=np.array([1.0, 0.0]), seed=np.ones(2), priority=np.array([1.0, 0.0]),
        cand_source=np.array([1]), cand_target=np.array([0]), cand_weight=np.array([1.0]),
    )  # fmt: skip
    graph = graph_case.graph()
    equity = graph.equity(graph_case.seed)
    goal = goal_for("total", graph_case.priority, equity, np.ones(2, dtype=bool))
    with pytest.raises(Cancelled):
        optimise(graph_case, goal, equity, graph, should_stop=lambda: True)


def test_a_model_without_candidates_gives_an_empty_plan() -> None:
    none = np.zeros(0, dtype=np.int64)
    model = Model(
        url=np.array(["a"]), source=none, target=none, weight=np.zeros(0), total=np.zeros(1),
        seed=np.ones(1), priority=np.ones(1), cand_source=none, cand_target=none,
        cand_weight=np.zeros(0),
    )  # fmt: skip
    goal = goal_for("balanced", model.priority, np.ones(1), np.ones(1, dtype=bool))
    assert len(optimise(model, goal, np.ones(1), model.graph()).links) == 0
