"""Louvain on arrays does what networkx does on dictionaries."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from linkplanner.text.louvain import communities

ties = st.lists(
    st.tuples(
        st.integers(0, 24), st.integers(0, 24), st.sampled_from([0.125, 0.25, 0.375, 1.0, 1.25])
    ),
    max_size=120,
)
"""Sums of these are exact in any order, so what is as good as something else is so for both."""


def matrix(rows: list[tuple[int, int, float]], size: int) -> sparse.csr_array:
    full = np.zeros((size, size))
    for a, b, tie in rows:
        if a != b:
            full[a, b] = full[b, a] = tie
    return sparse.csr_array(full)


def peer(both: sparse.csr_array, resolution: float, seed: int) -> set[frozenset[int]]:
    graph = nx.Graph()
    graph.add_nodes_from(range(both.shape[0]))
    upper = sparse.triu(both).tocsr().tocoo()
    graph.add_weighted_edges_from(zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist()))
    found = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    return {frozenset(group) for group in found}


def ours(both: sparse.csr_array, resolution: float, seed: int) -> set[frozenset[int]]:
    found = communities(both, resolution, seed)
    assert found is not None
    return {frozenset(np.flatnonzero(found == n).tolist()) for n in np.unique(found)}


@given(ties, st.sampled_from([0.5, 1.0, 2.0]), st.integers(0, 5))
def test_the_same_communities_as_networkx(
    rows: list[tuple[int, int, float]], resolution: float, seed: int
) -> None:
    both = matrix(rows, 25)
    assert ours(both, resolution, seed) == peer(both, resolution, seed)


def test_the_same_on_a_larger_graph_of_several_levels() -> None:
    random = np.random.default_rng(3)
    rows = [
        (int(a), int(a // 20 * 20 + b) if near else int(c), round(float(tie), 6))
        for a, b, c, tie, near in zip(
            random.integers(0, 1000, 6000), random.integers(0, 20, 6000),
            random.integers(0, 1000, 6000), random.random(6000), random.random(6000) < 0.8,
        )
    ]  # fmt: skip
    both = matrix(rows, 1000)
    assert ours(both, 2.0, 7) == peer(both, 2.0, 7)
    assert 20 < len(ours(both, 2.0, 7)) < 200


def test_it_stops_within_a_level() -> None:
    ring = matrix([(n, (n + 1) % 3000, 1.0) for n in range(3000)], 3000)
    looks: list[int] = []

    def stop() -> bool:
        looks.append(1)
        return True

    assert communities(ring, 2.0, 7, stop) is None
    assert len(looks) == 1


@pytest.mark.parametrize("size", [0, 1, 5])
def test_pages_without_ties_stay_alone(size: int) -> None:
    found = communities(sparse.csr_array((size, size)), 2.0, 7)
    assert found is not None
    assert found.tolist() == list(range(size))
