"""Tasks: what to do, by whom, until when, and what was done."""

import streamlit as st

from linkplanner import shell
from linkplanner.plan.status import ALL_STATUSES
from linkplanner.store.tasks import list_tasks, task_history
from linkplanner.ui import findings, icons, progress, screen, state, task_list

shell.guard()

SHOWS = "One list of work: links to add, addresses to repair, sites to write to, most gain first."

project = screen.require_project("Tasks", SHOWS)
workspace = state.workspace()
tasks = list_tasks(workspace, project.id)
if tasks.empty:
    screen.heading("Tasks", SHOWS)
    progress.watch(project.id)
    screen.empty("No tasks yet: they come from the plan.", "plan", "Make the plan")

screen.heading("Tasks", SHOWS, findings.tasks_finding(tasks))
progress.watch(project.id)
if problem := st.session_state.pop("tasks-error", ""):
    st.error(problem, icon=icons.WARNING)

status = st.segmented_control(
    "Status", ["all", *ALL_STATUSES], default="all", key="task-status", required=True,
    bind="query-params", label_visibility="collapsed",
    format_func=str.capitalize,
)  # fmt: skip
kinds = sorted(tasks["kind"].dropna().unique())
left, right = st.columns([2, 3], vertical_alignment="bottom")
kind = left.multiselect("Kind", kinds, key="task-kind", placeholder="All kinds")
words = right.text_input("Find", key="task-words", placeholder="Part of an address or instruction")
shown = task_list.narrowed(tasks, status, kind, words)
st.caption(
    f"{findings.count(len(shown), 'task')} shown. Status, who, due date, minutes and notes can be "
    "edited in the table and are kept at once, with their history."
)
task_list.editor(workspace, project.id, shown, disabled=workspace.read_only)

screen.download_tables(f"{project.name} tasks", lambda: {"Tasks": shown}, "tasks")

with st.expander("History of a task", icon=icons.HISTORY):
    names = dict(zip(shown["task_id"], shown["instruction"].fillna(shown["page_url"])))
    chosen = st.selectbox(
        "Task", list(names), index=None, format_func=lambda t: str(names[t])[:120],
        placeholder="Choose a task", key="history-of",
    )  # fmt: skip
    if chosen:
        history = task_history(workspace, project.id, chosen)
        if history.empty:
            st.caption("Nothing was changed yet.")
        else:
            history["changed"] = history["changed"].map(progress.moment)
            st.dataframe(
                history.rename(columns={"changed": "When", "field": "What", "before": "Before",
                                        "after": "After"}),
                hide_index=True,
            )  # fmt: skip
