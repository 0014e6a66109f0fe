"""Sitemaps into page rows: XML, index, RSS and Atom, read by expat event by event.

Entities are never declared or fetched, sizes and nesting are limited, and one bad address never
costs the others (sitemaps.org protocol; limits in `limits`).
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.parsers import expat

import pandas as pd

from linkplanner import urls
from linkplanner.errors import InputError
from linkplanner.read import limits
from linkplanner.read.build import sentence
from linkplanner.read.cells import truncate
from linkplanner.read.reading import Reading, refused
from linkplanner.read.skips import Skips
from linkplanner.read.unpack import Blob
from linkplanner.tables import PAGE_ROWS

__all__ = ["count", "read_sitemap"]

CHUNK = 256 * 1024
TEXT_LIMIT = 8 * urls.URL_LIMIT
"""Characters of one element that are kept."""

TOO_LONG = f"an address longer than {urls.URL_LIMIT:,} characters"

_SITEMAP_SPACES = ("sitemaps.org/schemas/sitemap", "google.com/schemas/sitemap/0.84")
_W3C_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)"
    r"(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_BARE_AMPERSAND = re.compile(rb"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)")


class _Stop(Exception):
    """Why a file is not read on."""


@dataclass
class _Found:
    """What the parser met."""

    entries: list[tuple[str, str]] = field(default_factory=list)
    """Address and lastmod, as they stand."""
    children: list[str] = field(default_factory=list)
    """Sitemaps of an index."""
    root: str = ""
    """Local name of the first element, lower case."""
    mended: str = ""
    """What was wrong before bare ampersands were escaped."""
    alternates: int = 0
    """hreflang alternatives met."""


class _Parser:
    """Event handlers for one document."""

    def __init__(self) -> None:
        self.found = _Found()
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._entry: dict[str, str] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._external
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser

    def feed(self, data: bytes, final: bool) -> None:
        """Reads on. Raises _Stop or expat.ExpatError."""
        self._parser.Parse(data, final)

    def _entity(self, *_: Any) -> None:
        raise _Stop("it declares XML entities, which no sitemap needs and attacks use")

    def _external(self, *_: Any) -> int:
        raise _Stop("it refers to another file, which is never loaded")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        local = local.lower()
        if len(self._path) >= limits.XML_DEPTH:
            raise _Stop(f"its elements are nested more than {limits.XML_DEPTH} deep")
        if not self.found.root:
            self.found.root = local
        foreign = space and not any(known in space for known in _SITEMAP_SPACES)
        if foreign and self.found.root in ("urlset", "sitemapindex"):
            if local == "link" and attributes.get("hreflang"):
                self.found.alternates += 1
            local = "·" + local  # image:loc, video:… and the like are no pages
        self._path.append(local)
        self._text, self._length = [], 0
        if local in ("url", "sitemap", "item", "entry"):
            self._entry = {}
        elif local == "link" and self._parent() == "entry":
            if attributes.get("rel", "alternate") == "alternate":
                self._entry.setdefault("loc", attributes.get("href", ""))
        elif local == "guid" and attributes.get("isPermaLink", "true").lower() == "false":
            self._path[-1] = "·guid"

    def _parent(self) -> str:
        return self._path[-2] if len(self._path) > 1 else ""

    def _data(self, data: str) -> None:
        if self._length < TEXT_LIMIT:
            self._text.append(data)
            self._length += len(data)

    def _end(self, _: str) -> None:
        local, parent = self._path[-1], self._parent()
        text = "".join(self._text).strip()
        self._text, self._length = [], 0
        self._path.pop()
        if parent in ("url", "sitemap") and local in ("loc", "lastmod"):
            self._entry.setdefault(local, text)
        elif parent == "item" and local == "link":
            self._entry["loc"] = text or self._entry.get("loc", "")
        elif parent == "item" and local == "guid":
            self._entry.setdefault("loc", text)
        elif parent == "entry" and local in ("updated", "modified"):
            self._entry.setdefault("lastmod", text)
        elif local in ("url", "item", "entry") and parent in ("urlset", "channel", "rdf", "feed"):
            self.found.entries.append((self._entry.get("loc", ""), self._entry.get("lastmod", "")))
        elif local == "sitemap" and parent == "sitemapindex":
            self.found.children.append(self._entry.get("loc", ""))


def read_sitemap(
    name: str, data: Blob, address: str | None = None, warnings: tuple[str, ...] = ()
) -> Reading:
    """The reading of an XML document; `address` is where it was fetched, where it was."""
    if len(data) > limits.SITEMAP_BYTES:
        return refused(
            name,
            f"“{name}” is larger than {limits.SITEMAP_BYTES // limits.MIB} MiB, the limit of a "
            "sitemap; split it into several and load those.",
        )
    try:
        found, problem = _parse(bytes(data[:]))
    except InputError as error:
        return refused(name, f"“{name}” was refused: {error}.")
    if found.root == "html":
        return refused(name, f"“{name}” is a web page, not a sitemap; load the sitemap.xml file.")
    if found.root not in ("urlset", "sitemapindex", "rss", "rdf", "feed"):
        detail = f"its first element is <{truncate(found.root, 40)}>" if found.root else problem
        return refused(
            name, f"“{name}” is XML but no sitemap ({detail}); a sitemap starts with <urlset>."
        )
    notes = [*warnings]
    if found.mended:
        notes.append(f"Addresses hold a bare “&” ({found.mended}); it was read as “&amp;”.")
    if problem:
        notes.append(f"The XML is damaged ({problem}); what stands before was read.")
    return _reading(name, found, address, notes)


def _parse(data: bytes) -> tuple[_Found, str]:
    """What stands in the document, and where it broke. Raises InputError for what is refused."""
    narrow = data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\x00" not in data[:4]
    if narrow:
        data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    found, problem = _attempt(data)
    if problem and narrow:
        mended = _BARE_AMPERSAND.sub(b"&amp;", data)
        if mended != data:
            again, rest = _attempt(mended)
            if len(again.entries) + len(again.children) > len(found.entries) + len(found.children):
                again.mended = problem
                return again, rest
    return found, problem


def _attempt(data: bytes) -> tuple[_Found, str]:
    parser = _Parser()
    try:
        for start in range(0, len(data), CHUNK):
            parser.feed(data[start : start + CHUNK], start + CHUNK >= len(data))
    except _Stop as stop:
        raise InputError(str(stop)) from None
    except expat.ExpatError as error:
        return parser.found, f"{expat.ErrorString(error.code)} in line {error.lineno:,}"
    except (ValueError, LookupError, UnicodeError) as error:
        return parser.found, truncate(str(error))  # an encoding that does not exist
    return parser.found, ""


def _reading(name: str, found: _Found, address: str | None, notes: list[str]) -> Reading:
    if found.root == "sitemapindex":
        return _index(name, found, address, notes)
    title = "Sitemap: XML" if found.root == "urlset" else f"Sitemap: {_feed(found.root)}"
    frame, skipped = _rows(found.entries, address, title)
    total = len(found.entries)
    if total > limits.SITEMAP_URLS:
        notes.append(
            f"It lists {total:,} addresses; search engines read {limits.SITEMAP_URLS:,} of one "
            "sitemap, so split it."
        )
    if found.alternates:
        notes.append(
            f"Language versions (hreflang) named: {found.alternates:,}; they count as pages where "
            "they have an entry of their own."
        )
    if skipped[TOO_LONG]:
        notes.append(
            f"Addresses longer than the limit of {urls.URL_LIMIT:,} characters, left out: "
            f"{skipped[TOO_LONG]:,}."
        )
    bad = int((frame["lastmod"].isna() & frame["told"]).sum())
    if bad:
        notes.append(f"lastmod dates that cannot be read and count as empty: {bad:,}.")
    lost = sum(skipped.values())
    message = sentence(title, len(frame), lost)
    if not total:
        message = f"{title}: it lists no addresses."
    return Reading(
        name=name,
        recognised_as=title,
        kind="sitemap",
        frame=PAGE_ROWS.conform(frame),
        rows=len(frame),
        skipped=lost,
        skipped_reasons=dict((+skipped).most_common()),
        skipped_examples=skipped.shown(),
        message=message,
        warnings=tuple(notes),
    )


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 sitemap", "2 sitemaps"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _feed(root: str) -> str:
    return "Atom" if root == "feed" else "RSS"


def _index(name: str, found: _Found, address: str | None, notes: list[str]) -> Reading:
    children: dict[str, None] = {}
    skipped = Skips()
    for loc in found.children:
        child = urls.canonical_or_none(loc, address)
        if child is None:
            skipped.add("not a full web address", 1, loc)
        elif child in children:
            skipped.add("listed twice", 1, loc)
        else:
            children[child] = None
    if len(found.children) > limits.SITEMAP_URLS:
        notes.append(
            f"It lists {len(found.children):,} sitemaps; search engines read "
            f"{limits.SITEMAP_URLS:,} of one index."
        )
    return Reading(
        name=name,
        recognised_as="Sitemap: index",
        kind="sitemap",
        frame=PAGE_ROWS.empty(),
        skipped=sum(skipped.values()),
        skipped_reasons=dict(skipped),
        skipped_examples=skipped.shown(),
        message=f"Sitemap: index of {count(len(children), 'sitemap')}; load those, or give the "
        "address of the index.",
        warnings=tuple(notes),
        children=tuple(children),
    )


def _rows(
    entries: list[tuple[str, str]], address: str | None, title: str
) -> tuple[pd.DataFrame, Skips]:
    """Page rows of the entries that are pages of the site, and why others are not.

    Addresses without a host, which sitemaps.org does not allow, are read as the site's where the
    sitemap's own `address` is known.
    """
    skipped = Skips()
    pages: dict[str, str] = {}
    for loc, lastmod in entries:
        page = urls.canonical_or_none(loc) or (
            urls.canonical_or_none(loc, address) if loc else None
        )
        if page is None:
            skipped.add(_why(loc), 1, loc)
        elif page in pages:
            skipped.add("listed twice", 1, loc)
        else:
            pages[page] = lastmod
    own = _own_domain(pages, address)
    for foreign in [page for page in pages if _site(page) != own]:
        host = urls.host(foreign)
        many = len(skipped) >= 20
        where = "on another site" if many else f"on another site ({truncate(host, 40)})"
        skipped.add(where, 1, foreign)
        del pages[foreign]
    told = [bool(lastmod) for lastmod in pages.values()]
    frame = pd.DataFrame(
        {
            "url": pd.Series(list(pages), dtype="str"),
            "lastmod": pd.Series([_date(d) for d in pages.values()], dtype="datetime64[us]"),
            "told": pd.Series(told, dtype="bool"),
        }
    )
    frame["in_sitemap"] = True
    frame["source"] = title
    return frame, skipped


def _site(page: str) -> str:
    """Registrable domain of a canonical address, whose host stands between the slashes."""
    return _registrable(page.split("/", 3)[2])


@lru_cache(maxsize=10_000)
def _registrable(host: str) -> str:
    return urls.registrable(urls.host(f"http://{host}/"))


def _why(loc: str) -> str:
    if not loc:
        return "no address"
    if len(loc) > urls.URL_LIMIT:
        return TOO_LONG
    return "not a full web address"


def _own_domain(pages: dict[str, str], address: str | None) -> str:
    """The site that a sitemap speaks for: where it was fetched, else the most frequent one."""
    found = Counter(map(_site, pages))
    own = urls.registrable(urls.host(address)) if address else ""
    if own in found or not found:
        return own
    return found.most_common(1)[0][0]


def _date(text: str) -> dt.datetime | None:
    """A W3C date or time in UTC, without zone; None where it is none."""
    match = _W3C_DATE.fullmatch(text)
    if not match:
        return None
    year, month, day, clock, zone = match.groups()
    full = f"{year}-{month or '01'}-{day or '01'}"
    try:
        if not clock:
            return dt.datetime.fromisoformat(full)
        stamp = dt.datetime.fromisoformat(f"{full}T{clock[:15]}{zone or ''}")
        offset = stamp.utcoffset()
        return (stamp - offset).replace(tzinfo=None) if offset else stamp.replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
