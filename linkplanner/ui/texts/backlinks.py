"""What the backlinks screen says, view by view; its charts have texts of their own."""

from typing import Final

from linkplanner.ui.texts.numbers import count

LOOKING_FOR_NETWORKS: Final = "Looking for sites that belong together"
NO_NETWORKS: Final = "No linking sites share titles or addresses with each other."
NETWORK_DECIDED: Final = "What to do with such sites is decided under “Review and disavow”."
THEIR_SITES: Final = "Their sites"
QUALITY: Final = "Quality"
PROFILE: Final = "Profile"
NETWORKS: Final = "Networks"
LINK_TEXTS: Final = "Link texts"
BY_PAGE: Final = "By page of mine"
UNKNOWN_TARGETS: Final = "Unknown targets"
REVIEW: Final = "Review and disavow"
WEIGHTS: Final = "Weights"
NONE_YET: Final = (
    "No backlinks yet: add an export from Ahrefs, Semrush, Majestic, Moz or Search Console."
)
WERE_SCORED: Final = "these backlinks were scored"
COUNTED_ONLY: Final = (
    "Your file counts backlinks by page but does not list them. For scores, add an export that "
    "lists the links themselves."
)
TARGETS_ARE: Final = (
    "Where equity enters your site. Reach tells where the next backlink would help your "
    "priority pages most."
)
TARGETS: Final = "Targets"
ALL_KNOWN: Final = "Every backlink points at an address that your files know."
UNMATCHED_ARE: Final = (
    "Other sites link to these addresses, but none of your files names them: old pages, typing "
    "errors, or parts of the site that are missing here. What they bring is not counted until "
    "you add the pages or redirect the addresses."
)
UNMATCHED: Final = "Unmatched"
BRAND: Final = "Names of your site, with commas between"
BRAND_EXAMPLE: Final = "Your brand, another spelling"
BRAND_HELP: Final = (
    "Links that carry your name are never held against you, even where the name is a keyword. "
    "Spam signs take new names into account when the backlinks are scored again."
)
SEE_FLOW: Final = "see where this equity flows inside your site."
WORKING_OUT: Final = "Looking at every sign of spam"
SIGNS_ARE: Final = (
    "A sign counts between nothing and its most; the sum, cut at 100, is the score. Signs that "
    "your export has no figures for count nothing. The weights can be changed under “Weights”."
)
THE_LINK: Final = "The link"
SIGN: Final = "Sign"
COUNTS: Final = "Counts"
AT_MOST: Final = "At most"
SEEN: Final = "What was seen"
MEANS: Final = "What it means"
SHOW_LOST: Final = "Show lost links too"
KINDS: Final = "Kinds of links"
DOT_OF_ONE: Final = "Each dot is a backlink; the larger, the more it is worth."
DOT_OF_MANY: Final = (
    "Each dot gathers backlinks of about the same relevance and authority; the larger, the more "
    "links."
)
MAP: Final = (
    "Good links stand at the top right, suspicious ones are orange. Drag a box to see its links in "
    "the table below; double-click to clear it."
)


def networks(groups: int) -> str:
    """What a network is, and how many there are."""
    return (
        f"{count(groups, 'group')} of three linking sites or more whose pages have the same titles "
        "or addresses, as sites of one owner often have. News that many sites print looks the "
        "same, so mind the spam signs. Tick a group to see its sites."
    )


def why_network(shared: str, alike: int, sites: int) -> str:
    """Why linking sites are taken for a group. shared: a title, or an address, which begins with a
    slash; alike: how many of the sites share it."""
    what = "address" if str(shared).startswith("/") else "title"
    if alike >= sites:
        return f"Same {what} on all {sites:,} sites"
    return f"Same {what} on {alike:,} of {sites:,}, the others through further ones"


def why(site: str) -> str:
    """Heading of a backlink's card."""
    return f"Why {site} scores as it does"


def signs(number: int) -> str:
    """Heading over every sign of spam."""
    return f"All {number} signs of spam that were looked for"


def visits(page: float, possible: float) -> str:
    """Search visits of the linking page, and how many may follow the link."""
    return (
        f"Beside its worth: the linking page has {count(page, 'search visit')} a month; about "
        f"{possible:,.1f} of them may follow the link (an estimate, never part of the worth)."
    )


def sessions(number: float) -> str:
    """Visits of the page linked to."""
    return f"Your page had {count(number, 'visit')} in your analytics."


def links_shown(links: int, boxed: bool) -> str:
    """Heading of the table below the map. boxed: only those in the box that was dragged."""
    box = " in the box" if boxed else ""
    return f"**{count(links, 'backlink')}**{box} · click a row to see its reasons"


def map_shows(gathered: bool) -> str:
    """What the map shows. gathered: many links, so that a dot stands for several."""
    dot = DOT_OF_MANY if gathered else DOT_OF_ONE
    return f"{dot} {MAP}"
