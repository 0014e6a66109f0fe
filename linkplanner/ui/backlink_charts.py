"""Charts of the backlink profile."""

from typing import Final

import altair as alt
import pandas as pd

from linkplanner.quality.anchors import ANCHOR_KINDS
from linkplanner.ui import palette

__all__ = ["anchor_bars", "category_bars", "month_lines", "share_bars"]

KIND_NAMES: Final = {
    "brand": "Your name",
    "naked": "An address",
    "generic": "Words that say nothing",
    "partial": "Some of the page's words",
    "exact": "The page's exact words",
    "other": "Other words",
    "image": "A picture without words",
}
"""Kinds of link texts as the chart calls them."""
ANCHOR_COLOURS: Final = dict(
    zip([KIND_NAMES[kind] for kind in ANCHOR_KINDS],
                      (palette.BLUE, palette.SKY, palette.GREY, palette.GREEN, palette.VERMILION,
                       palette.ORANGE, palette.PURPLE))
)  # fmt: skip
"""Colour of each kind of link text; exact words stand out."""


def category_bars(counts: pd.DataFrame, category: str, title: str, most: int = 12) -> alt.Chart:
    """Linking sites by a category; counts: [category, sites], most first."""
    data = counts.head(most)
    return (
        alt.Chart(data)
        .mark_bar(color=palette.BLUE, cornerRadiusEnd=3)
        .encode(
            y=alt.Y(f"{category}:N", sort=data[category].tolist(), title=None,
                    axis=alt.Axis(labelLimit=180)),
            x=alt.X("sites:Q", title="Linking sites"),
            tooltip=[alt.Tooltip(f"{category}:N", title=title),
                     alt.Tooltip("sites:Q", title="Linking sites", format=",")],
        )
        .properties(height=22 * len(data) + 50)
    )  # fmt: skip


def month_lines(months: pd.DataFrame) -> alt.Chart:
    """Linking sites first seen and lost, by month: [month, new, lost]."""
    names = {"new": "First seen", "lost": "Lost"}
    long = months.rename(columns=names).melt("month", list(names.values()), "what", "sites")
    colours = alt.Scale(domain=list(names.values()), range=[palette.BLUE, palette.VERMILION])
    return (
        alt.Chart(long)
        .mark_line(interpolate="monotone")
        .encode(
            x=alt.X("month:T", title=None),
            y=alt.Y("sites:Q", title="Linking sites"),
            color=alt.Color("what:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
            strokeDash=alt.StrokeDash("what:N", legend=None, sort=list(names.values())),
            tooltip=[alt.Tooltip("month:T", format="%b %Y", title="Month"),
                     alt.Tooltip("what:N", title=" "),
                     alt.Tooltip("sites:Q", title="Linking sites", format=",")],
        )
        .properties(height=260)
    )  # fmt: skip


def anchor_bars(table: pd.DataFrame, most: int = 12) -> alt.Chart:
    """Kinds of link texts of the pages that most sites link to, as shares of those sites.

    table: what `anchors_by_target` gives, with a column label.
    """
    data = table.head(most)
    names = list(ANCHOR_COLOURS)
    long = data.rename(columns=KIND_NAMES).melt("label", names, "kind", "share")
    scale = alt.Scale(domain=list(ANCHOR_COLOURS), range=list(ANCHOR_COLOURS.values()))
    return (
        alt.Chart(long)
        .mark_bar()
        .encode(
            y=alt.Y("label:N", sort=data["label"].tolist(), title=None,
                    axis=alt.Axis(labelLimit=260)),
            x=alt.X("share:Q", stack="normalize", title="Share of linking sites",
                    axis=alt.Axis(format="%")),
            color=alt.Color("kind:N", title=None, sort=names, scale=scale,
                            legend=alt.Legend(orient="top", columns=4, labelLimit=220)),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("label:N", title="Page"), alt.Tooltip("kind:N", title="Words"),
                     alt.Tooltip("share:Q", format=".0%", title="Share")],
        )
        .transform_calculate(place=f"indexof({names}, datum.kind)")
        .properties(height=26 * len(data) + 80)
    )  # fmt: skip


def share_bars(domains: pd.DataFrame, most: int = 15) -> alt.Chart:
    """Share of what all backlinks bring, by linking site: [source_domain, share]."""
    data = domains.head(most)
    return (
        alt.Chart(data)
        .mark_bar(color=palette.BLUE, cornerRadiusEnd=3)
        .encode(
            y=alt.Y("source_domain:N", sort=data["source_domain"].tolist(), title=None,
                    axis=alt.Axis(labelLimit=220)),
            x=alt.X("share:Q", title="Share of what backlinks bring", axis=alt.Axis(format="%")),
            tooltip=[alt.Tooltip("source_domain:N", title="Site"),
                     alt.Tooltip("share:Q", format=".1%", title="Share"),
                     alt.Tooltip("backlinks:Q", format=",", title="Links")],
        )
        .properties(height=22 * len(data) + 50)
    )  # fmt: skip
