"""Monitor: what changed from one crawl or export to the next."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.follow import list_follow_ups, load_comparison
from linkplanner.ui import icons, monitor, progress, screen, state
from linkplanner.ui.texts import monitor as say
from linkplanner.ui.texts import screens

shell.guard()

project = screen.require_project("monitor")
workspace = state.workspace()
loaded = screen.require_analysis(project.id, "monitor")
history = list_follow_ups(workspace, project.id)
reports = history[history["report"].notna()] if len(history) else history
newest = load_comparison(workspace, project.id) if len(reports) else None
screen.heading("monitor", monitor.finding(history, newest))
progress.watch(project.id)
monitor.alerts(workspace, project.id)
if len(history):
    monitor.figures(history)
if newest is None:
    screen.empty(
        say.NOTHING_YET,
        "data", say.ADD_NEWER,
    )  # fmt: skip
    raise AssertionError  # `empty` has stopped the run
dates = {int(row.report): progress.moment(row.made) for row in reports[::-1].itertuples()}
number = st.selectbox(
    say.REPORT_OF, list(dates), format_func=dates.__getitem__, key="report-of", bind="query-params"
)
chosen = load_comparison(workspace, project.id, number) or newest
monitor.report(chosen)
st.page_link("pages/settings.py", label=say.CHANGE_ALERTS, icon=icons.SCREENS["settings"])
screen.download_tables(f"{project.name} changes", lambda: monitor.report_frames(chosen), "monitor")
screen.next_step(say.SEE_LEFT, "tasks", screens.TO_TASKS)
