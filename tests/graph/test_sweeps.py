"""Many right-hand sides by sweeps on a graph with templates: each as exact as alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.graph import link_graph, solving, sweeps
from linkplanner.graph.halves import Halves, in_halves
from linkplanner.graph.link_graph import LinkGraph
from tests.graph.sites import MenuSite, menu_site


@pytest.fixture(autouse=True)
def always_by_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_graph, "FACTOR_LINKS", 0)
    monkeypatch.setattr(solving, "DENSE_PAGES", 0)
    monkeypatch.setattr(solving, "find_roots", None)  # a polynomial would fail


def graph_of(site: MenuSite) -> LinkGraph:
    total = site.dense().sum(axis=1) + 0.5
    ends = (site.source, site.target, site.weight)
    graph = LinkGraph.from_links(*ends, site.pages, total, site.position)
    return graph.with_links([5, 6], [7, 8], [1.0, 0.5])


@given(
    st.integers(0, 1000),
    st.integers(8, 40),
    st.sampled_from([0.5, 0.85, 0.99]),
    st.sampled_from(["none", "section", "any"]),
)
@settings(max_examples=15, deadline=None)
def test_each_column_is_within_the_tolerance(
    seed: int, columns: int, damping: float, active: str
) -> None:
    graph, random = graph_of(menu_site(seed, 240, 3, active)), np.random.default_rng(seed)
    right = random.standard_normal((240, columns)) * 10.0 ** random.integers(-6, 6, columns)
    right[:, 3] = 0.0
    system = np.eye(240) - damping * graph.shares.toarray()
    exact = np.linalg.solve(system.T, right)
    error = np.abs(graph.equity(right, damping) - exact).sum(axis=0)
    assert np.all(error <= 1.01e-10 * np.abs(exact).sum(axis=0))
    exact = np.linalg.solve(system, right)
    error = np.abs(graph.reach(right, damping) - exact).max(axis=0)
    assert np.all(error <= 1.01e-10 * np.abs(exact).max(axis=0))


@pytest.mark.parametrize("transposed", [True, False])
@pytest.mark.parametrize("rounds", [1, 2, 4])
def test_what_is_said_to_be_missed_is_never_less_than_what_is(
    monkeypatch: pytest.MonkeyPatch, transposed: bool, rounds: int
) -> None:
    graph = graph_of(menu_site(4, 300, 3, "any"))
    right = np.random.default_rng(4).random((300, 9))
    bounds: list[np.ndarray] = []
    missed = sweeps._Rounds.missed
    monkeypatch.setattr(sweeps, "MOST_ROUNDS", rounds)
    monkeypatch.setattr(sweeps, "BEST", 1e99)
    monkeypatch.setattr(
        sweeps._Rounds, "missed", lambda *given: bounds.append(missed(*given)) or bounds[-1]
    )
    x, slabs = np.empty(right.shape), sweeps.Slabs.of(*right.shape)
    sweeps.sweep(halves_of(graph, transposed), right, 0.85, 1e-13, x, slabs)
    shares = 0.85 * graph.shares.toarray()
    left = right - x + (shares.T if transposed else shares) @ x
    left = np.abs(left).sum(axis=0) if transposed else np.abs(left).max(axis=0)
    assert len(bounds) == rounds
    assert np.all(left <= bounds[-1] * (1 + 1e-9) + 1e-13)


def test_columns_that_sweeps_leave_unfinished_are_iterated(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(menu_site(2, 300))
    right = np.random.default_rng(2).random((300, 9))
    whole = graph.equity(right)
    monkeypatch.setattr(sweeps, "MOST_ROUNDS", 2)
    assert np.allclose(graph.equity(right), whole, rtol=1e-9)


def test_blocks_and_parts_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(menu_site(2, 300))
    right = np.random.default_rng(0).random((300, 20))
    whole = graph.equity(right)
    monkeypatch.setattr(solving, "BLOCK_VALUES", 900)
    monkeypatch.setattr(sweeps, "PART_VALUES", 200)
    assert np.allclose(graph.equity(right), whole, rtol=1e-9)
    assert np.array_equal(right, np.random.default_rng(0).random((300, 20)))


def halves_of(graph: LinkGraph, transposed: bool) -> Halves:
    coarse, menus = solving._coarse(graph, 0.85), graph.menus
    assert coarse and menus
    carrier = solving._written_out(graph, 0.85, transposed)
    halves = in_halves(carrier, menus.page_class, coarse.weight, transposed)
    assert halves
    return halves
