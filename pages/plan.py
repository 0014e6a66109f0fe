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
from linkplanner.ui.texts import findings, numbers

shell.guard()

COLUMNS = (
    "rank", "decision", "gain", "source_url", "target_url", "anchor", "sentence",
    "gain_cumulative", "gain_alone", "loss", "losers", "minutes", "relevance", "action",
)  # fmt: skip
SUGGESTED = ("decision", "source_url", "target_url", "anchor", "relevance", "action")

project = screen.require_project("plan")
workspace = state.workspace()
loaded = screen.require_analysis(project.id, "plan")
made = state.plan(project.id)
closed = workspace.read_only or progress.is_busy(project.id)

finding = "No plan yet: check the limits below and make one."
if made:
    result = made.plan
    finding = findings.plan_finding(result.summary, len(result.suggestions))
screen.heading("plan", finding)
if made and made.stale:
    st.caption(
        f"{icons.HISTORY} Files, priorities or limits changed since this plan was made; "
        "make it again."
    )
progress.watch(project.id)

settings = load_settings(workspace, project.id)
with st.expander("Limits and aim", expanded=made is None, icon=icons.LIMITS):
    plan_limits.limits_form(workspace, project.id, settings, disabled=closed)
st.button(
    "Make the plan again" if made else "Make the plan",
    on_click=plan_links.make,
    args=(workspace, project.id),
    disabled=closed,
    type="primary" if made is None or made.stale else "secondary",
    icon=icons.SCREENS["plan"],
)
if problem := st.session_state.pop("plan-error", ""):
    st.error(problem, icon=icons.WARNING)
if made is None:
    st.info(
        "The plan needs to know where your pages link today and which pages earn money. Without "
        "the first it can only suggest pairs to check; without the second it takes the proposed "
        "pages.", icon=icons.EMPTY,
    )  # fmt: skip
    st.stop()

provisional = result.summary.get("provisional")
if provisional is not None:
    st.warning(
        f"Provisional: {provisional:.0%} of your indexable pages have been read so far. Read more "
        "pages on the data screen for firm figures.", icon=icons.PROVISIONAL,
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
        st.markdown("**Each priority page now and with the plan** · click one to see its links")
        event = st.altair_chart(
            charts.before_after(plan_links.priority_pages(pages)), on_select="rerun",
            key=f"before-after-{made.key}", width="stretch",
        )  # fmt: skip
    with curve:
        st.markdown("**How far each link takes you**")
        st.altair_chart(charts.gain_curve(result.plan), width="stretch")
    links = plan_links.with_status(result.plan, tasks)
    shown = charts.in_points(links, event["selection"], "pages", "url", links["target_url"])
    heading = "Links to set"
else:
    shown = plan_links.with_status(result.suggestions, tasks)
    heading = "Suggestions to check"

st.subheader(heading, anchor=False)
if not len(result.plan) and len(result.suggestions):
    st.info(
        "These pages fit together by title and address. Whether they are linked already and what a "
        "link would bring is not known, because your pages were not read yet.", icon=icons.SEARCH,
    )  # fmt: skip
    st.page_link("pages/data.py", label="Read my pages", icon=icons.SCREENS["data"])
if len(shown):
    state_filter = st.segmented_control(
        "Show", plan_links.FILTERS, default=plan_links.FILTERS[0], key="plan-filter",
        required=True, bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    shown = plan_links.narrowed(shown, state_filter)
    st.caption("Tick rows on the left, then accept or refuse them. Accepted links are your tasks.")
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
    st.caption("No link of the plan fits this choice.")

if len(result.plan):
    st.subheader("Beyond this plan", anchor=False)
    plan_what_if.try_other_limits(result, settings.limits, made.key)
    plan_rest.held_back(workspace, project.id, result, settings, disabled=closed)
    plan_rest.few(result, settings.limits.links_at_least)
    plan_rest.changes(result)

st.subheader("Take it with you", anchor=False)
plan_links.downloads(project.name, loaded.analysis, result, tasks)

blocked = result.summary.get("blocked") or []
if blocked:
    with st.expander(
        f"{icons.PROVISIONAL} {numbers.count(len(blocked), 'priority page')} no link can help"
    ):
        st.caption("They are not indexable, or nothing reaches them; mend that first.")
        st.code("\n".join(map(str, blocked)), language=None)
screen.warnings(result.summary.get("warnings") or [])
screen.next_step("hand the accepted links to whoever edits the pages.", "tasks", "To the tasks")
