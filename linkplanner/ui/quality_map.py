"""The map of backlinks by authority and relevance, and which of them a box in it holds.

Few links are a dot each. Many are gathered into cells: a browser draws some hundred dots at once,
and in thousands that lie on each other nobody sees how many they are.
"""

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from linkplanner.ui import palette
from linkplanner.ui.texts import charts as say

__all__ = ["MOST_DOTS", "cells", "in_brush", "quality_map"]

MOST_DOTS: Final = 500
"""Links that are drawn one by one."""
CELL: Final = 5
"""Width of a cell in points of either score: 21 by 21 cells at most."""
UNKNOWN: Final = -10
"""Where a dot without a score stands, below the axis's 0."""
SCORES: Final = ("relevance", "authority")


def quality_map(backlinks: pd.DataFrame) -> alt.Chart:
    """Backlinks by authority and relevance, coloured by spam signs; drag a box to select.

    backlinks: source_domain, anchor, authority, relevance, spam, worth; of many links only the
    scores and worth are needed.
    """
    if len(backlinks) > MOST_DOTS:
        data, size, tips = cells(backlinks), "links", _cell_tips()
    else:
        columns = ["source_domain", "anchor", *SCORES, "spam", "worth"]
        data = _placed(backlinks[columns]).fillna({"spam": 0, "anchor": ""})
        size, tips = "worth", _dot_tips()
    brush = alt.selection_interval(name="brush", encodings=["x", "y"])
    ramp = alt.Scale(domain=[0, 50, 100], range=list(palette.RAMP), interpolate="rgb")
    dots = (
        alt.Chart(data)
        .mark_circle(opacity=0.75, stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("relevance:Q", **_score_axis(say.RELEVANCE, data["relevance"])),
            y=alt.Y("authority:Q", **_score_axis(say.AUTHORITY, data["authority"])),
            color=alt.Color("spam:Q", title=say.SPAM, scale=ramp),
            size=alt.Size(f"{size}:Q", legend=None, scale=alt.Scale(range=[25, 320])),
            tooltip=tips,
        )
        .add_params(brush)
    )
    # a canvas: many dots are drawn faster, and Vega's box has no name for screen readers
    return dots.properties(height=380, usermeta={"embedOptions": {"renderer": "canvas"}})


def cells(backlinks: pd.DataFrame) -> pd.DataFrame:
    """The links gathered by both scores: relevance and authority (the cell's middle), links,
    spam (mean), worth (sum)."""
    rounded = _rounded(backlinks)
    rounded = rounded.assign(spam=backlinks["spam"].fillna(0.0), worth=backlinks["worth"])
    return rounded.groupby(list(SCORES), as_index=False).agg(
        links=("spam", "size"), spam=("spam", "mean"), worth=("worth", "sum")
    )


def in_brush(frame: pd.DataFrame, selection: Mapping[str, Any]) -> pd.DataFrame:
    """Rows inside the box dragged in `quality_map`, all rows where there is none; of links drawn
    as cells those whose cell has its middle in it."""
    box = selection.get("brush") or {}
    mask = pd.Series(True, index=frame.index)
    drawn = _rounded(frame) if len(frame) > MOST_DOTS else _placed(frame[list(SCORES)])
    for column in SCORES:
        edges = box.get(column)
        if edges:
            mask &= drawn[column].between(min(edges), max(edges))
    return frame[mask]


def _placed(backlinks: pd.DataFrame) -> pd.DataFrame:
    return backlinks.fillna(dict.fromkeys(SCORES, UNKNOWN))


def _rounded(backlinks: pd.DataFrame) -> pd.DataFrame:
    return (_placed(backlinks[list(SCORES)]) / CELL).round() * CELL


def _score_axis(title: str, scores: pd.Series) -> dict[str, Any]:
    """A scale of 0 to 100, with a place for dots without a score where there are any."""
    unknown = [UNKNOWN] if (scores == UNKNOWN).any() else []
    label = f"datum.value == {UNKNOWN} ? '{say.UNKNOWN}' : datum.label"
    return {
        "title": say.scale(title),
        "scale": alt.Scale(domain=[UNKNOWN - 4 if unknown else -4, 104], nice=False),
        "axis": alt.Axis(values=[*unknown, *range(0, 101, 20)], labelExpr=label),
    }


def _dot_tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("source_domain:N", title=say.SITE),
        alt.Tooltip("anchor:N", title=say.WORDS),
        alt.Tooltip("authority:Q", format=".0f", title=say.AUTHORITY),
        alt.Tooltip("relevance:Q", format=".0f", title=say.RELEVANCE),
        alt.Tooltip("spam:Q", format=".0f", title=say.SPAM),
    ]


def _cell_tips() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("links:Q", format=",", title=say.LINKS),
        alt.Tooltip("authority:Q", format=".0f", title=say.about(say.AUTHORITY)),
        alt.Tooltip("relevance:Q", format=".0f", title=say.about(say.RELEVANCE)),
        alt.Tooltip("spam:Q", format=".0f", title=say.mean(say.SPAM)),
        alt.Tooltip("worth:Q", format=",.1f", title=say.WORTH),
    ]
