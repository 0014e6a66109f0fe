"""The profile of all backlinks: figures, kinds, countries, time, sites, and their words."""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import altair as alt
import pandas as pd
import streamlit as st

from linkplanner.quality.profile import bursts, sites_where
from linkplanner.settings import QualitySettings, Settings
from linkplanner.ui import backlink_charts, charts, icons, screen, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import numbers
from linkplanner.ui.texts import profile as say

if TYPE_CHECKING:
    from linkplanner.quality.profile import Profile

__all__ = [
    "brands",
    "burst_sentence",
    "concentration",
    "headline",
    "short_path",
    "show_anchors",
    "show_profile",
]


def headline(loaded: Loaded, settings: Settings) -> dict[str, int]:
    """The figures of the screen's first sentence, from the analysis; analyses that were made
    before such figures were kept are counted here, once."""
    kept = loaded.version.facts.get("backlinks")
    if kept is None:
        kept = _headline(loaded.key, settings.quality.domain_decay, loaded.analysis["backlinks"])
    return cast("dict[str, int]", kept)


@st.cache_resource(max_entries=3, show_spinner=False)
def _headline(key: str, decay: float, _backlinks: pd.DataFrame) -> object:
    from linkplanner.quality.profile import headline

    return headline(_backlinks, QualitySettings(domain_decay=decay))


COLUMNS = (
    "source_domain", "source_url", "target_url", "worth", "authority", "spam", "kind", "language",
    "first_seen", "last_seen", "lost", "nofollow", "ugc", "sponsored", "is_image",
)  # fmt: skip
"""What the profile needs of every backlink."""
MOST_BURSTS = 3
"""Months that the sentence on bursts names."""


@st.cache_resource(max_entries=3, show_spinner=False)
def _profile(key: str, decay: float, _backlinks: pd.DataFrame) -> object:
    from linkplanner.quality.profile import profile

    return profile(_backlinks, QualitySettings(domain_decay=decay))


def concentration(figures: dict[str, float]) -> str:
    """How evenly the worth is spread, in one sentence."""
    half = int(figures["half_domains"])
    if not half:
        return say.RISK["unknown"]
    return say.half_from(str(figures["risk"]), half)


def show_profile(loaded: Loaded, settings: Settings, name: str) -> None:
    """Figures, charts and the table of linking sites. name: of the project, for downloads."""
    backlinks = loaded.analysis.part("backlinks", COLUMNS)
    found = cast("Profile", _profile(loaded.key, settings.quality.domain_decay, backlinks))
    figures = found.figures
    places = st.columns(4)
    places[0].metric(say.SITES, f"{figures['domains']:,}", help=say.SITES_HELP)
    places[1].metric(
        say.FOLLOWED, numbers.share(figures["follow_share"]),
        help=say.FOLLOWED_HELP,
    )  # fmt: skip
    places[2].metric(
        say.NEW, f"{figures['velocity']:,.1f}",
        say.against(figures["velocity"] - figures["velocity_before"]),
        help=say.NEW_HELP,
    )  # fmt: skip
    places[3].metric(
        say.STRONGEST, numbers.share(figures["top_share"]),
        help=say.STRONGEST_HELP,
    )  # fmt: skip
    st.caption(concentration(figures))
    picks: dict[str, set[str]] = {}
    if len(found.months):
        burst = bursts(found.months)
        st.markdown(f"**{say.OVER_TIME}**")
        st.caption(burst_sentence(found.months, burst))
        chart = backlink_charts.month_bars(found.months, burst)
        picks["month"] = _picked(chart, "month", "label", loaded.key)
    st.caption(say.CLICK)
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{say.KINDS}**")
        bars = backlink_charts.category_bars(found.kinds, "kind", say.KIND)
        picks["kind"] = _picked(bars, "kind", "kind", loaded.key)
        if len(found.languages):
            st.markdown(f"**{say.LANGUAGES}**")
            bars = backlink_charts.category_bars(found.languages, "language", say.LANGUAGE)
            picks["language"] = _picked(bars, "language", "language", loaded.key)
    with right:
        st.markdown(f"**{say.BEST_SITES}**")
        chosen = backlink_charts.share_bars(found.domains)
        picks["site"] = _picked(chosen, "site", "source_domain", loaded.key)
        if (found.countries["country"] != "other").any():
            st.markdown(f"**{say.COUNTRIES}**")
            bars = backlink_charts.category_bars(found.countries, "country", say.COUNTRY)
            picks["country"] = _picked(bars, "country", "country", loaded.key)
    _sites(found.domains, backlinks, picks, loaded.key, name)


def _picked(
    chart: "alt.Chart | alt.LayerChart | alt.FacetChart", name: str, field: str, key: str
) -> set[str]:
    """Draws a chart; what is clicked in it."""
    event = st.altair_chart(chart, on_select="rerun", key=f"{name}-{key}", width="stretch")
    return {str(point[field]) for point in event["selection"].get(name) or [] if field in point}


def burst_sentence(months: pd.DataFrame, burst: pd.Series) -> str:
    """Which months brought far more new sites than usual, and what that may mean."""
    named = months[burst]
    if named.empty:
        return say.NO_BURST
    most = named.sort_values("new", ascending=False).head(MOST_BURSTS).sort_values("month")
    told = [say.burst(row.month, row.new) for row in most.itertuples()]
    return say.bursts(told, len(named) - len(most))


def _sites(
    domains: pd.DataFrame, backlinks: pd.DataFrame, picks: dict[str, set[str]], key: str, name: str
) -> None:
    """The table of linking sites, narrowed to what was clicked."""
    narrowed = any(picks.values())
    if narrowed:
        domains = domains[domains["source_domain"].isin(sites_where(backlinks, picks))]
    st.markdown(say.linking_sites(len(domains), narrowed))
    tables.show(
        domains, ("source_domain", "backlinks", "worth", "authority", "spam"),
        key=f"sites-{key}-{len(domains)}", height=360,
    )  # fmt: skip
    screen.download_tables(f"{name} linking sites", lambda: {say.SITES: domains}, "sites")


def brands(text: str) -> tuple[str, ...]:
    """Names of the site from a line typed with commas."""
    names = (" ".join(part.split()) for part in text.split(","))
    return tuple(dict.fromkeys(name for name in names if name))


@st.cache_resource(max_entries=3, show_spinner=False)
def _anchors(
    key: str, brand: tuple[str, ...], _backlinks: pd.DataFrame, _pages: pd.DataFrame,
    _keywords: dict[str, list[str]],
) -> object:  # fmt: skip
    from linkplanner.quality.anchors import anchor_kinds, anchors_by_target

    kinds = anchor_kinds(_backlinks, _pages, brand, _keywords)
    return anchors_by_target(_backlinks, kinds, _pages)


def show_anchors(loaded: Loaded, settings: Settings, name: str) -> None:
    """The words of links by page, with the site's names counted as names. name: of the project."""
    frames = loaded.analysis.frames
    wanted = frames["priorities"].dropna(subset=["keywords"])
    words = {row.url: str(row.keywords).split(";") for row in wanted.itertuples()}
    table = cast(
        "pd.DataFrame",
        _anchors(loaded.key, settings.quality.brand, frames["backlinks"], frames["pages"], words),
    )
    if table.empty:
        st.info(say.NO_WORDS, icon=icons.NUMBERS)
        return
    odd = int((table["note"] != "").sum())
    st.caption(say.words_of_links(odd))
    labelled = table.assign(label=[short_path(url, 30) for url in table["target_url"]])
    st.caption(say.CLICK_PAGE)
    event = st.altair_chart(
        backlink_charts.anchor_bars(labelled.drop_duplicates("label")), on_select="rerun",
        key=f"anchor-chart-{loaded.key}", width="stretch",
    )  # fmt: skip
    shares = ["brand", "naked", "generic", "partial", "exact", "other", "image"]
    shown = labelled.assign(**{kind: (100 * table[kind]).round() for kind in shares})
    shown = charts.in_points(shown, event["selection"], "page", "label", shown["label"])
    columns = ("target_url", "sites", "backlinks", *shares, "commonest", "note")
    tables.show(shown, columns, key=f"anchors-{loaded.key}-{len(shown)}", height=360)
    screen.download_tables(f"{name} link texts", lambda: {say.WORDS_SHEET: shown}, "link-texts")


def short_path(url: str, most: int = 36) -> str:
    """The path of an address with its middle left out where it is long."""
    path = urlsplit(url).path or "/"
    half = (most - 1) // 2
    return path if len(path) <= most else f"{path[:half]}…{path[-half:]}"
