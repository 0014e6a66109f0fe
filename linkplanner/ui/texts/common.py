"""Words that several screens share: buttons, fields, work under way, downloads."""

from typing import Final

from linkplanner.ui.texts.numbers import count

CSV: Final = "CSV"
CSV_HELP: Final = "Opens in any spreadsheet; text that looks like a formula is disarmed."
EXCEL: Final = "Excel"
EXCEL_HELP: Final = "A formatted workbook."

VIEW: Final = "View"
SHOW: Final = "Show"
UNKNOWN: Final = "unknown"
FIND: Final = "Find"
FIND_PAGE: Final = "Find a page"
FIND_PAGE_EXAMPLE: Final = "Part of the address or title"
STATUS: Final = "Status"
ALL_KINDS: Final = "All kinds"
OPEN: Final = "Open"
MORE: Final = "More"

STOP: Final = "Stop"
STOPPING: Final = "Stopping…"
STOP_HELP: Final = "Stops after the present step; what is finished is kept."
GOES_ON: Final = "You can go to other screens or close this tab; the work goes on."
TAKE_UP: Final = "Take it up again"
HIDE: Final = "Hide"

DOCS_MISSING: Final = "The folder docs is missing beside app.py; get the whole folder again."
ALLOW_SERVER: Final = "It is my own server: read it"
ALLOW_HELP: Final = "Allows this one name for this project; you can take it back in Settings."


def notes(number: int) -> str:
    """What to know before trusting the figures."""
    return f"{count(number, 'note')} on these figures"


def ended(job: str, state: str) -> str:
    """Work that did not end well. state: “failed” or “interrupted”."""
    return f"{job}: {state}"


def done_of(done: int, total: int) -> str:
    """How far work is: (3 of 1,200)."""
    return f" ({done:,} of {total:,})"


def first_rows(shown: int, total: int) -> str:
    """A table shows its first rows only."""
    return (
        f"The first {shown:,} of {total:,} rows; narrow the choice to see others. Downloads hold "
        "all of them."
    )


def own_network(name: str) -> str:
    """A sitemap was refused because of where its server is."""
    return (
        f"“{name}” is on your own network, or not where sites usually are. Such addresses are read "
        "only where you say so, so that no file can make this app look into your network."
    )


def status(word: str) -> str:
    """A stored status, such as “sent to editor”, as screens show it."""
    return word.capitalize()


def stored(word: str) -> str:
    """A stored word, such as a kind of page, task or link, where it stands alone in a choice."""
    return word[:1].upper() + word[1:]


def task_kind(word: str) -> str:
    """A stored kind of task as the outreach list shows it, where all are outreach."""
    return word.removeprefix("outreach: ").capitalize()
