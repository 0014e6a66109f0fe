"""Many right-hand sides by one polynomial: each as exact as alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.graph import link_graph, solving
from linkplanner.graph.link_graph import LinkGraph
from tests.graph.sites import MenuSite, menu_site
from tests.graph.test_solve import chain

A = 0.85


@pytest.fixture(autouse=True)
def always_by_polynomial(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_graph, "FACTOR_LINKS", 0)
    monkeypatch.setattr(solving, "DENSE_PAGES", 0)
    monkeypatch.setattr(solving, "in_halves", lambda *_: None)


def graph_of(site: MenuSite) -> LinkGraph:
    total = site.dense().sum(axis=1) + 0.5
    ends = (site.source, site.target, site.weight)
    graph = LinkGraph.from_links(*ends, site.pages, total, site.position)
    return graph.with_links([5, 6], [7, 8], [1.0, 0.5])


@given(st.integers(0, 1000), st.integers(8, 40), st.sampled_from([0.5, 0.85, 0.99]))
@settings(max_examples=10, deadline=None)
def test_each_column_is_within_the_tolerance(seed: int, columns: int, damping: float) -> None:
    graph, random = graph_of(menu_site(seed, 240, 3, "any")), np.random.default_rng(seed)
    right = random.random((240, columns)) * 10.0 ** random.integers(-6, 6, columns)
    right[:, 3] = 0.0
    system = np.eye(240) - damping * graph.shares.toarray()
    exact = np.linalg.solve(system.T, right)
    error = np.abs(graph.equity(right, damping) - exact).sum(axis=0)
    assert np.all(error <= 1.01e-10 * exact.sum(axis=0))
    exact = np.linalg.solve(system, right)
    error = np.abs(graph.reach(right, damping) - exact).max(axis=0)
    assert np.all(error <= 1.01e-10 * exact.max(axis=0))


def test_graphs_that_no_short_polynomial_solves_are_iterated() -> None:
    graph = chain(400, 2)
    right = np.eye(400)[:, :9]
    exact = np.linalg.solve((np.eye(400) - 0.99 * graph.shares.toarray()).T, right)
    assert np.abs(graph.equity(right, 0.99) - exact).sum() <= 1e-9 * exact.sum()


def test_blocks_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of(menu_site(2, 300))
    right = np.random.default_rng(0).random((300, 20))
    whole = graph.equity(right)
    monkeypatch.setattr(solving, "BLOCK_VALUES", 900)
    assert np.allclose(graph.equity(right), whole, rtol=1e-9)
    assert np.array_equal(right, np.random.default_rng(0).random((300, 20)))
