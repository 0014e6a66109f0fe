"""Outreach: which sites to write to."""

import streamlit as st

from linkplanner import shell
from linkplanner.errors import LinkplannerError
from linkplanner.export.trackers import with_rate
from linkplanner.follow.looked import worth_a_look
from linkplanner.jobs import start_job
from linkplanner.plan.status import OPEN, OUTREACH_STATUSES
from linkplanner.store.tasks import list_tasks
from linkplanner.ui import icons, outreach_parts, progress, screen, state, task_list
from linkplanner.ui.texts import columns as of_columns
from linkplanner.ui.texts import common, screens
from linkplanner.ui.texts import outreach as say
from linkplanner.ui.texts import tasks as of_tasks

shell.guard()

project = screen.require_project("outreach")
workspace = state.workspace()
loaded = screen.require_analysis(project.id, "outreach")
prospects = loaded.analysis["prospects"]
tasks = with_rate(task_list.of_list(list_tasks(workspace, project.id), of_tasks.OUTREACH))
if tasks.empty:
    screen.heading("outreach", say.NOBODY)
    progress.watch(project.id)
    text = say.sites_worth(len(prospects)) if len(prospects) else say.NOBODY_YET
    where = ("plan", screens.MAKE_PLAN) if len(prospects) else ("data", screens.ADD_BACKLINKS)
    screen.empty(text, *where)

asked = len(tasks) - int(tasks["status"].isin(OPEN).sum())
worth = tasks.loc[tasks["status"].isin(OPEN), "gain"].sum()
screen.heading("outreach", say.finding(len(tasks) - asked, worth, asked))
progress.watch(project.id)
for key in (task_list.ERROR, outreach_parts.ERROR):
    if problem := st.session_state.pop(key, ""):
        st.error(problem, icon=icons.WARNING)


def look() -> None:
    """Start looking whether links that were asked for stand."""
    try:
        start_job(workspace, project.id, "check_links")
    except LinkplannerError as error:
        st.session_state[outreach_parts.ERROR] = str(error)


joined = outreach_parts.with_prospects(tasks, prospects)
left, right = st.columns([3, 3], vertical_alignment="bottom")
kinds = sorted(joined["kind"].unique())
kind = left.multiselect(
    of_columns.COLUMNS["kind"][0],
    kinds,
    key="outreach-kind",
    placeholder=common.ALL_KINDS,
    bind="query-params",
    format_func=common.task_kind,
)
words = right.text_input(
    common.FIND, key="outreach-words", placeholder=say.FIND_EXAMPLE, bind="query-params"
)
status = st.segmented_control(
    common.STATUS, ["all", *OUTREACH_STATUSES], default="all", key="outreach-status", required=True,
    label_visibility="collapsed", format_func=common.status, bind="query-params",
)  # fmt: skip
shown = task_list.narrowed(joined, status, kind, words)
shown = shown.sort_values("gain", ascending=False, kind="stable", ignore_index=True)
st.caption(say.sites_shown(len(shown)))
columns = ["status", "gain", "seed_gain", "kind", "source_domain", "target_url", "angle",
           "anchor_kind", "competitors", "authority", "spam", "instruction", "owner", "due",
           "notes", "found", "found_detail"]  # fmt: skip
task_list.editor(workspace, project.id, shown, disabled=workspace.read_only, columns=columns)
task_list.undo(workspace, project.id)
with st.expander(say.CHANGE_ALL, icon=icons.LIMITS):
    task_list.bulk(workspace, project.id, shown, of_tasks.OUTREACH)
due = worth_a_look(tasks)
st.button(
    outreach_parts.look_label(len(due)), on_click=look, key="look",
    disabled=workspace.read_only or due.empty or progress.is_busy(project.id), icon=icons.SEARCH,
    help=say.LOOK_HELP,
)  # fmt: skip
screen.download_tables(f"{project.name} outreach", lambda: {say.SHEET: shown}, "outreach")
outreach_parts.letters(workspace, project.id, shown, prospects, "outreach")
outreach_parts.contacts(workspace, project.id)
outreach_parts.link_kinds(loaded.analysis.frames.get("link_kinds"))
screen.next_step(say.ALL_WORK, "tasks", screens.TO_TASKS)
