"""The parts that every screen is made of: heading, finding, next step, downloads."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import streamlit as st

from linkplanner.store.projects import Project
from linkplanner.ui import icons, state
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import common, screens

__all__ = [
    "XLSX",
    "download_tables",
    "empty",
    "folded",
    "heading",
    "link",
    "next_step",
    "require_analysis",
    "require_project",
    "stale_note",
    "warnings",
]


XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""Media type of a workbook."""


def heading(name: str, finding: str = "") -> None:
    """Title, one sentence on what the screen shows, and the finding computed from the data.

    name: of the screen, as its file in pages/.
    """
    st.title(screens.TITLES[name], anchor=False)
    st.caption(screens.SHOWS[name])
    if finding:
        with st.container(key="finding"):
            st.markdown(f"##### {finding}")


def next_step(text: str, page: str, label: str) -> None:
    """What to do next, with the way there."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"{screens.NEXT} {text}")
        st.page_link(f"pages/{page}.py", label=label, icon=icons.SCREENS[page], width="content")


def link(page: str, label: str) -> None:
    """The way to another screen."""
    st.page_link(f"pages/{page}.py", label=label, icon=icons.SCREENS[page])


def empty(text: str, page: str, label: str) -> None:
    """An empty screen with the step that fills it; the run ends here."""
    st.info(text, icon=icons.EMPTY)
    st.page_link(f"pages/{page}.py", label=label, icon=icons.SCREENS[page])
    st.stop()


def require_project(name: str) -> Project:
    """The chosen project; without one the screen says how to get one and ends."""
    chosen = state.project()
    if chosen is None:
        heading(name)
        empty(screens.NO_PROJECT, "start", screens.TO_START)
        raise AssertionError  # `empty` has stopped the run
    return chosen


def require_analysis(project_id: int, name: str) -> Loaded:
    """The newest analysis; without one the screen says what is missing and ends."""
    from linkplanner.ui import progress

    loaded = state.analysis(project_id)
    if loaded is None:
        heading(name)
        progress.watch(project_id)
        empty(screens.NO_ANALYSIS, "data", screens.ADD_FILES)
        raise AssertionError  # `empty` has stopped the run
    return loaded


def stale_note(loaded: Loaded, what: str) -> None:
    """Say that something changed since a result was computed."""
    if loaded.stale:
        st.caption(f"{icons.HISTORY} {screens.changed_since(what)}")


def warnings(texts: tuple[str, ...] | list[str]) -> None:
    """What to know before trusting the figures, folded away when there is much of it."""
    if not texts:
        return
    label = f"{icons.WARNING} {common.notes(len(texts))}"
    with st.expander(label, expanded=len(texts) < 2):
        for text in texts:
            st.text(f"• {text}")


def folded(label: str, key: str, icon: str) -> Any:
    """An expander whose body is worked out only while it is open: None while it is closed."""
    place = st.expander(label, key=key, icon=icon, on_change="rerun")
    return place if place.open else None


def download_tables(name: str, tables: Callable[[], dict[str, pd.DataFrame]], key: str) -> None:
    """Buttons for what is seen: one CSV (the first table) and a workbook; made on click."""
    stem = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-") or "linkplanner"

    def as_csv() -> bytes:
        from linkplanner.export.csv import safe_csv

        return safe_csv(next(iter(tables().values())))

    def as_workbook() -> bytes:
        from linkplanner.export.xlsx import workbook

        return workbook(tables())

    with st.container(horizontal=True, width="content"):
        st.download_button(
            common.CSV, as_csv, f"{stem}.csv", "text/csv", key=f"{key}-csv", on_click="ignore",
            icon=icons.DOWNLOAD,
            help=common.CSV_HELP,
        )  # fmt: skip
        st.download_button(
            common.EXCEL, as_workbook, f"{stem}.xlsx", XLSX, key=f"{key}-xlsx", on_click="ignore",
            icon=icons.DOWNLOAD, help=common.EXCEL_HELP,
        )  # fmt: skip
