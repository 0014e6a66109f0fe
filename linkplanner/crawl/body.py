"""One walk through a page's body: its links with their regions, and its main text in blocks."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from linkplanner.crawl.regions import CONTENT, LANDMARKS, SKIPPED, region_inside

__all__ = ["Block", "BodyReader", "RawLink", "squeeze"]

LINK_LIMIT = 10_000
"""Links kept of one page."""
TEXT_LIMIT = 2 * 2**20
"""Characters of main text kept of one page."""
ANCHOR_LIMIT = 300
"""Characters of one anchor kept."""
PROSE = 25
"""Characters outside links from which a block is prose and not a list of links (relevance.md)."""

OUTSIDE = "sidebar"
"""Region of what is no menu and not what the user calls the main content."""
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li "
    "main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul".split()
)
_ARTICLES = frozenset({"article", "main", "section"})
_QUOTES = frozenset({"blockquote", "figure"})
"""Elements whose footer names where their content is from."""
_EMPTY = ("br", "img")
_SPACED = ("br", "img", "td", "th", "wbr")


@dataclass
class RawLink:
    """A link as it stands in the markup."""

    href: str
    rel: str
    region: str
    text: str = ""
    image: bool = False
    alt: str = ""
    """Alternative text of the first image inside that has one."""
    label: str = ""
    """What it is called for those who do not see it, used where it has neither text nor alt."""
    block: int = -1
    """Number of the block in which its words stand; -1 where it has none."""

    @property
    def anchor(self) -> str:
        """What the link says."""
        return self.text or squeeze(self.alt)[:ANCHOR_LIMIT] or squeeze(self.label)[:ANCHOR_LIMIT]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or cell, with how much of it is link text."""

    text: str
    linked: int
    """Characters of link text."""
    region: str
    tag: str

    @property
    def is_text(self) -> bool:
        """Whether this belongs to the main text: in content, and more than a list of links."""
        size = len(self.text)
        if self.region != CONTENT or not any(c.isalnum() for c in self.text):
            return False
        return self.tag == "h1" or self.linked * 2 <= size or size - self.linked >= PROSE


def squeeze(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


@dataclass(slots=True)
class _Open:
    """What holds inside an element that is open."""

    node: Any
    region: str
    in_article: bool
    link: RawLink | None
    tag: str
    named: bool
    """Whether it stands in what the user named as the main content, or nothing was named."""
    quoted: bool = False
    """Whether a quotation or a figure is open."""


class BodyReader:
    """Walks a body once, without recursion, and collects `links` and `blocks`."""

    def __init__(self, main: Collection[int] = ()) -> None:
        """`main`: `mem_id` of the elements that hold the main content, where the user named them;
        what would be content outside them is sidebar."""
        self._main = frozenset(main)
        self.links: list[RawLink] = []
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._linked = 0
        self._size = 0
        self._link_text: list[str] = []
        self._waiting: list[RawLink] = []
        """Links whose block is not closed yet."""

    def read(self, body: Any) -> None:
        """Take a body element of selectolax."""
        named = not self._main or body.mem_id in self._main
        stack = [_Open(body, CONTENT, False, None, "body", named)]
        node = body.first_child
        while stack:
            if node is None:
                closed = stack.pop()
                self._leave(closed, stack[-1].link if stack else None)
                node = closed.node.next if stack else None
                continue
            inside = self._enter(node, stack[-1])
            if inside is not None:
                stack.append(inside)
                node = node.first_child
            else:
                node = node.next

    def _enter(self, node: Any, outer: _Open) -> _Open | None:
        """Take one node; what holds inside it, None where nothing inside is looked at."""
        tag = node.tag
        if tag == "-text":
            self._add(node.text_content or "", outer.link)
            return None
        if tag in SKIPPED or tag.startswith(("-", "!")):
            return None
        if tag in _SPACED:
            self._add(" ", outer.link)
        if tag in _EMPTY:
            self._note_image(node, outer.link)
            return None
        is_block = tag in _BLOCKS
        if is_block:
            self._flush(outer)
        region, link, named = outer.region, outer.link, outer.named
        attributes = node.attributes if is_block or tag == "a" else None
        if attributes is not None:
            source = tag == "footer" and outer.quoted
            if not source and (attributes or tag in LANDMARKS):
                region = region_inside(tag, attributes, region, outer.in_article)
            if self._main and node.mem_id in self._main:
                region, named = CONTENT, True
            if tag == "a" and "href" in attributes:
                link = self._open_link(attributes, _told(region, named))
        in_article, quoted = outer.in_article or tag in _ARTICLES, outer.quoted or tag in _QUOTES
        return _Open(node, region, in_article, link, tag, named, quoted)

    @staticmethod
    def _note_image(node: Any, link: RawLink | None) -> None:
        if link is not None and node.tag == "img":
            link.image = True
            link.alt = link.alt or node.attributes.get("alt") or ""

    def _leave(self, closed: _Open, outer_link: RawLink | None) -> None:
        if closed.link is not None and closed.link is not outer_link:
            closed.link.text = squeeze("".join(self._link_text))[:ANCHOR_LIMIT]
            self._link_text = []
            if not closed.link.text:  # a picture: the words around it are not its own
                closed.link.block = -1
                self._waiting = [link for link in self._waiting if link is not closed.link]
        if closed.tag in _BLOCKS:
            self._flush(closed)

    def _open_link(self, attributes: dict[str, str | None], region: str) -> RawLink:
        label = attributes.get("aria-label") or attributes.get("title") or ""
        link = RawLink(
            attributes.get("href") or "", attributes.get("rel") or "", region, label=label
        )
        self._link_text = []
        if len(self.links) < LINK_LIMIT:
            self.links.append(link)
            self._waiting.append(link)
        return link

    def _add(self, text: str, link: RawLink | None) -> None:
        text = text[: TEXT_LIMIT - self._size]
        self._size += len(text)
        self._text.append(text)
        if link is not None:
            self._link_text.append(text)
            self._linked += len(text.strip())

    def _flush(self, place: _Open) -> None:
        if not self._text:
            return
        text = squeeze("".join(self._text))
        if text:
            # A link that is open and has said nothing yet has its words in a block to come.
            silent = place.link if not squeeze("".join(self._link_text)) else None
            for link in self._waiting:
                if link is not silent:
                    link.block = len(self.blocks)
            self._waiting = [link for link in self._waiting if link is silent]
            region = _told(place.region, place.named)
            self.blocks.append(Block(text, self._linked, region, place.tag))
        self._text = []
        self._linked = 0


def _told(region: str, named: bool) -> str:
    return OUTSIDE if region == CONTENT and not named else region
