"""Plan: which links to add, what they bring, and what you make of each."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.projects import load_settings
from linkplanner.store.tasks import list_tasks
from linkplanner.ui import (
    charts,
    icons,
    plan_limits,
    plan_links,
    plan_rest,
    plan_what_if,
    progress,
    screen,
    state,
    tables,
)
from linkplanner.ui.texts import common, findings, screens
from linkplanner.ui.texts import plan as say

shell.guard()

COLUMNS = (
    "rank", "decision", "gain", "source_url", "target_url", "anchor", "sentence",
    "gain_cumulative", "gain_alone", "loss", "losers", "minutes", "gain_per_hour",
    "relevance", "action",
)  # fmt: skip
SUGGESTED = ("decision", "source_url", "target_url", "anchor", "relevance", "action")

project = screen.require_project("plan")
workspace = state.workspace()
loaded = screen.require_analysis(project.id, "plan")
made = state.plan(project.id)
closed = workspace.read_only or progress.is_busy(project.id)

finding = say.NO_PLAN
if made:
    result = made.plan
    finding = findings.plan_finding(result.summary, len(result.suggestions))
screen.heading("plan", finding)
if made and made.stale:
    st.caption(f"{icons.HISTORY} {say.STALE}")
progress.watch(project.id)

settings = load_settings(workspace, project.id)
with st.expander(say.LIMITS, expanded=made is None, icon=icons.LIMITS):
    plan_limits.limits_form(workspace, project.id, settings, disabled=closed)
st.button(
    say.MAKE_AGAIN if made else screens.MAKE_PLAN,
    on_click=plan_links.make,
    args=(workspace, project.id),
    disabled=closed,
    type="primary" if made is None or made.stale else "secondary",
    icon=icons.SCREENS["plan"],
)
if problem := st.session_state.pop("plan-error", ""):
    st.error(problem, icon=icons.WARNING)
if made is None:
    ready = loaded.version.facts["has_links"]
    st.info(say.READY if ready else say.NEEDS, icon=icons.EMPTY)
    st.stop()

provisional = result.summary.get("provisional")
if provisional is not None:
    st.warning(
        say.provisional(provisional), icon=icons.PROVISIONAL,
    )  # fmt: skip

tasks = list_tasks(workspace, project.id)
pages = result.part("pages", plan_links.PAGE_COLUMNS)
if len(result.plan):
    plan_links.figures(result.summary, result.plan)
    if result.summary.get("certificate_words"):
        st.caption(str(result.summary["certificate_words"]))
    plan_links.told(result.plan)
    route = str(result.summary.get("route", "direct"))
    plan_limits.routes(workspace, project.id, result.summary, route, disabled=closed)
    chart, curve = st.columns([3, 2])
    with chart:
        st.markdown(say.BEFORE_AFTER)
        event = st.altair_chart(
            charts.before_after(plan_links.priority_pages(pages)), on_select="rerun",
            key=f"before-after-{made.key}", width="stretch",
        )  # fmt: skip
    with curve:
        st.markdown(say.CURVE)
        st.altair_chart(charts.gain_curve(result.plan), width="stretch")
    links = plan_links.with_status(result.plan, tasks)
    shown = charts.in_points(links, event["selection"], "pages", "url", links["target_url"])
    heading = say.LINKS
else:
    shown = plan_links.with_status(result.suggestions, tasks)
    heading = say.SUGGESTIONS

st.subheader(heading, anchor=False)
if not len(result.plan) and len(result.suggestions):
    st.info(
        say.SUGGESTIONS_ARE, icon=icons.SEARCH,
    )  # fmt: skip
    st.page_link("pages/data.py", label=screens.READ_PAGES, icon=icons.SCREENS["data"])
if len(shown):
    state_filter = st.segmented_control(
        common.SHOW, say.FILTERS, default=say.FILTERS[0], key="plan-filter",
        required=True, bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    decided = (say.ACCEPTED, say.OPEN, say.REFUSED)
    st.caption(say.tally(*(len(plan_links.narrowed(shown, name)) for name in decided)))
    shown = plan_links.narrowed(shown, state_filter)
    key = f"plan-{made.key}-{state_filter}-{len(shown)}-{(shown['status'] != 'suggested').sum()}"
    columns = COLUMNS if len(result.plan) else SUGGESTED
    picked = tables.show(shown, columns, key=key, select="multi", height=430)
    plan_links.decide(workspace, project.id, picked, shown, disabled=workspace.read_only)
    if len(picked) and result.model is not None:
        graph = plan_what_if.graph_of(made.key, result.model)
        plan_links.show_what_if(result.model, graph, picked, len(result.plan))
    if len(picked) == 1:
        plan_links.show_link(picked.iloc[0], pages)
elif len(result.plan):
    st.caption(say.NONE_FITS)

if len(result.plan):
    st.subheader(say.BEYOND, anchor=False)
    plan_what_if.try_other_limits(result, settings.limits, made.key)
    plan_rest.held_back(workspace, project.id, result, settings, disabled=closed)
    plan_rest.few(result, settings.limits.links_at_least)
    plan_rest.changes(result)

st.subheader(say.TAKE, anchor=False)
plan_links.downloads(project.name, loaded.analysis, result, tasks)

blocked = result.summary.get("blocked") or []
if blocked:
    with st.expander(f"{icons.PROVISIONAL} {say.beyond_help(len(blocked))}"):
        st.caption(say.BLOCKED)
        st.code("\n".join(map(str, blocked)), language=None)
screen.warnings(result.summary.get("warnings") or [])
screen.next_step(say.HAND_OVER, "tasks", screens.TO_TASKS)
