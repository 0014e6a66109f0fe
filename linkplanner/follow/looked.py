"""What one look at the page of a backlink means for the task that asked for it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from linkplanner.follow.outcomes import FOUND_LIVE, NOFOLLOW, NOT_SEEN, NOT_YET, checks_frame
from linkplanner.plan.status import LIVE, is_outreach

if TYPE_CHECKING:
    from linkplanner.crawl.link_check import LinkCheck

__all__ = ["looked_at", "worth_a_look"]

_ASKED = ("contacted", "followed up", "replied", "agreed", "lost", LIVE)


def worth_a_look(tasks: pd.DataFrame) -> pd.DataFrame:
    """Outreach somebody has written about, whose task names the very page that should link."""
    outreach = tasks["kind"].fillna("").map(is_outreach).astype(bool)
    mine = outreach & tasks["status"].isin(_ASKED)
    page = tasks["page_url"].fillna("").str.contains(r"^https?://[^/]+/[^?#]", regex=True)
    return tasks[mine & page & tasks["target_url"].notna()].reset_index(drop=True)


def looked_at(
    tasks: pd.DataFrame, looks: "Iterable[LinkCheck]", moment: pd.Timestamp
) -> pd.DataFrame:
    """CHECK_COLUMNS of tasks from one look at the page of each, in step.

    A page that could not be read says nothing of its link.
    """
    rows = [_finding(look) for look in looks]
    found = pd.DataFrame(rows, columns=["found", "found_detail"], dtype="str")
    return checks_frame(tasks, found.assign(won=False), moment)


def _finding(look: "LinkCheck") -> tuple[str, str]:
    if look.state == "unread":
        return NOT_SEEN, look.reason
    if look.state != "there":
        return NOT_YET, look.reason
    words = f"With the words “{look.anchor}”" if look.anchor else "Without words"
    return (FOUND_LIVE if look.followed else NOFOLLOW), words
