"""The entries of a journal: what came of one address, small enough to keep for every page.

`k` is the kind: `page`, `redirect` (`to`), `error` (a status that is no page), `blocked` (by
robots.txt), `failed` (no whole answer; asked again by the next run), `left` (asked and not taken:
not HTML, or refused), `away` (a redirect to another site), `note` (a sentence).
"""

import re
import sys
from array import array
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, Final

from linkplanner.crawl.answer import OVERLOADED, Fetched
from linkplanner.crawl.body import Block
from linkplanner.crawl.journal import Record
from linkplanner.crawl.page import ParsedPage, count_words
from linkplanner.crawl.regions import CONTENT
from linkplanner.crawl.scope import is_html

__all__ = [
    "IMAGE", "NOFOLLOW", "SPONSORED", "UGC", "followable", "marks_of", "own_targets", "page_marks",
    "page_record", "unusable",
]  # fmt: skip

IMAGE: Final = 1
NOFOLLOW: Final = 2
UGC: Final = 4
SPONSORED: Final = 8
_DIGITS: Final = re.compile(r"\d")


def page_record(page: ParsedPage, headers: Mapping[str, str], fetched: float) -> Record:
    """A page with its blocks and links. `fetched`: when, in seconds since 1970.

    Blocks: [text, characters of link text, tag, words]; words are -1 where the block is no text.
    Outside content the length stands for the text, and there is no fourth.
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


def page_marks(record: Record) -> bytes:
    """Hashes of 8 bytes each: of every block that may be text, then of every link.

    Blocks with their digits masked, so that dates and counters do not tell them apart; links by
    anchor and target. The first 8 bytes are the number of blocks.
    """
    texts = [block[0] for block in record.get("b", ()) if isinstance(block[0], str)]
    parts = [_DIGITS.sub("0", text) for text in texts]
    parts += [f"{link[1]}\n{link[0]}" for link in record.get("l", ())]
    hashes = (blake2b(part.encode("utf-8", "replace"), digest_size=8).digest() for part in parts)
    return len(texts).to_bytes(8, sys.byteorder) + b"".join(hashes)


def marks_of(marks: bytes) -> tuple["array[int]", "array[int]"]:
    """Hashes of blocks and of links."""
    every = array("q", marks)
    return every[1 : 1 + every[0]], every[1 + every[0] :]


def own_targets(page: ParsedPage) -> list[str]:
    """Addresses that a page lets programs follow, each once."""
    if page.nofollow:
        return []
    return list(dict.fromkeys(link.target_url for link in page.links if not link.nofollow))


def unusable(answer: Fetched) -> Record | None:
    """The record of an answer that is neither a redirect nor a page; None for a page."""
    url, status = answer.url, answer.status
    if status == 0:
        return {"k": "failed", "u": url, "e": answer.error, "s": 0}
    if status in OVERLOADED:
        error = f"the server is overloaded, status {status}"
        return {"k": "failed", "u": url, "e": error, "s": None}
    if status != 200:
        return {"k": "error", "u": url, "s": status}
    return None if is_html(answer) else {"k": "left", "u": url, "e": ""}


def followable(record: Record) -> Iterable[str]:
    """As `own_targets`, of a page's record."""
    if record.get("nf"):
        return []
    links: list[list[Any]] = record.get("l", [])
    return dict.fromkeys(link[0] for link in links if not link[3] & NOFOLLOW)


def _block(block: Block) -> list[Any]:
    if block.region == CONTENT:
        words = count_words(block.text) if block.is_text else -1
        return [block.text, block.linked, block.tag, words]
    return [len(block.text), block.linked, block.tag]


def _flags(link: Any) -> int:
    return (
        IMAGE * link.is_image
        + NOFOLLOW * link.nofollow
        + UGC * link.ugc
        + SPONSORED * link.sponsored
    )
