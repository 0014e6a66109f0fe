"""Which new links may be planned: relevant pairs that editors could set and that add something."""

import numpy as np
import pandas as pd

from linkplanner.graph.nodes import NodeLinks
from linkplanner.settings import EquitySettings, PlanLimits
from linkplanner.site.kinds import helper_pages
from linkplanner.site.languages import foreign_pairs, same_page

__all__ = ["candidate_links", "plannable", "readable"]


def plannable(pages: pd.DataFrame) -> np.ndarray:
    """Boolean per row of `pages`: may be source or target of a planned link.

    Only pages that answer themselves with status 200 (or unknown) and are indexable.
    """
    status = (pages["status"].fillna(200) == 200) & ~pages["url"].str.endswith(".pdf")
    return (status & pages["indexable"].fillna(False)).to_numpy(dtype=bool)


def candidate_links(
    pairs: pd.DataFrame,
    pages: pd.DataFrame,
    links: pd.DataFrame,
    nodes: NodeLinks,
    equity: EquitySettings,
    limits: PlanLimits,
) -> pd.DataFrame:
    """Candidates by node: source, target, weight (what the link adds), relevance.

    pairs: source_id, target_id (rows of `pages`), relevance 0 to 100. A pair already linked from
    content is left out; one linked from a menu or footer adds the difference in weight. A page
    whose links are not known is no source: nobody can say what share a new link would get there.
    Nor are contact, legal and account pages: no editor links from them. Language versions of one
    page are no pair, nor, if the limits say so, are pages in different languages.
    """
    usable = plannable(pages)
    speaks = np.zeros(len(pages), dtype=bool)
    speaks[links["source_id"].to_numpy(dtype=np.int64)] = True
    speaks &= ~helper_pages(pages["url"])
    content = equity.position_weights["content"]
    keep = (
        (pairs["relevance"] >= limits.min_relevance)
        & (pairs["source_id"] != pairs["target_id"])
        & (usable & speaks)[pairs["source_id"].to_numpy(dtype=np.int64)]
        & usable[pairs["target_id"].to_numpy(dtype=np.int64)]
    )
    chosen = pairs[keep.to_numpy(dtype=bool)]
    chosen = chosen[readable(chosen, pages, limits)]
    frame = pd.DataFrame(
        {
            "source": nodes.node[chosen["source_id"].to_numpy(dtype=np.int64)],
            "target": nodes.node[chosen["target_id"].to_numpy(dtype=np.int64)],
            "relevance": chosen["relevance"].to_numpy(dtype=np.float64),
        }
    ).drop_duplicates(["source", "target"])
    merged = pd.DataFrame(
        {"source": nodes.source, "target": nodes.target, "existing": nodes.weight}
    )
    frame = frame.merge(merged, on=["source", "target"], how="left")
    frame["weight"] = content - frame["existing"].fillna(0.0)
    frame = frame.merge(_content_pairs(links, nodes), on=["source", "target"], how="left")
    open_pairs = (frame["weight"] > 1e-9) & frame["in_content"].isna()
    columns = ["source", "target", "weight", "relevance"]
    return frame.loc[open_pairs, columns].sort_values(["source", "target"], ignore_index=True)


def readable(pairs: pd.DataFrame, pages: pd.DataFrame, limits: PlanLimits) -> np.ndarray:
    """Boolean per pair of rows of `pages`: who reads the source can use the target."""
    source = pairs["source_id"].to_numpy(dtype=np.int64)
    target = pairs["target_id"].to_numpy(dtype=np.int64)
    fit = ~same_page(pages, source, target)
    if limits.same_language:
        fit &= ~foreign_pairs(pages, source, target)
    return fit


def _content_pairs(links: pd.DataFrame, nodes: NodeLinks) -> pd.DataFrame:
    """Pairs of nodes linked from content, followed or not."""
    inside = links[(links["position"] == "content") & links["target_id"].notna()]
    pairs = pd.DataFrame(
        {
            "source": nodes.node[inside["source_id"].to_numpy(dtype=np.int64)],
            "target": nodes.node[inside["target_id"].to_numpy(dtype=np.int64)],
        }
    )
    return pairs.drop_duplicates().assign(in_content=True)
