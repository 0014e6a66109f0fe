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
from linkplanner.ui.texts import numbers

shell.guard()

project = screen.require_project("outreach")
workspace = state.workspace()
loaded = screen.require_analysis(project.id, "outreach")
prospects = loaded.analysis["prospects"]
tasks = with_rate(task_list.of_list(list_tasks(workspace, project.id), task_list.LISTS[1]))
if tasks.empty:
    screen.heading("outreach", "Your files tell of nobody to write to yet.")
    progress.watch(project.id)
    text = (
        f"{numbers.count(len(prospects), 'site is', 'sites are')} worth writing to; the plan "
        "turns them into tasks."
        if len(prospects)
        else "Nobody to write to yet. With a backlink export this screen lists lost links worth "
        "winning back and sites worth asking; with exports of competitors, who links to them."
    )
    where = ("plan", "Make the plan") if len(prospects) else ("data", "Add a backlink export")
    screen.empty(text, *where)

asked = len(tasks) - int(tasks["status"].isin(OPEN).sum())
worth = tasks.loc[tasks["status"].isin(OPEN), "gain"].sum()
screen.heading(
    "outreach",
    f"{numbers.count(len(tasks) - asked, 'site')} worth writing to, {worth:,.1f} points for your "
    f"priority pages if all of them link; "
    + (f"{asked:,} under way or done." if asked else "none written to yet."),
)
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
kind = left.multiselect("Kind", kinds, key="outreach-kind", placeholder="All kinds",
                        bind="query-params",
                        format_func=lambda k: k.removeprefix("outreach: "))  # fmt: skip
words = right.text_input(
    "Find", key="outreach-words", placeholder="Part of an address", bind="query-params"
)
status = st.segmented_control(
    "Status", ["all", *OUTREACH_STATUSES], default="all", key="outreach-status", required=True,
    label_visibility="collapsed", format_func=str.capitalize, bind="query-params",
)  # fmt: skip
shown = task_list.narrowed(joined, status, kind, words)
shown = shown.sort_values("gain", ascending=False, kind="stable", ignore_index=True)
st.caption(
    f"{numbers.count(len(shown), 'site')} shown, most gain first. Gain is what the link would add "
    "to your priority pages from the page that is pitched."
)
columns = ["status", "gain", "seed_gain", "kind", "source_domain", "target_url", "angle",
           "anchor_kind", "competitors", "authority", "spam", "instruction", "owner", "due",
           "notes", "found", "found_detail"]  # fmt: skip
task_list.editor(workspace, project.id, shown, disabled=workspace.read_only, columns=columns)
task_list.undo(workspace, project.id)
with st.expander("Change all sites that are shown", icon=icons.LIMITS):
    task_list.bulk(workspace, project.id, shown, task_list.LISTS[1])
due = worth_a_look(tasks)
st.button(
    outreach_parts.look_label(len(due)), on_click=look, key="look",
    disabled=workspace.read_only or due.empty or progress.is_busy(project.id), icon=icons.SEARCH,
    help="Fetches the page of every site you wrote to, politely, and ticks off links that stand.",
)  # fmt: skip
screen.download_tables(f"{project.name} outreach", lambda: {"Outreach": shown}, "outreach")
outreach_parts.letters(workspace, project.id, shown, prospects, "outreach")
outreach_parts.contacts(workspace, project.id)
outreach_parts.link_kinds(loaded.analysis.frames.get("link_kinds"))
screen.next_step("see all work in one list.", "tasks", "To the tasks")
