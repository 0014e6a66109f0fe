"""What the map of the site and the look at one page say."""

from typing import Final

from linkplanner.ui.texts.numbers import count

OTHER_SECTIONS: Final = "other sections"
ALL_SECTIONS: Final = "All sections"
OWN: Final = "Own backlinks, and the share every page gets"
STAYS: Final = "Stays on the page"
MAP: Final = (
    "Every box is a page, every colour a section of your site; the larger, the more equity. "
    "Click a box to come closer and to list its section below; click it again for all pages."
)
MAP_ALT: Final = "Map of equity by section and page; the table of pages holds the same figures."
TOO_MANY: Final = "Your site has too many links to take one page apart here."
NO_PAGE: Final = "No page has these words in its address or title."
PAGE_ALT: Final = "What feeds the page and what it feeds; the tables below hold the same figures."
FEEDS: Final = "Feeds it"
IS_FED: Final = "It feeds"
OTHERS: Final = "All other pages"
LOST: Final = "Lost on the way"
OPENING: Final = "Opening the links of your site"


def neighbours(title: str) -> str:
    """Heading of a table of neighbours."""
    return f"**{title}** · tick a page to go on to it"


def other_pages(pages: int) -> str:
    """The box of a section's smaller pages."""
    return count(pages, "other page")
