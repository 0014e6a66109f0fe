"""Graph files: what networkx reads back is what was there."""

import io
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.export.graph import MAX_PAGES, Format, graph_file


def opened(data: bytes, kind: Format) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = (nx.read_graphml if kind == "graphml" else nx.read_gexf)(
        io.BytesIO(data)
    )
    return graph


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_pages_links_and_planned_links_are_there(fabricate: Any, kind: Format) -> None:
    analysis, result = fabricate()
    frames = analysis.frames
    graph = opened(
        graph_file(frames["page_facts"], frames["links"], result.frames["plan"], kind=kind), kind
    )
    assert graph.nodes["1"]["label"] == "https://shop.example/tyres"
    assert graph.nodes["1"]["priority"] == 2.0
    assert graph.edges["0", "1"]["weight"] == 1.0
    planned = {edge for edge in graph.edges if graph.edges[edge]["planned"]}
    assert planned == {("2", "1"), ("0", "1"), ("2", "3")}
    assert set(graph.edges) == {*planned, ("2", "0")}


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_texts_that_xml_cannot_hold_do_not_break_the_file(fabricate: Any, kind: Format) -> None:
    analysis, _ = fabricate("\x00<b>&\x0b")
    frames = analysis.frames
    graph = opened(graph_file(frames["page_facts"], frames["links"], kind=kind), kind)
    assert graph.nodes["2"]["title"] == "<b>&"


def test_links_that_leave_the_site_are_left_out(fabricate: Any) -> None:
    analysis, _ = fabricate()
    links = analysis.frames["links"].assign(target_id=pd.array([None, 99, 1], dtype="Int64"))
    graph = opened(graph_file(analysis.frames["page_facts"], links, kind="gexf"), "gexf")
    assert set(graph.edges) == {("2", "1")}


def test_too_many_pages_are_refused_with_the_way_out() -> None:
    pages = pd.DataFrame({"page_id": range(MAX_PAGES + 1), "url": "u"})
    with pytest.raises(InputError, match=r"50,001 pages are too many.*filter"):
        graph_file(pages, pd.DataFrame(), kind="gexf")
