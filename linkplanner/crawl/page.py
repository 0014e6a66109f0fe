"""HTML into the facts of one page: what it says of itself, its links, its main text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ada_url

from linkplanner.crawl.body import Block, BodyReader, RawLink, squeeze
from linkplanner.crawl.head import Head, read_head
from linkplanner.crawl.kind import guess_kind, types_of_json, types_of_microdata
from linkplanner.crawl.markup import decode_html, within_limits
from linkplanner.urls import PageUrl, canonical_or_none

__all__ = ["PageLink", "ParsedPage", "count_words", "parse_page"]

_H1_LIMIT = 1_000
_WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W_぀-ヿ㐀-鿿豈-﫿]+")
"""A word: a run of letters and digits; of Chinese and Japanese each character."""
_MEDIA = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".mp4", ".webm", ".mp3")
"""Endings of files that a link shows larger or plays: no pages."""
_REL = re.compile(r"[\s,]+")


@dataclass(frozen=True)
class PageLink:
    """One link of a page, shaped like a row of tables.LINK_ROWS."""

    target_url: PageUrl
    anchor: str
    """Link text, or the alternative text of a linked image."""
    position: str
    """One of tables.POSITIONS."""
    is_image: bool
    nofollow: bool
    ugc: bool
    sponsored: bool
    block: int = -1
    """Number of the block of the page in which it stands; -1 where none is known."""


@dataclass(frozen=True)
class ParsedPage:
    """What the markup and headers of one page say. The caller knows status and redirects."""

    url: str
    title: str
    h1: str
    canonical: PageUrl | None
    noindex: bool
    nofollow: bool
    """Whether the page asks not to follow any of its links; each link then says so too."""
    language: str
    """Language tag in lower case, '' where none is given."""
    kind: str
    """One of tables.KINDS: a guess."""
    words: int
    """Words of the main text."""
    refresh_to: PageUrl | None
    """Where a meta refresh leads; such a page is a redirect."""
    text: str
    """Main text, one paragraph a line."""
    links: tuple[PageLink, ...]
    """Links in order, exact repeats once, without links to the page itself and to pictures."""
    blocks: tuple[Block, ...] = ()
    """Paragraphs, headings, list items and cells of the whole page in order."""
    alternates: tuple[tuple[str, PageUrl], ...] = ()
    """hreflang: language and address of the same page in other languages."""


def parse_page(url: str, body: bytes, headers: Mapping[str, str], main: str = "") -> ParsedPage:
    """Read a page. `headers` with names in lower case; `main`: a CSS selector of the main content,
    which is left aside where the page has no such element. Never raises on what stands in the
    body."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(within_limits(decode_html(body, headers.get("content-type", ""))))
    head = read_head(tree, url, headers)
    reader = BodyReader(_chosen(tree, main) if main else ())
    if tree.body is not None:
        reader.read(tree.body)
    # Sites show one paragraph twice, for wide and for narrow screens; it is read once.
    text = "\n".join(dict.fromkeys(block.text for block in reader.blocks if block.is_text))
    h1 = tree.css_first("h1")
    scripts = [node.text() for node in tree.css('script[type="application/ld+json"]')[:50]]
    itemtypes = [node.attributes.get("itemtype") or "" for node in tree.css("[itemtype]")[:50]]
    types = types_of_json(scripts) or types_of_microdata(itemtypes)
    body_class = (tree.body.attributes.get("class") or "") if tree.body is not None else ""
    return ParsedPage(
        url=url,
        title=head.title,
        h1=squeeze(h1.text())[:_H1_LIMIT] if h1 is not None else "",
        canonical=head.canonical,
        noindex=head.noindex,
        nofollow=head.nofollow,
        language=head.language,
        kind=guess_kind(url, types, body_class),
        words=count_words(text),
        refresh_to=head.refresh,
        text=text,
        links=_links(url, head, reader.links),
        blocks=tuple(reader.blocks),
        alternates=head.alternates,
    )


def _chosen(tree: Any, selector: str) -> list[int]:
    from selectolax.lexbor import SelectolaxError

    try:
        return [node.mem_id for node in tree.css(selector)[:100]]
    except SelectolaxError:  # no selector at all
        return []


def count_words(text: str) -> int:
    """Number of words; Chinese and Japanese characters count one each."""
    return len(_WORD.findall(text))


def _links(url: str, head: Head, found: list[RawLink]) -> tuple[PageLink, ...]:
    origin = ada_url.URL(head.base).origin
    links: dict[tuple[object, ...], PageLink] = {}
    for raw in found:
        target = _target(raw.href.strip(), head.base, origin)
        if target is None or target == url or target.lower().endswith(_MEDIA):
            continue
        rel = set(_REL.split(raw.rel.lower())) if raw.rel else ()
        link = PageLink(
            target_url=target,
            anchor=raw.anchor,
            position=raw.region,
            is_image=raw.image and not raw.text,
            nofollow=head.nofollow or "nofollow" in rel,
            ugc="ugc" in rel,
            sponsored="sponsored" in rel,
            block=raw.block,
        )
        key = (target, link.anchor, raw.region, link.is_image, link.nofollow, *sorted(rel))
        links.setdefault(key, link)
    return tuple(links.values())


def _target(href: str, base: str, origin: str) -> PageUrl | None:
    """Absolute address of a link. What does not depend on the page is looked up in a cache."""
    if not href or href.startswith("#"):
        return None
    lower = href[:5].lower()
    if lower.startswith("http"):
        return _joined(href, base if ":" not in href[:6] else None)
    if href.startswith("/") and not href.startswith("//"):
        return _joined(href, origin)
    return canonical_or_none(href, base)


@lru_cache(maxsize=50_000)
def _joined(href: str, base: str | None) -> PageUrl | None:
    return canonical_or_none(href, base)
