"""What axes and hints of the backlink profile's charts say."""

from typing import Final

LINKING_SITES: Final = "Linking sites"
FIRST_SEEN: Final = "First seen"
BURST: Final = "First seen, a burst"
LOST: Final = "Lost"
MONTH: Final = "Month"
SITES_SEEN: Final = "Sites first seen"
SITES_LOST: Final = "Sites lost"
SHARE_OF_SITES: Final = "Share of linking sites"
PAGE: Final = "Page"
LINK_WORDS: Final = "Words"
SHARE: Final = "Share"
SHARE_OF_WORTH: Final = "Share of what backlinks bring"
SITE: Final = "Site"
LINKS: Final = "Links"
WORDS: Final = {
    "brand": "Your name",
    "naked": "An address",
    "generic": "Words that say nothing",
    "partial": "Some of the page's words",
    "exact": "The page's exact words",
    "other": "Other words",
    "image": "A picture without words",
}
"""Kinds of link texts as the chart calls them."""
