"""The lives of tasks: which statuses there are, what each means for a list, and which may follow.

Links and repairs go from a suggestion to a link that was seen live; outreach from a site that was
found to a backlink that was seen live. “Live (verified)” is set by linkplanner alone, from a later
crawl, export or link check. Decisions on sites with doubtful links end with “done”: by hand, or by
linkplanner once a newer export holds no live link from the site that was asked.
"""

from typing import Final

__all__ = [
    "ACCEPTED",
    "ALL_STATUSES",
    "DONE",
    "DROPPED",
    "LINK_STATUSES",
    "LIVE",
    "OPEN",
    "OUTREACH_STATUSES",
    "REVIEW_STATUSES",
    "accepted_status",
    "first_status",
    "is_outreach",
    "is_review",
    "refused_status",
    "reopened_status",
    "statuses_of",
]

LIVE: Final = "live (verified)"
LINK_STATUSES: Final = ("suggested", "approved", "sent to editor", LIVE, "refused")
"""Life of a link or repair."""
OUTREACH_STATUSES: Final = (
    "found", "qualified", "contacted", "followed up", "replied", "agreed", LIVE, "lost",
    "declined", "do not contact",
)  # fmt: skip
"""Life of a site that is written to."""
DONE: Final = "done"
REVIEW_STATUSES: Final = ("suggested", "approved", "contacted", DONE, "refused")
"""Life of what was decided on a site with doubtful links."""
ALL_STATUSES: Final = tuple(dict.fromkeys((*LINK_STATUSES, *OUTREACH_STATUSES, *REVIEW_STATUSES)))
OPEN: Final = frozenset({"suggested", "found"})
"""Nobody has decided yet."""
ACCEPTED: Final = frozenset(
    {"approved", "sent to editor", "qualified", "contacted", "followed up", "replied", "agreed"}
)
"""Somebody works on it."""
DROPPED: Final = frozenset({"refused", "lost", "declined", "do not contact"})
"""Nobody works on it any more."""
_OUTREACH: Final = "outreach"
_REVIEW: Final = "review"


def is_outreach(kind: str) -> bool:
    """Whether a task of this kind is a site to write to."""
    return kind.startswith(_OUTREACH)


def is_review(kind: str) -> bool:
    """Whether a task of this kind carries out a decision on a site with doubtful links."""
    return kind.startswith(_REVIEW)


def statuses_of(kind: str) -> tuple[str, ...]:
    """The statuses that a task of this kind goes through."""
    if is_review(kind):
        return REVIEW_STATUSES
    return OUTREACH_STATUSES if is_outreach(kind) else LINK_STATUSES


def first_status(kind: str) -> str:
    """Status of a task that nobody has looked at."""
    return statuses_of(kind)[0]


def accepted_status(kind: str) -> str:
    """Status once somebody accepts the task."""
    return statuses_of(kind)[1]


def refused_status(kind: str) -> str:
    """Status once somebody refuses the task."""
    return "declined" if is_outreach(kind) else "refused"


def reopened_status(kind: str) -> str:
    """Status of a task that was live and is gone again."""
    return "lost" if is_outreach(kind) else "approved"
