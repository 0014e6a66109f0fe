"""Pages that want links from texts: orphans, pages in menus only, priority pages far from home."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.plan.first_order import Slopes
from linkplanner.settings import RepairSettings
from linkplanner.site.kinds import helper_pages

__all__ = ["sources_for", "wanting_links", "with_sources"]

SOURCES: Final = 3
"""Source pages named for one page, the least that an article should have (settings)."""
NEXT_PAGES: Final = r"(?i)/page/\d+/?$|[?&](?:page|p|offset)=\d+"
"""Second and further pages of lists: nobody links to these from a text."""
KINDS: Final = ("orphan", "contextual orphan", "deep page")


def wanting_links(facts: pd.DataFrame, settings: RepairSettings) -> pd.DataFrame:
    """Rows of page facts that want links from texts, with `wants` (one of KINDS), most important
    first; at most the setting's number."""
    far = (facts["depth"].fillna(0) > settings.deep_clicks).to_numpy(dtype=bool)
    deep = (facts["priority"] > 0) & far
    home = facts["kind"] == "home"
    names = np.select(
        [facts["orphan"], facts["contextual_orphan"] & ~home, deep & facts["indexable"]],
        KINDS, "",
    )  # fmt: skip
    aside = helper_pages(facts["url"]) | facts["url"].str.contains(NEXT_PAGES, regex=True)
    found = facts.assign(wants=names)[(names != "") & ~(aside & (names == KINDS[1]))]
    order = ["priority", "equity", "url"]
    return found.sort_values(order, ascending=[False, False, True], kind="stable").head(
        settings.tied_pages
    )


def sources_for(
    pairs: pd.DataFrame,
    facts: pd.DataFrame,
    slopes: Slopes,
    settings: RepairSettings,
) -> pd.DataFrame:
    """The best source pages for each page that wants links: [target, sources (addresses, a line
    each), gain (points of w.x, to first order)], by node.

    pairs: by node [source, target, weight, relevance], links that may be set. A deep page is only
    linked from pages that are themselves near enough.
    """
    wanted = wanting_links(facts, settings)
    fit = pairs[pairs["target"].isin(wanted.index)]
    depth = facts["depth"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.inf)
    deep = set(wanted.index[wanted["wants"] == "deep page"])
    near = depth[fit["source"].to_numpy(dtype=np.int64)] < settings.deep_clicks
    fit = fit[near | ~fit["target"].isin(deep).to_numpy(dtype=bool)]
    fit = fit.sort_values("relevance", ascending=False, kind="stable")
    fit = fit[fit.groupby("target").cumcount() < SOURCES]
    if not len(fit):
        return pd.DataFrame({"target": [], "sources": [], "gain": []})
    ends = (fit[name].to_numpy() for name in ("source", "target", "weight"))
    fit = fit.assign(
        gain=slopes.links(*ends), url=facts["url"].to_numpy()[fit["source"].to_numpy(np.int64)]
    )
    found = fit.groupby("target").agg(sources=("url", "\n".join), gain=("gain", "sum"))
    return found.reset_index()


def with_sources(repairs: pd.DataFrame, facts: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """REPAIRS in which pages that want links have their sources and what these links bring."""
    if not len(found):
        return repairs
    by_url = found.assign(url=facts["url"].to_numpy()[found["target"].to_numpy(np.int64)])
    by_url = by_url.set_index("url")
    mine = repairs["kind"].isin(KINDS) & repairs["url"].isin(by_url.index)
    urls = repairs.loc[mine, "url"]
    told = repairs.copy()
    told.loc[mine, "sources"] = urls.map(by_url["sources"]).to_numpy()
    told.loc[mine, "gain"] = urls.map(by_url["gain"]).to_numpy()
    return told.sort_values(["gain", "trapped"], ascending=False, ignore_index=True, kind="stable")
