"""Plans varied by chance: never worse, always within the limits, the same for the same seed."""

import numpy as np
import pytest
from hypothesis import given, settings

from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal
from linkplanner.plan.optimise import Choice, search_for
from linkplanner.plan.variations import Variations
from tests.graph.strategies import Case
from tests.plan.test_optimise import planned, problems, solved


def varied(case: Case, model: Model, goal: Goal, choice: Choice) -> Variations | None:
    search = search_for(model, goal, case.graph.equity(case.seed), case.graph)
    if search is None:
        return None
    found = Variations(search, choice.links)
    found.better(lambda: 1.0, np.arange(len(model.cand_source)), turns=8)
    return found


@given(problems())
@settings(max_examples=30, deadline=None)
def test_a_varied_plan_is_within_the_limits_and_its_gain_is_exact(
    problem: tuple[Case, Model, Goal],
) -> None:
    case, model, goal = problem
    first = planned(*problem)
    found = varied(case, model, goal, first)
    if found is None:
        return
    choice = found.choice()
    assert len(set(choice.links.tolist())) == len(choice.links) <= model.max_links
    if len(choice.links):
        assert np.bincount(model.cand_source[choice.links]).max() <= model.per_page
        assert np.bincount(model.cand_target[choice.links]).max() <= model.per_target
    before = goal.value(case.graph.equity(case.seed))
    gain = goal.value(solved(case, model, choice.links)) - before
    assert found.value == pytest.approx(gain, abs=1e-7)
    assert gain >= first.objective.sum() - 1e-7


@given(problems())
@settings(max_examples=10, deadline=None)
def test_the_same_seed_gives_the_same_plan(problem: tuple[Case, Model, Goal]) -> None:
    case, model, goal = problem
    one, other = (varied(case, model, goal, planned(*problem)) for _ in range(2))
    assert one is None or other is None or one.chosen == other.chosen


def test_a_link_that_pays_only_with_another_behind_it_is_found() -> None:
    """Seeds stand on pages 0 and 4; page 1 passes all on once it has a link to the priority page.
    One link each: 4 may link to the priority page's poor neighbour or to 1."""
    model = Model(
        url=np.array(list("abcdef")),
        source=np.array([0, 4, 4, 4]),
        target=np.array([5, 5, 0, 3]),
        weight=np.array([1.0, 1.0, 1.0, 0.2]),
        total=np.array([1.0, 0.0, 0.0, 9.0, 2.2, 1.0]),
        seed=np.array([10.0, 0.0, 0.0, 0.0, 10.0, 0.0]),
        priority=np.array([0.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
        cand_source=np.array([0, 0, 1, 4, 4, 3]),
        cand_target=np.array([1, 3, 2, 1, 3, 2]),
        cand_weight=np.ones(6),
        max_links=3,
        per_page=1,
    )
    graph = model.graph()
    equity = graph.equity(model.seed)
    goal = Goal("total", np.array([2]), np.array([1.0]))
    search = search_for(model, goal, equity, graph)
    assert search is not None
    found = Variations(search, np.zeros(0, dtype=np.int64))
    found.better(lambda: 1.0, np.arange(6), turns=60)
    assert sorted(found.choice().links.tolist()) == [0, 2, 3]
