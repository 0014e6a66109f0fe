"""Templates change what is stored and never an answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from linkplanner.errors import InputError
from linkplanner.graph import link_graph
from linkplanner.graph.link_graph import LinkGraph
from linkplanner.graph.rows import group_links
from linkplanner.graph.templates import Factors, find_factors
from tests.graph.sites import MenuSite, menu_site

A = 0.85
ACTIVE = ("none", "section", "any")


def factors_of(site: MenuSite, positions: bool = True) -> Factors | None:
    position = site.position if positions else None
    return find_factors(group_links(site.source, site.target, site.weight, site.pages, position))


def written_out(factors: Factors) -> np.ndarray:
    rows = np.vstack([factors.template.toarray(), np.zeros(factors.template.shape[1])])
    return factors.remainder.to_csr().toarray() + rows[factors.page_class]


def graph_of(site: MenuSite, positions: bool = True, leak: float = 0.5) -> LinkGraph:
    total = site.dense().sum(axis=1) + leak
    position = site.position if positions else None
    return LinkGraph.from_links(site.source, site.target, site.weight, site.pages, total, position)


def solved(site: MenuSite, right: np.ndarray, transposed: bool, leak: float = 0.5) -> np.ndarray:
    full = site.dense()
    shares = full / (full.sum(axis=1) + leak)[:, None]
    system = np.eye(site.pages) - A * shares
    return np.linalg.solve(system.T if transposed else system, right)


@pytest.fixture
def always_factored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_graph, "FACTOR_LINKS", 0)


@given(st.integers(0, 10_000), st.sampled_from(ACTIVE), st.booleans(), st.integers(1, 6))
@settings(max_examples=25)
def test_factors_written_out_are_the_links(
    seed: int, active: str, positions: bool, sections: int
) -> None:
    site = menu_site(seed, 240, sections, active)
    factors = factors_of(site, positions)
    assert factors is not None
    assert np.abs(written_out(factors) - site.dense()).max() < 1e-12


@pytest.mark.parametrize("active", ACTIVE)
@pytest.mark.parametrize("positions", [True, False])
def test_most_links_are_stored_once_though_menu_items_vary(active: str, positions: bool) -> None:
    site = menu_site(3, 600, 3, active)
    factors = factors_of(site, positions)
    assert factors is not None
    assert factors.remainder.nnz < 0.35 * len(site.source)


def test_menus_that_all_differ_are_found_by_what_most_pages_share() -> None:
    site = menu_site(5, 400, 20, "any")  # sections of 20 pages: no 50 pages are alike
    factors = factors_of(site)
    assert factors is not None
    assert factors.template.shape[0] == 1
    assert factors.remainder.nnz < 0.6 * len(site.source)


def test_targets_that_swap_weights_are_told_apart() -> None:
    """0.1 and 0.2 differ in one bit, as do 0.5 and 1.0."""
    source = np.repeat(np.arange(200), 2)
    target = np.tile([200, 201], 200)
    weight = np.where((source % 2 == 0) == (target == 200), 0.2, 0.1)
    site = MenuSite(202, source, target, weight, np.full(400, 3, dtype=np.int8))
    factors = factors_of(site)
    assert factors is not None
    assert np.array_equal(written_out(factors), site.dense())


def test_pages_without_common_menus_are_kept_plain() -> None:
    random = np.random.default_rng(0)
    source = np.repeat(np.arange(200), 5)
    site = MenuSite(
        200, source, random.integers(0, 200, 1000), np.ones(1000), np.zeros(1000, dtype=np.int8)
    )
    assert factors_of(site) is None


@pytest.mark.usefixtures("always_factored")
@pytest.mark.parametrize("active", ACTIVE)
@pytest.mark.parametrize("positions", [True, False])
def test_equity_and_reach_are_those_of_the_plain_matrix(active: str, positions: bool) -> None:
    site = menu_site(11, 300, 3, active)
    graph = graph_of(site, positions)
    assert graph.template is not None
    right = np.random.default_rng(1).random(site.pages)
    x, z = graph.equity(right, tolerance=1e-14), graph.reach(right, tolerance=1e-14)
    assert np.allclose(x, solved(site, right, True), rtol=1e-12)
    assert np.allclose(z, solved(site, right, False), rtol=1e-12)
    block = np.random.default_rng(2).random((site.pages, 5))
    assert np.allclose(graph.equity(block), solved(site, block, True), rtol=1e-8)
    assert np.allclose(graph.reach(block), solved(site, block, False), rtol=1e-8)


@pytest.mark.usefixtures("always_factored")
def test_written_out_weights_shares_and_rows_are_the_links() -> None:
    site = menu_site(12, 300, 3, "section")
    graph = graph_of(site)
    assert np.abs(graph.weights.toarray() - site.dense()).max() < 1e-12
    assert graph.weights.nnz == len(site.source)
    assert np.allclose(graph.shares.sum(axis=1), graph.kept)
    assert np.allclose(graph.links_to(7), site.dense()[:, 7])
    assert np.allclose(graph.rows(np.array([9, 4])).toarray(), site.dense()[[9, 4]])


@pytest.mark.usefixtures("always_factored")
def test_the_order_of_links_is_irrelevant_to_templates() -> None:
    site = menu_site(13, 300, 3, "section")
    right = np.random.default_rng(1).random(site.pages)
    one, other = graph_of(site), graph_of(site.shuffled(4))
    assert other.template is not None
    assert np.allclose(one.equity(right), other.equity(right), rtol=1e-9)


@pytest.mark.usefixtures("always_factored")
def test_added_links_on_templates_equal_building_anew() -> None:
    site = menu_site(14, 300, 3)
    graph, right = graph_of(site), np.random.default_rng(1).random(site.pages)
    graph.equity(right)
    menu_target = int(site.target[site.position == 3][0])
    changed = graph.with_links([3, 3, 8, 5], [9, menu_target, 2, 5], [1.0, 0.8, 1.0, 1.0])
    assert changed.remainder is graph.remainder
    full = site.dense()
    base = full.sum(axis=1) + 0.5
    full[[3, 3, 8], [9, menu_target, 2]] += [1.0, 0.8, 1.0]
    whole = base + np.bincount([3, 3, 8], weights=[1.0, 0.8, 1.0], minlength=site.pages)
    expected = np.linalg.solve((np.eye(site.pages) - A * full / whole[:, None]).T, right)
    assert np.allclose(changed.equity(right), expected, rtol=1e-8)
    assert np.allclose(changed.weights.toarray(), full)


@given(st.integers(0, 1000))
@settings(max_examples=20)
def test_factors_given_count_overlaps_once_at_the_highest_weight(seed: int) -> None:
    random = np.random.default_rng(seed)
    n, classes = 40, 3
    own = np.where(random.random((n, n)) < 0.1, random.choice([0.1, 0.4, 1.0], (n, n)), 0.0)
    menu = np.where(random.random((classes, n)) < 0.3, 0.2, 0.0)
    number = random.integers(-1, classes, n)
    rows = np.vstack([menu, np.zeros(n)])[number]  # -1 is the last, empty row
    full = np.maximum(own, rows)
    np.fill_diagonal(full, 0)
    graph = LinkGraph.from_factors(csr_array(own), number, csr_array(menu))
    assert np.allclose(graph.weights.toarray(), full)
    right = random.random(n)
    whole = full.sum(axis=1)
    shares = np.divide(full, whole[:, None], out=np.zeros((n, n)), where=whole[:, None] > 0)
    assert np.allclose(graph.equity(right), np.linalg.solve((np.eye(n) - A * shares).T, right))


def test_a_class_without_a_template_is_told() -> None:
    with pytest.raises(InputError, match="Page class 2"):
        LinkGraph.from_factors(csr_array((3, 3)), [0, 2, 0], csr_array((1, 3)))


@pytest.mark.usefixtures("always_factored")
@pytest.mark.parametrize("kind", [np.int16, np.int32, np.uint32, np.int64])
def test_arrays_of_any_kind_with_gaps_between_are_read(kind: type) -> None:
    site = menu_site(15, 300, 3)
    wide = np.column_stack([site.source, site.target]).astype(kind)
    weight = np.repeat(site.weight, 2)[::2]
    total = site.dense().sum(axis=1) + 0.5
    graph = LinkGraph.from_links(wide[:, 0], wide[:, 1], weight, 300, total, site.position)
    assert graph.template is not None
    right = np.random.default_rng(1).random((300, 4))[:, 1]
    assert np.allclose(graph.equity(right), solved(site, right, True), rtol=1e-8)


@pytest.mark.usefixtures("always_factored")
def test_links_without_weight_and_below_zero_are_kept_apart() -> None:
    site = menu_site(16, 300, 3)
    weight = site.weight.copy()
    weight[::7] = -0.0
    graph = LinkGraph.from_links(site.source, site.target, weight, 300, position=site.position)
    assert np.allclose(graph.kept[graph.total > 0], 1.0)
    weight[5] = -1e-9
    with pytest.raises(InputError, match="not negative"):
        LinkGraph.from_links(site.source, site.target, weight, 300, position=site.position)
