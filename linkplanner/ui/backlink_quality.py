"""The quality map with its table, and the card of the backlink that is picked."""

import pandas as pd
import streamlit as st

from linkplanner.settings import Settings
from linkplanner.ui import backlink_detail, charts, screen, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import backlinks as say
from linkplanner.ui.texts import columns, common, screens

__all__ = ["narrowed", "show_quality"]

COLUMNS = (
    "source_domain", "authority", "relevance", "spam", "worth", "anchor", "target_url", "kind",
    "nofollow", "lost", "first_seen", "source_url", "vendors",
)  # fmt: skip


def narrowed(backlinks: pd.DataFrame, bands: list[str], kinds: list[str]) -> pd.DataFrame:
    """The links in some bands of spam and of some kinds; an empty choice takes all."""
    from linkplanner.quality.signals import band

    rows = pd.Series(True, index=backlinks.index)
    if bands:
        rows &= backlinks["spam"].fillna(0).map(band).isin(bands)
    if kinds:
        rows &= backlinks["kind"].isin(kinds)
    return backlinks[rows]


def show_quality(loaded: Loaded, settings: Settings, name: str) -> None:
    """Map, table and card. name: of the project, for downloads."""
    # a third of the columns: the reasons alone weigh as much as all of these
    pool = _pool(loaded.analysis.part("backlinks", COLUMNS))
    shown = _map(pool, loaded.key)
    st.markdown(say.links_shown(len(shown), len(shown) < len(pool)))
    picked = tables.show(
        shown, COLUMNS, key=f"links-{loaded.key}-{len(shown)}", select="single", height=360,
        foreign=True,
    )  # fmt: skip
    for row in picked.index:
        _card(loaded, settings, int(row))
    screen.download_tables(
        f"{name} backlinks",
        lambda: {screens.TITLES["backlinks"]: loaded.analysis["backlinks"].loc[shown.index]},
        "backlinks",
    )


def _pool(backlinks: pd.DataFrame) -> pd.DataFrame:
    """The links that the filters above the map let through, worth most first."""
    from linkplanner.quality.signals import BANDS

    present = sorted(backlinks["kind"].dropna().unique())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        show_lost = st.toggle(say.SHOW_LOST, key="show-lost", bind="query-params", width="content")
        wanted = st.pills(
            columns.COLUMNS["spam"][0],
            [name for _, name in BANDS],
            selection_mode="multi",
            key="bands",
            format_func=common.stored,
            bind="query-params",
            width="content",
        )
        chosen = st.multiselect(
            say.KINDS,
            present,
            key="kinds",
            format_func=common.stored,
            placeholder=common.ALL_KINDS,
            width=320,
            bind="query-params",
        )
    pool = backlinks if show_lost else backlinks[~backlinks["lost"]]
    pool = narrowed(pool, list(wanted or []), chosen)
    return pool.sort_values("worth", ascending=False, kind="stable")


def _map(pool: pd.DataFrame, key: str) -> pd.DataFrame:
    """The map, and the links inside the box that was dragged in it."""
    drawn = pool.head(charts.MAX_POINTS)
    st.caption(say.drawn(len(drawn), len(pool)))
    event = st.altair_chart(
        charts.quality_map(drawn), on_select="rerun", key=f"map-{key}-{len(pool)}", width="stretch"
    )
    return charts.in_brush(pool, event["selection"])


def _card(loaded: Loaded, settings: Settings, row: int) -> None:
    from linkplanner.quality.referral import referral_potential
    from linkplanner.quality.signals import weights

    frames = loaded.analysis.frames
    scores = backlink_detail.all_signals(loaded.key, frames, settings.quality)
    link = frames["backlinks"].iloc[[row]]
    referral = referral_potential(link, frames["traffic"], settings.quality)
    table = backlink_detail.signal_table(scores, row, weights(settings.quality.signal_points))
    backlink_detail.show_backlink(link.iloc[0], table, referral.iloc[0])
