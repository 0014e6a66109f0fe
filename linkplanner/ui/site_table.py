"""The table of pages on the site screen, which alone is drawn anew when its view changes."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from linkplanner.ui import screen, site_pages, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import common
from linkplanner.ui.texts import site as say

__all__ = ["show_table"]

COLUMNS: Final = (
    "url", "title", "kind", "equity", "seed", "reach", "depth", "depth_entry", "links_in",
    "links_in_content", "links_out", "links_out_content", "backlinks", "priority", "role", "status",
)  # fmt: skip
NEED_LINKS: Final = ("depth", "depth_entry", "links_in", "links_in_content", "links_out",
              "links_out_content", "role", "reach")  # fmt: skip
"""Columns that say nothing where no internal link is known."""


@st.fragment
def show_table(
    loaded: Loaded, name: str, selection: Mapping[str, Any], section: str | None
) -> None:
    """Views of the pages, narrowed by what is chosen.

    name: of the project, for downloads; selection: what is clicked in the charts above; section:
    what is clicked in the map.
    """
    has_links = bool(loaded.analysis.facts["has_links"])
    views = site_pages.views(loaded.analysis["page_facts"], has_links)
    view = st.segmented_control(
        common.SHOW, list(views), default=next(iter(views)), key="site-view", required=True,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    shown = site_pages.filtered(views[view], selection)
    if section is not None:
        shown = shown[shown["section"] == section]
    st.caption(say.pages_shown(len(shown), view, section))
    columns = COLUMNS if has_links else [c for c in COLUMNS if c not in NEED_LINKS]
    tables.show(shown, columns, key=f"pages-{loaded.key}-{view}-{len(shown)}", height=430)
    screen.download_tables(f"{name} pages", lambda: {say.PAGES: shown}, "pages")
