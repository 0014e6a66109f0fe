"""Tasks: what to do, by whom, until when, and what was done."""

from datetime import UTC, datetime

import streamlit as st

from linkplanner import shell
from linkplanner.export.trackers import TRACKERS, calendar, with_rate
from linkplanner.store.task_changes import task_history
from linkplanner.store.tasks import list_tasks
from linkplanner.ui import icons, progress, screen, state, task_board, task_list
from linkplanner.ui.texts import columns, common, findings, screens
from linkplanner.ui.texts import tasks as say

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
            say.LINKS_UNKNOWN, "data", screens.TO_FILES,
        )  # fmt: skip
    screen.empty(say.NONE_YET, "plan", screens.MAKE_PLAN)

screen.heading("tasks", findings.tasks_finding(tasks))
progress.watch(project.id)
if problem := st.session_state.pop(task_list.ERROR, ""):
    st.error(problem, icon=icons.WARNING)

with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    name = st.segmented_control(
        say.WORK, say.LISTS, default=say.LISTS[0], key="task-list", required=True,
        bind="query-params", label_visibility="collapsed", width="content",
    )  # fmt: skip
    shape = st.segmented_control(
        common.VIEW, (say.TABLE, say.BOARD), default=say.TABLE, key="task-view", required=True,
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
    columns.COLUMNS["kind"][0],
    kinds,
    key="task-kind",
    format_func=common.stored,
    placeholder=common.ALL_KINDS,
    bind="query-params",
)
owners = sorted(mine["owner"].dropna().unique())
owner = middle.multiselect(
    columns.COLUMNS["owner"][0],
    owners,
    key="task-owner",
    placeholder=say.EVERYBODY,
    bind="query-params",
)
words = right.text_input(
    common.FIND, key="task-words", bind="query-params", placeholder=say.FIND_EXAMPLE
)
if shape == say.BOARD:
    status = "all"
else:
    status = st.segmented_control(
        common.STATUS, ["all", *statuses], default="all",
        key=f"task-status-{say.LISTS.index(name)}", required=True,
        label_visibility="collapsed", format_func=common.status, bind="query-params",
    )  # fmt: skip
shown = task_list.narrowed(mine, status, kind, words, owner)
shown = shown.sort_values("gain_per_hour", ascending=False, kind="stable", ignore_index=True)

if shape == say.BOARD:
    task_board.board(workspace, project.id, shown, statuses)
else:
    drawn = min(len(shown), task_list.ROWS)
    st.caption(say.tasks_shown(len(shown), drawn))
    task_list.editor(workspace, project.id, shown, disabled=workspace.read_only)
with st.expander(say.CHANGE_ALL, icon=icons.LIMITS):
    task_list.bulk(workspace, project.id, shown, name)

screen.download_tables(f"{project.name} tasks", lambda: {say.SHEET: shown}, "tasks")
with st.container(horizontal=True, width="content"):
    for tool, write in TRACKERS.items():
        st.download_button(
            tool, lambda write=write: write(shown), f"tasks-{tool.lower()}.csv", "text/csv",
            key=f"export-{tool}", on_click="ignore", icon=icons.DOWNLOAD,
            help=say.tracker_help(tool),
        )  # fmt: skip
    st.download_button(
        say.CALENDAR, lambda: calendar(shown, datetime.now(UTC)), "tasks.ics", "text/calendar",
        key="export-ics", on_click="ignore", icon=icons.DOWNLOAD,
        help=say.CALENDAR_HELP,
    )  # fmt: skip

with st.expander(say.HISTORY, icon=icons.HISTORY):
    some = shown.head(task_list.ROWS)
    names = dict(zip(some["task_id"], some["instruction"].fillna(some["page_url"])))
    chosen = st.selectbox(
        say.TASK, list(names), index=None, format_func=lambda t: str(names[t])[:120],
        placeholder=say.CHOOSE_TASK, key="history-of",
    )  # fmt: skip
    if chosen:
        history = task_history(workspace, project.id, chosen)
        if history.empty:
            st.caption(say.UNCHANGED)
        else:
            history["changed"] = history["changed"].map(progress.moment)
            st.dataframe(
                history.rename(columns=say.HISTORY_COLUMNS),
                hide_index=True,
            )  # fmt: skip

screen.next_step(say.SEE_LIVE, "monitor", screens.TO_MONITOR)
