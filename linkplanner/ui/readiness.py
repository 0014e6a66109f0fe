"""Which screens have data to show: the others are dimmed in the navigation, but can be opened."""

from collections.abc import Mapping
from typing import Any

from linkplanner.store.tasks import has_tasks
from linkplanner.ui import state
from linkplanner.ui.texts import screens

__all__ = ["hint", "ready", "ready_screens", "title"]


def ready(
    analysis: Mapping[str, Any] | None,
    plan: Mapping[str, Any] | None,
    versions: int,
    tasks: bool = False,
) -> set[str]:
    """Names of the screens that have something to show.

    `analysis` and `plan` are the small figures kept beside the newest version of each, None where
    there is none; `versions` counts the analyses made so far; `tasks`: whether there are any.
    """
    names = set(screens.SHOWS) - set(screens.WAITS_FOR)
    if analysis is not None:
        names |= {"priorities", "overview", "site", "plan"}
        if analysis["counts"]["backlinks"] or analysis["counts"].get("targets"):
            names |= {"backlinks", "outreach"}
    if plan is not None and plan.get("strategy"):
        names.add("strategy")
    if tasks:
        names.add("tasks")
    if versions > 1:
        names.add("monitor")
    return names


def ready_screens() -> set[str]:
    """`ready` for the chosen project; without one only the screens that need none."""
    project = state.project()
    if project is None:
        return ready(None, None, 0)
    analysis, plan = state.analysis(project.id), state.plan(project.id)
    return ready(
        analysis.version.facts if analysis else None,
        plan.version.facts if plan else None,
        analysis.version.number if analysis else 0,
        has_tasks(state.workspace(), project.id),
    )


def title(name: str, there: set[str]) -> str:
    """The screen's name in the navigation, grey while it waits for data."""
    label = screens.TITLES[name]
    return label if name in there else f":gray[{label}]"


def hint(name: str, there: set[str]) -> str:
    """What the pointer tells over a name in the navigation."""
    return (
        screens.SHOWS[name] if name in there else f"{screens.SHOWS[name]} {screens.WAITS_FOR[name]}"
    )
