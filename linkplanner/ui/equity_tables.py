"""Where equity goes, in tables for a reader: by section, lost by cause, bands, hubs, variants."""

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from linkplanner.ui import palette
from linkplanner.ui.explorer import path
from linkplanner.ui.texts import charts
from linkplanner.ui.texts import equity as say

__all__ = [
    "absent",
    "band_chart",
    "band_sentence",
    "loss_sums",
    "places_of",
    "sections_shown",
]

LEAKS: Final = ("nofollow", "external", "broken", "files", "noindex", "dead_ends")
MOST_BANDS: Final = 25
"""Priority pages in one chart."""


def sections_shown(balance: pd.DataFrame) -> pd.DataFrame:
    """The balance by section with a line for the whole site: what comes in equals what goes out.

    balance: `section_balance`. Columns: section, pages, entered, received, settled, passed, leaks;
    entered + received = settled + passed + leaks.
    """
    shown = balance[["section", "pages", "entered", "received", "settled", "passed"]].copy()
    shown["leaks"] = balance[[name for name in LEAKS if name in balance]].sum(axis=1)
    whole = shown.drop(columns="section").sum()
    return pd.concat(
        [pd.DataFrame([{"section": say.WHOLE_SITE, **whole}]), shown], ignore_index=True
    )


def loss_sums(losses: pd.DataFrame) -> pd.DataFrame:
    """By cause, largest first: cause (in words), key, pages, points, part (of all that enters)."""
    sums = losses.groupby("cause", as_index=False).agg(
        points=("points", "sum"), part=("part", "sum"), pages=("page_id", "nunique")
    )
    sums = sums.sort_values("points", ascending=False, ignore_index=True)
    return sums.assign(key=sums["cause"], cause=sums["cause"].map(say.CAUSES))


def band_chart(bands: pd.DataFrame) -> alt.LayerChart:
    """Equity of the strongest priority pages with the band it takes over plausible weights.

    bands: url, equity, equity_low, equity_high, rank, rank_low, rank_high.
    """
    data = bands.head(MOST_BANDS)
    data = data.assign(page=[path(url) for url in data["url"]])
    row = alt.Y(
        "page:N",
        sort=data["page"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=320, labelFlush=False),
    )
    tip = [
        alt.Tooltip("page:N", title=charts.PAGE),
        alt.Tooltip("equity:Q", format=".2f", title=charts.EQUITY),
        alt.Tooltip("equity_low:Q", format=".2f", title=say.FROM),
        alt.Tooltip("equity_high:Q", format=".2f", title=say.TO),
        alt.Tooltip("rank_low:Q", format="d", title=say.RANK_FROM),
        alt.Tooltip("rank_high:Q", format="d", title=say.RANK_TO),
    ]
    base = alt.Chart(data)
    band = base.mark_bar(height=8, color=palette.SKY, cornerRadius=3).encode(
        x=alt.X("equity_low:Q", title=charts.EQUITY), x2="equity_high:Q", y=row, tooltip=tip
    )
    dot = base.mark_circle(size=70, color=palette.BLUE, opacity=1).encode(
        x="equity:Q", y=row, tooltip=tip
    )
    return (band + dot).properties(height=alt.Step(28))


def band_sentence(bands: pd.DataFrame) -> str:
    """What the bands say of the order of priority pages, in one sentence."""
    if len(bands) < 2:
        return say.ONE_BAND
    span = bands["rank_high"] - bands["rank_low"]
    firm = int((span == 0).sum())
    if firm == len(bands):
        return say.FIRM_ORDER
    loose = bands.loc[span.idxmax()]
    return say.loose_order(
        firm, len(bands), path(loose["url"]), int(loose["rank_low"]), int(loose["rank_high"])
    )


def places_of(positions: pd.DataFrame, node: int) -> pd.DataFrame:
    """Links of one page by where they stand, in words: position, links_in, links_out.

    positions: `link_positions`.
    """
    rows = positions[positions["node"] == node]
    shown = rows.assign(position=rows["position"].map(say.PLACES))
    return shown[["position", "links_in", "links_out"]].reset_index(drop=True)


def absent(frames: Mapping[str, pd.DataFrame], name: str) -> bool:
    """Whether an analysis has no such table, or an empty one."""
    return name not in frames or frames[name].empty
