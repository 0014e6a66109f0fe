"""What the user said pages need, in points: figures of their own, and competitors' pages."""

from collections.abc import Mapping

import pandas as pd

from linkplanner.plan.verdict import Needs

__all__ = ["said_needs"]


def said_needs(
    rival_pages: pd.DataFrame | None,
    points_per_worth: float,
    typed: Mapping[str, float],
    rivals: Mapping[str, str],
) -> Needs:
    """Needs in points: typed figures, and competitors' pages by what their backlinks bring.

    rival_pages: url, worth; points_per_worth: points that a worth of 1 brings, 0 where nothing
    says so; typed: points by page; rivals: the competitor's page by page.
    """
    if rival_pages is None or not len(rival_pages) or not points_per_worth:
        return Needs(typed)
    worth = rival_pages.groupby("url")["worth"].max()
    points = {
        url: float(worth[rival]) * points_per_worth
        for url, rival in rivals.items()
        if rival in worth.index
    }
    return Needs(typed, {url: value for url, value in points.items() if value > 0})
