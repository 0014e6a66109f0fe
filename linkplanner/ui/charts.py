"""The charts, and what a selection in one means for the table beside it."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from linkplanner.ui import palette
from linkplanner.ui.texts import charts as say

__all__ = [
    "balance_bar",
    "before_after",
    "depth_bars",
    "gain_curve",
    "in_points",
    "section_bars",
]


def section_bars(page_facts: pd.DataFrame, most: int = 12) -> alt.Chart:
    """Equity by section of the site; click one to filter."""
    sums = page_facts.groupby("section", as_index=False).agg(
        equity=("equity", "sum"), pages=("url", "size")
    )
    sums = sums.sort_values("equity", ascending=False).head(most)
    return _bars(sums, "section", "equity", say.EQUITY, say.SECTION, "sections")


def depth_bars(page_facts: pd.DataFrame) -> alt.Chart:
    """Pages by clicks from the home page, those nobody can reach last; click one to filter."""
    depth = page_facts["depth"].astype("Int64")
    names = depth.astype("str").where(depth.notna(), say.NOT_REACHED)
    counts = names.value_counts().rename_axis("clicks").reset_index(name="pages")
    order = sorted(counts["clicks"], key=lambda t: (t == say.NOT_REACHED, t.zfill(4)))
    return _bars(counts, "clicks", "pages", say.PAGES, say.CLICKS, "depths", order)


def _bars(
    data: pd.DataFrame,
    category: str,
    value: str,
    value_title: str,
    title: str,
    name: str,
    order: list[str] | str = "-x",
) -> alt.Chart:
    pick = alt.selection_point(name=name, fields=[category])
    return (
        alt.Chart(data)
        .mark_bar(color=palette.BLUE, cornerRadiusEnd=3, cursor="pointer")
        .encode(
            y=alt.Y(
                f"{category}:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelLimit=180, labelOverlap=False, labelFlush=False),
            ),
            x=alt.X(f"{value}:Q", title=value_title),
            opacity=alt.condition(pick, alt.value(1.0), alt.value(0.35)),
            tooltip=[
                alt.Tooltip(f"{category}:N", title=title),
                *[
                    alt.Tooltip(
                        f"{c}:Q", title=say.TIPS[c], format=",.2f" if c == "equity" else ",.0f"
                    )
                    for c in data.columns
                    if c != category
                ],
            ],
        )
        .add_params(pick)
        .properties(height=26 * len(data) + 70)
    )


def balance_bar(balance: Mapping[str, float]) -> alt.Chart:
    """Where the points that enter the site end up, as one bar."""
    known = [k for k in say.BALANCE if float(balance.get(k, 0.0)) > 0]
    data = pd.DataFrame(
        {
            "part": [say.BALANCE[k] for k in known],
            "points": [balance[k] for k in known],
            "order": range(len(known)),
            "all": "",
        }
    )
    colours = dict(zip(say.BALANCE.values(), palette.PARTS))
    return (
        alt.Chart(data)
        .mark_bar()
        .encode(
            y=alt.Y("all:N", axis=None),
            x=alt.X(
                "points:Q",
                stack="zero",
                title=say.POINTS,
                scale=alt.Scale(nice=False),
                axis=alt.Axis(tickCount=10),
            ),
            color=alt.Color(
                "part:N",
                title=None,
                sort=None,
                scale=alt.Scale(
                    domain=data["part"].tolist(), range=[colours[p] for p in data["part"]]
                ),
                legend=alt.Legend(orient="bottom", columns=2, labelLimit=260),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("part:N", title=say.WHERE),
                alt.Tooltip("points:Q", format=",.2f", title=say.POINTS),
            ],
        )
        .properties(height=210)
    )


def before_after(pages: pd.DataFrame, most: int = 20) -> alt.LayerChart | alt.FacetChart:
    """Equity of priority pages now and with the plan; the line between is what the plan adds.

    pages: label, url, equity_before, equity_after.
    """
    pick = alt.selection_point(name="pages", fields=["url"])
    data = pages.assign(added=pages["equity_after"] - pages["equity_before"])
    data = data.sort_values("added", ascending=False).head(most)
    names = {"equity_before": say.NOW, "equity_after": say.WITH_PLAN}
    long = data.melt(["label", "url"], list(names), "when", "points")
    long = long.replace({"when": names})
    y = alt.Y(
        "label:N",
        sort=data["label"].tolist(),
        title=None,
        axis=alt.Axis(labelLimit=280, labelOverlap=False, labelFlush=False),
    )
    lines = (
        alt.Chart(data)
        .mark_rule(strokeWidth=3, opacity=0.5, color=palette.GREY)
        .encode(
            y=y,
            x=alt.X("equity_before:Q", title=say.EQUITY, axis=alt.Axis(tickCount=6)),
            x2="equity_after:Q",
        )
    )
    dots = (
        alt.Chart(long)
        .mark_point(filled=True, size=110, opacity=1, cursor="pointer")
        .encode(
            y=y,
            x="points:Q",
            color=alt.Color(
                "when:N",
                title=None,
                sort=list(names.values()),
                scale=alt.Scale(domain=list(names.values()), range=[palette.GREY, palette.BLUE]),
                legend=alt.Legend(orient="top"),
            ),
            shape=alt.Shape(
                "when:N",
                sort=list(names.values()),
                scale=alt.Scale(domain=list(names.values()), range=["circle", "diamond"]),
                legend=None,
            ),
            opacity=alt.condition(pick, alt.value(1.0), alt.value(0.3)),
            tooltip=[
                alt.Tooltip("label:N", title=say.PAGE),
                alt.Tooltip("when:N", title=say.WHEN),
                alt.Tooltip("points:Q", format=",.3f", title=say.POINTS),
            ],
        )
        .add_params(pick)
    )
    return alt.layer(lines, dots).properties(height=28 * len(data) + 110)


def gain_curve(plan: pd.DataFrame) -> alt.Chart:
    """What the first links of the plan bring together."""
    return (
        alt.Chart(plan[["rank", "gain_cumulative"]])
        .mark_area(line={"color": palette.BLUE}, color=palette.BLUE, opacity=0.25)
        .encode(
            x=alt.X("rank:Q", title=say.LINKS_SET),
            y=alt.Y("gain_cumulative:Q", title=say.GAIN_SO_FAR),
            tooltip=[
                alt.Tooltip("rank:Q", title=say.LINKS),
                alt.Tooltip("gain_cumulative:Q", format=",.3f", title=say.POINTS),
            ],
        )
        .properties(height=300)
    )


def in_points(frame: pd.DataFrame, selection: Mapping[str, Any], name: str, column: str,
              values: pd.Series) -> pd.DataFrame:  # fmt: skip
    """Rows whose value (by row, as text) is among the bars or dots clicked; all where none is."""
    picked = {str(point[column]) for point in selection.get(name) or [] if column in point}
    return frame[values.astype("str").isin(picked)] if picked else frame
