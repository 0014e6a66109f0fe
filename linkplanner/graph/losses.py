"""What leaves or stays stuck, by cause and page: how many points, and what would free them."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.flow import trapped
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import NodeLinks

__all__ = ["LOSS_COLUMNS", "losses"]

LOSS_COLUMNS: Final = ("cause", "page_id", "points", "links", "gain")
LEAST: Final = 1e-9
"""Points below which a loss is rounding."""


def losses(
    nodes: NodeLinks, equity: Floats, seed_rows: Floats, reach: Floats, damping: float
) -> pd.DataFrame:
    """One row a cause and page, most points first: LOSS_COLUMNS.

    cause: broken (page_id is the address that does not answer: what links and backlinks bring
    there), or, with page_id the page that loses, nofollow, external, file, noindex and dead_ends
    (a page without links). links: how many links do it, 0 for dead ends. gain: points that freeing
    it brings to priority pages at least (with nofollow removed, its links carry; nothing else
    changes), missing where that depends on what is done. Sums by cause are those of
    `flow.balance`. equity, reach: float64[nodes]; seed_rows: float64[rows of pages].
    """
    frames = [_broken(nodes, equity, seed_rows, damping)]
    frames.append(_leaking(nodes, equity, reach, damping))
    silent = np.flatnonzero(nodes.total == 0)
    frames.append(
        pd.DataFrame(
            {
                "cause": "dead_ends",
                "page_id": nodes.page_id[silent],
                "points": damping * equity[silent],
                "links": 0,
                "gain": np.nan,
            }
        )
    )
    found = pd.concat([frame for frame in frames if len(frame)] or [frames[0]], ignore_index=True)
    found = found[found["points"] > LEAST]
    found = found.sort_values(["points", "page_id"], ascending=[False, True], kind="stable")
    return found.reset_index(drop=True)[[*LOSS_COLUMNS]]


def _broken(nodes: NodeLinks, equity: Floats, seed_rows: Floats, damping: float) -> pd.DataFrame:
    """What reaches addresses that do not answer; links whose address no source names are one row
    a page that links."""
    held = trapped(nodes, equity, seed_rows, damping)
    broken = nodes.leaks[nodes.leaks["cause"] == "broken"]
    named = broken["target_id"].to_numpy(dtype=np.int64)
    links = np.bincount(named[named >= 0], minlength=len(held))
    row = np.flatnonzero(held > LEAST)
    known = pd.DataFrame(
        {"cause": "broken", "page_id": row, "points": held[row], "links": links[row]}
    )
    rest = broken[broken["target_id"] < 0]
    source = rest["source"].to_numpy(dtype=np.int64)
    points = damping * equity[source] * rest["weight"].to_numpy() / nodes.total[source]
    counted = pd.DataFrame(
        {"cause": "broken", "page_id": nodes.page_id[source], "points": points, "links": 1}
    )
    return pd.concat([known, counted], ignore_index=True).assign(gain=np.nan)


def _leaking(nodes: NodeLinks, equity: Floats, reach: Floats, damping: float) -> pd.DataFrame:
    leaks = nodes.leaks[nodes.leaks["cause"] != "broken"]
    source = leaks["source"].to_numpy(dtype=np.int64)
    target = leaks["target_id"].to_numpy(dtype=np.int64)
    lost = damping * equity[source] * leaks["weight"].to_numpy() / nodes.total[source]
    node = np.where(target >= 0, nodes.node[np.maximum(target, 0)], -1)
    freed = (leaks["cause"] == "nofollow").to_numpy() & (node >= 0)
    gain = np.where(freed, lost * reach[np.maximum(node, 0)], 0.0)
    frame = pd.DataFrame(
        {
            "cause": leaks["cause"].to_numpy(),
            "page_id": nodes.page_id[source],
            "points": lost,
            "links": 1,
            "gain": gain,
        }
    )
    summed = frame.groupby(["cause", "page_id"], as_index=False)[["points", "links", "gain"]].sum()
    summed["gain"] = summed["gain"].where(summed["cause"] == "nofollow")
    return summed
