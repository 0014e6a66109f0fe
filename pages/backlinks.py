"""Backlinks: which links from other sites are worth having, and why."""

from dataclasses import replace

import streamlit as st

from linkplanner import shell
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.ui import (
    backlink_networks,
    backlink_profile,
    backlink_quality,
    disavow_review,
    icons,
    progress,
    screen,
    signal_weights,
    state,
    tables,
)
from linkplanner.ui.texts import backlinks as say
from linkplanner.ui.texts import common, findings, screens

shell.guard()


project = screen.require_project("backlinks")
loaded = screen.require_analysis(project.id, "backlinks")
analysis = loaded.analysis
named = loaded.version.facts["counts"]["backlinks"]
if not named and analysis["targets"].empty:
    screen.heading("backlinks")
    screen.empty(
        say.NONE_YET,
        "data", screens.ADD_BACKLINKS,
    )  # fmt: skip

settings = load_settings(state.workspace(), project.id)
figures = backlink_profile.headline(loaded, settings) if named else None
screen.heading("backlinks", findings.backlinks_finding(figures) if figures else "")
screen.stale_note(loaded, say.WERE_SCORED)
progress.watch(project.id)

views = [
    say.QUALITY,
    say.PROFILE,
    say.NETWORKS,
    say.LINK_TEXTS,
    say.BY_PAGE,
    say.UNKNOWN_TARGETS,
    say.REVIEW,
    say.WEIGHTS,
]
if not named:
    st.info(
        say.COUNTED_ONLY, icon=icons.NUMBERS,
    )  # fmt: skip
    views = [say.BY_PAGE]
view = st.segmented_control(
    common.VIEW, views, default=views[0], key="backlinks-view", required=True, bind="query-params",
    label_visibility="collapsed",
)  # fmt: skip


def keep_names() -> None:
    """Keep the names of the site that were typed."""
    now = load_settings(state.workspace(), project.id)
    names = backlink_profile.brands(st.session_state["brand"])
    quality = replace(now.quality, brand=names)
    save_settings(state.workspace(), project.id, replace(now, quality=quality))


def show_targets() -> None:
    """Where equity enters the site."""
    pages = analysis["page_facts"]
    fed = pages[(pages["backlinks"] > 0) | (pages["seed"] > pages["seed"].median())]
    st.caption(say.TARGETS_ARE)
    columns = ("url", "title", "backlinks", "referring_domains", "seed", "equity", "reach",
               "priority")  # fmt: skip
    fed = fed.sort_values("seed", ascending=False)
    tables.show(fed, columns, key=f"targets-{loaded.key}", height=420)
    screen.download_tables(f"{project.name} targets", lambda: {say.TARGETS: fed}, "targets")


def show_unmatched() -> None:
    """Addresses that others link to and no file names."""
    unmatched = analysis["unmatched"]
    if unmatched.empty:
        st.success(say.ALL_KNOWN, icon=icons.GOOD)
        return
    st.caption(say.UNMATCHED_ARE)
    columns = ("url", "live", "backlinks", "referring_domains")
    tables.show(unmatched, columns, key=f"unmatched-{loaded.key}", height=360, foreign=True)
    screen.download_tables(
        f"{project.name} unmatched", lambda: {say.UNMATCHED: unmatched}, "unmatched"
    )


if view == say.QUALITY:
    backlink_quality.show_quality(loaded, settings, project.name)
elif view == say.PROFILE:
    backlink_profile.show_profile(loaded, settings, project.name)
elif view == say.NETWORKS:
    backlink_networks.show_networks(loaded, project.name)
elif view == say.LINK_TEXTS:
    st.text_input(
        say.BRAND, ", ".join(settings.quality.brand), key="brand",
        on_change=keep_names, disabled=state.workspace().read_only,
        placeholder=say.BRAND_EXAMPLE,
        help=say.BRAND_HELP,
    )  # fmt: skip
    backlink_profile.show_anchors(loaded, settings, project.name)
elif view == say.BY_PAGE:
    show_targets()
elif view == say.UNKNOWN_TARGETS:
    show_unmatched()
elif view == say.REVIEW:
    disavow_review.show_review(project, loaded)
else:
    signal_weights.show_weights(project.id, settings)
    signal_weights.show_rankings()

screen.next_step(say.SEE_FLOW, "site", screens.TO_SITE)
