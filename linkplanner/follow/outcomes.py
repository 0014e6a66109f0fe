"""What a check can find of a task, and what that does to its status."""

from typing import Final

import pandas as pd

from linkplanner.plan.status import DONE as FINISHED
from linkplanner.plan.status import DROPPED, LIVE, reopened_status

__all__ = ["CHECK_COLUMNS", "DONE", "checks_frame", "status_after", "with_checks"]

FOUND_LIVE: Final = "live"
OTHER_ANCHOR: Final = "other anchor"
NOFOLLOW: Final = "live but nofollow"
OTHER_PLACE: Final = "outside the text"
"""The link is there, in a sidebar or menu where it was not before."""
OTHER_PAGE: Final = "other page"
GONE_AGAIN: Final = "gone again"
NOT_YET: Final = "not yet"
NOT_SEEN: Final = "not seen"
"""The crawl or export does not speak of it."""
REMOVED: Final = "removed"
"""A site that was asked to take its links away has no live one any more."""
STILL_THERE: Final = "still there"
"""It has."""

DONE: Final = frozenset({FOUND_LIVE, OTHER_ANCHOR, OTHER_PLACE})
"""The link or repair is there and carries equity."""
CHECK_COLUMNS: Final = ("task_id", "was", "status", "found", "found_detail", "checked")


def status_after(kind: str, was: str, found: str, *, won: bool = False) -> str:
    """The status that a finding leads to.

    won: the site links to another page than was pitched, which is still a backlink it did not have.
    A task that somebody dropped stays dropped, except that a lost or declined site that links after
    all is live.
    """
    if found in (NOT_YET, NOT_SEEN):
        return was
    if found in (REMOVED, STILL_THERE):
        return _after_review(was, found)
    if found in DONE or (won and found == OTHER_PAGE):
        return was if was in DROPPED - {"lost", "declined"} else LIVE
    return reopened_status(kind) if was == LIVE else was


def _after_review(was: str, found: str) -> str:
    """Done once the links are gone, approved again where they came back; dropped stays dropped."""
    if was in DROPPED:
        return was
    if found == REMOVED:
        return FINISHED
    return "approved" if was == FINISHED else was


def checks_frame(tasks: pd.DataFrame, found: pd.DataFrame, moment: pd.Timestamp) -> pd.DataFrame:
    """CHECK_COLUMNS of tasks with their findings [found, found_detail, won], rows in step.

    What was live and is missing now is gone again; tasks of which nothing is known are left out.
    """
    frame = tasks[["task_id", "kind", "status"]].reset_index(drop=True)
    frame = frame.join(found.reset_index(drop=True)).rename(columns={"status": "was"})
    gone = (frame["was"] == LIVE) & (frame["found"] == NOT_YET)
    frame["found"] = frame["found"].mask(gone, GONE_AGAIN)
    known = frame[frame["found"] != NOT_SEEN]
    status = [
        status_after(kind, was, seen, won=bool(won))
        for kind, was, seen, won in zip(known["kind"], known["was"], known["found"], known["won"])
    ]
    return known.assign(status=status, checked=moment)[list(CHECK_COLUMNS)].reset_index(drop=True)


def with_checks(tasks: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """The tasks as they are once the checks are written down."""
    known = checks.set_index("task_id")
    at = tasks["task_id"].isin(known.index)
    result = tasks.copy()
    for column in ("status", "found", "found_detail"):
        seen = tasks["task_id"].map(known[column]) if len(known) else tasks[column]
        result[column] = seen.where(at, tasks[column]).astype("str")
    return result
