"""What is wrong with the words of the internal links that stand in texts today."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.settings import TextSettings
from linkplanner.tables import ANCHOR_ISSUES
from linkplanner.text.phrases import CONTENT, anchor_key, is_generic

__all__ = ["KINDS", "audit_anchors"]

KINDS: Final = {
    "empty": "The link has no words: a reader of the page's text, a screen reader and a search "
    "engine learn nothing of where it leads. Give the image an alternative text, the link words.",
    "generic": "These words describe nothing. Link words that say what the page is.",
    "shared": "The same words lead to several pages. Say in each case which one is meant.",
    "one anchor only": "All links to this page have the same words. Use its other names, too.",
    "too long": "Long link texts are read as sentences. Link the words that name the page.",
}
"""Kinds of findings, the gravest first, with what to do."""


def audit_anchors(links: pd.DataFrame, pages: pd.DataFrame, settings: TextSettings) -> pd.DataFrame:
    """Findings on the anchors of links inside texts: table ANCHOR_ISSUES, gravest kind first.

    links, pages: tables LINKS and PAGES. "empty", "generic" and "too long" are counted for each
    anchor and target with one page as an example; "shared" has a row for each target of the words;
    "one anchor only" a row for each target with `settings.audit_links` links or more.
    """
    rows = _text_links(links, pages)
    found = [
        _single(rows, rows["key"] == "", "empty"),
        _single(rows, rows["generic"] & (rows["key"] != ""), "generic"),
        _shared(rows),
        _only_one(rows, settings.audit_links),
        _single(rows, _too_long(rows["anchor"], settings), "too long"),
    ]
    frame = pd.concat(found, ignore_index=True)
    frame["advice"] = frame["kind"].map(KINDS)
    return ANCHOR_ISSUES.conform(frame)


def _text_links(links: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """Links in texts between different pages of the site, redirects resolved."""
    node = pages.set_index("page_id")["node_id"]
    rows = links[links["position"].isin(CONTENT)].dropna(subset=["source_id", "target_id"])
    rows = rows.assign(target_id=rows["target_id"].map(node)).dropna(subset=["target_id"])
    rows = rows[rows["target_id"] != rows["source_id"]]
    anchor = rows["anchor"].fillna("").str.split().str.join(" ")
    words = pd.Series(anchor.unique(), dtype="str")
    keys = dict(zip(words, map(anchor_key, words), strict=True))
    generic = dict(zip(words, map(is_generic, words), strict=True))
    return pd.DataFrame(
        {
            "source_id": rows["source_id"].astype("int64"),
            "target_id": rows["target_id"].astype("int64"),
            "anchor": anchor,
            "key": anchor.map(keys).where(anchor.str.contains(r"\w", regex=True), ""),
            "generic": anchor.map(generic).astype(bool),
        }
    ).sort_values(["source_id", "target_id", "anchor"], kind="stable", ignore_index=True)


def _single(rows: pd.DataFrame, chosen: pd.Series, kind: str) -> pd.DataFrame:
    """One row for each anchor and target among the chosen links."""
    groups = rows[chosen].groupby(["target_id", "anchor"], sort=True)
    frame = groups.agg(source_id=("source_id", "first"), links=("source_id", "size"))
    frame = frame.reset_index().assign(kind=kind, targets=1)
    return frame.sort_values(["links", "target_id"], ascending=[False, True], kind="stable")


def _shared(rows: pd.DataFrame) -> pd.DataFrame:
    """Words, none of them generic, that lead to more than one page."""
    telling = rows[(rows["key"] != "") & ~rows["generic"]]
    targets = telling.groupby("key")["target_id"].nunique()
    several = telling[telling["key"].map(targets).fillna(0) > 1]
    groups = several.groupby(["key", "target_id"], sort=True)
    frame = groups.agg(
        anchor=("anchor", "first"), source_id=("source_id", "first"), links=("source_id", "size")
    ).reset_index()
    frame["targets"] = frame["key"].map(targets)
    frame = frame.assign(kind="shared").sort_values(
        ["targets", "key", "links"], ascending=[False, True, False], kind="stable"
    )
    return frame.drop(columns="key")


def _only_one(rows: pd.DataFrame, least: int) -> pd.DataFrame:
    """Targets that many pages link to, all with the same words."""
    told = rows[rows["key"] != ""]
    groups = told.groupby("target_id", sort=True)
    frame = groups.agg(
        anchor=("anchor", "first"),
        source_id=("source_id", "first"),
        links=("source_id", "nunique"),
        keys=("key", "nunique"),
    ).reset_index()
    frame = frame[(frame["keys"] == 1) & (frame["links"] >= least)]
    frame = frame.assign(kind="one anchor only", targets=1).drop(columns="keys")
    return frame.sort_values(["links", "target_id"], ascending=[False, True], kind="stable")


def _too_long(anchor: pd.Series, settings: TextSettings) -> pd.Series:
    words = anchor.str.split().str.len().fillna(0).to_numpy()
    characters = anchor.str.len().to_numpy()
    long = (words > settings.audit_words) | (characters > settings.audit_characters)
    return pd.Series(np.asarray(long, dtype=bool), index=anchor.index)
