"""The site in one map, and one page with what feeds it and what it feeds: numbers and pictures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from linkplanner.ui import palette
from linkplanner.ui.texts import explorer as say

if TYPE_CHECKING:
    from linkplanner.graph.nodes import NodeLinks

__all__ = ["MOST_LINKS", "found", "map_section", "map_spec", "neighbour_spec", "neighbours", "path"]

SECTIONS: Final = 24
"""Sections drawn; the rest is one box."""
PAGES: Final = 12
"""Pages drawn in one section; the rest is one box. 24 x 13 boxes are 312: more nobody reads."""
MOST_LINKS: Final = 5_000_000
"""Internal links up to which one page's neighbours are looked up while a screen is drawn."""
LABEL: Final = 44
"""Longest name of a page in a picture, in characters."""
CHOICES: Final = 30
"""Pages offered for a search."""


def path(url: str) -> str:
    """The part of an address that tells pages of one site apart, short enough for a picture."""
    _, _, rest = str(url).partition("://")
    name = "/" + rest.partition("/")[2]
    return name if len(name) <= LABEL else f"{name[: LABEL // 2]}…{name[-LABEL // 2 + 1 :]}"


def found(pages: pd.DataFrame, words: str) -> list[str]:
    """Addresses whose path or title holds the words, most equity first; without words the most
    important pages."""
    needle = words.strip().casefold()
    ordered = pages.sort_values(["priority", "equity"], ascending=False, kind="stable")
    if needle:
        text = ordered["url"].str.cat(ordered["title"].fillna("").astype("str"), sep=" ")
        ordered = ordered[text.str.casefold().str.contains(needle, regex=False)]
    return ordered["url"].head(CHOICES).tolist()


def map_spec(pages: pd.DataFrame) -> dict[str, Any]:
    """Equity by section and page as a treemap for `st.echarts_chart`: the larger, the more.

    pages: section, url, equity. At most 24 sections of 12 pages; what is smaller is added up.
    """
    sums = pages.groupby("section")["equity"].sum().sort_values(ascending=False)
    shown = sums.index[:SECTIONS]
    boxes = [
        _section(str(name), pages[pages["section"] == name], n) for n, name in enumerate(shown)
    ]
    rest = float(sums.iloc[SECTIONS:].sum())
    if rest > 0:
        boxes.append(_box(say.OTHER_SECTIONS, rest) | {"itemStyle": {"color": palette.GREY}})
    return {
        "tooltip": {"renderMode": "richText", "confine": True},
        "series": [
            {
                "type": "treemap",
                "name": say.ALL_SECTIONS,
                "roam": False,
                "nodeClick": "zoomToNode",
                "selectedMode": "single",
                "select": {"itemStyle": {"borderWidth": 3}},
                "breadcrumb": {"show": True, "bottom": 0},
                "top": 4,
                "left": 0,
                "right": 0,
                "bottom": 30,
                "label": {"show": True, "color": "#FFFFFF", "overflow": "truncate"},
                "upperLabel": {"show": True, "height": 22, "color": "#FFFFFF"},
                "itemStyle": {"gapWidth": 1, "borderWidth": 1},
                "data": boxes,
            }
        ],
    }


def map_section(spec: dict[str, Any], chosen: Sequence[int]) -> str | None:
    """The section of the box that is chosen in a map, None where none is or where it is no single
    section. chosen: its place when all boxes are counted from the outside in, the whole map first.
    """
    places: list[str | None] = [None]
    for box in spec["series"][0]["data"]:
        places += [box.get("section")] * (1 + len(box.get("children", ())))
    return places[chosen[0]] if chosen and chosen[0] < len(places) else None


def _section(name: str, pages: pd.DataFrame, number: int) -> dict[str, Any]:
    top = pages.sort_values("equity", ascending=False).head(PAGES)
    inside = [
        _box(path(url).removeprefix(f"{name}/") or path(url), equity)
        for url, equity in zip(top["url"], top["equity"])
    ]
    left = len(pages) - len(top)
    if left:
        rest = float(pages["equity"].sum() - top["equity"].sum())
        inside.append(_box(say.other_pages(left), rest))
    colour = palette.DEEP[number % len(palette.DEEP)]
    return {
        **_box(f"{name} ({len(pages):,})", float(pages["equity"].sum())),
        "section": name,
        "children": inside,
        "itemStyle": {"color": colour, "borderColor": colour},
    }


def _box(name: str, points: float) -> dict[str, Any]:
    return {"name": name, "value": round(float(points), 4)}


def neighbours(
    nodes: "NodeLinks", equity: np.ndarray, page: int, damping: float, most: int = 10
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What feeds a page over links and what it feeds: node, points; largest first.

    A link carries a x_u w / W_u (docs/method.md). Pages beyond `most` are one row, node -1. Of what
    a page gives away, what leaks is a row too, node -2.
    """
    total = np.where(nodes.total > 0, nodes.total, 1.0)
    into, out = nodes.target == page, nodes.source == page
    source = nodes.source[into]
    arriving = damping * equity[source] * nodes.weight[into] / total[source]
    leaving = damping * equity[page] * nodes.weight[out] / total[page]
    fed = _largest(nodes.target[out], leaving, most)
    leaked = damping * float(equity[page]) - float(leaving.sum())
    if leaked > 1e-9:
        fed = pd.concat([fed, pd.DataFrame({"node": [-2], "points": [leaked]})], ignore_index=True)
    return _largest(source, arriving, most), fed


def _largest(node: np.ndarray, points: np.ndarray, most: int) -> pd.DataFrame:
    rows = pd.DataFrame({"node": node.astype(np.int64), "points": points.astype(np.float64)})
    rows = rows.sort_values("points", ascending=False, kind="stable", ignore_index=True)
    if len(rows) <= most + 1:
        return rows
    rest = pd.DataFrame({"node": [-1], "points": [rows["points"].iloc[most:].sum()]})
    return pd.concat([rows.head(most), rest], ignore_index=True)


def neighbour_spec(
    name: str, entered: float, settled: float, feeds: pd.DataFrame, fed: pd.DataFrame
) -> dict[str, Any]:
    """One page in the middle, what feeds it on the left, what it feeds on the right.

    entered: points of its own backlinks; settled: points that stay; feeds, fed: label, points.
    """
    middle = f"{name}\u200b"  # no neighbour has this name
    lefts = [(say.OWN, entered, palette.GREEN)]
    lefts += [(f"{label} ", points, palette.BLUE) for label, points in _pairs(feeds)]
    rights = [(say.STAYS, settled, palette.GREY)]
    rights += [(f" {label}", points, palette.ORANGE) for label, points in _pairs(fed)]
    lefts = [row for row in lefts if row[1] > 1e-9]
    rights = [row for row in rights if row[1] > 1e-9]
    inward = [{"source": n, "target": middle, "value": round(p, 5)} for n, p, _ in lefts]
    outward = [{"source": middle, "target": n, "value": round(p, 5)} for n, p, _ in rights]
    data = [{"name": n, "itemStyle": {"color": c}} for n, _, c in lefts]
    data += [
        {"name": middle, "itemStyle": {"color": palette.VERMILION}, "label": {"position": "top"}}
    ]
    data += [
        {"name": n, "itemStyle": {"color": c}, "label": {"position": "left"}} for n, _, c in rights
    ]
    return {
        "tooltip": {"renderMode": "richText", "confine": True},
        "series": [
            {
                "type": "sankey",
                "animation": False,
                "left": 8,
                "right": 8,
                "top": 26,
                "bottom": 8,
                "nodeGap": 10,
                "nodeWidth": 14,
                "draggable": False,
                "layoutIterations": 0,
                "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": "gradient", "opacity": 0.35},
                "label": {"fontSize": 12, "color": "currentColor"},
                "data": data,
                "links": [*inward, *outward],
            }
        ],
    }


def _pairs(rows: pd.DataFrame) -> list[tuple[str, float]]:
    summed = rows.groupby("label", sort=False)["points"].sum()
    return [(str(label), float(points)) for label, points in summed.items()]
