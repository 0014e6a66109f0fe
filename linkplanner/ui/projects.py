"""A project's card: its state in one line, renaming and deleting."""

from collections.abc import Callable

import streamlit as st

from linkplanner.errors import LinkplannerError
from linkplanner.jobs import Job
from linkplanner.store.projects import Project, delete_project, rename_project
from linkplanner.ui import icons, state
from linkplanner.ui.findings import count
from linkplanner.ui.state import Loaded

__all__ = ["manage", "summary"]


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
    before, after = facts["points_before"], facts["points_after"]
    rise = f", {(after - before) / before:+.0%} equity" if before > 0 else ""
    return f"{line}; plan of {count(facts.get('links', 0), 'link')}{rise}"


def manage(project: Project) -> None:
    """Rename and delete, each with what keeps it from going wrong."""
    locked = state.workspace().read_only
    name = st.text_input("Name", project.name, key=f"name-{project.id}", max_chars=80)
    if st.button("Rename", key=f"rename-{project.id}", disabled=locked or name == project.name):
        _try(lambda: rename_project(state.workspace(), project.id, name), name)
    st.divider()
    typed = st.text_input(
        "To delete the project with all its files, type its name",
        key=f"typed-{project.id}",
        placeholder=project.name,
    )
    if st.button("Delete for good", key=f"delete-{project.id}", disabled=locked or not typed):
        _try(lambda: delete_project(state.workspace(), project.id, typed))


def _try(change: Callable[[], object], opened: str = "") -> None:
    try:
        change()
    except LinkplannerError as error:
        st.error(str(error))
        return
    if opened:
        state.open_project(opened)
    st.rerun()
