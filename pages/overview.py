"""Overview: the whole link situation on one page."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.follow import open_alerts
from linkplanner.store.tasks import list_tasks
from linkplanner.store.versions import facts_history
from linkplanner.ui import flow_picture, icons, overview, progress, screen, state, tables
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.plan_links import PAGE_COLUMNS
from linkplanner.ui.texts import findings, screens
from linkplanner.ui.texts import overview as say

shell.guard()

ACTIONS = ("rank", "kind", "page_url", "target_url", "gain", "effort_minutes")

project = screen.require_project("overview")
loaded = screen.require_analysis(project.id, "overview")
workspace = state.workspace()
facts = loaded.version.facts
made = state.plan(project.id)
after = None
if made and made.plan.summary.get("links"):
    after = overview.share_after(facts, made.plan.part("pages", PAGE_COLUMNS))
health = overview.figures(facts_history(workspace, project.id, "analysis"))

screen.heading("overview", findings.overview_finding(facts, after))
screen.stale_note(loaded, screens.WORKED_OUT)
progress.watch(project.id)
if alerts := open_alerts(workspace, project.id):
    more = say.more_alerts(len(alerts) - 1) if len(alerts) > 1 else ""
    st.warning(f"{md_escape(alerts[0].sentence, 300)}{more}", icon=icons.WARNING)
    screen.link("monitor", say.SEE_CHANGES)

for place, figure in zip(st.columns(len(health)), health):
    place.metric(
        figure.label, figure.text, figure.change, border=True, height="stretch", help=figure.help,
        delta_color="normal" if figure.better == "more" else "inverse",
        chart_data=list(figure.trend) if len(figure.trend) > 2 else None,
    )  # fmt: skip

if facts["has_links"]:
    st.subheader(say.FLOW, anchor=False)
    st.caption(say.flow(facts["balance"]["entered"]))
    flows = flow_picture.flow_table(facts.get("flywheel"), facts["balance"])
    st.echarts_chart(
        flow_picture.flow_spec(flows), height=430, key="flow", renderer="svg",
        alt=flow_picture.flow_alt(flows),
    )  # fmt: skip
    with st.expander(say.IN_FIGURES, icon=icons.NUMBERS):
        st.dataframe(
            flows, hide_index=True, key="flow-table", width="content",
            column_config={
                "from": say.FROM, "to": say.TO,
                "points": st.column_config.NumberColumn(say.POINTS, format="%.2f"),
            },
        )  # fmt: skip
        screen.download_tables(f"{project.name} flow", lambda: {say.FLOW_SHEET: flows}, "flow")
else:
    st.info(
        say.NO_LINKS, icon=icons.EMPTY,
    )  # fmt: skip

st.subheader(say.LEVER, anchor=False)
verdict = (made.plan.summary.get("strategy") or {}).get("verdict_words") if made else None
if verdict:
    st.markdown(md_escape(str(verdict), 1000))
    screen.link("strategy", say.SEE_EACH)
else:
    st.caption(say.LEVER_WAITS)

st.subheader(say.FIRST, anchor=False)
actions = overview.top_actions(list_tasks(workspace, project.id))
if actions.empty:
    if facts["has_links"]:
        st.caption(say.NO_TASKS)
        screen.next_step(say.MAKE_PLAN, "plan", screens.TO_PLAN)
    else:
        st.caption(say.NO_TASKS_LINKS)
        screen.next_step(say.READ_PAGES, "data", screens.TO_FILES)
else:
    st.caption(say.ACTIONS)
    picked = tables.show(actions, ACTIONS, key=f"actions-{loaded.key}", select="single", height=388)
    for instruction in picked["instruction"]:
        st.text(instruction)
    screen.download_tables(f"{project.name} first tasks", lambda: {say.TASKS: actions}, "actions")
    screen.next_step(say.WORK_LIST, "tasks", screens.TO_TASKS)
screen.warnings(loaded.analysis.warnings)
