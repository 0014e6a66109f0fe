"""Strategy: internal links or new backlinks, for each priority page."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.projects import load_settings
from linkplanner.ui import icons, progress, screen, state, strategy_needs, strategy_parts
from linkplanner.ui.plan_links import PAGE_COLUMNS

shell.guard()

project = screen.require_project("strategy")
loaded = screen.require_analysis(project.id, "strategy")
made = state.plan(project.id)
frames = made.plan.frames if made else {}
if made is None or "verdicts" not in frames or "strategy" not in made.plan.summary:
    screen.heading("strategy", "Without a plan nobody can compare the two.")
    progress.watch(project.id)
    screen.empty(
        "No plan with known links yet. Once there is one, this screen tells for each priority page "
        "whether more internal links can lift it or whether it needs links from other sites.",
        "plan", "Make the plan",
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
    screen.stale_note(made, "this was worked out")
    progress.watch(project.id)

    st.subheader("Internal links and backlinks", anchor=False)
    strategy_parts.lines(summary, balance)

    if len(found):
        st.subheader("How far internal links can take each page", anchor=False)
        st.caption(
            "The band runs from today to the most that internal links alone can bring within your "
            "limits. A need beyond its end takes links from other sites."
        )
        st.altair_chart(strategy_parts.ceiling_chart(found, pages), width="stretch")
        with st.expander("What a page needs", icon=icons.LIMITS):
            st.caption(
                "A page is measured by the median of its kind. Where you know better, type a "
                "figure, or name the competitor's page that it has to keep up with. The verdicts "
                "follow at once."
            )
            strategy_needs.needs_form(
                workspace, project.id, found, pages, loaded.analysis,
                disabled=workspace.read_only,
            )  # fmt: skip
        strategy_parts.verdict_table(found, f"verdicts-{made.key}")

    st.subheader("Where the next backlink helps most", anchor=False)
    st.caption(
        "What one typical good link brings your priority pages, page by page. Pages that others "
        "like to link to come first: articles, studies, tools."
    )
    strategy_parts.pitch_table(frames["pitches"], f"pitches-{made.key}")
    shown = {"verdicts": found, "pitches": frames["pitches"]}
    strategy_parts.downloads(project.name, lead, summary, balance, shown)
    screen.next_step("look at the links that the plan proposes.", "plan", "To the plan")
