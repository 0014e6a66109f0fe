"""Projects on the start screen: a card each, an overview of all, and what can be done with one."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.jobs import Job
from linkplanner.store.overview import project_overview
from linkplanner.store.projects import (
    Project,
    archive_project,
    delete_project,
    list_projects,
    rename_project,
)
from linkplanner.ui import icons, state
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.state import Loaded
from linkplanner.ui.texts import screens
from linkplanner.ui.texts import start as say

__all__ = ["CARDS", "bring", "manage", "overview", "put_away", "summary"]

CARDS: Final = 12
"""Projects shown as cards; with more the overview is where one is opened."""
_ERROR: Final = "projects-error"


def summary(analysis: Loaded | None, plan: Loaded | None, job: Job | None) -> str:
    """Where a project stands, in one line."""
    if job:
        return f"{icons.WAITING} {job.title}"
    if analysis is None:
        return say.NO_FILES
    counts = analysis.version.facts["counts"]
    line = say.stands(counts["indexable"], counts["live_backlinks"])
    if plan is None:
        return say.without_plan(line)
    facts = plan.version.facts
    if not facts.get("links"):
        return say.without_links(line)
    before, after = facts["points_before"], facts["points_after"]
    return say.with_plan(line, facts.get("links", 0), before, after)


def overview() -> None:
    """All projects in one table; a ticked one can be opened."""
    table = project_overview(state.workspace())
    if len(table) < 2:
        return
    kinds = st.column_config
    answer = st.dataframe(
        table.drop(columns="id"), key="project-overview", hide_index=True, on_select="rerun",
        selection_mode="single-row", placeholder="",
        column_config={
            "name": kinds.TextColumn(screens.PROJECT),
            "points": kinds.NumberColumn(
                say.POINTS, format="%.1f",
                help=say.POINTS_HELP,
            ),
            "realised": kinds.NumberColumn(
                say.REALISED, format="%.2f",
                help=say.REALISED_HELP,
            ),
            "open_tasks": kinds.NumberColumn(say.TO_LOOK_AT, help=say.TO_LOOK_AT_HELP),
            "accepted": kinds.NumberColumn(say.UNDER_WAY, help=say.UNDER_WAY_HELP),
            "done": kinds.NumberColumn(say.LIVE, help=say.LIVE_HELP),
            "data_days": kinds.NumberColumn(say.DAYS_OLD, help=say.DAYS_OLD_HELP),
            "alerts": kinds.NumberColumn(say.ALERTS, help=say.ALERTS_HELP),
        },
    )  # fmt: skip
    rows = [row for row in answer.selection.rows if row < len(table)]
    if rows and st.button(say.OPEN_TICKED, icon=icons.OPEN, key="open-ticked"):
        state.open_project(str(table["name"].iloc[rows[0]]))
        st.rerun()


def manage(project: Project) -> None:
    """Rename, copy, export, put away and delete, each with what keeps it from going wrong."""
    locked = state.workspace().read_only
    name = st.text_input(say.NAME, project.name, key=f"name-{project.id}", max_chars=80)
    if st.button(say.RENAME, key=f"rename-{project.id}", disabled=locked or name == project.name):
        _try(lambda: rename_project(state.workspace(), project.id, name), name)
    st.divider()
    _copies(project, locked=locked)
    st.divider()
    typed = st.text_input(
        say.DELETE_CONFIRM,
        key=f"typed-{project.id}",
        placeholder=project.name,
    )
    if st.button(say.DELETE, key=f"delete-{project.id}", disabled=locked or not typed):
        _try(lambda: delete_project(state.workspace(), project.id, typed))


def _copies(project: Project, *, locked: bool) -> None:
    from linkplanner.store.files import safe_name
    from linkplanner.store.project_import import duplicate_project

    if st.button(say.DUPLICATE, key=f"copy-{project.id}", disabled=locked):
        _try(lambda: duplicate_project(state.workspace(), project.id))
    st.download_button(
        say.SAVE, lambda: _packed(project.id), f"{safe_name(project.name)}.linkplanner",
        "application/zip", key=f"export-{project.id}", on_click="ignore", icon=icons.DOWNLOAD,
        help=say.SAVE_HELP,
    )  # fmt: skip
    if st.button(
        say.PUT_AWAY, key=f"archive-{project.id}", disabled=locked, help=say.PUT_AWAY_HELP
    ):
        _try(lambda: archive_project(state.workspace(), project.id))


def _packed(project_id: int) -> bytes:
    import io

    from linkplanner.store.project_file import export_project

    out = io.BytesIO()
    export_project(state.workspace(), project_id, out)
    return out.getvalue()


def bring() -> None:
    """Take in a project that was saved as one file."""
    workspace = state.workspace()
    key = f"bring-{st.session_state.get('bring-round', 0)}"

    def take() -> None:
        from linkplanner.store.project_import import import_project

        file = st.session_state.get(key)
        st.session_state["bring-round"] = st.session_state.get("bring-round", 0) + 1
        if file is not None:
            try:
                state.open_project(import_project(workspace, file).name)
            except LinkplannerError as error:
                st.session_state[_ERROR] = str(error)

    with st.expander(say.BRING, icon=icons.UPLOAD):
        st.file_uploader(
            say.PROJECT_FILE, key=key, on_change=take, disabled=workspace.read_only,
            type=["linkplanner", "zip"], label_visibility="collapsed",
        )  # fmt: skip
    if problem := st.session_state.pop(_ERROR, ""):
        st.error(problem, icon=icons.WARNING)


def put_away() -> None:
    """Projects that were put away, each with the way back."""
    away = list_projects(state.workspace(), archived=True)
    if not away:
        return
    with st.expander(say.put_away(len(away)), icon=icons.HISTORY):
        for project in away:
            name, back = st.columns([4, 1], vertical_alignment="center")
            name.markdown(md_escape(project.name))
            back.button(
                say.TAKE_OUT, key=f"unarchive-{project.id}", on_click=archive_project,
                args=(state.workspace(), project.id), kwargs={"archived": False},
                disabled=state.workspace().read_only,
            )  # fmt: skip


def _try(change: Callable[[], object], opened: str = "") -> None:
    try:
        change()
    except LinkplannerError as error:
        st.error(str(error))
        return
    if opened:
        state.open_project(opened)
    st.rerun()
