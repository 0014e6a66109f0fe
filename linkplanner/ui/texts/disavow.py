"""What the review of doubtful sites and the disavow file say."""

from typing import Final

from linkplanner.ui.texts.numbers import count

NOTHING_BY_ITSELF: Final = (
    "Search engines ignore most spam links by themselves, and this list is nothing more than "
    "sites worth a look. Nothing is disavowed unless you decide it here, download the file and "
    "upload it to Google yourself."
)
LIST_ALL: Final = "List every linking site"
NO_SPAM: Final = "No linking site shows signs of spam worth a look."
TICK: Final = (
    "Tick sites on the left, then say what to do with them. “Keep” is your allow-list; "
    "“Contact” and “Disavow” become tasks."
)
NOTE: Final = "Note"
NOTE_EXAMPLE: Final = "why, who was asked, when"
KEEP: Final = "Keep"
CONTACT: Final = "Contact"
DISAVOW: Final = "Disavow"
NO_DECISION: Final = "No decision"
FILE: Final = "Disavow file"
ADD_FIRST: Final = "Add it first: a new upload replaces the old file at Google."
TAKE_OVER: Final = "Take its entries over"
NONE_DISAVOWED: Final = (
    "You decided to disavow nothing, so there is nothing to upload. Mostly that is right."
)
PROBLEM_COLUMNS: Final = {
    "line": "Line",
    "text": "What stands there",
    "entry": "Entry",
    "problem": "Problem",
}
AT_GOOGLE: Final = "The file you have at Google now"
NEW_FILE: Final = "The new file"


def ticked(sites: int) -> str:
    """Sites that the buttons decide on."""
    return f"{count(sites, 'site')} ticked."


def _entries(number: int) -> str:
    return count(number, "entry", "entries")


def no_entry(name: str) -> str:
    """A file that is no disavow file."""
    return f"“{name}” holds no entry of a disavow file; is it the right one?"


def entries_read(number: int) -> str:
    """Entries of the file at Google."""
    return f"{_entries(number)} read."


def against_it(added: int, lacking: int) -> str:
    """The decisions beside the file at Google."""
    return f"Against it, your decisions add {added:,} and lack {_entries(lacking)}."


def taken_over(number: int) -> str:
    """Entries that became decisions."""
    return f"{_entries(number)} taken over."


def list_of(project: str) -> str:
    """First line of the file."""
    return f"Disavow list of {project}"


def must_go(number: int) -> str:
    """Entries that keep the file from being made."""
    return f"{_entries(number)} must go first; the first lines of the list say why."


def google_says(warning: str) -> str:
    """Google's own words."""
    return f"Google says: “{warning}”"


def download(number: int) -> str:
    """The button that gives the file."""
    return f"Download {_entries(number)}"


def explained_at(address: str) -> str:
    """Where Google explains the file."""
    return f"Google explains the file and the upload at {address}."
