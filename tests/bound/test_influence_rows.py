"""The targets' rows of G, dealt out to threads: what is kept of them."""

import numpy as np
import pytest

from benchmarks.plan_models import random_model
from linkplanner.bound import field, influence_rows
from linkplanner.bound.problem import problem_for
from linkplanner.graph.objective import goal_for


@pytest.mark.parametrize("dense", [True, False])
def test_largest_of_all_rows_are_kept(monkeypatch: pytest.MonkeyPatch, dense: bool) -> None:
    monkeypatch.setattr(influence_rows, "BLOCK", 3)
    if not dense:
        monkeypatch.setattr(field, "DENSE_PAGES", 0)
    model = random_model(150, 40, seed=4)
    graph = model.graph()
    equity = graph.equity(model.seed, model.damping)
    goal = goal_for("total", model.priority, equity, np.ones(model.pages, dtype=bool))
    problem = problem_for(model, goal, equity, graph)
    targets = np.unique(problem.target)
    found = influence_rows.rows_of(problem, targets, lambda: np.inf)
    assert found is not None and len(targets) > 16
    pages = problem.field.pages
    exact = graph.influence(pages, model.damping)[pages][targets]
    room = 2 * influence_rows.TOLERANCE / (1 - model.damping)
    np.testing.assert_allclose(found.own, exact[np.arange(len(targets)), targets], atol=room)
    others = exact.copy()
    others[np.arange(len(targets)), targets] = 0.0
    most = -np.sort(-others, axis=0)[: influence_rows.LARGEST].T
    np.testing.assert_allclose(found.largest, most, atol=room)
    kept = others.T[np.arange(len(pages))[:, None], found.of]
    np.testing.assert_allclose(kept, most, atol=room)


def test_no_rows_without_time() -> None:
    model = random_model(60, 5, seed=1)
    graph = model.graph()
    equity = graph.equity(model.seed, model.damping)
    goal = goal_for("total", model.priority, equity, np.ones(model.pages, dtype=bool))
    problem = problem_for(model, goal, equity, graph)
    assert influence_rows.rows_of(problem, np.unique(problem.target), lambda: 0.0) is None
