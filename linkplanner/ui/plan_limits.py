"""The plan screen's limits: how many links, where none may go, what must not lose, which way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from linkplanner.errors import InputError
from linkplanner.plan.boundaries import check_limits
from linkplanner.settings import PlanLimits, Settings, check_objective, check_route
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.store.workspace import Workspace
from linkplanner.tables import KINDS
from linkplanner.ui import icons
from linkplanner.ui.texts.numbers import count

__all__ = ["limits_form", "routes", "take_route"]

AIMS: Final = {
    "balanced": "Balanced: every priority page gets its share, so that none takes it all",
    "total": "Total: as many points as possible, wherever they land",
}
"""Objectives in words."""
ROUTES: Final = {
    "direct": "Straight to your priority pages",
    "hubs": "Through hub pages as well",
}
"""Routes in words."""


def limits_form(
    workspace: Workspace, project_id: int, settings: Settings, *, disabled: bool
) -> None:
    """The limits; each change is kept at once."""
    limits = settings.limits
    st.caption("What your team can and wants to do. Every change is kept at once.")
    wanted = _numbers(limits, project_id, disabled)
    if st.toggle(
        "More limits", key=f"more-limits-{project_id}",
        value=_bounded(limits),
        help="Pages left alone, links nobody wants, sections, and pages that must not lose.",
    ):  # fmt: skip
        wanted = _boundaries(wanted, project_id, disabled)
    if wanted == limits or disabled:
        return
    try:
        check_limits(wanted)
    except InputError as error:
        st.error(str(error), icon=icons.WARNING)
        return
    save_settings(workspace, project_id, replace(settings, limits=wanted))
    st.rerun()


def _numbers(limits: PlanLimits, project_id: int, disabled: bool) -> PlanLimits:
    places = st.columns(4)
    links = places[0].number_input(
        "New links in all", 1, 5000, limits.max_links, step=10, disabled=disabled,
        key=f"max-links-{project_id}",
        help=f"At about {limits.minutes_per_link:.0f} minutes each, 100 links are two weeks beside "
        "other work. Links that you accepted count.",
    )  # fmt: skip
    per_page = places[1].number_input(
        "On one page", 1, 50, limits.per_page, disabled=disabled, key=f"per-page-{project_id}",
        help="More than three to six new links in one text read as stuffed.",
    )  # fmt: skip
    per_target = places[2].number_input(
        "To one page", 1, 500, limits.per_target, disabled=disabled,
        key=f"per-target-{project_id}",
        help="Keeps one page from taking the whole plan and its words from repeating.",
    )  # fmt: skip
    relevance = places[3].number_input(
        "Relevance at least", 0, 100, int(limits.min_relevance), step=5, disabled=disabled,
        key=f"relevance-{project_id}",
        help="How close the two pages must be in subject, 0 to 100. Links between pages that have "
        "nothing in common help nobody.",
    )  # fmt: skip
    left, right = st.columns(2)
    aim = left.radio(
        "Aim", list(AIMS), index=list(AIMS).index(limits.objective), format_func=AIMS.__getitem__,
        disabled=disabled, key=f"aim-{project_id}",
        help="Balanced suits most sites. Total suits a site where all priority pages sell the "
        "same thing.",
    )  # fmt: skip
    route = right.radio(
        "Way of the links", list(ROUTES), index=list(ROUTES).index(limits.route),
        format_func=ROUTES.__getitem__, disabled=disabled, key=f"route-{project_id}-{limits.route}",
        help="A hub page passes on what it gets. Links to hubs can bring more, but it takes two "
        "steps until your priority pages have it.",
    )  # fmt: skip
    return replace(
        limits, max_links=int(links), per_page=int(per_page), per_target=int(per_target),
        min_relevance=float(relevance), objective=check_objective(aim), route=check_route(route),
    )  # fmt: skip


def _bounded(limits: PlanLimits) -> bool:
    """Whether any of the further limits is set."""
    usual = PlanLimits()
    names = (
        "editable_kinds", "same_language", "locked", "forbidden", "per_sections", "section_limits",
        "protected",
    )  # fmt: skip
    return any(getattr(limits, name) != getattr(usual, name) for name in names)


def _boundaries(limits: PlanLimits, project_id: int, disabled: bool) -> PlanLimits:
    kinds = st.multiselect(
        "Kinds of pages that may be edited", KINDS, list(limits.editable_kinds), disabled=disabled,
        key=f"editable-{project_id}", help="New links stand only on pages of these kinds.",
    )  # fmt: skip
    same = st.checkbox(
        "Only between pages in one language", limits.same_language, disabled=disabled,
        key=f"same-language-{project_id}",
        help="Where both pages say which language they are in. Language versions of one page are "
        "never linked to each other by a plan.",
    )  # fmt: skip
    left, right = st.columns(2)

    def lines(place: Any, label: str, now: Sequence[str], name: str, example: str, why: str) -> Any:
        text = place.text_area(
            label, "\n".join(now), key=f"{name}-{project_id}", placeholder=example, height=90,
            disabled=disabled, help=why,
        )  # fmt: skip
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    locked = lines(
        left, "Pages that get no new link", limits.locked, "locked", "/legal/*",
        "One pattern a line; * stands for anything.",
    )  # fmt: skip
    forbidden = lines(
        right, "Links nobody wants", limits.forbidden, "forbidden", "/blog/* > /jobs/*",
        "From > to, one pair of patterns a line.",
    )  # fmt: skip
    section_limits = lines(
        left, "Links from section to section", limits.section_limits, "section-limits",
        "/blog > /shop = 20",
        "A section is the first folder of the address; * stands for any. One limit a line.",
    )  # fmt: skip
    protected = lines(
        right, "Pages that must not lose", limits.protected, "protected", "/bestseller/*",
        "A plan takes no link that lowers one of these by more than the share below.",
    )  # fmt: skip
    per_sections = left.number_input(
        "Any other pair of sections", 0, 5000, limits.per_sections, disabled=disabled,
        key=f"per-sections-{project_id}", help="0 for no limit.",
    )  # fmt: skip
    loss = right.number_input(
        "They may lose, in %", 0.0, 100.0, limits.protected_loss * 100, step=1.0,
        disabled=disabled, key=f"protected-loss-{project_id}",
    )  # fmt: skip
    return replace(
        limits, editable_kinds=tuple(kinds), same_language=same, locked=locked, forbidden=forbidden,
        section_limits=section_limits, protected=protected, per_sections=int(per_sections),
        protected_loss=round(float(loss) / 100, 6),
    )  # fmt: skip


def take_route(workspace: Workspace, project_id: int, route: str) -> None:
    """Keep another way of the links and make the plan anew."""
    from linkplanner.ui.plan_links import make

    settings = load_settings(workspace, project_id)
    limits = replace(settings.limits, route=check_route(route))
    save_settings(workspace, project_id, replace(settings, limits=limits))
    make(workspace, project_id)


def routes(
    workspace: Workspace, project_id: int, summary: Mapping[str, Any], chosen: str, *,
    disabled: bool,
) -> None:  # fmt: skip
    """Both ways side by side with what each brings, and the choice."""
    found = summary.get("routes") or {}
    if len(found) < 2:
        return
    present = found[chosen]["points"] if chosen in found else None
    for place, (name, words) in zip(st.columns(2), ROUTES.items()):
        with place.container(border=True, height="stretch"):
            figures = found[name]
            more = ""
            if present and name != chosen:
                share = figures["points"] / present - 1
                more = f" ({share:+.0%})" if abs(share) >= 0.005 else " (no difference)"
            st.markdown(f"**{words}**" + (" · this plan" if name == chosen else ""))
            st.markdown(
                f"{figures['points']:+,.2f} points for your priority pages{more} with "
                f"{count(figures['links'], 'link')} out of {figures['candidates']:,} suitable ones."
            )
            if name != chosen:
                st.button(
                    "Plan this way", key=f"take-{name}", disabled=disabled, icon=icons.ACCEPT,
                    on_click=take_route, args=(workspace, project_id, name),
                    help="Its figures come from a quick plan; making it anew refines and proves "
                    "them.",
                )  # fmt: skip
