"""What the plan's limits say, on the plan screen and in its what-if."""

from typing import Final

from linkplanner.ui.texts.numbers import change, count, effort, points, whole

LIMITS_ARE: Final = "What your team can and wants to do. Every change is saved at once."
MORE: Final = "More limits"
MORE_HELP: Final = "Pages left alone, links nobody wants, sections, and pages that must not lose."
LINKS: Final = "New links in all"
ON_PAGE: Final = "On one page"
ON_PAGE_HELP: Final = "More than three to six new links in one text look stuffed."
TO_PAGE: Final = "To one page"
TO_PAGE_HELP: Final = "Keeps one page from taking the whole plan and its words from repeating."
RELEVANCE: Final = "Relevance at least"
RELEVANCE_HELP: Final = (
    "How close the two pages must be in subject, 0 to 100. Links between pages that have "
    "nothing in common help nobody."
)
AIM: Final = "Aim"
AIM_HELP: Final = (
    "Balanced suits most sites. Total suits a site where all priority pages sell the same thing."
)
ROUTE: Final = "Where new links may lead"
ROUTE_HELP: Final = (
    "A hub page passes on what it gets. Links to hubs can bring more, but it takes two steps "
    "until your priority pages have it."
)
EDITABLE: Final = "Kinds of pages that may be edited"
EDITABLE_HELP: Final = "New links stand only on pages of these kinds."
ONE_LANGUAGE: Final = "Only between pages in one language"
ONE_LANGUAGE_HELP: Final = (
    "Where both pages say which language they are in. Language versions of one page are never "
    "linked to each other by a plan."
)
LOCKED: Final = "Pages that get no new link"
LOCKED_EXAMPLE: Final = "/legal/*"
LOCKED_HELP: Final = "One pattern a line; * stands for anything."
FORBIDDEN: Final = "Links nobody wants"
FORBIDDEN_EXAMPLE: Final = "/blog/* > /jobs/*"
FORBIDDEN_HELP: Final = "From > to, one pair of patterns a line."
SECTIONS: Final = "Links from section to section"
SECTIONS_EXAMPLE: Final = "/blog > /shop = 20"
SECTIONS_HELP: Final = (
    "A section is the first folder of the address; * stands for any. One limit a line."
)
PROTECTED: Final = "Pages that must not lose"
PROTECTED_EXAMPLE: Final = "/bestseller/*"
PROTECTED_HELP: Final = (
    "A plan takes no link that lowers one of these by more than the share below."
)
PER_SECTIONS: Final = "Any other pair of sections"
NO_LIMIT: Final = "0 for no limit."
MAY_LOSE: Final = "They may lose at most (%)"
NO_DIFFERENCE: Final = " (no difference)"
TAKE_ROUTE: Final = "Plan this way"
TAKE_ROUTE_HELP: Final = (
    "Its figures come from a quick plan; making it anew improves them and checks how close "
    "they are to the best possible."
)
AIMS: Final = {
    "balanced": "Balanced: every priority page gets its share, so that none takes it all",
    "total": "Total: as many points as possible, wherever they land",
}
"""Objectives in words."""
ROUTES: Final = {
    "direct": "Straight to your priority pages",
    "hubs": "Through hub pages as well",
}
"""Routes in words."""
THIS_PLAN: Final = "this plan"


def links_help(minutes: float) -> str:
    """What a number of links means in work. minutes: for one link."""
    return (
        f"At about {whole(minutes)} minutes each, 100 links are about {effort(100 * minutes)} of "
        "work. Links that you accepted count too."
    )


def difference(part: float) -> str:
    """Another way of the links beside the present one."""
    return f" ({change(part)})" if abs(part) >= 0.005 else NO_DIFFERENCE


def route_brings(gain: float, more: str, links: int, suitable: int) -> str:
    """What one way of the links brings. more: `difference`."""
    return (
        f"+{points(gain)} points for your priority pages{more} with {count(links, 'link')} out of "
        f"{suitable:,} suitable ones."
    )
