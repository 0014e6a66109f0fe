"""The views of the site's pages and how a click in a chart narrows them."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from linkplanner.ui.charts import in_points
from linkplanner.ui.texts import terms

__all__ = ["EXPLAINED", "filtered", "views"]

ALL, ORPHANS, MENUS = "All pages", "Orphans", "Only in menus"
HOARDS, WASTES, NOT_INDEXABLE = "Hoard equity", "Waste equity", "Not indexable"

EXPLAINED: Final = {
    ALL: "Most equity first.",
    ORPHANS: f"{terms.GLOSSARY['orphan']} Link to them from a fitting text, or take them down.",
    MENUS: f"{terms.GLOSSARY['contextual_orphan']} A link from a text tells more.",
    HOARDS: terms.GLOSSARY["hoards"],
    WASTES: terms.GLOSSARY["wastes"],
    NOT_INDEXABLE: "Search engines may not list these; the plan never links to or from them.",
}
"""What each view shows, in a sentence."""


def views(pages: pd.DataFrame, has_links: bool) -> dict[str, pd.DataFrame]:
    """Named parts of the page facts, most equity first; those that need links only with them."""
    ordered = pages.sort_values("equity", ascending=False, kind="stable")
    named = {ALL: ordered}
    if has_links:
        role = ordered["role"].fillna("").astype("str")
        named |= {
            ORPHANS: ordered[ordered["orphan"].astype(bool)],
            MENUS: ordered[ordered["contextual_orphan"].astype(bool)],
            HOARDS: ordered[role.str.contains("hoards")],
            WASTES: ordered[role.str.contains("wastes")],
        }
    return named | {NOT_INDEXABLE: ordered[~ordered["indexable"].astype(bool)]}


def filtered(pages: pd.DataFrame, selection: Mapping[str, Any]) -> pd.DataFrame:
    """The pages of the sections and depths that were clicked."""
    shown = in_points(pages, selection, "sections", "section", pages["section"])
    depth = shown["depth"].astype("Int64")
    names = depth.astype("str").where(depth.notna(), "not reached")
    return in_points(shown, selection, "depths", "clicks", names)
