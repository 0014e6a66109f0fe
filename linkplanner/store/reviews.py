"""What the user decided on linking sites, and the pages of an imported disavow file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from linkplanner.errors import InputError
from linkplanner.plan.tasks import REVIEW_KINDS, review_tasks
from linkplanner.quality.disavow import Entry, merge
from linkplanner.quality.review import DECISIONS
from linkplanner.store.decisions import decide, decisions
from linkplanner.store.tasks import change_tasks, list_tasks, put_suggestions
from linkplanner.store.workspace import Workspace

__all__ = ["disavowed", "import_entries", "kept_sites", "review", "review_work", "reviewed"]

SITE: Final = "linking site"
PAGE: Final = "disavowed page"
"""Kinds of decisions."""
IMPORTED: Final = "from your disavow file"
"""Note of what an imported file brought."""


def reviewed(workspace: Workspace, project_id: int) -> dict[str, tuple[str, str]]:
    """Decision and note by linking site, those with a decision."""
    found = decisions(workspace, project_id, SITE)
    return {domain: both for domain, both in found.items() if both[0]}


def review(
    workspace: Workspace, project_id: int, domains: Iterable[str], decision: str, note: str = ""
) -> int:
    """Keep a decision on sites, "" to take it back; returns how many. Raises InputError."""
    if decision not in DECISIONS:
        named = ", ".join(name for name in DECISIONS if name)
        raise InputError(f"“{decision}” is no decision on a site; use one of {named}.")
    every = list(domains)
    for domain in every:
        decide(workspace, project_id, SITE, domain, decision, " ".join(note.split()))
    return len(every)


def review_work(
    workspace: Workspace,
    project_id: int,
    sites: Sequence[str],
    decision: str,
    note: str,
    now: datetime,
) -> None:
    """Make the tasks that carry a decision on sites out, and drop those of another decision."""
    wanted = REVIEW_KINDS.get(decision, "")
    if wanted and len(sites):
        put_suggestions(workspace, project_id, review_tasks(sites, decision, note, now))
    tasks = list_tasks(workspace, project_id)
    pages = [f"https://{site}/" for site in sites]
    about = tasks[tasks["page_url"].isin(pages) & tasks["kind"].isin(REVIEW_KINDS.values())]
    fresh = (about["kind"] == wanted) & about["status"].isin(["suggested", "refused"])
    other = (about["kind"] != wanted) & ~about["status"].isin(["done", "refused"])
    for rows, status in ((about[fresh], "approved"), (about[other], "refused")):
        if len(rows):
            change_tasks(workspace, project_id, rows["task_id"].tolist(), {"status": status})


def kept_sites(decided: Mapping[str, tuple[str, str]]) -> list[str]:
    """The allow-list: sites whose links the user decided to keep."""
    return sorted(domain for domain, (decision, _) in decided.items() if decision == "keep")


def import_entries(workspace: Workspace, project_id: int, entries: Iterable[Entry]) -> int:
    """Take over a disavow file; what the user decided on a site before stays. Returns how many
    entries are new."""
    decided = reviewed(workspace, project_id)
    known = set(disavowed(workspace, project_id))
    fresh = [e for e in entries if e not in known and not (e.whole and e.value in decided)]
    for entry in fresh:
        kind = SITE if entry.whole else PAGE
        decide(workspace, project_id, kind, entry.value, "disavow", IMPORTED)
    return len(fresh)


def disavowed(workspace: Workspace, project_id: int) -> dict[Entry, str]:
    """What the user decided to disavow, with the notes, in the order of the file."""
    notes: dict[Entry, str] = {}
    for kind, whole in ((SITE, True), (PAGE, False)):
        for key, (decision, note) in decisions(workspace, project_id, kind).items():
            if decision == "disavow":
                notes[Entry(key, whole)] = note
    return {entry: notes[entry] for entry in merge(notes)}
