"""What axes and hints of the charts say."""

from typing import Final

RELEVANCE: Final = "Relevance"
AUTHORITY: Final = "Authority"
SPAM: Final = "Spam signs"
SITE: Final = "Site"
WORDS: Final = "Words"
EQUITY: Final = "Equity (points)"
SECTION: Final = "Section"
NOT_REACHED: Final = "not reached"
PAGES: Final = "Pages"
CLICKS: Final = "Clicks from the home page"
POINTS: Final = "Points"
WHERE: Final = "Where"
NOW: Final = "Now"
WITH_PLAN: Final = "With the plan"
PAGE: Final = "Page"
WHEN: Final = "When"
LINKS_SET: Final = "Links set, in the plan's order"
GAIN_SO_FAR: Final = "Gain so far (points)"
LINKS: Final = "Links"
WORTH: Final = "Worth together"
TIPS: Final = {"equity": "Equity (points)", "pages": "Pages"}
"""Measures of bars as their tooltips call them."""
BALANCE: Final = {
    "priority": "Stays on priority pages",
    "other": "Stays on other pages",
    "dead_ends": "Lost on pages without links",
    "nofollow": "Lost through nofollow links",
    "external": "Leaves to other sites",
    "broken": "Lost at broken targets",
    "noindex": "Stopped at noindex pages",
}
"""Parts of the balance in words, in the order shown."""
UNKNOWN: Final = "unknown"


def scale(score: str) -> str:
    """Axis of a score."""
    return f"{score} (0 to 100)"


def about(score: str) -> str:
    """A score that is rounded."""
    return f"{score}, about"


def mean(score: str) -> str:
    """A score as the mean of several."""
    return f"{score}, mean"
