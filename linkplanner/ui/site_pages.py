"""The views of the site's pages and how a click in a chart narrows them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from linkplanner.ui.charts import in_points
from linkplanner.ui.texts import charts
from linkplanner.ui.texts import site as say

__all__ = ["filtered", "views"]


def views(pages: pd.DataFrame, has_links: bool) -> dict[str, pd.DataFrame]:
    """Named parts of the page facts, most equity first; those that need links only with them."""
    ordered = pages.sort_values("equity", ascending=False, kind="stable")
    named = {say.ALL: ordered}
    if has_links:
        role = ordered["role"].fillna("").astype("str")
        named |= {
            say.ORPHANS: ordered[ordered["orphan"].astype(bool)],
            say.MENUS: ordered[ordered["contextual_orphan"].astype(bool)],
            say.HOARDS: ordered[role.str.contains("hoards")],
            say.WASTES: ordered[role.str.contains("wastes")],
        }
    return named | {say.NOT_INDEXABLE: ordered[~ordered["indexable"].astype(bool)]}


def filtered(pages: pd.DataFrame, selection: Mapping[str, Any]) -> pd.DataFrame:
    """The pages of the sections and depths that were clicked."""
    shown = in_points(pages, selection, "sections", "section", pages["section"])
    depth = shown["depth"].astype("Int64")
    names = depth.astype("str").where(depth.notna(), charts.NOT_REACHED)
    return in_points(shown, selection, "depths", "clicks", names)
