"""The entries of a journal: what came of one address, small enough to keep for every page.

`k` is the kind: `page`, `redirect` (`to`), `error` (a status that is no page), `blocked` (by
robots.txt), `failed` (no whole answer; asked again by the next run), `left` (asked and not taken:
not HTML, or refused), `away` (a redirect to another site), `note` (a sentence).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from linkplanner.crawl.body import Block
from linkplanner.crawl.journal import Record
from linkplanner.crawl.page import ParsedPage
from linkplanner.crawl.regions import CONTENT

__all__ = ["ABSENT", "IMAGE", "NOFOLLOW", "SPONSORED", "UGC", "own_targets", "page_record"]

IMAGE: Final = 1
NOFOLLOW: Final = 2
UGC: Final = 4
SPONSORED: Final = 8
ABSENT: Final = -1
"""Block number of a link that stands in no block with text."""


def page_record(page: ParsedPage, headers: Mapping[str, str], fetched: float) -> Record:
    """A page with its blocks and links. `fetched`: when, in seconds since 1970.

    Blocks: [text, characters of link text, tag]; outside content the length stands for the text.
    Links: [target, anchor, position, flags, block].
    """
    record: Record = {
        "k": "page", "u": page.url, "t": round(fetched, 1), "to": page.refresh_to,
        "c": page.canonical, "n": page.noindex, "nf": page.nofollow, "ti": page.title,
        "h1": page.h1, "la": page.language, "ki": page.kind, "alt": page.alternates,
        "et": headers.get("etag", "")[:300], "lm": headers.get("last-modified", "")[:60],
        "b": [_block(block) for block in page.blocks],
        "l": [
            [link.target_url, link.anchor, link.position, _flags(link), link.block]
            for link in page.links
        ],
    }  # fmt: skip
    return {key: value for key, value in record.items() if value or key in ("k", "u")}


def own_targets(page: ParsedPage) -> list[str]:
    """Addresses that a page lets programs follow, each once."""
    if page.nofollow:
        return []
    return list(dict.fromkeys(link.target_url for link in page.links if not link.nofollow))


def followable(record: Record) -> Iterable[str]:
    """As `own_targets`, of a page's record."""
    if record.get("nf"):
        return []
    links: list[list[Any]] = record.get("l", [])
    return dict.fromkeys(link[0] for link in links if not link[3] & NOFOLLOW)


def _block(block: Block) -> list[Any]:
    if block.region == CONTENT:
        return [block.text, block.linked, block.tag]
    return [len(block.text), block.linked, block.tag]


def _flags(link: Any) -> int:
    return (
        IMAGE * link.is_image
        + NOFOLLOW * link.nofollow
        + UGC * link.ugc
        + SPONSORED * link.sponsored
    )
