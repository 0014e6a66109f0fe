"""Strategy: internal links or new backlinks, for each priority page."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.projects import load_settings
from linkplanner.ui import icons, progress, screen, state, strategy_needs, strategy_parts
from linkplanner.ui.plan_links import PAGE_COLUMNS
from linkplanner.ui.texts import screens
from linkplanner.ui.texts import strategy as say

shell.guard()

project = screen.require_project("strategy")
loaded = screen.require_analysis(project.id, "strategy")
made = state.plan(project.id)
frames = made.plan.frames if made else {}
if made is None or "verdicts" not in frames or "strategy" not in made.plan.summary:
    screen.heading("strategy", say.NOBODY_CAN)
    progress.watch(project.id)
    screen.empty(
        say.NO_PLAN,
        "plan", screens.MAKE_PLAN,
    )  # fmt: skip
else:
    result, facts = made.plan, loaded.version.facts
    balance, told = facts["balance"], result.summary["strategy"]
    pages = result.part("pages", PAGE_COLUMNS)
    workspace = state.workspace()
    needs = strategy_needs.said(workspace, project.id, loaded.analysis)
    found, lead = strategy_needs.with_needs(
        frames["verdicts"], needs, result.summary, int(facts["counts"]["referring_domains"]),
        load_settings(workspace, project.id).strategy,
    )  # fmt: skip
    summary = {**result.summary, "strategy": {**told, "verdict_words": lead}}
    screen.heading("strategy", lead)
    screen.stale_note(made, screens.PLAN_MADE)
    progress.watch(project.id)

    st.subheader(say.LINES, anchor=False)
    strategy_parts.lines(summary, balance)

    if len(found):
        st.subheader(say.HOW_FAR, anchor=False)
        st.caption(say.HOW_FAR_IS)
        st.altair_chart(strategy_parts.ceiling_chart(found, pages), width="stretch")
        with st.expander(say.NEEDS, icon=icons.LIMITS):
            st.caption(say.NEEDS_ARE)
            strategy_needs.needs_form(
                workspace, project.id, found, pages, loaded.analysis,
                disabled=workspace.read_only,
            )  # fmt: skip
        strategy_parts.verdict_table(found, f"verdicts-{made.key}")

    st.subheader(say.NEXT, anchor=False)
    st.caption(say.NEXT_IS)
    strategy_parts.pitch_table(frames["pitches"], f"pitches-{made.key}")
    shown = {"verdicts": found, "pitches": frames["pitches"]}
    strategy_parts.downloads(project.name, lead, summary, balance, shown)
    screen.next_step(say.LOOK, "plan", screens.TO_PLAN)
