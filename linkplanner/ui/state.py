"""What the screens look at: the workspace, the chosen project and its newest results."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, cast
from zlib import crc32

import streamlit as st

from linkplanner.store.projects import Project, list_projects, preference, set_preference
from linkplanner.store.versions import (
    Version,
    analysis_basis,
    latest_version,
    plan_basis,
)
from linkplanner.store.workspace import Workspace, open_workspace
from linkplanner.ui.texts import screens

if TYPE_CHECKING:
    from linkplanner.results import Analysis, PlanResult

__all__ = [
    "Loaded",
    "analysis",
    "choose_project",
    "one_run",
    "open_project",
    "plan",
    "project",
    "resolve_project",
    "workspace",
]

_KEY = "project"
_NEXT = "_open_project"
_LAST = "last project"
_bases: ContextVar[dict[int, str] | None] = ContextVar("bases", default=None)


def workspace() -> Workspace:
    """The open workspace. Raises WorkspaceError, which the shell shows."""
    return open_workspace()


def open_project(name: str) -> None:
    """Make a project the chosen one from the next run on; for callbacks and before st.rerun."""
    st.session_state[_NEXT] = name


def resolve_project() -> list[str]:
    """Settle which project this tab shows, before anything is drawn; returns all their names.

    In this order: the one just opened, the one chosen in this tab, the one that the address names,
    the one opened last, the newest.
    """
    names = [p.name for p in list_projects(workspace())]
    if not names:
        return []
    wanted = (
        st.session_state.pop(_NEXT, None),
        st.session_state.get(_KEY),
        None if _KEY in st.session_state else st.query_params.get(_KEY),
        preference(workspace(), _LAST),
    )
    chosen = next((name for name in wanted if name in names), names[0])
    if st.session_state.get(_KEY) != chosen:
        st.session_state[_KEY] = chosen
    return names


def choose_project() -> None:
    """The chooser in the sidebar; the choice stands in the address, so each tab keeps its own.

    Written into the address by hand: a bound widget leaves out what the program chose itself.
    """
    names = resolve_project()
    if not names:
        st.caption(screens.NO_PROJECT_YET)
        return
    st.selectbox(
        screens.PROJECT,
        names,
        key=_KEY,
        help=screens.PROJECT_HELP,
    )
    chosen = st.session_state[_KEY]
    if st.query_params.get(_KEY) != chosen:
        st.query_params[_KEY] = chosen
    set_preference(workspace(), _LAST, chosen)


def project() -> Project | None:
    """The chosen project."""
    name = st.session_state.get(_KEY)
    return next((p for p in list_projects(workspace()) if p.name == name), None)


class Loaded:
    """An analysis or plan with its version, and whether something changed since."""

    def __init__(self, version: Version, stale: bool) -> None:
        """A result of a version."""
        self.version = version
        self.stale = stale

    @property
    def key(self) -> str:
        """Changes with every version and differs between workspaces: for keys of caches and
        widgets."""
        place = crc32(str(self.version.folder.parent).encode())
        version = self.version
        return f"{version.project_id}-{version.kind}-{version.number}-{place:x}"

    @property
    def analysis(self) -> "Analysis":
        """The result as an analysis. Do not alter its frames: all sessions share them."""
        return cast("Analysis", _analysis_at(str(self.version.folder)))

    @property
    def plan(self) -> "PlanResult":
        """The result as a plan. Do not alter its frames: all sessions share them."""
        return cast("PlanResult", _plan_at(str(self.version.folder)))


def analysis(project_id: int) -> Loaded | None:
    """The newest analysis of a project."""
    version = latest_version(workspace(), project_id, "analysis")
    if version is None:
        return None
    return Loaded(version, version.basis != _basis(project_id))


def plan(project_id: int) -> Loaded | None:
    """The newest plan of a project."""
    version = latest_version(workspace(), project_id, "plan")
    if version is None:
        return None
    now = plan_basis(workspace(), project_id, _basis(project_id))
    return Loaded(version, version.basis != now)


@contextmanager
def one_run() -> Iterator[None]:
    """What a run of a screen asks several times, and what does not change while it runs, is
    worked out once: fingerprints of files, priorities and settings."""
    token = _bases.set({})
    try:
        yield
    finally:
        _bases.reset(token)


def _basis(project_id: int) -> str:
    known = _bases.get()
    if known is None:  # a fragment, or a callback
        return analysis_basis(workspace(), project_id)
    if project_id not in known:
        known[project_id] = analysis_basis(workspace(), project_id)
    return known[project_id]


@st.cache_resource(max_entries=4, show_spinner=screens.OPENING_ANALYSIS)
def _analysis_at(folder: str) -> object:
    from pathlib import Path

    from linkplanner.results import Analysis

    return Analysis.load(Path(folder), lazily=True)


@st.cache_resource(max_entries=4, show_spinner=screens.OPENING_PLAN)
def _plan_at(folder: str) -> object:
    from pathlib import Path

    from linkplanner.results import PlanResult

    return PlanResult.load(Path(folder), lazily=True)
