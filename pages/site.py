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
    site_pages,
    state,
    tables,
    topics,
)
from linkplanner.ui.texts import findings, numbers, terms

shell.guard()

COLUMNS = (
    "url", "title", "kind", "equity", "seed", "reach", "depth", "depth_entry", "links_in",
    "links_in_content", "links_out", "links_out_content", "backlinks", "priority", "role", "status",
)  # fmt: skip

NEED_LINKS = ("depth", "depth_entry", "links_in", "links_in_content", "links_out",
              "links_out_content", "role", "reach")  # fmt: skip
"""Columns that say nothing where no internal link is known."""
BALANCE, MAP, ONE_PAGE, TOPICS = "All of it", "Map by section", "One page", "Topics"
LOOKS = (BALANCE, MAP, ONE_PAGE, *equity_view.LOOKS, TOPICS)

project = screen.require_project("site")
loaded = screen.require_analysis(project.id, "site")
analysis = loaded.analysis
pages, facts = analysis["page_facts"], analysis.facts
has_links = bool(facts["has_links"])

screen.heading("site", findings.site_finding(pages, facts["balance"], has_links))
screen.stale_note(loaded, "this was worked out")
progress.watch(project.id)
if not has_links:
    st.info(
        "Read your pages or add a crawl export, then this screen shows where equity flows. Below "
        "stands what your files tell of the pages themselves.", icon=icons.EMPTY,
    )  # fmt: skip
    st.page_link("pages/data.py", label="Read my pages", icon=icons.SCREENS["data"])

counts = facts["counts"]
figures = st.columns(5)
figures[0].metric("Indexable pages", f"{counts['indexable']:,}", border=True)
figures[1].metric("Internal links", f"{counts['links']:,}", border=True)
figures[2].metric(
    "Orphans", f"{counts['orphans']:,}" if has_links else "unknown", border=True,
    help=terms.GLOSSARY["orphan"],
)  # fmt: skip
figures[3].metric(
    "Only in menus", f"{counts['contextual_orphans']:,}" if has_links else "unknown", border=True,
    help=terms.GLOSSARY["contextual_orphan"],
)  # fmt: skip
deep = int((pages["depth"].fillna(0) > 3).sum())
figures[4].metric(
    "Deep pages", f"{deep:,}" if has_links else "unknown", border=True,
    help="Pages that take more than three clicks from the home page.",
)  # fmt: skip


def show_pages() -> None:
    """Sections, depths and all pages, narrowed by what is clicked; and what can be repaired."""
    left, right = st.columns(2)
    with left:
        st.markdown(
            "**Equity by section** · click a bar to filter the table",
            help="Equity counts what flows through a page, so points that pass several pages count "
            "on each, and the sections add up to more than what entered.",
        )
        sections = st.altair_chart(
            charts.section_bars(pages), on_select="rerun", key=f"sections-{loaded.key}",
            width="stretch",
        )  # fmt: skip
    selection = {"sections": sections["selection"].get("sections")}
    if has_links:
        with right:
            st.markdown("**Pages by clicks from home** · click a bar to filter the table")
            depths = st.altair_chart(
                charts.depth_bars(pages), on_select="rerun", key=f"depths-{loaded.key}",
                width="stretch",
            )  # fmt: skip
        selection["depths"] = depths["selection"].get("depths")

    st.subheader("Pages", anchor=False)
    views = site_pages.views(pages, has_links)
    view = st.segmented_control(
        "Show", list(views), default=next(iter(views)), key="site-view", required=True,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    shown = site_pages.filtered(views[view], selection)
    st.caption(f"{numbers.count(len(shown), 'page')}. {site_pages.EXPLAINED[view]}")
    columns = COLUMNS if has_links else [c for c in COLUMNS if c not in NEED_LINKS]
    tables.show(shown, columns, key=f"pages-{loaded.key}-{view}-{len(shown)}", height=430)
    screen.download_tables(f"{project.name} pages", lambda: {"Pages": shown}, "pages")

    repairs = analysis["repairs"]
    if len(repairs):
        st.subheader("Repairs", anchor=False)
        st.caption(
            "Addresses that do not answer or send visitors on, and what mending them brings to "
            "your priority pages. They are in your task list too."
        )
        tables.show(
            repairs,
            ("kind", "url", "redirect_to", "links_in", "backlinks", "trapped", "gain", "detail"),
            key=f"repairs-{loaded.key}", height=280,
        )  # fmt: skip
        screen.download_tables(f"{project.name} repairs", lambda: {"Repairs": repairs}, "repairs")


look = BALANCE
if has_links:
    st.subheader("Where the equity goes", anchor=False)
    look = st.segmented_control(
        "Look at", LOOKS, default=BALANCE, key="site-look", required=True, bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    if look == MAP:
        explorer_view.show_map(pages, loaded.key)
    elif look == ONE_PAGE:
        explorer_view.show_page(loaded, load_settings(state.workspace(), project.id).equity)
        equity_view.show_places(loaded, st.session_state.get("explore-page", ""))
    elif look == TOPICS:
        made = state.plan(project.id)
        topics.show_topics(made.plan.frames if made else {}, pages)
    elif look in equity_view.LOOKS:
        equity_view.show(look, loaded)
    else:
        st.caption(
            f"All {facts['balance']['entered']:,.0f} points that enter through backlinks, and "
            "where they end up."
        )
        st.altair_chart(charts.balance_bar(facts["balance"]), width="stretch")

if look in (BALANCE, MAP):  # the other looks have tables of their own
    show_pages()
screen.warnings(analysis.warnings)
screen.next_step("let the plan find the links that help most.", "plan", "To the plan")
