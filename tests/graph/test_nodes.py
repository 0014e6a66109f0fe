"""Which links carry, by the rules of the model, one case a rule."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linkplanner.graph.flow import balance, trapped
from linkplanner.graph.nodes import NodeLinks, node_links
from linkplanner.graph.structure import depths, home_node, link_counts
from linkplanner.settings import EquitySettings
from linkplanner.site.pages import join_pages
from linkplanner.tables import LINKS, PAGE_ROWS

OWN = frozenset({"a.test"})


def pages_of(*rows: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame([{"status": 200, "source": "t", **row} for row in rows])
    frame["url"] = "https://a.test" + frame["url"]
    for column in ("redirect_to", "canonical"):
        if column in frame:
            frame[column] = "https://a.test" + frame[column]
    return join_pages([PAGE_ROWS.conform(frame)], OWN)


def links_of(*rows: tuple[int, int | None, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source_id", "target_id", "position", "nofollow"])
    return LINKS.conform(frame)


def nodes_of(pages: pd.DataFrame, links: pd.DataFrame, **changes: object) -> NodeLinks:
    return node_links(pages, links, replace(EquitySettings(), **changes))


def merged(nodes: NodeLinks) -> dict[tuple[int, int], float]:
    return dict(zip(zip(nodes.source.tolist(), nodes.target.tolist()), nodes.weight.tolist()))


TWO = ({"url": "/"}, {"url": "/b"})


def test_repeated_links_count_once_at_the_highest_weight() -> None:
    nodes = nodes_of(pages_of(*TWO), links_of((0, 1, "footer", False), (0, 1, "content", False)))
    assert merged(nodes) == {(0, 1): 1.0}
    assert nodes.total.tolist() == [1.0, 0.0]


def test_a_nofollow_link_leaks_its_weight() -> None:
    nodes = nodes_of(
        pages_of(*TWO, {"url": "/c"}), links_of((0, 1, "content", False), (0, 2, "content", True))
    )
    assert merged(nodes) == {(0, 1): 1.0}
    assert nodes.total.tolist() == [2.0, 0.0, 0.0]


def test_a_nofollow_repeat_of_a_followed_link_counts_nothing() -> None:
    nodes = nodes_of(pages_of(*TWO), links_of((0, 1, "content", False), (0, 1, "content", True)))
    assert nodes.total.tolist() == [1.0, 0.0]


def test_an_external_link_leaks_what_its_position_weighs() -> None:
    nodes = nodes_of(pages_of(*TWO), links_of((0, 1, "content", False), (0, None, "footer", False)))
    assert nodes.total[0] == pytest.approx(1.1)


def test_counted_external_links_leak_half_each_where_none_is_listed() -> None:
    pages = pages_of({"url": "/", "out_external": 4}, {"url": "/b", "out_external": 4})
    links = links_of((0, 1, "content", False), (1, None, "content", False))
    assert nodes_of(pages, links).total.tolist() == [3.0, 1.0]


def test_self_links_count_for_nothing() -> None:
    nodes = nodes_of(pages_of(*TWO), links_of((0, 0, "content", False), (0, 1, "content", False)))
    assert merged(nodes) == {(0, 1): 1.0}
    assert nodes.total.tolist() == [1.0, 0.0]


def test_redirect_chains_carry_everything_to_the_final_page() -> None:
    pages = pages_of(
        {"url": "/"},
        {"url": "/old", "status": 301, "redirect_to": "/older"},
        {"url": "/older", "status": 302, "redirect_to": "/new"},
        {"url": "/new"},
    )
    nodes = nodes_of(pages, links_of((0, 1, "content", False), (0, 3, "navigation", False)))
    assert pages["node_id"].tolist() == [0, 3, 3, 3]
    assert merged(nodes) == {(0, 1): 1.0}


def test_a_canonical_carries_to_its_target_and_its_own_links_are_not_counted_twice() -> None:
    pages = pages_of({"url": "/"}, {"url": "/p?c=1", "canonical": "/p"}, {"url": "/p"})
    links = links_of((0, 1, "content", False), (1, 0, "content", False), (2, 0, "footer", False))
    nodes = nodes_of(pages, links)
    assert merged(nodes) == {(0, 1): 1.0, (1, 0): 0.1}


def test_a_redirect_loop_answers_nothing() -> None:
    pages = pages_of(
        {"url": "/"},
        {"url": "/a", "status": 301, "redirect_to": "/b"},
        {"url": "/b", "status": 301, "redirect_to": "/a"},
    )
    assert pages["node_id"].isna().tolist() == [False, True, True]


def test_a_canonical_to_a_broken_page_is_ignored() -> None:
    pages = pages_of({"url": "/", "canonical": "/gone"}, {"url": "/gone", "status": 404})
    assert pages["node_id"].isna().tolist() == [False, True]


def test_broken_targets_trap_what_reaches_them() -> None:
    pages = pages_of(*TWO, {"url": "/gone", "status": 404})
    nodes = nodes_of(pages, links_of((0, 1, "content", False), (0, 2, "content", False)))
    seeds = np.array([1.0, 0.0, 2.0])
    x = nodes.graph.equity(seeds[nodes.page_id])
    assert trapped(nodes, x, seeds, 0.85).tolist() == pytest.approx([0, 0, 2.0 + 0.85 * 0.5])


@pytest.mark.parametrize(("passes", "expected"), [(True, 0.85), (False, 0.0)])
def test_a_noindex_page_passes_on_what_it_gets_unless_the_setting_says_no(
    passes: bool, expected: float
) -> None:
    pages = pages_of({"url": "/", "noindex": True}, {"url": "/b"})
    nodes = nodes_of(pages, links_of((0, 1, "content", False)), noindex_passes=passes)
    assert nodes.graph.equity(np.array([1.0, 0.0]))[1] == pytest.approx(expected)
    assert nodes.total[0] == 1.0


def test_a_page_closed_to_robots_receives_and_passes_nothing() -> None:
    pages = pages_of({"url": "/"}, {"url": "/x", "blocked": True}, {"url": "/b"})
    nodes = nodes_of(pages, links_of((0, 1, "content", False), (1, 2, "content", False)))
    assert nodes.pages == 2
    assert merged(nodes) == {}
    assert nodes.total.tolist() == [1.0, 0.0]


def test_the_balance_closes_with_every_kind_of_leak() -> None:
    pages = pages_of(*TWO, {"url": "/gone", "status": 404}, {"url": "/c", "noindex": True})
    links = links_of(
        (0, 1, "content", False), (0, 2, "footer", False), (0, None, "content", False),
        (1, 3, "content", False), (1, 0, "content", True), (3, 0, "navigation", False),
    )  # fmt: skip
    for passes in (True, False):
        nodes = nodes_of(pages, links, noindex_passes=passes)
        seeds = np.array([3.0, 1.0, 2.0, 0.5])
        x = nodes.graph.equity(seeds[nodes.page_id])
        parts = balance(nodes, x, seeds, np.array([0, 1.0, 0]), 0.85).to_dict()
        entered = parts.pop("entered")
        assert entered == 6.5
        assert sum(parts.values()) == pytest.approx(entered, rel=1e-9)
        assert (parts["noindex"] > 0) is not passes


def test_depth_counts_followed_links_from_the_home_page() -> None:
    pages = pages_of(*TWO, {"url": "/c"}, {"url": "/orphan"})
    nodes = nodes_of(pages, links_of((0, 1, "navigation", False), (1, 2, "content", False)))
    assert home_node(pages, nodes) == 0
    assert depths(nodes.graph, 0).tolist() == [0, 1, 2, -1]


def test_links_in_from_text_are_told_from_links_in_menus() -> None:
    pages = pages_of(*TWO)
    links = links_of((0, 1, "navigation", False), (1, 0, "content", False), (1, 0, "footer", False))
    counts = link_counts(pages, links, nodes_of(pages, links))
    assert counts["links_in"].tolist() == [1, 1]
    assert counts["links_in_content"].tolist() == [1, 0]
