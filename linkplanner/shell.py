"""The frame around every screen: navigation, project, running work, and errors in plain words.

A `pages/` folder beside app.py makes Streamlit start in its old mode, in which a deep link runs a
page without app.py. So every page begins with `guard()`, which runs the shell when it finds
itself outside; a ContextVar tells, since session state would outlive the run.
"""

import logging
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.ui import icons, preload, progress, readiness, state, warm
from linkplanner.ui.texts import screens

__all__ = ["PAGES", "guard", "run"]

_ROOT: Final = Path(__file__).resolve().parents[1]
ICON: Final = Path(__file__).resolve().parent / "ui" / "icon.svg"
"""Favicon and logo; a local file, since Streamlit fetches other icons of tabs from a font host."""
_inside: ContextVar[bool] = ContextVar("inside_shell", default=False)
_log = logging.getLogger(__name__)

PAGES: Final = {
    screens.SET_UP: ("start", "data", "priorities"),
    screens.UNDERSTAND: ("overview", "backlinks", "site"),
    screens.PLAN: ("plan", "strategy"),
    screens.DO: ("outreach", "tasks", "monitor"),
    screens.MORE: ("settings", "help"),
}
"""Groups of screens, by their file names in pages/."""


def run() -> None:
    """Show the frame and, inside it, the screen that the address names."""
    with state.one_run():
        _frame()


def _frame() -> None:
    st.set_page_config(
        page_title=screens.APP, page_icon=str(ICON), layout="wide", initial_sidebar_state=240
    )
    st.html(ICON.with_name("screen.css"))
    st.logo(str(ICON.with_name("logo.svg")), size="large", icon_image=str(ICON))
    try:
        state.resolve_project()
        there = readiness.ready_screens()
    except LinkplannerError:  # told below, inside the frame
        there = readiness.ready(None, None, 0)
    groups = _pages(there)
    # the first page lives at the bare address; its own name leads there too
    by_name = st.Page(
        _to_start, title=screens.TITLES["start"], url_path="start", visibility="hidden"
    )
    page = st.navigation({**groups, "": [by_name]}, position="hidden")
    token = _inside.set(True)
    try:
        workspace = state.workspace()
        if workspace.notice:
            st.warning(workspace.notice, icon=icons.LOCK)
        with st.sidebar:
            state.choose_project()
            progress.sidebar(page)
            _menu(groups)
            preload.preload()
        page.run()
    except LinkplannerError as error:
        st.error(str(error), icon=icons.WARNING)
    except Exception as error:
        _log.exception("A screen failed")
        st.error(screens.failed(type(error).__name__), icon=icons.WARNING)
    finally:
        _inside.reset(token)
        warm.warm_up()


def _pages(there: set[str]) -> dict[str, list[Any]]:
    """The screens by group; those that wait for data are dimmed and say what they wait for."""
    return {
        group: [
            st.Page(
                _ROOT / "pages" / f"{name}.py",
                title=readiness.title(name, there),
                icon=icons.SCREENS[name],
                url_path="home" if name == "start" else name,
                default=name == "start",
                help=readiness.hint(name, there),
            )
            for name in entries
        ]
        for group, entries in PAGES.items()
    }


def _to_start() -> None:
    st.switch_page(_ROOT / "pages" / "start.py")


def _menu(groups: dict[str, list[Any]]) -> None:
    """The screens by group. Streamlit's own menu nests its lists in a way that screen readers
    cannot follow, so it is hidden and these links stand in its place."""
    with st.container(key="menu", gap="xxsmall"):
        for group, pages in groups.items():
            st.caption(group)
            for page in pages:
                st.page_link(page, width="stretch")


def guard() -> None:
    """First line of every page: go on only inside the shell."""
    if not _inside.get():
        run()
        st.stop()
