"""Site: where equity sits and flows, and which pages are cut off."""

import streamlit as st

from linkplanner import shell
from linkplanner.store.projects import load_settings
from linkplanner.ui import (
    charts,
    equity_view,
    explorer_view,
    icons,
    progress,
    screen,
    site_table,
    state,
    tables,
    topics,
)
from linkplanner.ui.texts import common, findings, numbers, screens, terms
from linkplanner.ui.texts import site as say

shell.guard()

LOOKS = (say.BALANCE, say.MAP, say.ONE_PAGE, *equity_view.LOOKS, say.TOPICS)

project = screen.require_project("site")
loaded = screen.require_analysis(project.id, "site")
analysis = loaded.analysis
pages, facts = analysis["page_facts"], analysis.facts
has_links = bool(facts["has_links"])

screen.heading("site", findings.site_finding(pages, facts["balance"], has_links))
screen.stale_note(loaded, screens.WORKED_OUT)
progress.watch(project.id)
if not has_links:
    st.info(
        say.NO_LINKS, icon=icons.EMPTY,
    )  # fmt: skip
    st.page_link("pages/data.py", label=screens.READ_PAGES, icon=icons.SCREENS["data"])

counts = facts["counts"]
figures = st.columns(5)
figures[0].metric(say.INDEXABLE, numbers.whole(counts["indexable"]), border=True)
figures[1].metric(say.LINKS, numbers.whole(counts["links"]), border=True)
figures[2].metric(
    say.ORPHANS, numbers.whole(counts["orphans"]) if has_links else common.UNKNOWN, border=True,
    help=terms.GLOSSARY["orphan"],
)  # fmt: skip
figures[3].metric(
    say.IN_MENUS,
    numbers.whole(counts["contextual_orphans"]) if has_links else common.UNKNOWN,
    border=True,
    help=terms.GLOSSARY["contextual_orphan"],
)
deep = int((pages["depth"].fillna(0) > 3).sum())
figures[4].metric(
    say.DEEP, numbers.whole(deep) if has_links else common.UNKNOWN, border=True,
    help=say.DEEP_HELP,
)  # fmt: skip


def show_pages(section: str | None) -> None:
    """Sections, depths and all pages, narrowed by what is clicked; and what can be repaired.

    section: the one that is chosen in the map.
    """
    left, right = st.columns(2)
    with left:
        st.markdown(
            say.BY_SECTION,
            help=say.BY_SECTION_HELP,
        )
        sections = st.altair_chart(
            charts.section_bars(pages), on_select="rerun", key=f"sections-{loaded.key}",
            width="stretch",
        )  # fmt: skip
    selection = {"sections": sections["selection"].get("sections")}
    if has_links:
        with right:
            st.markdown(say.BY_DEPTH)
            depths = st.altair_chart(
                charts.depth_bars(pages), on_select="rerun", key=f"depths-{loaded.key}",
                width="stretch",
            )  # fmt: skip
        selection["depths"] = depths["selection"].get("depths")

    st.subheader(say.PAGES, anchor=False)
    site_table.show_table(loaded, project.name, selection, section)

    repairs = analysis["repairs"]
    if len(repairs):
        st.subheader(say.REPAIRS, anchor=False)
        st.caption(say.REPAIRS_ARE)
        tables.show(
            repairs,
            ("kind", "url", "redirect_to", "links_in", "backlinks", "trapped", "gain", "detail"),
            key=f"repairs-{loaded.key}", height=280,
        )  # fmt: skip
        screen.download_tables(f"{project.name} repairs", lambda: {say.REPAIRS: repairs}, "repairs")


look, section = say.BALANCE, None
if has_links:
    st.subheader(say.WHERE, anchor=False)
    look = st.segmented_control(
        common.VIEW,
        LOOKS,
        default=say.BALANCE,
        key="site-look",
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
    if look == say.MAP:
        section = explorer_view.show_map(pages, loaded.key)
    elif look == say.ONE_PAGE:
        explorer_view.show_page(loaded, load_settings(state.workspace(), project.id).equity)
        equity_view.show_places(loaded, st.session_state.get("explore-page", ""))
    elif look == say.TOPICS:
        made = state.plan(project.id)
        topics.show_topics(made.plan.frames if made else {}, pages)
    elif look in equity_view.LOOKS:
        equity_view.show(look, loaded)
    else:
        st.caption(say.balance(facts["balance"]["entered"]))
        st.altair_chart(charts.balance_bar(facts["balance"]), width="stretch")

if look in (say.BALANCE, say.MAP):  # the other looks have tables of their own
    show_pages(section)
screen.warnings(analysis.warnings)
screen.next_step(say.LET_PLAN, "plan", screens.TO_PLAN)
