"""The flywheel in one picture: where points come from, where they enter, where they end."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from linkplanner.ui import palette
from linkplanner.ui.texts import flow as say

__all__ = ["flow_alt", "flow_spec", "flow_table"]

LEAKS: Final = (palette.VERMILION, palette.ORANGE, palette.PURPLE, palette.GREY)
"""Colours of what leaks, largest first."""
LEAST: Final = 0.01
"""Part of all points that an origin must bring to be drawn by name; smaller ones are added up."""


def flow_table(flywheel: Mapping[str, Any] | None, balance: Mapping[str, float]) -> pd.DataFrame:
    """The flows in words: from, to, points; largest first within each half of the picture.

    Where an analysis is older than the picture, all that enters is one source.
    """
    if not flywheel or not flywheel.get("ends"):
        rows = [(say.ALL, say.ENDS[k], v) for k, v in balance.items() if k in say.ENDS and v > 0]
        return _frame(rows)
    enters = _frame(
        (_name(say.ORIGINS, flow["origin"]), _name(say.ENTRANCES, flow["entrance"]), flow["points"])
        for flow in flywheel["enters"]
    )
    sums = enters.groupby("from")["points"].sum()
    small = sums.index[sums < LEAST * sums.sum()]
    if len(small) > 1:
        enters["from"] = enters["from"].mask(enters["from"].isin(small), say.REST)
    ends = _frame(
        (_name(say.ENTRANCES, flow["entrance"]), say.ENDS[flow["end"]], flow["points"])
        for flow in flywheel["ends"]
    )
    return pd.concat([_summed(enters), _summed(ends)], ignore_index=True)


def _name(names: Mapping[str, str], key: str) -> str:
    return names.get(key, key.replace("_", " ").capitalize())


def _frame(rows: Any) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["from", "to", "points"])


def _summed(flows: pd.DataFrame) -> pd.DataFrame:
    summed = flows.groupby(["from", "to"], as_index=False)["points"].sum()
    return summed.sort_values("points", ascending=False, ignore_index=True)


def flow_spec(flows: pd.DataFrame) -> dict[str, Any]:
    """The picture for `st.echarts_chart`: three columns of boxes, as wide as their points."""
    arriving = flows.groupby("to")["points"].sum()
    leaving = flows.groupby("from")["points"].sum()
    points = leaving.combine(arriving, max, fill_value=0.0).sort_values(ascending=False)
    last = [name for name in say.ENDS.values() if name in points.index]
    drawn = [*points.index.difference(last, sort=False), *last]  # the order within each column
    nodes = [_node(str(name), float(points[name]), last) for name in drawn]
    links = [
        {"source": row["from"], "target": row["to"], "value": round(row["points"], 3)}
        for row in flows.to_dict("records")
    ]
    return {
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey",
                "animation": False,
                "left": 8,
                "right": 190,
                "top": 8,
                "bottom": 8,
                "nodeGap": 14,
                "nodeWidth": 14,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": "gradient", "opacity": 0.35},
                "layoutIterations": 0,
                "label": {"fontSize": 13, "color": "currentColor"},
                "data": nodes,
                "links": links,
            }
        ],
    }


def _node(name: str, points: float, last: list[str]) -> dict[str, Any]:
    node = {
        "name": name,
        "itemStyle": {"color": _colour(name, last)},
        "label": {"formatter": f"{name}: {points:,.1f}"},
    }
    return node | ({"depth": 2} if name in last else {})


def _colour(name: str, last: list[str]) -> str:
    if name == say.ENDS["priority"]:
        return palette.BLUE
    if name == say.ENDS["other"]:
        return palette.SKY
    if name in last:
        leaks = [n for n in last if n not in (say.ENDS["priority"], say.ENDS["other"])]
        return LEAKS[min(leaks.index(name), len(LEAKS) - 1)]
    if name == say.ENTRANCES["unanswered"]:
        return palette.VERMILION
    if name in say.ENTRANCES.values():
        return palette.GREEN
    return palette.GREY


def flow_alt(flows: pd.DataFrame) -> str:
    """The picture in one sentence, for those who do not see it."""
    ends = flows[flows["to"].isin(say.ENDS.values())].groupby("to")["points"].sum()
    return say.flow(ends.sort_values(ascending=False))
