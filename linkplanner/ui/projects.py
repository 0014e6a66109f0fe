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
from linkplanner.ui.findings import count
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.state import Loaded

__all__ = ["CARDS", "bring", "manage", "overview", "put_away", "summary"]

CARDS: Final = 12
"""Projects shown as cards; with more the overview is where one is opened."""
_ERROR: Final = "projects-error"


def summary(analysis: Loaded | None, plan: Loaded | None, job: Job | None) -> str:
    """Where a project stands, in one line."""
    if job:
        return f"{icons.WAITING} {job.title}"
    if analysis is None:
        return "No files yet"
    counts = analysis.version.facts["counts"]
    line = f"{count(counts['indexable'], 'page')}, {count(counts['live_backlinks'], 'backlink')}"
    if plan is None:
        return f"{line}; no plan yet"
    facts = plan.version.facts
    if not facts.get("links"):
        return f"{line}; no plan yet, its links are not known"
    before, after = facts["points_before"], facts["points_after"]
    rise = f", {(after - before) / before:+.0%} equity" if before > 0 else ""
    return f"{line}; plan of {count(facts.get('links', 0), 'link')}{rise}"


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
            "name": kinds.TextColumn("Project"),
            "points": kinds.NumberColumn(
                "Equity (points)", format="%.1f",
                help="Weighted equity of the priority pages after the last import",
            ),
            "realised": kinds.NumberColumn(
                "From done tasks (points)", format="%.2f",
                help="How much of that equity the finished tasks bring, by the model",
            ),
            "open_tasks": kinds.NumberColumn("To look at", help="Tasks nobody has decided on"),
            "accepted": kinds.NumberColumn("Under way", help="Tasks somebody works on"),
            "done": kinds.NumberColumn("Live", help="Tasks that were seen live"),
            "data_days": kinds.NumberColumn("Days old", help="Days since the newest file"),
            "alerts": kinds.NumberColumn("Alerts", help="Thresholds that an import reached"),
        },
    )  # fmt: skip
    rows = [row for row in answer.selection.rows if row < len(table)]
    if rows and st.button("Open the ticked project", icon=icons.OPEN, key="open-ticked"):
        state.open_project(str(table["name"].iloc[rows[0]]))
        st.rerun()


def manage(project: Project) -> None:
    """Rename, copy, export, put away and delete, each with what keeps it from going wrong."""
    locked = state.workspace().read_only
    name = st.text_input("Name", project.name, key=f"name-{project.id}", max_chars=80)
    if st.button("Rename", key=f"rename-{project.id}", disabled=locked or name == project.name):
        _try(lambda: rename_project(state.workspace(), project.id, name), name)
    st.divider()
    _copies(project, locked=locked)
    st.divider()
    typed = st.text_input(
        "To delete the project with all its files, type its name",
        key=f"typed-{project.id}",
        placeholder=project.name,
    )
    if st.button("Delete for good", key=f"delete-{project.id}", disabled=locked or not typed):
        _try(lambda: delete_project(state.workspace(), project.id, typed))


def _copies(project: Project, *, locked: bool) -> None:
    from linkplanner.store.files import safe_name
    from linkplanner.store.project_import import duplicate_project

    if st.button("Duplicate", key=f"copy-{project.id}", disabled=locked):
        _try(lambda: duplicate_project(state.workspace(), project.id))
    st.download_button(
        "Save as one file", lambda: _packed(project.id), f"{safe_name(project.name)}.linkplanner",
        "application/zip", key=f"export-{project.id}", on_click="ignore", icon=icons.DOWNLOAD,
        help="Files, settings, tasks, contacts and results: to move it to another computer, or as "
        "a backup.",
    )  # fmt: skip
    hint = "It leaves the lists and can be taken out again; nothing is lost."
    if st.button("Put away", key=f"archive-{project.id}", disabled=locked, help=hint):
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

    with st.expander("Take in a project that was saved as one file", icon=icons.UPLOAD):
        st.file_uploader(
            "Project file", key=key, on_change=take, disabled=workspace.read_only,
            type=["linkplanner", "zip"], label_visibility="collapsed",
        )  # fmt: skip
    if problem := st.session_state.pop(_ERROR, ""):
        st.error(problem, icon=icons.WARNING)


def put_away() -> None:
    """Projects that were put away, each with the way back."""
    away = list_projects(state.workspace(), archived=True)
    if not away:
        return
    with st.expander(f"{count(len(away), 'project')} put away", icon=icons.HISTORY):
        for project in away:
            name, back = st.columns([4, 1], vertical_alignment="center")
            name.markdown(md_escape(project.name))
            back.button(
                "Take out", key=f"unarchive-{project.id}", on_click=archive_project,
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
