"""The link graph as GraphML or GEXF, for people who draw it in Gephi or yEd.

Made by networkx. Both formats are XML, so characters that XML cannot hold are left out, and texts
are cut at 1,000 characters.
"""

import io
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.export.cells import legal, plain

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["MAX_PAGES", "Format", "graph_file"]

Format = Literal["graphml", "gexf"]

MAX_PAGES: Final = 50_000
"""Pages of one file: Gephi's drawings become unreadable long before, and networkx slow after."""
_LONGEST: Final = 1_000
_SHOWN: Final = ("title", "kind", "section", "priority", "equity", "equity_after", "depth")
"""Columns of the pages that become attributes of the nodes, where they are there."""


def graph_file(
    pages: pd.DataFrame, links: pd.DataFrame, plan: pd.DataFrame | None = None, *, kind: Format
) -> bytes:
    """Pages, their links and the planned links as one directed graph.

    pages: `page_id, url` and what is known of them; links: LINKS; plan: PLAN. An edge carries its
    greatest weight, a position, and whether it is planned. Raises InputError above MAX_PAGES.
    """
    import networkx as nx

    if len(pages) > MAX_PAGES:
        raise InputError(
            f"{len(pages):,} pages are too many to draw; filter them to at most {MAX_PAGES:,}."
        )
    graph: DiGraph[int] = nx.DiGraph()
    shown = [name for name in _SHOWN if name in pages]
    for row in pages[["page_id", "url", *shown]].to_dict("records"):
        attributes = {
            str(name): _value(row[name]) for name in row if name not in ("page_id", "url")
        }
        known = {name: value for name, value in attributes.items() if value is not None}
        graph.add_node(int(row["page_id"]), label=_value(row["url"]), **known)
    _add_links(graph, links)
    if plan is not None:
        _add_plan(graph, pages, plan)
    out = io.BytesIO()
    write = nx.write_graphml if kind == "graphml" else nx.write_gexf
    write(graph, out)
    return out.getvalue()


def _add_links(graph: "DiGraph[int]", links: pd.DataFrame) -> None:
    inside = links.dropna(subset=["source_id", "target_id"])
    inside = inside[inside["source_id"].isin(graph.nodes) & inside["target_id"].isin(graph.nodes)]
    strongest = inside.sort_values("weight", ascending=False, kind="stable")
    strongest = strongest.drop_duplicates(["source_id", "target_id"])
    columns = strongest[["source_id", "target_id", "weight", "position"]].to_numpy(dtype=object)
    for source, target, weight, position in columns:
        attributes = {"position": _value(position) or "unknown", "planned": False}
        known = {} if pd.isna(weight) else {"weight": float(weight)}
        graph.add_edge(int(source), int(target), **attributes, **known)


def _add_plan(graph: "DiGraph[int]", pages: pd.DataFrame, plan: pd.DataFrame) -> None:
    page = dict(zip(pages["url"], pages["page_id"], strict=True))
    for source, target, gain in plan[["source_url", "target_url", "gain"]].to_numpy(dtype=object):
        if source in page and target in page:
            known = {} if pd.isna(gain) else {"gain": float(gain)}
            ends = int(page[source]), int(page[target])
            graph.add_edge(*ends, position="content", weight=1.0, planned=True, **known)


def _value(value: Any) -> Any:
    value = plain(value)
    return legal(value)[:_LONGEST] if isinstance(value, str) else value
