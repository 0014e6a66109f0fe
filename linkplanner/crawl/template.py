"""A second look over all pages read: what repeats from page to page is template, not text.

Blocks that stand on more than 5 % of pages leave the main text, and links in content that repeat
across the site are labelled as navigation or sidebar (relevance.md: text F1 .97 to .99).
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from linkplanner.crawl.journal import Record
from linkplanner.crawl.link_lists import in_lists
from linkplanner.crawl.records import marks_of

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
    def of(cls, marks: Iterable[bytes]) -> "SiteTemplate":
        """Look at the marks of all pages once; memory grows by 8 bytes a block and link."""
        blocks, links = array("q"), array("q")
        pages = 0
        for part in marks:
            pages += 1
            mine, targets = marks_of(part)
            blocks.extend(set(mine))
            links.extend(set(targets))
        return cls(
            pages, _frequent(blocks, block_limit(pages)), _frequent(links, link_limit(pages))
        )

    def text(self, record: Record, marks: bytes) -> tuple[str, int]:
        """Main text of a page, one paragraph a line, and its words; what is shown twice is read
        once."""
        lines: dict[str, int] = {}
        blocks = (block for block in record.get("b", ()) if isinstance(block[0], str))
        for block, mark in zip(blocks, marks_of(marks)[0]):
            if block[3] >= 0 and mark not in self.blocks:
                lines[block[0]] = block[3]
        return "\n".join(lines), sum(lines.values())

    def positions(self, record: Record, marks: bytes) -> list[str]:
        """Position of each link of a page.

        Of the links in content, those that repeat across the site are navigation before the
        page's own links and sidebar after them; those in lists and cards are sidebar.
        """
        links = record.get("l", [])
        own = [link[2] == "content" for link in links]
        hashes = marks_of(marks)[1]
        repeated = [mine and mark in self.links for mine, mark in zip(own, hashes)]
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


def _frequent(hashes: "array[int]", limit: float) -> frozenset[int]:
    values, counts = np.unique(np.frombuffer(hashes, dtype=np.int64), return_counts=True)
    return frozenset(values[counts > limit].tolist())
