"""What the user says a priority page needs: a figure of their own, or a competitor's page."""

from typing import Final

from linkplanner.errors import InputError
from linkplanner.store.decisions import decide, decisions
from linkplanner.store.workspace import Workspace

__all__ = ["rival_choices", "set_need", "set_rival", "typed_needs"]

NEED: Final = "need"
RIVAL: Final = "rival page"
MOST: Final = 1e6
"""Largest figure in points; all that enters a site is about a hundred."""


def typed_needs(workspace: Workspace, project_id: int) -> dict[str, float]:
    """Points that each page needs, by address, where the user typed a figure."""
    kept = decisions(workspace, project_id, NEED)
    found = {}
    for url, (figure, _) in kept.items():
        try:
            found[url] = float(figure)
        except ValueError:
            continue  # taken back, or not a figure
    return found


def rival_choices(workspace: Workspace, project_id: int) -> dict[str, str]:
    """Address of the competitor's page that each page is measured by."""
    kept = decisions(workspace, project_id, RIVAL)
    return {url: rival for url, (rival, _) in kept.items() if rival}


def set_need(workspace: Workspace, project_id: int, url: str, points: float | None) -> None:
    """Keep the points that a page needs; None takes the figure back. Raises InputError."""
    if points is not None and not 0 < points <= MOST:
        raise InputError(
            f"“{points:g}” points is no need; type a figure above 0, such as what a page of yours "
            "has that does well."
        )
    decide(workspace, project_id, NEED, url, "" if points is None else repr(float(points)))


def set_rival(workspace: Workspace, project_id: int, url: str, rival: str) -> None:
    """Keep the competitor's page that a page is measured by; an empty address takes it back."""
    decide(workspace, project_id, RIVAL, url, rival)
