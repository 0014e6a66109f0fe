"""A second look over all pages read: what repeats from page to page is template, not text.

Blocks that stand on more than 5 % of pages leave the main text, and links in content that repeat
across the site are labelled as navigation or sidebar (relevance.md: text F1 .97 to .99).
"""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from linkplanner.crawl.body import PROSE
from linkplanner.crawl.journal import Record
from linkplanner.crawl.link_lists import in_lists

__all__ = ["SiteTemplate", "link_limit"]

BLOCK_SHARE = 0.05
"""Share of pages above which a block is template."""
BLOCK_PAGES = 5
"""Pages on which a block may always stand, however few pages there are."""
LINK_SHARE = 0.1
"""Share of pages above which a link with one anchor and target is not an editor's."""
LINK_PAGES = 20
"""Pages on which such a link may stand on a site of up to 200 pages."""
SMALL_SITE_SHARE = 0.6
"""On sites too small for `LINK_PAGES`: share of pages above which a link is template. A guess."""
_DIGITS = re.compile(r"\d")


def link_limit(pages: int) -> float:
    """Most pages on which one anchor and target may stand in content, of so many pages read."""
    usual = max(LINK_PAGES, LINK_SHARE * pages)
    return min(usual, max(BLOCK_PAGES, SMALL_SITE_SHARE * pages))


def block_limit(pages: int) -> float:
    """Most pages on which one block may stand and be text."""
    return max(BLOCK_PAGES, BLOCK_SHARE * pages)


@dataclass
class SiteTemplate:
    """What repeats over the pages of a site."""

    pages: int = 0
    """Pages looked at."""
    blocks: frozenset[int] = frozenset()
    """Hashes of blocks that stand on too many pages to be text."""
    links: frozenset[int] = frozenset()
    """Hashes of anchor and target that stand on too many pages to be an editor's."""

    @classmethod
    def of(cls, records: Iterable[Record]) -> "SiteTemplate":
        """Look at the records of all pages once; memory grows by 8 bytes a block and link."""
        blocks, links = array("q"), array("q")
        pages = 0
        for record in records:
            pages += 1
            texts = (block[0] for block in record.get("b", ()) if isinstance(block[0], str))
            blocks.extend({block_hash(text) for text in texts})
            links.extend({link_hash(link) for link in record.get("l", ())})
        return cls(
            pages, _frequent(blocks, block_limit(pages)), _frequent(links, link_limit(pages))
        )

    def text(self, record: Record) -> str:
        """Main text of a page, one paragraph a line; what is shown twice is read once."""
        lines: dict[str, None] = {}
        for block in record.get("b", ()):
            if isinstance(block[0], str) and is_text(*block) and self._is_own(block[0]):
                lines[block[0]] = None
        return "\n".join(lines)

    def _is_own(self, text: str) -> bool:
        return block_hash(text) not in self.blocks

    def positions(self, record: Record) -> list[str]:
        """Position of each link of a page.

        Of the links in content, those that repeat across the site are navigation before the
        page's own links and sidebar after them; those in lists and cards are sidebar.
        """
        links = record.get("l", [])
        own = [link[2] == "content" for link in links]
        repeated = [mine and link_hash(link) in self.links for mine, link in zip(own, links)]
        first = next(
            (n for n, (mine, again) in enumerate(zip(own, repeated)) if mine and not again),
            len(links),
        )
        positions = []
        for number, (link, again, entry) in enumerate(zip(links, repeated, in_lists(record))):
            if again:
                positions.append("navigation" if number < first else "sidebar")
            else:
                positions.append("sidebar" if entry and link[2] == "content" else link[2])
        return positions


def is_text(text: str, linked: int, tag: str) -> bool:
    """Whether a block in content belongs to the main text: more than a list of links."""
    size = len(text)
    if not any(c.isalnum() for c in text):
        return False
    return tag == "h1" or linked * 2 <= size or size - linked >= PROSE


def block_hash(text: str) -> int:
    """The block with its digits masked, so that dates and counters do not tell blocks apart."""
    return hash(_DIGITS.sub("0", text))


def link_hash(link: list[Any]) -> int:
    """Anchor and target of a link."""
    return hash((link[1], link[0]))


def _frequent(hashes: "array[int]", limit: float) -> frozenset[int]:
    values, counts = np.unique(np.frombuffer(hashes, dtype=np.int64), return_counts=True)
    return frozenset(values[counts > limit].tolist())
