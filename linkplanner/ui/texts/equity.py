"""What the looks at the equity of the site say: sections, losses, bands, hubs, variants."""

from typing import Final

from linkplanner.ui.texts.numbers import count, points, share

WHOLE_SITE: Final = "Whole site"
FROM: Final = "From"
TO: Final = "To"
RANK_FROM: Final = "Rank from"
RANK_TO: Final = "Rank to"
ONE_BAND: Final = "With one priority page there is no order to be unsure of."
FIRM_ORDER: Final = "The order of your priority pages is the same over the whole range."
CAUSES: Final = {
    "broken": "Pages that do not answer",
    "nofollow": "Nofollow links",
    "external": "Links to other sites",
    "file": "Links to files and buttons",
    "noindex": "Noindex pages",
    "dead_ends": "Pages without known links",
}
"""Cause to its name on screen."""
PLACES: Final = {
    "content": "In the text",
    "breadcrumb": "Breadcrumb",
    "sidebar": "Sidebar",
    "navigation": "Menu",
    "header": "Header",
    "footer": "Footer",
    "unknown": "Not known",
}
"""Position to its name on screen."""
SECTIONS: Final = "By section"
LOSSES: Final = "Lost or stuck"
BANDS: Final = "How certain"
HUBS: Final = "Hub pages"
VARIANTS: Final = "Same page twice"
SECTIONS_ARE: Final = (
    "Each row adds up: what enters through backlinks and what links bring is what stays, what "
    "is passed on, and what is lost. Points that flow through several sections count in each; "
    "backlinks to pages that do not answer stand under “Lost or stuck”."
)
NOTHING_LOST: Final = "Nothing is lost: every link leads to a page that answers."
LOSSES_ARE: Final = (
    "Points that leave your site or end where nobody is served, by cause; a page that was "
    "never read looks like one without links. Gains are what priority pages would get at least."
)
CAUSE: Final = "Cause"
NO_BANDS: Final = (
    "Ranges are shown for priority pages of sites with up to 20 million links; choose your "
    "priority pages and read the files again on the data screen."
)
BANDS_ARE: Final = (
    "Nobody knows how much a link in a menu counts beside one in a text. So every figure was "
    "computed 32 times: each place on a page with half to twice its weight, and with links "
    "carrying on from 75% to 90% of a page's equity. The bar holds the middle four fifths of "
    "the results; the dot is the figure used everywhere else."
)
NO_HUBS: Final = "No page passes anything on to a priority page yet."
NO_VARIANTS: Final = "No two addresses of your site look like the same page."
VARIANTS_ARE: Final = (
    "Addresses that look like one page under several names, and all answer: links are split "
    "between them. If they show the same page, redirect all to one of them."
)
OLD: Final = (
    "This table came with a newer version: read all files again on the data screen to see it."
)
ITS_LINKS: Final = "Its links by place"


def loose_order(firm: int, pages: int, page: str, low: int, high: int) -> str:
    """How many pages keep their rank, and which moves most."""
    return (
        f"{firm:,} of {pages:,} priority pages keep their rank over the whole range; {page} moves "
        f"most, between rank {low} and {high}. Read nothing into smaller differences."
    )


def part_of(cause: str, lost: float, part: float) -> str:
    """A cause of losses with what it takes."""
    return f"{cause}: {points(lost)} points ({share(part)})"


def hubs(pages: int) -> str:
    """What hub pages are good for."""
    return (
        f"{count(pages, 'page')} through which equity reaches your priority pages best: pitch them "
        "for backlinks, and link to them where a straight link would not fit."
    )
