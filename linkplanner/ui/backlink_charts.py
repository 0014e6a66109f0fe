"""Charts of the backlink profile."""

from typing import Any, Final

import altair as alt
import pandas as pd

from linkplanner.quality.anchors import ANCHOR_KINDS
from linkplanner.ui import palette
from linkplanner.ui.texts import backlink_charts as say

__all__ = ["anchor_bars", "category_bars", "month_bars", "share_bars"]

ANCHOR_COLOURS: Final = dict(
    zip([say.WORDS[kind] for kind in ANCHOR_KINDS],
                      (palette.BLUE, palette.SKY, palette.GREY, palette.GREEN, palette.VERMILION,
                       palette.ORANGE, palette.PURPLE))
)  # fmt: skip
"""Colour of each kind of link text; exact words stand out."""


def category_bars(counts: pd.DataFrame, category: str, title: str, most: int = 12) -> alt.Chart:
    """Linking sites by a category, to be clicked (selection named as the category).

    counts: [category, sites], most first.
    """
    data = counts.head(most)
    pick = alt.selection_point(name=category, fields=[category])
    return (
        alt.Chart(data)
        .mark_bar(color=palette.BLUE, cornerRadiusEnd=3, cursor="pointer")
        .encode(
            y=alt.Y(f"{category}:N", sort=data[category].tolist(), title=None,
                    axis=alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False)),
            x=alt.X("sites:Q", title=say.LINKING_SITES, axis=alt.Axis(tickCount=6, tickMinStep=1)),
            opacity=alt.condition(pick, alt.value(1.0), alt.value(0.35)),
            tooltip=[alt.Tooltip(f"{category}:N", title=title),
                     alt.Tooltip("sites:Q", title=say.LINKING_SITES, format=",")],
        )
        .add_params(pick)
        .properties(height=22 * len(data) + 50)
    )  # fmt: skip


def month_bars(months: pd.DataFrame, burst: pd.Series) -> alt.LayerChart | alt.FacetChart:
    """Linking sites first seen by month as bars, bursts in another colour, and sites lost as a
    line; a bar can be clicked (selection “month”). months: [month, new, lost]; burst: bool."""
    names = (say.FIRST_SEEN, say.BURST, say.LOST)
    colours = (palette.BLUE, palette.VERMILION, palette.GREY)
    scale = alt.Scale(domain=list(names), range=list(colours))
    data = months.assign(
        label=months["month"].dt.strftime("%Y-%m"),
        what=burst.map({True: names[1], False: names[0]}),
        gone=names[2],
    )
    pick = alt.selection_point(name="month", fields=["label"])
    colour: dict[str, Any] = {
        "title": None,
        "scale": scale,
        "legend": alt.Legend(orient="top", labelLimit=240),
    }
    x = alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", tickCount=8, labelOverlap=True))
    tip = [
        alt.Tooltip("month:T", format="%B %Y", title=say.MONTH),
        alt.Tooltip("new:Q", title=say.SITES_SEEN, format=","),
        alt.Tooltip("lost:Q", title=say.SITES_LOST, format=","),
    ]
    bars = (
        alt.Chart(data)
        .mark_bar(size=max(2, min(14, 640 // max(1, len(data)))), cursor="pointer")
        .encode(
            x=x, y=alt.Y("new:Q", title=say.LINKING_SITES), color=alt.Color("what:N", **colour),
            opacity=alt.condition(pick, alt.value(1.0), alt.value(0.35)), tooltip=tip,
        )
        .add_params(pick)
    )  # fmt: skip
    lost = (
        alt.Chart(data)
        .mark_line(strokeDash=[4, 2], strokeWidth=2)
        .encode(x=x, y="lost:Q", color=alt.Color("gone:N", **colour), tooltip=tip)
    )
    return alt.layer(bars, lost).properties(height=260)


def anchor_bars(table: pd.DataFrame, most: int = 12) -> alt.Chart:
    """Kinds of link texts of the pages that most sites link to, as shares of those sites.

    table: what `anchors_by_target` gives, with a column label. A page can be clicked (“page”).
    """
    data = table.head(most)
    pick = alt.selection_point(name="page", fields=["label"])
    names = list(ANCHOR_COLOURS)
    long = data.rename(columns=say.WORDS).melt("label", names, "kind", "share")
    scale = alt.Scale(domain=list(ANCHOR_COLOURS), range=list(ANCHOR_COLOURS.values()))
    return (
        alt.Chart(long)
        .mark_bar(cursor="pointer")
        .encode(
            y=alt.Y(
                "label:N",
                sort=data["label"].tolist(),
                title=None,
                axis=alt.Axis(labelLimit=260, labelOverlap=False, labelFlush=False),
            ),
            x=alt.X(
                "share:Q",
                stack="normalize",
                title=say.SHARE_OF_SITES,
                axis=alt.Axis(format="%", tickCount=6),
            ),
            opacity=alt.condition(pick, alt.value(1.0), alt.value(0.35)),
            color=alt.Color(
                "kind:N",
                title=None,
                sort=names,
                scale=scale,
                legend=alt.Legend(orient="top", columns=2, labelLimit=220),
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("label:N", title=say.PAGE),
                alt.Tooltip("kind:N", title=say.LINK_WORDS),
                alt.Tooltip("share:Q", format=".0%", title=say.SHARE),
            ],
        )
        .transform_calculate(place=f"indexof({names}, datum.kind)")
        .add_params(pick)
        .properties(height=26 * len(data) + 80)
    )


def share_bars(domains: pd.DataFrame, most: int = 15) -> alt.Chart:
    """Share of what all backlinks bring, by linking site: [source_domain, share]."""
    data = domains.head(most)
    pick = alt.selection_point(name="site", fields=["source_domain"])
    return (
        alt.Chart(data)
        .mark_bar(color=palette.BLUE, cornerRadiusEnd=3, cursor="pointer")
        .encode(
            y=alt.Y("source_domain:N", sort=data["source_domain"].tolist(), title=None,
                    axis=alt.Axis(labelLimit=220, labelOverlap=False, labelFlush=False)),
            x=alt.X("share:Q", title=say.SHARE_OF_WORTH,
                    axis=alt.Axis(format="%", tickCount=6)),
            opacity=alt.condition(pick, alt.value(1.0), alt.value(0.35)),
            tooltip=[alt.Tooltip("source_domain:N", title=say.SITE),
                     alt.Tooltip("share:Q", format=".1%", title=say.SHARE),
                     alt.Tooltip("backlinks:Q", format=",", title=say.LINKS)],
        )
        .add_params(pick)
        .properties(height=22 * len(data) + 50)
    )  # fmt: skip
