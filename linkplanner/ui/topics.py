"""Topics of the site, pages that compete, and what is wrong with the words of its links."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st

from linkplanner.text.anchor_audit import KINDS
from linkplanner.ui import tables
from linkplanner.ui.texts import common
from linkplanner.ui.texts import topics as say

__all__ = ["TABLES", "anchor_rows", "rival_rows", "show_topics", "tie_rows", "topic_rows"]

TABLES: Final = ("clusters", "cluster_pages", "cluster_ties", "rivals", "anchor_issues")
"""Frames of a thorough plan that this part shows."""


def topic_rows(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> pd.DataFrame:
    """One row a topic: label, pillar_url, pages, tied, missing."""
    clusters = frames["clusters"]
    return clusters.assign(pillar_url=_urls(pages, clusters["pillar_id"]))


def tie_rows(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame, cluster: int) -> pd.DataFrame:
    """The links that would tie one topic: kind, source_url, target_url."""
    ties = frames["cluster_ties"]
    ties = ties[ties["cluster"] == cluster]
    return ties.assign(
        source_url=_urls(pages, ties["source_id"]), target_url=_urls(pages, ties["target_id"])
    )


def rival_rows(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> pd.DataFrame:
    """Pairs of pages that compete: source_url, target_url, likeness, same_title."""
    rivals = frames["rivals"]
    return rivals.assign(
        source_url=_urls(pages, rivals["page_id"]), target_url=_urls(pages, rivals["rival_id"])
    )


def anchor_rows(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> pd.DataFrame:
    """Findings on link texts with the address of one page that has such a link."""
    issues = frames["anchor_issues"]
    return issues.assign(
        source_url=_urls(pages, issues["source_id"]), target_url=_urls(pages, issues["target_id"])
    )


def _urls(pages: pd.DataFrame, ids: pd.Series) -> pd.Series:
    return ids.map(pages.set_index("page_id")["url"]).astype("str")


def show_topics(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> None:
    """All three views. frames: those of the newest plan; pages: PAGES or page facts."""
    if any(name not in frames for name in ("clusters", "rivals", "anchor_issues")):
        st.caption(say.NOT_YET)
        return
    view = st.segmented_control(
        common.VIEW,
        say.VIEWS,
        default=say.TOPICS,
        key="topics-look",
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
    if view == say.RIVALS:
        _show_rivals(frames, pages)
    elif view == say.WORDS:
        _show_words(frames, pages)
    else:
        _show_clusters(frames, pages)


def _show_clusters(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> None:
    st.caption(say.TOPICS_ARE)
    columns = ["label", "pillar_url", "pages", "links_inside", "tied", "missing"]
    chosen = tables.show(
        topic_rows(frames, pages), columns, key="topics", select="single", height=420
    )
    for cluster in chosen["cluster"]:
        missing = tie_rows(frames, pages, int(cluster))
        st.caption(say.would_tie(len(missing)))
        tables.show(missing, ["kind", "source_url", "target_url"], key="topic-ties")


def _show_rivals(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> None:
    st.caption(say.RIVALS_ARE)
    columns = ["source_url", "target_url", "likeness", "same_title"]
    tables.show(rival_rows(frames, pages), columns, key="topic-rivals")


def _show_words(frames: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> None:
    rows = anchor_rows(frames, pages)
    kinds = [kind for kind in KINDS if (rows["kind"] == kind).any()]
    if not kinds:
        st.caption(say.NOTHING_WRONG)
        return
    kind = st.selectbox(say.WHAT_IS_WRONG, kinds, key="topic-words")
    st.caption(KINDS[str(kind)])
    columns = ["anchor", "target_url", "source_url", "links", "targets"]
    tables.show(rows[rows["kind"] == kind], columns, key="topic-anchors")
