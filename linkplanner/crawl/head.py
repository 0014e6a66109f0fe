"""What a page says of itself in its head and headers: title, canonical, robots, refresh."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linkplanner.crawl.body import squeeze
from linkplanner.urls import PageUrl, canonical_or_none

__all__ = ["Head", "read_head"]

_TITLE_LIMIT = 1_000
_ALTERNATES = 200
_LONGEST_REFRESH = 10.0
"""Seconds: a refresh after longer than this lets visitors read, so it is no redirect."""
_REFRESH = re.compile(
    r"\s*(?P<wait>\d*\.?\d*)\s*[;,\s]\s*(?:url\s*=\s*)?+(?P<quote>[\"']?)(?P<url>.+)", re.I | re.S
)
_LINK_HEADER = re.compile(r"<([^<>]{1,2048})>\s*((?:;[^,<]{0,200}){1,8})")
_CRAWLERS = frozenset({"robots", "googlebot"})
_DIRECTIVES = frozenset(
    "all none index noindex follow nofollow noarchive nosnippet noimageindex notranslate "
    "unavailable_after max-snippet max-image-preview max-video-preview indexifembedded".split()
)


@dataclass(frozen=True)
class Head:
    """Facts of a page's head and headers."""

    base: str
    """Address against which relative links are read."""
    title: str
    canonical: PageUrl | None
    noindex: bool
    nofollow: bool
    language: str
    """Language tag in lower case, '' where none is given."""
    refresh: PageUrl | None
    """Where a meta refresh leads within seconds."""
    alternates: tuple[tuple[str, PageUrl], ...] = ()
    """hreflang: language tag in lower case and address, in order."""


def read_head(tree: Any, url: str, headers: Mapping[str, str]) -> Head:
    """Facts from a parsed document and its response headers (names in lower case)."""
    base = _base(tree, url)
    metas = [node.attributes for node in tree.css("meta")[:500]]
    directives = _of_metas(metas) | _of_header(headers.get("x-robots-tag", ""))
    title = tree.css_first("head > title") or tree.css_first("body > title")
    return Head(
        base=base,
        title=squeeze(title.text())[:_TITLE_LIMIT] if title is not None else "",
        canonical=_canonical(tree, base, url, headers),
        noindex=bool(directives & {"noindex", "none"}),
        nofollow=bool(directives & {"nofollow", "none"}),
        language=_language(tree, headers),
        refresh=_refresh(tree, base, url),
        alternates=_alternates(tree, base),
    )


def _base(tree: Any, url: str) -> str:
    node = tree.css_first("base[href]")
    href = (node.attributes.get("href") or "") if node is not None else ""
    return (canonical_or_none(href, url) if href.strip() else None) or url


def _canonical(tree: Any, base: str, url: str, headers: Mapping[str, str]) -> PageUrl | None:
    """The first canonical of the head, else of the Link header."""
    for node in tree.css("head > link[href][rel]")[:1000]:
        if "canonical" in (node.attributes.get("rel") or "").lower().split():
            href = (node.attributes.get("href") or "").strip()
            return canonical_or_none(href, base) if href else None
    for href, parameters in _LINK_HEADER.findall(headers.get("link", "")[:8192]):
        if re.search(r"rel\s*=\s*\"?canonical\b", parameters, re.I):
            return canonical_or_none(href, url)
    return None


def _alternates(tree: Any, base: str) -> tuple[tuple[str, PageUrl], ...]:
    """The page in other languages, as link elements of the head name them."""
    found: dict[tuple[str, PageUrl], None] = {}
    for node in tree.css("head > link[hreflang][href]")[:_ALTERNATES]:
        attributes = node.attributes
        if "alternate" in (attributes.get("rel") or "").lower().split():
            target = canonical_or_none((attributes.get("href") or "").strip(), base)
            if target is not None:
                found[((attributes.get("hreflang") or "").strip().lower()[:20], target)] = None
    return tuple(found)


def _of_metas(metas: list[dict[str, str | None]]) -> set[str]:
    found: set[str] = set()
    for meta in metas:
        if (meta.get("name") or "").strip().lower() in _CRAWLERS:
            content = (meta.get("content") or "").lower()
            found.update(part.strip() for part in re.split(r"[,;\s]+", content))
    return found


def _of_header(value: str) -> set[str]:
    """Directives of an X-Robots-Tag that are for everyone or for Google's crawler.

    A name before a colon speaks for what follows it, up to the next name.
    """
    found: set[str] = set()
    ours = True
    for part in value.lower().split(","):
        name, colon, rest = part.strip().partition(":")
        if colon and name.strip() not in _DIRECTIVES:
            ours, part = name.strip() in _CRAWLERS, rest
        if ours:
            found.add(part.partition(":")[0].strip())
    return found


def _language(tree: Any, headers: Mapping[str, str]) -> str:
    attributes = tree.root.attributes if tree.root is not None else {}
    text = attributes.get("lang") or attributes.get("xml:lang") or ""
    text = text or headers.get("content-language", "").partition(",")[0]
    match = re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", text.strip().lower().replace("_", "-"))
    return match.group() if match else ""


def _refresh(tree: Any, base: str, url: str) -> PageUrl | None:
    for node in tree.css("meta[http-equiv]")[:100]:
        attributes = node.attributes
        if (attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if node.parent is not None and node.parent.tag == "noscript":
            continue
        match = _REFRESH.fullmatch((attributes.get("content") or "")[:4096])
        if match is None or float(match["wait"].strip(".") or 0) > _LONGEST_REFRESH:
            continue
        text = match["url"]
        if match["quote"]:
            text = text.partition(match["quote"])[0]
        target = canonical_or_none(text.strip(), base) if text.strip() else None
        if target is not None and target != url:
            return target
    return None
