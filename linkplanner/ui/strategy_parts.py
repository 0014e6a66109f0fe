"""The strategy screen's parts: ceiling and need of each page, verdicts, pages to pitch."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from linkplanner.plan.levers import six_lines
from linkplanner.plan.verdict import VERDICTS
from linkplanner.ui import icons, palette, screen, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.plan_links import priority_pages
from linkplanner.ui.texts import charts
from linkplanner.ui.texts import columns as of_columns
from linkplanner.ui.texts import strategy as say

__all__ = ["ceiling_chart", "downloads", "lines", "pitch_table", "verdict_table"]

MOST: Final = 25
"""Pages in the chart, those with most to do first."""
ORDER: Final = ("backlinks", "budget", "links", "blocked", "fed")
"""Verdicts by how much there is to do."""


def lines(summary: Mapping[str, Any], balance: Mapping[str, Any]) -> None:
    """The six lines."""
    for heading, text in six_lines(summary, balance):
        st.markdown(f"**{heading}.** {md_escape(text, limit=400)}")


def ceiling_chart(found: pd.DataFrame, pages: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Per priority page: now, with the plan, the most by internal links, and the need."""
    labels = priority_pages(pages).set_index("url")["label"]
    data = found.assign(label=found["url"].map(labels).fillna(found["url"]))
    rank = data["verdict"].map({code: i for i, code in enumerate(ORDER)})
    data = data.assign(rank=rank).sort_values(["rank", "need"], kind="stable").head(MOST)
    long = data.melt(["label", "words"], list(say.MARKS), "figure", "points")
    long = long.replace({"figure": say.MARKS})
    names = list(say.MARKS.values())
    y = alt.Y(
        "label:N", sort=data["label"].tolist(), title=None,
        axis=alt.Axis(labelLimit=280, labelOverlap=False, labelFlush=False),
    )  # fmt: skip
    span = (
        alt.Chart(data)
        .mark_rule(strokeWidth=6, opacity=0.25, color=palette.BLUE)
        .encode(
            y=y,
            x=alt.X("equity_before:Q", title=charts.EQUITY, axis=alt.Axis(tickCount=6)),
            x2="ceiling:Q",
        )
    )
    colours = [palette.GREY, palette.BLUE, palette.SKY, palette.VERMILION]
    marks = (
        alt.Chart(long)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            y=y,
            x="points:Q",
            color=alt.Color(
                "figure:N", title=None, sort=names,
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(orient="top", columns=2),
            ),
            shape=alt.Shape(
                "figure:N", sort=names, legend=None,
                scale=alt.Scale(domain=names, range=["circle", "diamond", "square", "triangle"]),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=charts.PAGE),
                alt.Tooltip("figure:N", title=say.FIGURE),
                alt.Tooltip("points:Q", format=",.3f", title=charts.POINTS),
                alt.Tooltip("words:N", title=of_columns.COLUMNS["words"][0]),
            ],
        )
    )  # fmt: skip
    return alt.layer(span, marks).properties(height=28 * len(data) + 110)


def verdict_table(found: pd.DataFrame, key: str) -> None:
    """All verdicts with their figures."""
    shown = found.assign(verdict=found["verdict"].map(VERDICTS))
    columns = (
        "url", "words", "outside", "inside", "equity_before", "equity_after", "ceiling", "need",
        "need_from", "links", "backlinks_needed", "landing_url", "difficulty",
    )  # fmt: skip
    tables.show(shown, columns, key=key)


def pitch_table(listed: pd.DataFrame, key: str) -> None:
    """Pages to pitch, most useful first."""
    shown = listed.assign(share=100 * listed["share"])
    columns = ("url", "title", "kind", "linkable", "value", "share", "referring_domains")
    tables.show(shown, columns, key=key, height=380)


def downloads(name: str, lead: str, summary: Mapping[str, Any], balance: Mapping[str, Any],
              frames: Mapping[str, pd.DataFrame]) -> None:  # fmt: skip
    """The one page to print, and the tables."""

    def sheet() -> bytes:
        from linkplanner.export.strategy_sheet import strategy_sheet

        told = six_lines(summary, balance)
        found, listed = frames["verdicts"], frames["pitches"]
        return strategy_sheet(name, lead, told, found, listed, datetime.now(UTC)).encode()

    with st.container(horizontal=True):
        st.download_button(
            say.ONE_PAGE, sheet, "linkplanner-strategy.html", "text/html",
            key="strategy-sheet", on_click="ignore", icon=icons.FILE,
            help=say.ONE_PAGE_HELP,
        )  # fmt: skip
        screen.download_tables(
            f"{name} strategy",
            lambda: {say.SHEET_VERDICTS: frames["verdicts"], say.SHEET_PITCH: frames["pitches"]},
            "strategy",
        )
