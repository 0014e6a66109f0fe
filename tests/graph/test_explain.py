"""What an explanation says adds up to the page's equity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.graph.explain import explain
from linkplanner.graph.hubs import hubs
from linkplanner.graph.link_graph import LinkGraph
from tests.graph.strategies import Case, graphs

A = 0.85


@given(graphs(), st.integers(0, 100), st.integers(1, 9))
@settings(max_examples=60)
def test_parts_add_up(case: Case, pick: int, top: int) -> None:
    page = pick % case.graph.pages
    x = case.graph.equity(case.seed, tolerance=1e-13)
    found = explain(case.graph, x, case.seed, page, A, top)
    over_links = found.links["points"].sum() + found.other_links
    assert found.seed + over_links == pytest.approx(x[page], rel=1e-8)
    entered = found.sources["points"].sum() + found.other_sources
    assert entered == pytest.approx(x[page], rel=1e-8)
    for row in found.sources.itertuples():
        assert row.path[0] == row.node
        assert row.path_points <= row.points * (1 + 1e-9)


def test_a_chain_is_told_as_its_path() -> None:
    graph = LinkGraph.from_links([0, 1, 3], [1, 2, 2], [1.0, 1.0, 1.0], 4)
    seed = np.array([8.0, 0.0, 0.0, 1.0])
    found = explain(graph, graph.equity(seed), seed, 2)
    assert found.sources["path"].tolist() == [(0, 1, 2), (3, 2)]
    assert found.sources["path_points"].tolist() == pytest.approx([8 * A * A, A])
    text = found.sentence(["/", "/list", "/shop", "/news"])
    assert text == (
        "Of 6.63 points 0% entered at the page itself; most of the rest comes over links from "
        "/list (87%) and /news (13%); 87% entered at / → /list → /shop."
    )


def test_pages_that_nothing_reaches_and_that_nothing_links_to_say_so() -> None:
    graph = LinkGraph.from_links([0], [1], [1.0], 3)
    seed = np.array([1.0, 0.0, 0.0])
    x = graph.equity(seed)
    names = ["/", "/a", "/b"]
    assert explain(graph, x, seed, 2).sentence(names).startswith("No equity reaches /b")
    assert "no page links to it" in explain(graph, x, seed, 0).sentence(names)
    with pytest.raises(InputError, match="no page 3"):
        explain(graph, x, seed, 3)


def test_hubs_are_pages_that_feed_priority_pages_best() -> None:
    graph = LinkGraph.from_links([0, 0, 1, 2], [1, 2, 3, 0], np.ones(4), 4)
    priority = np.array([0, 0, 0, 1.0])
    x, z = graph.equity(np.ones(4)), graph.reach(priority)
    found = hubs(graph, x, z, priority, top=2)
    assert found["node"].tolist() == [1, 0]
    assert found["feeds"].tolist() == [1, 0]
    assert found["brings"].tolist() == pytest.approx([x[1] * z[1], x[0] * z[0]])
