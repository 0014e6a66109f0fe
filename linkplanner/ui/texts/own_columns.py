"""What the questions about the columns of a strange table say."""

from typing import Final

NEEDED_ONCE: Final = (
    "Needed once: the next file with the same columns is read the same way, in all your projects."
)
FIRST_ROWS: Final = "The first rows, as they stand in the file"
WHAT_IS_IN_IT: Final = "What is in it"
READ_IT: Final = "Read it this way"
FORGET: Final = "Forget these columns"
KINDS: Final = {
    "backlinks": "Backlinks: links from other sites to mine",
    "links": "Internal links: from page to page of my site",
    "pages": "Pages of my site",
    "traffic": "Visits, clicks or revenue of my pages",
    "priorities": "Pages that earn money",
    "domains": "Sites that link to me, one a row",
}
"""What a table can be, in the user's words; the keys are those of `read.mapping.FIELDS`."""
FIELDS: Final = {
    "source_url": "Address of the page that links",
    "target_url": "Address linked to",
    "source_title": "Title of the page that links",
    "anchor": "Words of the link",
    "nofollow": "Nofollow",
    "ugc": "UGC",
    "sponsored": "Sponsored",
    "lost": "Lost",
    "first_seen": "First seen",
    "last_seen": "Last seen",
    "external_links": "External links on that page",
    "position": "Position",
    "target_status": "Status of the page linked to",
    "url": "Address of the page",
    "status": "Status code",
    "title": "Title",
    "h1": "Main heading",
    "canonical": "Canonical address",
    "redirect_to": "Redirects to",
    "noindex": "Noindex",
    "language": "Language",
    "words": "Number of words",
    "lastmod": "Last change",
    "query": "Search term",
    "clicks": "Clicks",
    "impressions": "Impressions",
    "sessions": "Visits",
    "revenue": "Revenue",
    "weight": "Weight",
    "keywords": "Keywords",
    "difficulty": "Difficulty",
    "domain": "Domain",
    "backlinks": "Number of backlinks",
}
"""Fields in the user's words."""
NONE: Final = "not in this file"
SAY_COLUMNS: Final = "Say what its columns are"
NEEDED: Final = " (needed)"


def column(place: int) -> str:
    """A column without a heading."""
    return f"Column {place}"
