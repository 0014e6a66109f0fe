"""What the monitor says: what changed, alerts, modelled against realised."""

from typing import Final

from linkplanner.ui.texts.numbers import count, points

NOTHING_YET: Final = (
    "Nothing to compare yet. Add the next crawl or backlink export in some weeks: then this "
    "screen shows new and lost links, and which of your tasks went live."
)
ADD_NEWER: Final = "Add a newer export"
REPORT_OF: Final = "Report of"
CHANGE_ALERTS: Final = "Change when an alert is raised"
SEE_LEFT: Final = "see what is left to do."
FIRST_PICTURE: Final = (
    "This is the first picture of your site; changes show once there is a second one."
)
SEEN: Final = "Seen"
POINTS: Final = "Points of priority pages"
POINTS_HELP: Final = "Weighted equity of your priority pages after the newest import."
LIVE: Final = "Tasks live"
LIVE_HELP: Final = "Tasks that a crawl, export or link check saw done."
REALISED_POINTS: Final = "Realised (points)"
REALISED_HELP: Final = (
    "The model as it is minus the model without the finished tasks: their share today."
)
MODELLED_POINTS: Final = "Modelled (points)"
REALISED: Final = "Realised"
MODELLED: Final = "Modelled"
DATE: Final = "Date"
NOTHING_CHANGED: Final = "Nothing changed between the two imports."
WHAT_CHANGED: Final = "What changed"
SUMMARY: Final = "Summary"
VIEWS: Final = {
    "priority_pages": "Priority pages",
    "new_backlinks": "New backlinks",
    "lost_backlinks": "Lost backlinks",
    "new_domains": "New sites",
    "lost_domains": "Lost sites",
    "spam": "Signs of spam",
    "new_pages": "New pages",
    "gone_pages": "Pages gone",
    "new_orphans": "New orphans",
    "broken": "Stopped answering",
}
"""Frame of a comparison to its name on screen."""


def sites_changed(new: int, lost: int) -> str:
    """Linking sites that came and went."""
    return f"{new:,} new and {lost:,} lost sites"


def pages_changed(new: int, gone: int) -> str:
    """Pages that came and went."""
    return f"{new:,} new and {gone:,} vanished pages"


def changed(parts: list[str], done: int, realised: float) -> str:
    """What changed since the import before. done: tasks live; realised: points they bring."""
    live = (
        f"{count(done, 'task')} live, {'which brings' if done == 1 else 'which bring'} "
        f"{points(realised)} points today."
        if done
        else "no task is live yet."
    )
    return f"Since the import before: {', '.join(parts) or 'nothing comparable'}; {live}"


def modelled_help(waiting: float) -> str:
    """What is modelled. waiting: points of tasks accepted and not yet live."""
    return (
        "What the plan had promised for the same tasks, each in its place of the plan. Accepted "
        f"and not yet live: {points(waiting)}."
    )


def counted(name: str, rows: int) -> str:
    """One of VIEWS with how much is in it."""
    return f"{name} ({rows:,})"
