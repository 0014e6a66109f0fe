"""How the site hangs together: depth, links in and out, orphans, pages that hoard or waste."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints, NodeLinks
from linkplanner.tables import POSITIONS

__all__ = ["depths", "home_node", "link_counts", "position_counts", "roles"]

STRONG_SHARE: Final = 0.8
"""A page counts as strong when its equity is at or above this quantile (the top fifth)."""
HOARD_LINKS: Final = 3
"""A strong page with fewer links out of its text than this hoards: 3 to 6 links an article is what
editors set (docs/decisions.md)."""
CHUNK_PAGES: Final = 20_000
"""Pages whose links are written out at once."""
WASTE_SHARE: Final = 0.5
"""A strong page wastes when at least this share of its outflow leaves the site."""


def depths(graph: LinkGraph, start: int | Ints) -> Ints:
    """Crawl depth: int64[n], fewest followed links from page `start` or the nearest of several
    entry pages; -1 where no path leads."""
    frontier = np.unique(np.atleast_1d(np.asarray(start, dtype=np.int64)))
    depth = np.full(graph.pages, -1, dtype=np.int64)
    depth[frontier] = 0
    level = 0
    while len(frontier):
        level += 1
        reached = np.zeros(graph.pages, dtype=np.bool_)
        for first in range(0, len(frontier), CHUNK_PAGES):
            reached[graph.rows(frontier[first : first + CHUNK_PAGES]).indices] = True
        frontier = np.flatnonzero(reached & (depth < 0))
        depth[frontier] = level
    return depth


def home_node(pages: pd.DataFrame, nodes: NodeLinks) -> int:
    """Node of the home page: the shortest address of kind home, else the shortest of all.

    -1 where the site has no page.
    """
    if nodes.pages == 0:
        return -1
    rows = pages.iloc[nodes.page_id]
    length = rows["url"].str.len().to_numpy()
    indexable = rows["indexable"].fillna(False).to_numpy(dtype=bool)
    root = rows["url"].str.fullmatch(r"https?://[^/]+/").to_numpy(dtype=bool)
    home = (rows["kind"] == "home").to_numpy(dtype=bool)
    return int(np.lexsort((length, ~indexable, ~home, ~root))[0])


def link_counts(pages: pd.DataFrame, links: pd.DataFrame, nodes: NodeLinks) -> pd.DataFrame:
    """Per node: links_in, links_in_content, links_out, links_out_content (distinct pages)."""
    source = nodes.node[links["source_id"].to_numpy(dtype=np.int64)]
    target_id = links["target_id"].fillna(-1).to_numpy(dtype=np.int64)
    target = np.where(target_id >= 0, nodes.node[np.maximum(target_id, 0)], -1)
    marked = (links["nofollow"] | links["ugc"] | links["sponsored"]).to_numpy(dtype=bool)
    usable = (source >= 0) & (target >= 0) & (source != target) & ~marked
    pairs = pd.DataFrame(
        {
            "source": source[usable],
            "target": target[usable],
            "content": (links["position"] == "content").to_numpy()[usable],
        }
    )
    merged = pairs.groupby(["source", "target"], as_index=False)["content"].max()
    content = merged[merged["content"]]

    def count(ends: pd.Series) -> Ints:
        return np.bincount(ends.to_numpy(dtype=np.int64), minlength=nodes.pages)

    return pd.DataFrame(
        {
            "links_in": count(merged["target"]),
            "links_in_content": count(content["target"]),
            "links_out": count(merged["source"]),
            "links_out_content": count(content["source"]),
        }
    )


def position_counts(nodes: NodeLinks) -> pd.DataFrame:
    """Links in and out by where they stand: node, position, links_in, links_out (distinct pages).

    A pair of pages that is linked in several places counts once, where it weighs most. Rows
    without any link are left out.
    """
    kinds = len(POSITIONS)
    cells = nodes.pages * kinds
    place = nodes.position.astype(np.int64)
    into = np.bincount(nodes.target * kinds + place, minlength=cells)
    out = np.bincount(nodes.source * kinds + place, minlength=cells)
    kept = np.flatnonzero(into + out)
    return pd.DataFrame(
        {
            "node": kept // kinds,
            "position": np.array(POSITIONS)[kept % kinds],
            "links_in": into[kept],
            "links_out": out[kept],
        }
    )


def roles(equity: Floats, graph: LinkGraph, links_out_content: Ints) -> NDArray[np.str_]:
    """'hoards', 'wastes' or '' per node.

    After Kevin Indig's TIPR: strong pages that hand little on, and strong pages whose links
    mostly leave the site (nofollow, external, broken).
    """
    strong = equity >= np.quantile(equity, STRONG_SHARE) if len(equity) else np.zeros(0, bool)
    linked = graph.total > 0
    wastes = strong & linked & (1 - graph.kept >= WASTE_SHARE)
    hoards = strong & ~wastes & (links_out_content < HOARD_LINKS)
    return np.select([wastes, hoards], ["wastes", "hoards"], "")
