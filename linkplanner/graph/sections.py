"""The balance page by page and section by section, and what sections hand each other."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import NodeLinks

__all__ = ["page_balance", "section_balance", "section_flows"]

CAUSES: Final = {
    "nofollow": "nofollow",
    "external": "external",
    "broken": "broken",
    "file": "files",
    "noindex": "noindex",
}
"""Column of each cause of a leak."""
MOST_SECTIONS: Final = 30
"""Sections a flow table names; the others are summed as "other"."""


def page_balance(
    nodes: NodeLinks, equity: Floats, seed: Floats, priority: Floats, damping: float
) -> pd.DataFrame:
    """Per node, in points: entered + received = settled + passed + the leaks.

    Columns: entered, received, settled, passed (to other pages), dead_ends, nofollow, external,
    broken, files, noindex, priority (bool). equity, seed, priority: float64[nodes].
    """
    silent = nodes.total == 0
    flow = damping * equity / np.where(silent, 1.0, nodes.total)
    source = nodes.leaks["source"].to_numpy(dtype=np.int64)
    lost = nodes.leaks["weight"].to_numpy(dtype=np.float64) * flow[source]
    frame = pd.DataFrame({"entered": seed, "received": equity - seed})
    frame["settled"] = (1 - damping) * equity
    frame["passed"] = damping * equity * nodes.graph.kept
    frame["dead_ends"] = np.where(silent, damping * equity, 0.0)
    cause = nodes.leaks["cause"].to_numpy()
    for name, column in CAUSES.items():
        chosen = cause == name
        frame[column] = np.bincount(
            source[chosen], weights=lost[chosen], minlength=nodes.pages
        ).astype(np.float64)
    frame["priority"] = priority > 0
    return frame


def section_balance(balance: pd.DataFrame, section: Sequence[str]) -> pd.DataFrame:
    """`page_balance` summed by section, largest first: section, pages, priority (number), and the
    points of each column."""
    frame = balance.assign(section=list(section), pages=1)
    frame["priority"] = frame["priority"].astype(np.int64)
    points = [name for name in balance.columns if name != "priority"]
    whole = frame.groupby("section", as_index=False)[["pages", "priority", *points]].sum()
    return whole.sort_values("settled", ascending=False, kind="stable", ignore_index=True)


def section_flows(
    graph: LinkGraph, equity: Floats, section: Sequence[str], damping: float
) -> pd.DataFrame:
    """Points that links carry between sections: section, to, points, largest first."""
    names = pd.Series(list(section))
    large = names.value_counts().index[:MOST_SECTIONS]
    names = names.where(names.isin(large), "other")
    code, labels = pd.factorize(names, sort=True)
    passing = [np.where(code == at, equity, 0.0) for at in range(len(labels))]
    carried = [graph.carried(values, damping) for values in passing]
    rows = [
        {"section": labels[at], "to": labels[to], "points": points}
        for at, received in enumerate(carried)
        for to, points in enumerate(np.bincount(code, weights=received, minlength=len(labels)))
        if points > 0
    ]
    found = pd.DataFrame(rows, columns=["section", "to", "points"])
    return found.sort_values("points", ascending=False, kind="stable", ignore_index=True)
