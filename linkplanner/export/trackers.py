"""Tasks as the import files of Jira, Asana and Trello, and their due dates as a calendar.

All are built from the same rows, so that a task reads alike wherever it lands. CSV goes through the
one safe writer.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import pandas as pd

from linkplanner.export.csv import safe_csv

__all__ = ["TRACKERS", "asana_csv", "calendar", "jira_csv", "trello_csv", "with_rate"]

SUMMARY: Final = 200
"""Characters of a title; Jira takes 255."""
_KEPT: Final = ("\n", "\t")


def with_rate(tasks: pd.DataFrame) -> pd.DataFrame:
    """TASKS with `gain_per_hour`: points of the priority pages for an hour of work."""
    hours = tasks["effort_minutes"] / 60.0
    return tasks.assign(gain_per_hour=(tasks["gain"] / hours.where(hours > 0)).astype("float64"))


def jira_csv(tasks: pd.DataFrame) -> bytes:
    """Columns of Jira's CSV import; the estimate is in seconds, as Jira reads it."""
    frame = pd.DataFrame(
        {
            "Summary": _titles(tasks),
            "Issue Type": "Task",
            "Description": _descriptions(tasks),
            "Assignee": tasks["owner"],
            "Due Date": _days(tasks["due"]),
            "Status": tasks["status"],
            "Labels": _label(tasks["kind"]),
            "Original Estimate": (tasks["effort_minutes"] * 60).round().astype("Int64"),
            "External ID": tasks["task_id"],
        }
    )
    return safe_csv(frame)


def asana_csv(tasks: pd.DataFrame) -> bytes:
    """Columns of Asana's CSV importer."""
    frame = pd.DataFrame(
        {
            "Name": _titles(tasks),
            "Description": _descriptions(tasks),
            "Assignee": tasks["owner"],
            "Due date": _days(tasks["due"]),
            "Section/Column": tasks["status"],
            "Tags": _label(tasks["kind"]),
        }
    )
    return safe_csv(frame)


def trello_csv(tasks: pd.DataFrame) -> bytes:
    """Columns that Trello's import power-ups read; one list a status."""
    frame = pd.DataFrame(
        {
            "Card Name": _titles(tasks),
            "Card Description": _descriptions(tasks),
            "List Name": tasks["status"],
            "Labels": _label(tasks["kind"]),
            "Due Date": _days(tasks["due"]),
            "Members": tasks["owner"],
        }
    )
    return safe_csv(frame)


TRACKERS: Final[dict[str, Callable[[pd.DataFrame], bytes]]] = {
    "Jira": jira_csv,
    "Asana": asana_csv,
    "Trello": trello_csv,
}
"""Writer by the tool's name."""


def calendar(tasks: pd.DataFrame, stamp: datetime) -> bytes:
    """Due dates as an iCalendar file (RFC 5545): one all-day event a task that has one.

    stamp: moment of the export, UTC. Events keep their UID, so a second import moves them.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//linkplanner//tasks//EN"]
    due = tasks[tasks["due"].notna()]
    rows = zip(due["task_id"], due["due"], _titles(due), _descriptions(due), strict=True)
    for task_id, day, title, text in rows:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{re.sub(r'[^0-9A-Za-z-]', '', str(task_id))}@linkplanner",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(text)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _titles(tasks: pd.DataFrame) -> pd.Series:
    """Kind and page: what the task is at a glance."""
    page = tasks["page_url"].fillna("").str.replace(r"^https?://(?:www\.)?", "", regex=True)
    title = tasks["kind"].fillna("task").str.capitalize() + ": " + page
    return title.str.slice(0, SUMMARY)


def _descriptions(tasks: pd.DataFrame) -> pd.Series:
    """The instruction, what it brings, and notes."""
    gain = (
        tasks["gain"]
        .map(lambda g: "" if pd.isna(g) else f"\n\nModelled gain: {g:.3f} points.")
        .astype("str")
    )
    minutes = (
        tasks["effort_minutes"]
        .map(lambda m: "" if pd.isna(m) else f" Effort: about {m:.0f} minutes.")
        .astype("str")
    )
    notes = tasks["notes"].fillna("")
    notes = ("\n\nNotes: " + notes).where(notes != "", "")
    return tasks["instruction"].fillna("") + gain + minutes + notes


def _days(moments: pd.Series) -> pd.Series:
    return moments.dt.strftime("%Y-%m-%d")


def _label(kinds: pd.Series) -> pd.Series:
    """Kind as one word: tools split labels at blanks."""
    return kinds.fillna("").str.replace(r"[^0-9A-Za-z]+", "-", regex=True).str.strip("-")


def _escaped(text: str) -> str:
    """TEXT of RFC 5545, section 3.3.11; control characters have no spelling there."""
    clean = "".join(c for c in str(text) if c in _KEPT or (ord(c) >= 32 and ord(c) != 127))
    clean = clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return clean.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """One content line, folded at 75 octets (section 3.1) and never inside a character."""
    data, out = line.encode("utf-8", "replace"), list[bytes]()
    while len(data) > 75 - bool(out):
        cut = 75 - bool(out)
        while data[cut] & 0xC0 == 0x80:
            cut -= 1
        out.append(data[:cut])
        data = data[cut:]
    out.append(data)
    return b"\r\n ".join(out) + b"\r\n"
