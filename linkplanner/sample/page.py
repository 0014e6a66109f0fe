"""What a page of the sample shop is made of, before it becomes HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from linkplanner.sample.prose import Mention

__all__ = [
    "Banner",
    "Block",
    "Box",
    "Card",
    "Cards",
    "Heading",
    "Page",
    "Pager",
    "Run",
    "Shop",
    "Swatches",
    "Text",
    "TextLink",
]


@dataclass(frozen=True)
class TextLink:
    """Linked words in a paragraph or list."""

    text: str
    """Anchor."""
    href: str
    """Path on the shop or an address elsewhere."""
    rel: str = ""
    """Value of the rel attribute."""


Run = str | Mention | TextLink
"""A piece of a paragraph; a `Mention` that was not linked is plain text."""


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading inside the main text."""

    text: str


@dataclass(frozen=True)
class Card:
    """A teaser: picture, name and one line."""

    href: str
    name: str
    line: str
    image: str
    """Path of the picture."""


@dataclass(frozen=True)
class Cards:
    """A list of teasers."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Banner:
    """A linked picture without words; its alt text is the anchor."""

    href: str
    image: str
    alt: str


@dataclass(frozen=True)
class Pager:
    """Links to the pages of a long list; the current one has no link."""

    pages: tuple[tuple[str, str], ...]
    """Label and path."""


@dataclass(frozen=True)
class Swatches:
    """Links to the colours of a product."""

    colours: tuple[tuple[str, str], ...]
    """Name and path with query."""


Block = Text | Heading | Cards | Banner | Pager | Swatches
"""A part of the main column."""


@dataclass(frozen=True)
class Box:
    """A box of links in the sidebar."""

    heading: str
    links: tuple[TextLink, ...]


@dataclass(frozen=True)
class Page:
    """A page that answers with 200."""

    path: str
    """Path on the shop, ending in a slash."""
    kind: str
    """One of tables.KINDS."""
    title: str
    """Title without the name of the shop."""
    h1: str
    description: str
    blocks: tuple[Block, ...]
    """Main column."""
    crumbs: tuple[tuple[str, str], ...] = ()
    """Name and path of the pages above, from home down."""
    aside: tuple[Box, ...] = ()
    noindex: bool = False
    in_sitemap: bool = True
    modified: date = date(2026, 1, 1)
    previous: str = ""
    """Path of the page before in a series."""
    next: str = ""
    """Path of the page after in a series."""
    colours: tuple[str, ...] = ()
    """Colours that have an address of their own (`?color=`), canonicalised to this one."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What its schema.org object says beyond name and description."""


@dataclass(frozen=True)
class Shop:
    """The whole site."""

    base_url: str
    """Scheme and host without a last slash."""
    name: str
    pages: tuple[Page, ...]
    redirects: Mapping[str, tuple[str, int]]
    """Path to where it redirects (a path) and the status."""
    gone: tuple[str, ...]
    """Paths that answer 404."""
    blocked: tuple[str, ...]
    """Paths that robots.txt closes."""
    sitemap_redirects: tuple[str, ...]
    """Redirecting paths that the sitemap still lists."""
    header: tuple[TextLink, ...]
    menu: tuple[TextLink, ...]
    footer: tuple[Box, ...]
