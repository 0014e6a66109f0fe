"""What one more good backlink would bring, page by page: which pages to pitch."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.settings import StrategySettings

__all__ = ["PITCHES", "best_landing", "good_link", "linkable", "pitches"]

LINKABLE_KINDS: Final = ("article", "home")
"""Kinds that other sites link to without being paid; shops' and services' own pages rarely are."""
LINKABLE_WORDS: Final = (
    r"(?i)(?:stud(?:y|ie)|survey|report|statistic|research|data|tool|calculator|checklist|template"
    r"|guide|glossary|rechner|umfrage|estudio|herramienta|calculadora|guia|etude|outil)"
)
"""Words of titles and addresses that promise something worth a link."""
PITCHES: Final = (
    "url", "title", "kind", "linkable", "equity", "referring_domains", "value", "share",
)  # fmt: skip
"""Columns of `pitches`."""


def good_link(
    backlinks: pd.DataFrame, points_per_worth: float, settings: StrategySettings
) -> tuple[float, int]:
    """Points that the site's median good link brings, and of how many links.

    Good: live, followed, from a page's text, spam below the setting. 0 where there is none.
    """
    if not len(backlinks):
        return 0.0, 0
    marked = (backlinks["nofollow"] | backlinks["ugc"] | backlinks["sponsored"]).fillna(False)
    outside = ~backlinks["in_content"].fillna(True).astype(bool)
    good = ~backlinks["lost"] & ~marked.astype(bool) & ~outside & (backlinks["worth"] > 0)
    good &= backlinks["spam"].fillna(0) < settings.good_spam
    worth = backlinks.loc[good.to_numpy(dtype=bool), "worth"]
    if not len(worth):
        return 0.0, 0
    return float(worth.median()) * points_per_worth, len(worth)


def linkable(pages: pd.DataFrame) -> np.ndarray:
    """Boolean per page: articles, studies, tools and the like."""
    words = pages["url"].fillna("") + " " + pages["title"].fillna("")
    named = words.str.contains(LINKABLE_WORDS, regex=True)
    return (pages["kind"].isin(LINKABLE_KINDS) | named).to_numpy(dtype=bool)


def pitches(pages: pd.DataFrame, reach: Floats, points: float) -> pd.DataFrame:
    """Indexable pages by what one typical good link to them brings the priority pages.

    pages: page facts; reach: float64[pages], what one point placed there brings; points: what a
    good link places. Linkable pages first, then most value. `share`: of the best page's value.
    """
    frame = pages.assign(linkable=linkable(pages), value=reach * points)
    frame = frame[frame["indexable"].to_numpy(dtype=bool) & (reach > 0)]
    frame = frame.sort_values(["linkable", "value"], ascending=False, kind="stable")
    top = float(frame["value"].max()) if len(frame) else 0.0
    frame = frame.assign(share=frame["value"] / top if top else 0.0)
    return frame[list(PITCHES)].reset_index(drop=True)


def best_landing(pages: pd.DataFrame, onto: Floats, own: Ints) -> Ints:
    """For each priority page the linkable page, or itself, from which most of a point arrives.

    onto: float64[pages, k], what a point placed on each page brings each priority page; own:
    rows of the priority pages.
    """
    able = linkable(pages) & pages["indexable"].to_numpy(dtype=bool)
    open_ = np.repeat(able[:, None], len(own), axis=1)
    open_[own, np.arange(len(own))] = False  # the page itself is what nobody links to
    values = np.where(open_, onto, -1.0)
    best = values.argmax(axis=0)
    return np.where(values.max(axis=0) > 0, best, own)
