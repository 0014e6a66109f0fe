"""Where equity comes from, where it enters and where it ends, as flows that add up: one picture."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.graph.flow import balance
from linkplanner.plan.repairs import Flow
from linkplanner.quality.worth import diminished
from linkplanner.settings import EquitySettings, QualitySettings

__all__ = ["BASE", "COUNTED", "ENDS", "UNANSWERED", "flywheel"]

BASE: Final = "base"
"""Origin of the floor that every indexable page gets."""
COUNTED: Final = "counted"
"""Origin of points that rest on counts of links, not on links by name."""
UNANSWERED: Final = "unanswered"
"""Entrance of backlinks whose target does not answer."""
ENDS: Final = (
    "priority", "other", "broken", "external", "nofollow", "dead_ends", "files", "noindex",
)  # fmt: skip
"""Where points end, in the order of a drawing: what stays, then what leaks."""
LEAST: Final = 1e-9
"""Points below which a flow is left out."""


def flywheel(
    flow: Flow,
    pages: pd.DataFrame,
    backlinks: pd.DataFrame,
    equity: EquitySettings,
    quality: QualitySettings,
) -> dict[str, list[dict[str, Any]]]:
    """Flows in points: `enters` from origin to entrance, `ends` from entrance to end.

    An origin is a kind of backlink, `BASE` or `COUNTED`; an entrance is a kind of page or
    `UNANSWERED`; an end is one of `ENDS`. What enters an entrance ends from it: the model is
    linear, so the seeds of each kind of page are followed by themselves. One solve for all kinds
    at once. pages: PAGES; backlinks: scored BACKLINKS.
    """
    kinds = pages["kind"].fillna("other").astype("str").to_numpy()
    entrance = np.where(flow.nodes.node < 0, UNANSWERED, kinds)
    return {
        "enters": list(_enters(flow, pages, backlinks, entrance, equity, quality)),
        "ends": list(_ends(flow, entrance)),
    }


def _enters(
    flow: Flow,
    pages: pd.DataFrame,
    backlinks: pd.DataFrame,
    entrance: np.ndarray,
    equity: EquitySettings,
    quality: QualitySettings,
) -> Iterator[dict[str, Any]]:
    seeds = flow.seed_rows
    by_kind = _worth_by_kind(flow, pages, backlinks, quality)
    listed = sum(by_kind.values(), np.zeros(len(pages)))
    indexable = pages["indexable"].fillna(False).to_numpy(dtype=bool)
    floor = equity.floor_points / max(1, int(indexable.sum())) * indexable
    floor = np.minimum(floor, seeds)
    over = seeds - floor  # what backlinks bring
    origins = {
        kind: np.divide(worth * over, listed, out=np.zeros(len(pages)), where=listed > 0)
        for kind, worth in by_kind.items()
    }
    unnamed = np.where(listed > 0, 0.0, over)
    if not indexable.any() or np.ptp(seeds[indexable]) <= LEAST:  # no backlinks: all are floor
        floor, unnamed = floor + unnamed, np.zeros(len(pages))
    origins |= {COUNTED: unnamed, BASE: floor}
    for origin, points in origins.items():
        sums = pd.Series(points).groupby(entrance).sum()
        for name, value in sums.sort_values(ascending=False).items():
            if value > LEAST:
                yield {"origin": origin, "entrance": str(name), "points": float(value)}


def _worth_by_kind(
    flow: Flow, pages: pd.DataFrame, backlinks: pd.DataFrame, quality: QualitySettings
) -> dict[str, np.ndarray]:
    """What the backlinks of each kind bring to each row, in units of worth; largest kind first."""
    known = backlinks["page_id"].notna().to_numpy()
    rows = backlinks.loc[known, "page_id"].to_numpy(dtype=np.int64)
    inside = (rows >= 0) & (rows < len(pages))
    node = flow.nodes.node[rows[inside]]
    answer = np.where(node >= 0, flow.nodes.page_id[np.maximum(node, 0)], rows[inside])
    worth = diminished(backlinks, quality.domain_decay)[known][inside]
    kind = backlinks["kind"].fillna("unknown").astype("str").to_numpy()[known][inside]
    order = pd.Series(worth).groupby(kind).sum().sort_values(ascending=False)
    return {
        str(name): np.bincount(
            answer[kind == name], weights=worth[kind == name], minlength=len(pages)
        )
        for name in order.index
    }


def _ends(flow: Flow, entrance: np.ndarray) -> Iterator[dict[str, Any]]:
    names = sorted(set(entrance[flow.seed_rows > 0]))
    if not names:
        return
    seeds = np.column_stack([np.where(entrance == name, flow.seed_rows, 0.0) for name in names])
    solved = flow.nodes.graph.equity(seeds[flow.nodes.page_id], flow.damping)
    for place, name in enumerate(names):
        parts = balance(
            flow.nodes, solved[:, place], seeds[:, place], flow.priority, flow.damping
        ).to_dict()
        for end in ENDS:
            if parts[end] > LEAST:
                yield {"entrance": str(name), "end": end, "points": float(parts[end])}
