"""The solver's error is what it says, whatever it starts from."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.graph.link_graph import LinkGraph
from linkplanner.graph.solve import fixed_point


def chain(n: int, seed: int) -> LinkGraph:
    """A graph that plain rounds are slow on: a ring with a few far links, no leaks."""
    random = np.random.default_rng(seed)
    source = np.concatenate([np.arange(n), random.integers(0, n, 5)])
    target = np.concatenate([(np.arange(n) + 1) % n, random.integers(0, n, 5)])
    return LinkGraph.from_links(source, target, np.ones(n + 5), n)


@given(st.integers(0, 1000), st.sampled_from([0.5, 0.85, 0.99]), st.sampled_from([1e-6, 1e-10]))
@settings(max_examples=30)
def test_the_error_is_within_the_tolerance(seed: int, damping: float, tolerance: float) -> None:
    graph, random = chain(30, seed), np.random.default_rng(seed)
    right = random.random(30)
    system = np.eye(30) - damping * graph.shares.toarray()
    x = graph.equity(right, damping, tolerance, start=random.random(30))
    exact = np.linalg.solve(system.T, right)
    assert np.abs(x - exact).sum() <= 1.01 * tolerance * exact.sum()
    z = graph.reach(right, damping, tolerance)
    exact = np.linalg.solve(system, right)
    assert np.abs(z - exact).max() <= 1.01 * tolerance * exact.max()


@given(st.integers(0, 1000), st.sampled_from([0.0, 1e-12, 1e-100]))
@settings(max_examples=30)
def test_a_start_far_above_the_answer_does_no_harm(seed: int, size: float) -> None:
    graph, random = chain(30, seed), np.random.default_rng(seed)
    right = size * random.random((30, 2))
    exact = np.linalg.solve((np.eye(30) - 0.85 * graph.shares.toarray()), right)
    one = graph.reach(right[:, 0], 0.85, 1e-7, start=random.normal(size=30))
    assert np.abs(one - exact[:, 0]).max() <= 1e-6 * exact[:, 0].max()
    near = np.column_stack([random.normal(size=30), exact[:, 1]])
    both = graph.reach(right, 0.85, 1e-7, start=near)
    assert np.all(np.abs(both - exact).max(axis=0) <= 1e-6 * exact.max(axis=0))


def test_columns_of_very_different_size_are_each_exact() -> None:
    graph, random = chain(40, 1), np.random.default_rng(1)
    right = random.random((40, 6)) * [1e-6, 1, 1e6, 1, 0, 3]
    system = np.eye(40) - 0.85 * graph.shares.toarray()
    exact = np.linalg.solve(system.T, right)
    error = np.abs(graph.equity(right) - exact).sum(axis=0)
    assert np.all(error <= 1e-10 * exact.sum(axis=0))


def test_a_tolerance_out_of_reach_is_told() -> None:
    def step(x: np.ndarray, out: np.ndarray) -> None:
        out += 0.85 * x[::-1]

    with pytest.raises(InputError, match="cannot be reached"):
        fixed_point(
            step, np.array([1.0, 1 / 3]), 0.85, 0.0, lambda y: np.abs(y + 1e-300).sum(axis=0)
        )


def test_the_answer_is_remembered_for_a_changed_graph_only_where_the_seed_is_the_same() -> None:
    graph = chain(30, 3)
    seed, other = np.arange(1.0, 31.0), np.ones(30)
    graph.equity(seed)
    changed = graph.with_links([0], [7], [1.0])
    fresh = LinkGraph.from_links(*_written(changed), 30, changed.total)
    assert np.allclose(changed.equity(seed), fresh.equity(seed), rtol=1e-8)
    assert np.allclose(changed.equity(other), fresh.equity(other), rtol=1e-8)


def _written(graph: LinkGraph) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    links = graph.weights.tocoo()
    return links.row, links.col, links.data
