"""Gains alone, losers, and what limits hold back, against fresh solves."""

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal
from linkplanner.plan import link_effects as effects_module
from linkplanner.plan.first_order import slopes_of
from linkplanner.plan.link_effects import link_effects
from linkplanner.plan.optimise import optimise
from linkplanner.plan.tasks import replacement_tasks
from linkplanner.plan.waiting import room_after, swaps, waiting
from linkplanner.settings import PlanLimits
from tests.graph.strategies import Case
from tests.plan.test_optimise import problems, solved


@given(problems())
@settings(max_examples=40, deadline=None)
def test_gain_alone_and_losses_are_those_of_a_fresh_solve(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, _ = problem
    links = np.arange(len(model.cand_source))
    before = case.graph.equity(case.seed, tolerance=1e-13)
    found = link_effects(model, links, before, case.graph)
    for link in links:
        change = solved(case, model, np.array([link])) - before
        row = found.iloc[link]
        assert row["gain_alone"] == pytest.approx(model.priority @ change, abs=1e-7)
        assert row["loss"] == pytest.approx(-change[change < 0].sum(), abs=1e-6)
        if change.min() < -0.01:
            most = np.flatnonzero(change <= change.min() + 1e-6)  # several may lose the same
            assert row["losers"].startswith(tuple(str(url) for url in model.url[most]))


@given(problems())
@settings(max_examples=15, deadline=None)
def test_losses_are_the_same_a_few_links_at_a_time(problem: tuple[Case, Model, Goal]) -> None:
    case, model, _ = problem
    links = np.arange(len(model.cand_source))[::-1]
    before = case.graph.equity(case.seed, tolerance=1e-13)
    whole = link_effects(model, links, before, case.graph)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(effects_module, "CELLS", 2 * model.pages)
        single = link_effects(model, links, before, case.graph)
    pd.testing.assert_frame_equal(whole, single, rtol=1e-7, atol=1e-8)  # solves: 1e-10
    stopped = link_effects(model, links, before, case.graph, should_stop=lambda: True)
    assert stopped["loss"].isna().all() and len(stopped) == len(links)


@given(problems())
@settings(max_examples=40, deadline=None)
def test_what_waits_is_stopped_by_the_limit_it_names(problem: tuple[Case, Model, Goal]) -> None:
    case, model, goal = problem
    equity = case.graph.equity(case.seed)
    links = optimise(model, goal, equity, case.graph).links
    room, _ = room_after(model, links, goal, solved(case, model, links), case.graph)
    found = waiting(room)
    held = found[found["limit"] == "target"]
    into = np.bincount(model.cand_target[links], minlength=model.pages)
    for url in held["what"]:
        assert into[np.flatnonzero(model.url == url)[0]] >= model.per_target
    if len(links) < model.max_links:
        assert not (found["limit"] == "all").any()
    out = np.bincount(model.cand_source[links], minlength=model.pages)
    free = set(np.flatnonzero(out < model.per_page).tolist())
    assert not free & set(model.cand_source[room.open[room.page_full]].tolist())


def test_a_weak_link_gives_way_to_a_better_one() -> None:
    # Page 0 is full; its text links to 1 (a dead end). Page 2 earns money.
    model = Model(
        url=np.array(["a", "b", "c"]), source=np.array([0]), target=np.array([1]),
        weight=np.ones(1), total=np.array([1.0, 0.0, 0.0]), seed=np.array([10.0, 1.0, 1.0]),
        priority=np.array([0.0, 0.0, 1.0]), cand_source=np.array([0]), cand_target=np.array([2]),
        cand_weight=np.ones(1), page_capacity=np.array([0, 3, 3]),
    )  # fmt: skip
    graph = model.graph()
    equity = graph.equity(model.seed)
    goal = Goal("total", np.array([2]), np.ones(1))
    none = np.zeros(0, dtype=np.int64)
    room, worth = room_after(model, none, goal, equity, graph)
    content = pd.DataFrame({"source": [0], "target": [1], "weight": [1.0], "anchor": ["b"]})
    found = swaps(room, worth, content)
    assert found[["source", "target", "gone"]].to_numpy().tolist() == [[0, 2, 1]]
    assert found["gain"].iloc[0] == pytest.approx(0.85 * 10.0)
    held = waiting(room)
    assert held["limit"].tolist() == ["page"] and held["pages"].iloc[0] == 1


def test_a_replacement_is_a_task_that_says_which_link_gives_way() -> None:
    weak = pd.DataFrame(
        {"source_url": ["https://a.test/x"], "target_url": ["https://a.test/y"],
         "replace_url": ["https://a.test/z"], "anchor": ["old words"], "gain": [0.5]}
    )  # fmt: skip
    tasks = replacement_tasks(weak, PlanLimits(), datetime(2026, 11, 22, tzinfo=UTC))
    row = tasks.iloc[0]
    assert row["kind"] == "replace link" and row["target_url"] == "https://a.test/y"
    assert "instead of https://a.test/z (on the words “old words”)" in row["instruction"]


def test_slopes_price_a_link_as_the_formula_says() -> None:
    model = Model(
        url=np.array(["a", "b"]), source=np.array([0]), target=np.array([1]), weight=np.ones(1),
        total=np.array([3.0, 0.0]), seed=np.ones(2), priority=np.array([0.0, 1.0]),
        cand_source=np.array([0]), cand_target=np.array([1]), cand_weight=np.ones(1),
    )  # fmt: skip
    graph = model.graph()
    equity = graph.equity(model.seed)
    slopes = slopes_of(graph, equity, model.priority, 0.85)
    gain = slopes.links(np.array([0]), np.array([1]), np.ones(1))
    assert gain[0] == pytest.approx(0.85 * 1.0 / 4.0 * (1.0 - 1.0 / 3.0))
