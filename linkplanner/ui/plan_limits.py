"""The plan screen's limits: how many links, where none may go, what must not lose, which way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from linkplanner.errors import InputError
from linkplanner.plan.boundaries import check_limits
from linkplanner.settings import PlanLimits, Settings, check_objective, check_route
from linkplanner.store.projects import load_settings, save_settings
from linkplanner.store.workspace import Workspace
from linkplanner.tables import KINDS
from linkplanner.ui import icons
from linkplanner.ui.texts import common
from linkplanner.ui.texts import limits as say

__all__ = ["limits_form", "routes", "take_route"]


def limits_form(
    workspace: Workspace, project_id: int, settings: Settings, *, disabled: bool
) -> None:
    """The limits; each change is kept at once."""
    limits = settings.limits
    st.caption(say.LIMITS_ARE)
    wanted = _numbers(limits, project_id, disabled)
    if st.toggle(
        say.MORE, key=f"more-limits-{project_id}",
        value=_bounded(limits),
        help=say.MORE_HELP,
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
        say.LINKS, 1, 5000, limits.max_links, step=10, disabled=disabled,
        key=f"max-links-{project_id}",
        help=say.links_help(limits.minutes_per_link),
    )  # fmt: skip
    per_page = places[1].number_input(
        say.ON_PAGE, 1, 50, limits.per_page, disabled=disabled, key=f"per-page-{project_id}",
        help=say.ON_PAGE_HELP,
    )  # fmt: skip
    per_target = places[2].number_input(
        say.TO_PAGE, 1, 500, limits.per_target, disabled=disabled,
        key=f"per-target-{project_id}",
        help=say.TO_PAGE_HELP,
    )  # fmt: skip
    relevance = places[3].number_input(
        say.RELEVANCE, 0, 100, int(limits.min_relevance), step=5, disabled=disabled,
        key=f"relevance-{project_id}",
        help=say.RELEVANCE_HELP,
    )  # fmt: skip
    left, right = st.columns(2)
    aim = left.radio(
        say.AIM,
        list(say.AIMS),
        index=list(say.AIMS).index(limits.objective),
        format_func=say.AIMS.__getitem__,
        disabled=disabled,
        key=f"aim-{project_id}",
        help=say.AIM_HELP,
    )
    route = right.radio(
        say.ROUTE,
        list(say.ROUTES),
        index=list(say.ROUTES).index(limits.route),
        format_func=say.ROUTES.__getitem__,
        disabled=disabled,
        key=f"route-{project_id}-{limits.route}",
        help=say.ROUTE_HELP,
    )
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
        say.EDITABLE, KINDS, list(limits.editable_kinds), disabled=disabled,
        key=f"editable-{project_id}", format_func=common.stored, help=say.EDITABLE_HELP,
    )  # fmt: skip
    same = st.checkbox(
        say.ONE_LANGUAGE, limits.same_language, disabled=disabled,
        key=f"same-language-{project_id}",
        help=say.ONE_LANGUAGE_HELP,
    )  # fmt: skip
    left, right = st.columns(2)

    def lines(place: Any, label: str, now: Sequence[str], name: str, example: str, why: str) -> Any:
        text = place.text_area(
            label, "\n".join(now), key=f"{name}-{project_id}", placeholder=example, height=90,
            disabled=disabled, help=why,
        )  # fmt: skip
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    locked = lines(
        left, say.LOCKED, limits.locked, "locked", say.LOCKED_EXAMPLE,
        say.LOCKED_HELP,
    )  # fmt: skip
    forbidden = lines(
        right, say.FORBIDDEN, limits.forbidden, "forbidden", say.FORBIDDEN_EXAMPLE,
        say.FORBIDDEN_HELP,
    )  # fmt: skip
    section_limits = lines(
        left, say.SECTIONS, limits.section_limits, "section-limits",
        say.SECTIONS_EXAMPLE,
        say.SECTIONS_HELP,
    )  # fmt: skip
    protected = lines(
        right, say.PROTECTED, limits.protected, "protected", say.PROTECTED_EXAMPLE,
        say.PROTECTED_HELP,
    )  # fmt: skip
    per_sections = left.number_input(
        say.PER_SECTIONS, 0, 5000, limits.per_sections, disabled=disabled,
        key=f"per-sections-{project_id}", help=say.NO_LIMIT,
    )  # fmt: skip
    loss = right.number_input(
        say.MAY_LOSE, 0.0, 100.0, limits.protected_loss * 100, step=1.0,
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
    for place, (name, words) in zip(st.columns(2), say.ROUTES.items()):
        with place.container(border=True, height="stretch"):
            figures = found[name]
            more = ""
            if present and name != chosen:
                share = figures["points"] / present - 1
                more = say.difference(share)
            st.markdown(f"**{words}**" + (f" · {say.THIS_PLAN}" if name == chosen else ""))
            st.markdown(
                say.route_brings(figures["points"], more, figures["links"], figures["candidates"])
            )
            if name != chosen:
                st.button(
                    say.TAKE_ROUTE, key=f"take-{name}", disabled=disabled, icon=icons.ACCEPT,
                    on_click=take_route, args=(workspace, project_id, name),
                    help=say.TAKE_ROUTE_HELP,
                )  # fmt: skip
