"""The profile of all backlinks: figures, kinds, countries, time, sites, and their words."""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from linkplanner.settings import QualitySettings, Settings
from linkplanner.ui import backlink_charts, icons, tables
from linkplanner.ui.findings import count
from linkplanner.ui.state import Loaded

if TYPE_CHECKING:
    from linkplanner.quality.profile import Profile

__all__ = ["brands", "concentration", "headline", "show_anchors", "show_profile"]

RISK = {
    "high": "Much hangs on few sites: losing one of them would be felt.",
    "medium": "A handful of sites carries much of it.",
    "low": "What backlinks bring is spread over many sites.",
    "unknown": "None of the live links brings anything that counts.",
}


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


@st.cache_resource(max_entries=3, show_spinner=False)
def _profile(key: str, decay: float, _backlinks: pd.DataFrame) -> object:
    from linkplanner.quality.profile import profile

    return profile(_backlinks, QualitySettings(domain_decay=decay))


def concentration(figures: dict[str, float]) -> str:
    """How evenly the worth is spread, in one sentence."""
    half = int(figures["half_domains"])
    if not half:
        return RISK["unknown"]
    return f"{RISK[str(figures['risk'])]} Half of it comes from {count(half, 'site')}."


def show_profile(loaded: Loaded, settings: Settings) -> None:
    """Figures, charts and the table of linking sites."""
    backlinks = loaded.analysis["backlinks"]
    found = cast("Profile", _profile(loaded.key, settings.quality.domain_decay, backlinks))
    figures = found.figures
    places = st.columns(4)
    places[0].metric("Linking sites", f"{figures['domains']:,}", help="Sites with a live link")
    places[1].metric(
        "Followed links", f"{figures['follow_share']:.0%}",
        help="Live links without nofollow, ugc or sponsored",
    )  # fmt: skip
    places[2].metric(
        "New sites a month", f"{figures['velocity']:,.1f}",
        f"{figures['velocity'] - figures['velocity_before']:+,.1f} against the year before",
        help="Mean of the last three whole months in your export",
    )  # fmt: skip
    places[3].metric(
        "Strongest site", f"{figures['top_share']:.0%}",
        help="Its share of what all backlinks bring",
    )  # fmt: skip
    st.caption(concentration(figures))
    if len(found.months):
        st.markdown("**Linking sites over time**")
        st.altair_chart(backlink_charts.month_lines(found.months), width="stretch")
    left, right = st.columns(2)
    with left:
        st.markdown("**Kinds of links**")
        st.altair_chart(backlink_charts.category_bars(found.kinds, "kind", "Kind"))
        if len(found.languages):
            st.markdown("**Languages of the linking pages**")
            st.altair_chart(backlink_charts.category_bars(found.languages, "language", "Language"))
    with right:
        st.markdown("**Sites that bring most**")
        st.altair_chart(backlink_charts.share_bars(found.domains))
        if (found.countries["country"] != "other").any():
            st.markdown("**Countries, by the sites' endings**")
            st.altair_chart(backlink_charts.category_bars(found.countries, "country", "Country"))
    tables.show(
        found.domains, ("source_domain", "backlinks", "worth", "authority", "spam"),
        key=f"sites-{loaded.key}", height=360,
    )  # fmt: skip


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


def show_anchors(loaded: Loaded, settings: Settings) -> None:
    """The words of links by page, with the site's names counted as names."""
    frames = loaded.analysis.frames
    wanted = frames["priorities"].dropna(subset=["keywords"])
    words = {row.url: str(row.keywords).split(";") for row in wanted.itertuples()}
    table = cast(
        "pd.DataFrame",
        _anchors(loaded.key, settings.quality.brand, frames["backlinks"], frames["pages"], words),
    )
    if table.empty:
        st.info("None of the live links names the page it leads to.", icon=icons.NUMBERS)
        return
    odd = int((table["note"] != "").sum())
    st.caption(
        "What other sites write when they link to your pages. A site counts once for each text. "
        "Names and addresses are what grows by itself; many links with a page's exact words look "
        "made. "
        + (f"{count(odd, 'page stands', 'pages stand')} out." if odd else "No page stands out.")
    )
    labelled = table.assign(label=[urlsplit(url).path or "/" for url in table["target_url"]])
    labelled = labelled.drop_duplicates("label")
    st.altair_chart(backlink_charts.anchor_bars(labelled), width="stretch")
    shares = ["brand", "naked", "generic", "partial", "exact", "other", "image"]
    shown = table.assign(**{name: (100 * table[name]).round() for name in shares})
    columns = ("target_url", "sites", "backlinks", *shares, "commonest", "note")
    tables.show(shown, columns, key=f"anchors-{loaded.key}", height=360)
