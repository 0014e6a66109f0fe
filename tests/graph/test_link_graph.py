"""Laws of the equity model, against networkx and dense solves."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.graph.link_graph import LinkGraph
from tests.graph.strategies import Case, graphs

A = 0.85


@given(graphs())
def test_equity_and_reach_agree_with_a_dense_solve(case: Case) -> None:
    x = case.graph.equity(case.seed)
    z = case.graph.reach(case.priority)
    assert np.allclose(x, np.linalg.solve(case.dense().T, case.seed), rtol=1e-9, atol=1e-12)
    assert np.allclose(z, np.linalg.solve(case.dense(), case.priority), rtol=1e-9, atol=1e-12)
    assert case.priority @ x == pytest.approx(case.seed @ z, rel=1e-9)


@given(graphs())
def test_what_enters_settles_or_evaporates(case: Case) -> None:
    x = case.graph.equity(case.seed)
    evaporated = A * float(x @ (1 - case.graph.kept))
    assert case.seed.sum() == pytest.approx((1 - A) * x.sum() + evaporated, rel=1e-9)


@given(graphs(leaks=False))
@settings(max_examples=60)
def test_leak_free_graphs_agree_with_networkx(case: Case) -> None:
    """networkx renormalises rows, so pages without links are sent to a sink page."""
    _agrees_with_networkx(case)


@given(graphs(leaks=True))
@settings(max_examples=60)
def test_graphs_with_leaks_agree_with_networkx_with_a_sink(case: Case) -> None:
    _agrees_with_networkx(case)


def _agrees_with_networkx(case: Case) -> None:
    n = case.graph.pages
    peer = nx.DiGraph()
    peer.add_nodes_from(range(n + 1))
    shares = case.graph.shares.tocoo()
    for u, v, share in zip(shares.row, shares.col, shares.data):
        peer.add_edge(int(u), int(v), weight=float(share))
    for u in range(n):
        if case.graph.kept[u] < 1:
            peer.add_edge(u, n, weight=float(1 - case.graph.kept[u]))
    peer.add_edge(n, n, weight=1.0)
    restart = {u: float(case.seed[u]) for u in range(n)} | {n: 0.0}
    rank = nx.pagerank(peer, alpha=A, personalization=restart, tol=1e-13, max_iter=1000)
    ours = (1 - A) * case.graph.equity(case.seed) / case.seed.sum()
    assert np.allclose(ours, [rank[u] for u in range(n)], atol=1e-9)


@given(graphs(), st.data())
def test_a_new_link_never_lowers_its_target(case: Case, data: st.DataObject) -> None:
    n = case.graph.pages
    u, v = data.draw(st.permutations(range(n)))[:2]
    after = case.graph.with_links([u], [v], [1.0]).equity(case.seed)
    assert after[v] >= case.graph.equity(case.seed)[v] * (1 - 1e-9)


@given(graphs(), st.randoms())
def test_the_order_of_rows_is_irrelevant(case: Case, random: object) -> None:
    order = list(range(len(case.source)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = LinkGraph.from_links(
        case.source[order],
        case.target[order],
        case.weight[order],
        case.graph.pages,
        case.graph.total,
    )
    assert np.allclose(shuffled.equity(case.seed), case.graph.equity(case.seed), rtol=1e-12)


@given(graphs())
def test_several_right_hand_sides_agree_with_one_at_a_time(case: Case) -> None:
    both = np.column_stack([case.seed, case.priority])
    x = case.graph.equity(both)
    assert np.allclose(x[:, 0], case.graph.equity(case.seed), rtol=1e-9)
    many = np.tile(case.seed[:, None], (1, 40))
    assert np.allclose(case.graph.equity(many)[:, 7], x[:, 0], rtol=1e-9)


@given(graphs())
def test_with_links_equals_building_anew(case: Case) -> None:
    u, v = 0, 1
    changed = case.graph.with_links([u], [v], [0.7])
    anew = LinkGraph.from_links(
        np.append(case.source, u),
        np.append(case.target, v),
        np.append(case.weight, 0.7),
        case.graph.pages,
        case.graph.total + np.eye(case.graph.pages)[u] * 0.7,
    )
    assert np.allclose(changed.equity(case.seed), anew.equity(case.seed), rtol=1e-12)


def test_self_links_count_for_nothing() -> None:
    plain = LinkGraph.from_links([0], [1], [1.0], 2)
    with_self = LinkGraph.from_links([0, 0, 1], [1, 0, 1], [1.0, 5.0, 2.0], 2)
    assert np.array_equal(plain.equity([1.0, 0]), with_self.equity([1.0, 0]))


def test_a_warm_start_changes_nothing() -> None:
    graph = LinkGraph.from_links([0, 1, 2], [1, 2, 0], [1.0, 1.0, 1.0], 3, [2.0, 1.0, 1.0])
    seed = np.array([1.0, 2.0, 3.0])
    assert np.allclose(graph.equity(seed, start=np.array([9.0, 9.0, 9.0])), graph.equity(seed))


@pytest.mark.parametrize(
    ("source", "target", "weight", "total", "says"),
    [
        ([0], [5], [1.0], None, "outside 0 to 1"),
        ([0], [1], [-1.0], None, "not negative"),
        ([0], [1], [float("nan")], None, "finite"),
        ([0, 1], [1], [1.0], None, "same length"),
        ([0], [1], [2.0], [1.0, 0.0], "at least the weight"),
    ],
)
def test_wrong_input_is_told(
    source: list[int], target: list[int], weight: list[float], total: object, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        LinkGraph.from_links(source, target, weight, 2, total)  # type: ignore[arg-type]


def test_seeds_of_another_length_are_told() -> None:
    graph = LinkGraph.from_links([0], [1], [1.0], 2)
    with pytest.raises(InputError, match="One value per page"):
        graph.equity([1.0])
    with pytest.raises(InputError, match="Damping"):
        graph.equity([1.0, 1.0], damping=1.0)
