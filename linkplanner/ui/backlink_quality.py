"""The quality map with its table, and the card of the backlink that is picked."""

from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from linkplanner.quality.best import COLUMNS
from linkplanner.settings import Settings
from linkplanner.ui import backlink_detail, quality_map, screen, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import backlinks as say
from linkplanner.ui.texts import columns, common, screens

if TYPE_CHECKING:
    from linkplanner.results import Analysis

__all__ = ["narrowed", "show_quality"]

MEASURED: Final = ("authority", "relevance", "spam", "worth", "kind", "lost")
"""What filters, order and map need of every link: a tenth of what is known of it."""
BEST: Final = "best_backlinks"


def narrowed(backlinks: pd.DataFrame, bands: list[str], kinds: list[str]) -> pd.DataFrame:
    """The links in some bands of spam and of some kinds; an empty choice takes all."""
    from linkplanner.quality.signals import BANDS

    rows = pd.Series(True, index=backlinks.index)
    if bands:
        spam, wanted = backlinks["spam"].fillna(0.0), pd.Series(False, index=backlinks.index)
        above = float("inf")
        for least, name in BANDS:
            if name in bands:
                wanted |= (spam >= least) & (spam < above)
            above = least
        rows &= wanted
    if kinds:
        rows &= backlinks["kind"].isin(kinds)
    return backlinks[rows]


def show_quality(loaded: Loaded, settings: Settings, name: str) -> None:
    """Map, table and card. name: of the project, for downloads."""
    pool = _pool(loaded.analysis.part("backlinks", MEASURED))
    boxed = _map(loaded, pool)
    shown = _told(loaded.analysis, boxed)
    st.markdown(say.links_shown(len(boxed), len(boxed) < len(pool)))
    picked = tables.show(
        shown, COLUMNS, key=f"links-{loaded.key}-{len(boxed)}", select="single", height=360,
        foreign=True, whole=len(boxed),
    )  # fmt: skip
    for row in picked.index:
        _card(loaded, settings, int(row))
    screen.download_tables(
        f"{name} backlinks",
        lambda: {screens.TITLES["backlinks"]: loaded.analysis["backlinks"].loc[boxed.index]},
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


def _map(loaded: Loaded, pool: pd.DataFrame) -> pd.DataFrame:
    """The map, and the links inside the box that was dragged in it."""
    gathered = len(pool) > quality_map.MOST_DOTS
    st.caption(say.map_shows(gathered))
    event = st.altair_chart(
        quality_map.quality_map(pool if gathered else _told(loaded.analysis, pool)),
        on_select="rerun", key=f"map-{loaded.key}-{len(pool)}", width="stretch",
    )  # fmt: skip
    return quality_map.in_brush(pool, event["selection"])


def _told(analysis: "Analysis", links: pd.DataFrame) -> pd.DataFrame:
    """The first rows of these links with all that the table shows, by the row of each.

    The best links lie in a small table of their own, so that the first look at the screen does not
    read the words of all.
    """
    wanted = links.index[: tables.MOST_ROWS]
    if BEST in analysis.frames:
        best = analysis.frames[BEST].set_index("row")
        if wanted.isin(best.index).all():
            return best.loc[wanted]
    return analysis.part("backlinks", COLUMNS).loc[wanted]


def _card(loaded: Loaded, settings: Settings, row: int) -> None:
    from linkplanner.quality.referral import referral_potential
    from linkplanner.quality.signals import weights

    frames = loaded.analysis.frames
    scores = backlink_detail.all_signals(loaded.key, frames, settings.quality)
    link = frames["backlinks"].iloc[[row]]
    referral = referral_potential(link, frames["traffic"], settings.quality)
    table = backlink_detail.signal_table(scores, row, weights(settings.quality.signal_points))
    backlink_detail.show_backlink(link.iloc[0], table, referral.iloc[0])
