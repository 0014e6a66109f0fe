"""The explorer as parts of the site screen: the map of equity, and one page with its neighbours."""

from typing import TYPE_CHECKING, Any, cast

import pandas as pd
import streamlit as st

from linkplanner.settings import EquitySettings
from linkplanner.ui import explorer, icons, tables
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import charts, common
from linkplanner.ui.texts import explorer as say

if TYPE_CHECKING:
    from linkplanner.graph.nodes import NodeLinks

__all__ = ["show_map", "show_page"]

_NEXT = "_explore_next"
_PARAMETER = "page"


def show_map(pages: pd.DataFrame, key: str) -> str | None:
    """The treemap of equity; the section of the box that is clicked, None where none is."""
    st.caption(say.MAP)
    spec = explorer.map_spec(pages)
    event = st.echarts_chart(spec, height=460, key=f"map-{key}", alt=say.MAP_ALT, on_select="rerun")
    groups = event["selection"]["selected"]
    return explorer.map_section(spec, groups[0]["data_indices"] if groups else [])


def show_page(loaded: Loaded, settings: EquitySettings) -> None:
    """Choose a page; see what feeds it, what it feeds, and where its equity entered the site."""
    pages = loaded.analysis["page_facts"]
    if loaded.version.facts["counts"]["links"] > explorer.MOST_LINKS:
        st.info(say.TOO_MANY, icon=icons.NUMBERS)
        return
    left, right = st.columns(2, vertical_alignment="bottom")
    words = left.text_input(
        common.FIND_PAGE, key="explore-words", placeholder=common.FIND_PAGE_EXAMPLE,
        bind="query-params",
    )  # fmt: skip
    offered = explorer.found(pages, words)
    wanted = st.session_state.pop(_NEXT, None) or _named(pages)
    if wanted:
        offered = [wanted, *(url for url in offered if url != wanted)]
        st.session_state["explore-page"] = wanted
    if not offered:
        st.caption(say.NO_PAGE)
        return
    url = right.selectbox(charts.PAGE, offered, format_func=explorer.path, key="explore-page")
    st.query_params[_PARAMETER] = explorer.path(url)
    node = int(pages.index[pages["url"] == url][0])
    _show_neighbours(loaded, settings, pages, node)


def _show_neighbours(
    loaded: Loaded, settings: EquitySettings, pages: pd.DataFrame, node: int
) -> None:
    from linkplanner.graph.explain import explain

    nodes = _nodes(loaded, settings)
    equity, seed = pages["equity"].to_numpy(), pages["seed"].to_numpy()
    feeds, fed = (
        rows.assign(label=[_name(pages, n) for n in rows["node"]])
        for rows in explorer.neighbours(nodes, equity, node, settings.damping)
    )
    told = explain(nodes.graph, equity, seed, node, settings.damping)
    names = _Names(pages)
    st.text(told.sentence(cast(Any, names)))
    settled = float(equity[node]) * (1 - settings.damping)
    st.echarts_chart(
        explorer.neighbour_spec(
            explorer.path(pages["url"][node]), float(seed[node]), settled, feeds, fed
        ),
        height=420, renderer="svg", key="explore-picture",
        alt=say.PAGE_ALT,
    )  # fmt: skip
    into, out = st.columns(2)
    for place, title, rows in ((into, say.FEEDS, feeds), (out, say.IS_FED, fed)):
        with place:
            st.markdown(say.neighbours(title))
            shown = rows.assign(what=rows["label"], equity=rows["points"])
            key = f"explore-{title}-{node}"
            picked = tables.show(shown, ("what", "equity"), key=key, select="single", height=300)
            there = [int(n) for n in picked["node"] if n >= 0]
            if there:  # go on to that page
                st.session_state[_NEXT] = str(pages["url"][there[0]])
                st.rerun()


def _named(pages: pd.DataFrame) -> str | None:
    """The page that the address of the screen names, in a tab that has chosen none yet."""
    if "explore-page" in st.session_state:
        return None
    name = st.query_params.get(_PARAMETER)
    fits = pages.loc[pages["url"].map(explorer.path) == name, "url"].tolist() if name else []
    return str(fits[0]) if fits else None


def _name(pages: pd.DataFrame, node: int) -> str:
    if node >= 0:
        return explorer.path(pages["url"][node])
    return say.OTHERS if node == -1 else say.LOST


class _Names:
    """Paths of pages by node, made only where they are asked for."""

    def __init__(self, pages: pd.DataFrame) -> None:
        self._pages = pages

    def __getitem__(self, node: int) -> str:
        return explorer.path(self._pages["url"][int(node)])

    def __len__(self) -> int:
        return len(self._pages)


def _nodes(loaded: Loaded, settings: EquitySettings) -> "NodeLinks":
    return cast("NodeLinks", _nodes_at(str(loaded.version.folder), loaded, settings))


@st.cache_resource(max_entries=1, show_spinner=say.OPENING)
def _nodes_at(folder: str, _loaded: Loaded, _settings: EquitySettings) -> object:
    return _loaded.analysis.nodes(_settings)
