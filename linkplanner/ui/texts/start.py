"""What the start screen says: first steps, and projects with where each stands."""

from typing import Final

from linkplanner.ui.texts.numbers import change, count

SAMPLE_NAME: Final = "Sample shop"
OWN_SITE_NEEDS: Final = "You need a sitemap and, if you have it, a backlink export from any tool."
NAME_LABEL: Final = "Name of the project"
NAME_EXAMPLE: Final = "www.example.com"
MAKE_PROJECT: Final = "Make a project"
SAMPLE_IS: Final = (
    "A made-up shop with some 300 pages, a blog, and good, weak and spammy backlinks. It is "
    "ready in about half a minute."
)
TRY_SAMPLE: Final = "Try the sample project"
PROJECTS: Final = "Projects"
NONE_YET: Final = "None yet: make one for your site, or try the sample project."
OWN_SITE: Final = "Your own site"
LOOK_AROUND: Final = "Look around first"
SAMPLE_MARK: Final = "sample"
NO_FILES: Final = "No files yet"
POINTS: Final = "Equity (points)"
POINTS_HELP: Final = (
    "Equity of the priority pages after the last import, each counted with its weight"
)
REALISED: Final = "From done tasks (points)"
REALISED_HELP: Final = "How much of that equity the finished tasks bring, by the model"
TO_LOOK_AT: Final = "To look at"
TO_LOOK_AT_HELP: Final = "Tasks that nobody has decided on"
UNDER_WAY: Final = "Under way"
UNDER_WAY_HELP: Final = "Tasks that somebody works on"
LIVE: Final = "Live"
LIVE_HELP: Final = "Tasks that were seen live"
DAYS_OLD: Final = "Age (days)"
DAYS_OLD_HELP: Final = "Days since the newest file"
ALERTS: Final = "Alerts"
ALERTS_HELP: Final = "Limits that an import went beyond, as set under Settings"
OPEN_TICKED: Final = "Open the ticked project"
NAME: Final = "Name"
RENAME: Final = "Rename"
DELETE_CONFIRM: Final = "To delete the project with all its files, type its name"
DELETE: Final = "Delete for good"
DUPLICATE: Final = "Duplicate"
SAVE: Final = "Save as one file"
SAVE_HELP: Final = (
    "Files, settings, tasks, contacts and results: to move it to another computer, or as a backup."
)
PUT_AWAY_HELP: Final = "It leaves the lists and can be brought back; nothing is lost."
PUT_AWAY: Final = "Archive"
BRING: Final = "Open a project that was saved as one file"
PROJECT_FILE: Final = "Project file"
TAKE_OUT: Final = "Bring back"


def since(moment: str) -> str:
    """When a project was made."""
    return f"since {moment}"


def stands(pages: int, backlinks: int) -> str:
    """What a project knows."""
    return f"{count(pages, 'page')}, {count(backlinks, 'backlink')}"


def without_plan(line: str) -> str:
    """line: `stands`."""
    return f"{line}; no plan yet"


def without_links(line: str) -> str:
    """line: `stands`."""
    return f"{line}; no plan yet, its links are not known"


def with_plan(line: str, links: int, before: float, after: float) -> str:
    """line: `stands`; before, after: equity of the priority pages."""
    rise = f", {change((after - before) / before)} equity" if before > 0 else ""
    return f"{line}; plan of {count(links, 'link')}{rise}"


def put_away(projects: int) -> str:
    """How many projects lie aside."""
    return count(projects, "archived project")
