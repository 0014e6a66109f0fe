"""What the picture of the flow calls its boxes."""

from typing import Final

import pandas as pd

from linkplanner.ui.texts.numbers import points, whole

ORIGINS: Final = {
    "editorial": "Editorial links",
    "media": "News sites",
    "resource page": "Resource pages",
    "guest post": "Guest posts",
    "niche edit": "Links added to old texts",
    "profile": "Profile pages",
    "redirect": "Over redirects",
    "directory": "Directories",
    "forum": "Forums",
    "comment": "Comments",
    "social": "Social sites",
    "coupon": "Coupon sites",
    "scraper": "Site lists and scrapers",
    "image": "Linked images",
    "unknown": "Other backlinks",
    "counted": "Links known by count only",
    "base": "Base share of every page",
}
"""Kinds of origins in words; a kind that is not listed is shown under its own name."""
ENTRANCES: Final = {
    "home": "Home page",
    "product": "Product pages",
    "service": "Service pages",
    "category": "Category pages",
    "article": "Articles",
    "other": "Further pages",
    "unanswered": "Pages that do not answer",
}
ENDS: Final = {
    "priority": "Stays on priority pages",
    "other": "Stays on other pages",
    "broken": "Lost at broken pages",
    "external": "Leaves to other sites",
    "nofollow": "Lost through nofollow links",
    "dead_ends": "Lost on pages without links",
    "files": "Lost on files",
    "noindex": "Stopped at noindex pages",
}
REST: Final = "Smaller kinds of links"
ALL: Final = "All that enters"


def flow(ends: pd.Series) -> str:
    """The picture for those who do not see it. ends: points by end."""
    parts = "; ".join(f"{name}: {points(value)}" for name, value in ends.items())
    return f"Flow of {whole(ends.sum())} points from backlinks through entry pages. {parts}"
