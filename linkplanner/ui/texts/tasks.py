"""What the tasks screen says: lists, table, board, history."""

from datetime import date
from typing import Final

from linkplanner.ui.texts.numbers import count, points

LINKS_UNKNOWN: Final = (
    "No tasks yet: the plan cannot say what a link brings before your links are known. Read "
    "your pages or add a crawl export."
)
NONE_YET: Final = "No tasks yet: they come from the plan."
WORK: Final = "Work"
EVERYBODY: Final = "Everybody"
FIND_EXAMPLE: Final = "Part of an address or instruction"
CHANGE_ALL: Final = "Change all tasks that are shown"
SHEET: Final = "Tasks"
CALENDAR: Final = "Calendar"
CALENDAR_HELP: Final = "Due dates as all-day events for any calendar."
HISTORY: Final = "History of a task"
TASK: Final = "Task"
CHOOSE_TASK: Final = "Choose a task"
UNCHANGED: Final = "Nothing was changed yet."
SEE_LIVE: Final = "see what went live once the next export is in."
TABLE: Final = "Table"
BOARD: Final = "Board"
LINKS: Final = "Links and repairs"
OUTREACH: Final = "Outreach"
REVIEW: Final = "Doubtful sites"
LISTS: Final = (LINKS, OUTREACH, REVIEW)
"""The sorts of work."""
HISTORY_COLUMNS: Final = {
    "changed": "When",
    "field": "What",
    "before": "Before",
    "after": "After",
    "author": "By",
}
NO_LINKS: Final = "No links or repairs to do: they come from the plan."
NO_OUTREACH: Final = "Nobody to write to: such tasks come from a backlink export and the plan."
NO_REVIEW: Final = (
    "No doubtful sites to deal with. What you decide on a site under Backlinks, “Review and "
    "disavow”, becomes a task here."
)
STATUS_HELP: Final = "How far the task is"
KIND_HELP: Final = "What sort of work it is"
PER_HOUR_HELP: Final = "Gain for the priority pages per hour of work: the order of the list"
UNDO: Final = "Undo"
NOTHING_BACK: Final = "Nothing to undo"


def tasks_shown(tasks: int, drawn: int) -> str:
    """Heading of the table. drawn: rows in it."""
    rest = f", the first {drawn:,} in the table" if drawn < tasks else ""
    return (
        f"{count(tasks, 'task')} shown{rest}, most gain per hour first. Edits are saved at once, "
        "with their history; undo takes the last one back."
    )


def tracker_help(tool: str) -> str:
    """Download for another program."""
    return f"The tasks that are shown, in the columns of {tool}'s CSV import."


def change(tasks: int) -> str:
    """Button that changes all tasks shown."""
    return f"Change {count(tasks, 'task')}"


def takes_back(change: str) -> str:
    """Help of undo. change: the last one, in words."""
    return f"Undoes: {change}"


def in_points(gain: float) -> str:
    """A gain with its unit."""
    return f"{points(gain)} points"


def more_below(tasks: int) -> str:
    """Tasks of a column that the board does not show."""
    return f"and {tasks:,} more in the table"


def to_page(page: str) -> str:
    """The page that a link leads to."""
    return f"to {page}"


def move_to(status: str) -> str:
    """Button that moves a card to the next column."""
    return f"→ {status}"


def due(day: date) -> str:
    """Until when."""
    return f"due {day:%d %b}"
