"""Tasks: what to do, by whom, until when, and what was done."""

from datetime import UTC, datetime

import streamlit as st

from linkplanner import shell
from linkplanner.export.trackers import TRACKERS, calendar, with_rate
from linkplanner.store.task_changes import task_history
from linkplanner.store.tasks import list_tasks
from linkplanner.ui import icons, progress, screen, state, task_board, task_list
from linkplanner.ui.texts import findings, numbers

shell.guard()

project = screen.require_project("tasks")
workspace = state.workspace()
tasks = with_rate(list_tasks(workspace, project.id))
if tasks.empty:
    screen.heading("tasks")
    progress.watch(project.id)
    made = state.plan(project.id)
    if made and not made.version.facts.get("links"):
        screen.empty(
            "No tasks yet: the plan cannot say what a link brings before your links are known. "
            "Read your pages or add a crawl export.", "data", "To your files",
        )  # fmt: skip
    screen.empty("No tasks yet: they come from the plan.", "plan", "Make the plan")

screen.heading("tasks", findings.tasks_finding(tasks))
progress.watch(project.id)
if problem := st.session_state.pop(task_list.ERROR, ""):
    st.error(problem, icon=icons.WARNING)

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    name = st.segmented_control(
        "Work", task_list.LISTS, default=task_list.LISTS[0], key="task-list", required=True,
        bind="query-params", label_visibility="collapsed", width="content",
    )  # fmt: skip
    shape = st.segmented_control(
        "View", ("Table", "Board"), default="Table", key="task-view", required=True,
        bind="query-params", label_visibility="collapsed", width="content",
    )  # fmt: skip
    task_list.undo(workspace, project.id)
mine = task_list.of_list(tasks, name)
if mine.empty:
    screen.empty(*task_list.NOTHING[name])
statuses = task_list.STATUSES[name]
left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
kinds = sorted(mine["kind"].dropna().unique())
kind = left.multiselect(
    "Kind", kinds, key="task-kind", placeholder="All kinds", bind="query-params"
)
owners = sorted(mine["owner"].dropna().unique())
owner = middle.multiselect(
    "Who", owners, key="task-owner", placeholder="Everybody", bind="query-params"
)
words = right.text_input(
    "Find", key="task-words", bind="query-params", placeholder="Part of an address or instruction"
)
if shape == "Board":
    status = "all"
else:
    status = st.segmented_control(
        "Status", ["all", *statuses], default="all",
        key=f"task-status-{task_list.LISTS.index(name)}", required=True,
        label_visibility="collapsed", format_func=str.capitalize, bind="query-params",
    )  # fmt: skip
shown = task_list.narrowed(mine, status, kind, words, owner)
shown = shown.sort_values("gain_per_hour", ascending=False, kind="stable", ignore_index=True)

if shape == "Board":
    task_board.board(workspace, project.id, shown, statuses)
else:
    drawn = min(len(shown), task_list.ROWS)
    rest = f", the first {drawn:,} in the table" if drawn < len(shown) else ""
    st.caption(
        f"{numbers.count(len(shown), 'task')} shown{rest}, most gain per hour first. Edits are "
        "kept at once, with their history; undo takes the last one back."
    )
    task_list.editor(workspace, project.id, shown, disabled=workspace.read_only)
with st.expander("Change all tasks that are shown", icon=icons.LIMITS):
    task_list.bulk(workspace, project.id, shown, name)

screen.download_tables(f"{project.name} tasks", lambda: {"Tasks": shown}, "tasks")
with st.container(horizontal=True, width="content"):
    for tool, write in TRACKERS.items():
        st.download_button(
            tool, lambda write=write: write(shown), f"tasks-{tool.lower()}.csv", "text/csv",
            key=f"export-{tool}", on_click="ignore", icon=icons.DOWNLOAD,
            help=f"The tasks that are shown, in the columns of {tool}'s CSV import.",
        )  # fmt: skip
    st.download_button(
        "Calendar", lambda: calendar(shown, datetime.now(UTC)), "tasks.ics", "text/calendar",
        key="export-ics", on_click="ignore", icon=icons.DOWNLOAD,
        help="Due dates as all-day events for any calendar.",
    )  # fmt: skip

with st.expander("History of a task", icon=icons.HISTORY):
    some = shown.head(task_list.ROWS)
    names = dict(zip(some["task_id"], some["instruction"].fillna(some["page_url"])))
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
                                        "after": "After", "author": "By"}),
                hide_index=True,
            )  # fmt: skip

screen.next_step("see what went live once the next export is in.", "monitor", "To the monitor")
