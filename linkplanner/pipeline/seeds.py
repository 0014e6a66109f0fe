"""Worth of backlinks turned into the points that enter each page."""

import numpy as np
import pandas as pd

from linkplanner.settings import EquitySettings

__all__ = ["seed_points"]


def seed_points(
    worth: np.ndarray,
    pages: pd.DataFrame,
    settings: EquitySettings,
    points_per_worth: float | None,
    floor: float | None = None,
) -> tuple[np.ndarray, float]:
    """Points that enter each row of `pages`, and the points of one unit of worth.

    worth: float64[rows of pages], before redirects and canonicals. floor: points spread over
    indexable pages; where not given the setting's, and all points where there are no backlinks.
    """
    indexable = pages["indexable"].fillna(False).to_numpy(dtype=bool)
    total = float(worth.sum())
    scale = points_per_worth or (settings.points - settings.floor_points) / (total or np.inf)
    if floor is None:
        floor = settings.floor_points if total else settings.points
    seeds = _carried(worth * scale, pages)
    if indexable.any():
        seeds = seeds + indexable * (floor / indexable.sum())
    return seeds, scale


def _carried(seeds: np.ndarray, pages: pd.DataFrame) -> np.ndarray:
    """Seeds moved from redirects and canonicals to the row that answers."""
    node = pages["node_id"].fillna(-1).to_numpy(dtype=np.int64)
    row = np.where(node >= 0, node, np.arange(len(pages)))
    return np.bincount(row, weights=seeds, minlength=len(pages)).astype(np.float64)
