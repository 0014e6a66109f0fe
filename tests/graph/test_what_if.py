"""A changed graph gives what a graph built anew gives, however few rounds it takes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.graph import link_graph, solving, touched
from linkplanner.graph.coarse import coarse_copy
from linkplanner.graph.link_graph import LinkGraph
from linkplanner.graph.solve import fixed_point
from linkplanner.graph.touched import changed_answer, missed_at_first
from tests.graph.sites import MenuSite, menu_site

A = 0.85


@pytest.fixture(autouse=True)
def always_factored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_graph, "FACTOR_LINKS", 0)


def graph_of(site: MenuSite, factored: bool = True) -> LinkGraph:
    total = site.dense().sum(axis=1) + 0.5
    if factored:
        ends = (site.source, site.target, site.weight)
        return LinkGraph.from_links(*ends, site.pages, total, site.position)
    link_graph.FACTOR_LINKS, before = 10**9, link_graph.FACTOR_LINKS
    plain = LinkGraph.from_links(site.source, site.target, site.weight, site.pages, total)
    link_graph.FACTOR_LINKS = before
    return plain


@given(st.integers(0, 1000), st.integers(1, 12), st.booleans(), st.booleans())
@settings(max_examples=10, deadline=None)
def test_chains_of_what_ifs_equal_building_anew(
    seed: int, links: int, factored: bool, repair: bool
) -> None:
    site, random = menu_site(seed, 240, 3, "section"), np.random.default_rng(seed)
    graph, full = graph_of(site, factored), site.dense()
    total = full.sum(axis=1) + 0.5
    right = random.random(site.pages)
    graph.equity(right)
    graph.reach(right)
    for _ in range(3):
        source, target = random.integers(0, site.pages, (2, links))
        weight = random.choice([0.3, 0.8, 1.0], links)
        kept = source != target
        np.add.at(full, (source[kept], target[kept]), weight[kept])
        np.add.at(total, source[kept], weight[kept])
        if repair:  # weight that was lost before: the total does not rise by as much
            total[source] = np.maximum(total[source] - 0.1, full.sum(axis=1)[source])
        graph = graph.with_links(source, target, weight, total=total.copy() if repair else None)
        system = np.eye(site.pages) - A * full / total[:, None]
        expected = np.linalg.solve(system.T, right)
        found = graph.equity(right)
        assert np.abs(found - expected).sum() <= 1.01e-10 * expected.sum()
        assert np.allclose(graph.reach(right), np.linalg.solve(system, right), rtol=1e-9)


def test_what_a_change_leaves_missing_is_what_a_round_would_move() -> None:
    site = menu_site(4, 300, 3, "any")
    graph, right = graph_of(site), np.random.default_rng(1).random(site.pages)
    before = graph.equity(right, tolerance=1e-13)
    changed = graph.with_links([3, 3, 250], [9, 200, 2], [1.0, 0.8, 1.0])
    rest = missed_at_first(changed, changed.known[True])
    assert rest is not None
    assert np.allclose(rest, right + changed.carried(before) - before, atol=1e-12)


@pytest.mark.parametrize("few", [0.2, 1.0])  # most rounds follow all links, or only picked ones
def test_a_what_if_is_within_the_tolerance_and_says_by_how_much(
    few: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = menu_site(5, 400, 4, "section")
    graph, right = graph_of(site), np.random.default_rng(5).random(site.pages)
    coarse = solving._coarse(graph, A)
    assert coarse is not None
    monkeypatch.setattr(touched, "FEW", few)
    monkeypatch.setattr(touched, "PICKED", 30)
    done = 0
    for seed in range(20):
        graph.known.clear()
        graph.equity(right)
        source, target = np.random.default_rng(seed).integers(0, site.pages, (2, 10))
        changed = graph.with_links(source, target, np.ones(10))
        found = changed_answer(changed, changed.known[True], coarse, 1e-10)
        if found is None:  # the known answer was hardly within the tolerance
            continue
        x, missed = found
        done += 1
        left = np.abs(right + changed.carried(x) - x).sum()
        assert left <= missed * (1 + 1e-9) + 1e-13 * x.sum()
        assert missed <= 1e-10 * (1 - A) * x.sum()
        system = np.eye(site.pages) - A * changed.shares.toarray()
        expected = np.linalg.solve(system.T, right)
        assert np.abs(x - expected).sum() <= 1.01e-10 * expected.sum()
    assert done >= 5


def test_a_start_that_is_the_known_answer_is_as_good_as_none() -> None:
    graph, right = graph_of(menu_site(4, 300)), np.random.default_rng(1).random(300)
    before = graph.equity(right)
    changed = graph.with_links([3, 250], [9, 2], [1.0, 1.0])
    again = graph.with_links([3, 250], [9, 2], [1.0, 1.0])
    assert np.array_equal(changed.equity(right, start=before), again.equity(right))


def test_a_small_copy_changes_the_way_and_not_the_answer() -> None:
    site = menu_site(6, 600, 4, "section")
    graph, right = graph_of(site), np.random.default_rng(2).random(site.pages)
    assert graph.menus is not None
    copy = coarse_copy(graph.remainder, graph.menus, A * graph.scale / graph.remainder.unit)
    assert copy is not None
    rounds = {True: 0, False: 0}

    def solved(helped: bool) -> np.ndarray:
        def step(x: np.ndarray, out: np.ndarray) -> None:
            rounds[helped] += 1
            out += graph.carried(x)

        improve = copy.add_carried if helped else None
        norm = lambda y: np.abs(y).sum(axis=0)  # noqa: E731
        return fixed_point(step, right, A, 1e-10, norm, None, improve)[0]

    one, other = solved(True), solved(False)
    assert np.abs(one - other).sum() <= 2e-10 * other.sum()
    assert rounds[True] < rounds[False]


def test_an_improvement_that_is_none_is_given_up() -> None:
    graph, right = graph_of(menu_site(7, 200)), np.random.default_rng(3).random(200)

    def step(x: np.ndarray, out: np.ndarray) -> None:
        out += graph.carried(x)

    def worse(moved: np.ndarray, out: np.ndarray) -> None:
        out -= 30 * moved[::-1]

    found, _ = fixed_point(step, right, A, 1e-10, lambda y: np.abs(y).sum(axis=0), None, worse)
    assert np.allclose(found, graph.equity(right), rtol=1e-9)
