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
    findings,
    icons,
    progress,
    screen,
    signal_weights,
    state,
    tables,
)
from linkplanner.ui.words import SHOWS

shell.guard()

TITLE, ABOUT = "Backlinks", SHOWS["backlinks"]
QUALITY, PROFILE, NETWORKS, WORDS, TARGETS, UNMATCHED, REVIEW, WEIGHTS = (
    "Quality", "Profile", "Networks", "Link texts", "By page of mine", "Unknown targets",
    "Review and disavow", "Weights",
)  # fmt: skip

project = screen.require_project(TITLE, ABOUT)
loaded = screen.require_analysis(project.id, TITLE, ABOUT)
analysis = loaded.analysis
named = loaded.version.facts["counts"]["backlinks"]
if not named and analysis["targets"].empty:
    screen.heading(TITLE, ABOUT)
    screen.empty(
        "No backlinks yet: add an export from Ahrefs, Semrush, Majestic, Moz or Search Console.",
        "data", "Add a backlink export",
    )  # fmt: skip

settings = load_settings(state.workspace(), project.id)
figures = backlink_profile.headline(loaded, settings) if named else None
screen.heading(TITLE, ABOUT, findings.backlinks_finding(figures) if figures else "")
screen.stale_note(loaded, "these backlinks were scored")
progress.watch(project.id)

views = [QUALITY, PROFILE, NETWORKS, WORDS, TARGETS, UNMATCHED, REVIEW, WEIGHTS]
if not named:
    st.info(
        "Your file counts backlinks by page but does not name them. For scores, add an export "
        "that lists the links themselves.", icon=icons.NUMBERS,
    )  # fmt: skip
    views = [TARGETS]
view = st.segmented_control(
    "View", views, default=views[0], key="backlinks-view", required=True, bind="query-params",
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
    st.caption(
        "Where equity enters your site. Reach tells where the next backlink would help your "
        "priority pages most."
    )
    columns = ("url", "title", "backlinks", "referring_domains", "seed", "equity", "reach",
               "priority")  # fmt: skip
    fed = fed.sort_values("seed", ascending=False)
    tables.show(fed, columns, key=f"targets-{loaded.key}", height=420)
    screen.download_tables(f"{project.name} targets", lambda: {"Targets": fed}, "targets")


def show_unmatched() -> None:
    """Addresses that others link to and no file names."""
    unmatched = analysis["unmatched"]
    if unmatched.empty:
        st.success("Every backlink points at an address that your files know.", icon=icons.GOOD)
        return
    st.caption(
        "Other sites link to these addresses, but none of your files names them: old pages, "
        "typing errors, or parts of the site that are missing here. What they bring is not "
        "counted until you add the pages or redirect the addresses."
    )
    columns = ("url", "live", "backlinks", "referring_domains")
    tables.show(unmatched, columns, key=f"unmatched-{loaded.key}", height=360)
    screen.download_tables(
        f"{project.name} unmatched", lambda: {"Unmatched": unmatched}, "unmatched"
    )


if view == QUALITY:
    backlink_quality.show_quality(loaded, settings, project.name)
elif view == PROFILE:
    backlink_profile.show_profile(loaded, settings, project.name)
elif view == NETWORKS:
    backlink_networks.show_networks(loaded, project.name)
elif view == WORDS:
    st.text_input(
        "Names of your site, with commas between", ", ".join(settings.quality.brand), key="brand",
        on_change=keep_names, disabled=state.workspace().read_only,
        placeholder="Your brand, another spelling",
        help="Links that carry your name are never held against you, even where the name is a "
        "keyword. Spam signs take new names into account when the backlinks are scored again.",
    )  # fmt: skip
    backlink_profile.show_anchors(loaded, settings, project.name)
elif view == TARGETS:
    show_targets()
elif view == UNMATCHED:
    show_unmatched()
elif view == REVIEW:
    disavow_review.show_review(project, loaded)
else:
    signal_weights.show_weights(project.id, settings)
    signal_weights.show_rankings()

screen.next_step("see where this equity flows inside your site.", "site", "To the site")
