"""Built HTML of the sample shop, and the links in it as a crawler reports them.

A page becomes a small tree of elements; its HTML, its links with their path and position, and its
word count all come from that one tree, so they cannot disagree.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from linkplanner.sample.page import (
    Banner,
    Block,
    Box,
    Card,
    Cards,
    Heading,
    Page,
    Pager,
    Run,
    Shop,
    Swatches,
    Text,
    TextLink,
)
from linkplanner.sample.prose import Mention

__all__ = ["Element", "Link", "links", "page_tree", "render", "words"]

_VOID = frozenset({"img", "link", "meta"})
_POSITIONS = {
    "head": "Head",
    "nav": "Navigation",
    "header": "Header",
    "footer": "Footer",
    "aside": "Aside",
}
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Element:
    """An HTML element. Text among the children is escaped when it is written."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Element | str", ...]


@dataclass(frozen=True)
class Link:
    """A reference in a page, as a crawler's export names it."""

    kind: str
    """Hyperlink, Image, CSS, HTML Canonical, HTML Rel Next or HTML Rel Prev."""
    href: str
    """As it stands in the HTML."""
    anchor: str
    alt: str
    rel: str
    target: str
    path: str
    """XPath of the element in the style of Screaming Frog."""
    position: str
    """Head, Header, Navigation, Content, Aside or Footer."""


def page_tree(page: Page, shop: Shop) -> Element:
    """The page as a tree of elements."""
    body = _e(
        "body",
        _header(shop),
        _e("nav", _list(shop.menu, "menu"), aria_label="Main"),
        *([_crumbs(page)] if page.crumbs else []),
        _e("main", _e("article", _e("h1", page.h1), *(_block(b) for b in page.blocks))),
        *([_e("aside", *(_box(box, "related") for box in page.aside))] if page.aside else []),
        _footer(shop),
    )
    return _e("html", _head(page, shop), body, lang="en")


def render(tree: Element) -> str:
    """The document as text."""
    parts = ["<!DOCTYPE html>\n"]
    _write(tree, parts)
    parts.append("\n")
    return "".join(parts)


def words(tree: Element) -> int:
    """Words of text in the body."""
    body = next(c for c in tree.children if isinstance(c, Element) and c.tag == "body")
    return len(_WORD.findall(" ".join(_texts(body))))


def links(tree: Element) -> list[Link]:
    """All references of the document in the order in which they stand."""
    return list(_links(tree, "/", "Content"))


# --- parts of the page ---------------------------------------------------------------------------


def _e(tag: str, *children: "Element | str", **attributes: str) -> Element:
    named = tuple((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    return Element(tag, named, children)


def _head(page: Page, shop: Shop) -> Element:
    address = shop.base_url + page.path
    robots = "noindex,follow" if page.noindex else "index,follow"
    parts = [
        _e("meta", charset="utf-8"),
        _e("title", f"{page.title} | {shop.name}"),
        _e("meta", name="description", content=page.description),
        _e("meta", name="robots", content=robots),
        _e("link", rel="canonical", href=address),
    ]
    if page.previous:
        parts.append(_e("link", rel="prev", href=shop.base_url + page.previous))
    if page.next:
        parts.append(_e("link", rel="next", href=shop.base_url + page.next))
    parts.append(_e("link", rel="stylesheet", href="/assets/style.css"))
    parts += [
        _e("script", json.dumps(fact, ensure_ascii=False), type="application/ld+json")
        for fact in _schema(page, shop)
    ]
    return _e("head", *parts)


def _schema(page: Page, shop: Shop) -> Iterator[dict[str, object]]:
    """schema.org objects of the page."""
    common: dict[str, object] = {
        "@context": "https://schema.org",
        "name": page.h1,
        "description": page.description,
        "url": shop.base_url + page.path,
    }
    offer = {"@type": "Offer", "price": page.facts.get("price"), "priceCurrency": "GBP"}
    maker = {"@type": "Organization", "name": shop.name, "url": f"{shop.base_url}/"}
    if page.kind == "product":
        yield common | {"@type": "Product", "sku": page.facts["sku"], "offers": offer}
    elif page.kind == "service":
        yield common | {"@type": "Service", "provider": maker, "offers": offer}
    elif page.kind == "article":
        yield common | {
            "@type": "Article",
            "headline": page.h1,
            "datePublished": page.facts["published"],
            "dateModified": page.modified.isoformat(),
            "author": maker,
        }
    elif page.kind == "category":
        yield common | {"@type": "CollectionPage"}
    elif page.kind == "home":
        yield common | {"@type": "Organization", "name": shop.name}
    if page.crumbs:
        trail = [*page.crumbs, (page.h1, page.path)]
        yield {
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": i, "name": name, "item": shop.base_url + path}
                for i, (name, path) in enumerate(trail, start=1)
            ],
        }


def _header(shop: Shop) -> Element:
    logo = _e("a", _e("img", src="/media/logo.svg", alt=shop.name), class_="logo", href="/")
    return _e("header", logo, _list(shop.header, "tools"))


def _crumbs(page: Page) -> Element:
    items = [_e("li", _e("a", name, href=path)) for name, path in page.crumbs]
    return _e("div", _e("ol", *items, _e("li", page.h1)), class_="breadcrumb")


def _footer(shop: Shop) -> Element:
    columns = [_box(box, "links") for box in shop.footer]
    return _e("footer", *columns, _e("p", f"© 2026 {shop.name}. An invented shop."))


def _box(box: Box, name: str) -> Element:
    return _e("div", _e("h2", box.heading), _list(box.links, name))


def _list(items: tuple[TextLink, ...], name: str) -> Element:
    return _e("ul", *(_e("li", _anchor(link)) for link in items), class_=name)


def _anchor(link: TextLink) -> Element:
    attributes = {"href": link.href}
    if link.rel:
        attributes["rel"] = link.rel
    if link.href.startswith("https://pictures."):
        attributes["target"] = "_blank"
    return _e("a", link.text, **attributes)


def _run(run: Run) -> "Element | str":
    if isinstance(run, TextLink):
        return _anchor(run)
    return run.text if isinstance(run, Mention) else run


def _block(block: Block) -> Element:
    match block:
        case Text(runs):
            return _e("p", *(_run(run) for run in runs))
        case Heading(text):
            return _e("h2", text)
        case Cards(cards):
            return _e("ul", *(_card(card) for card in cards), class_="cards")
        case Banner(href, image, alt):
            return _e("div", _e("a", _e("img", src=image, alt=alt), href=href), class_="banner")
        case Pager(pages):
            numbers = [_e("a", label, href=path) for label, path in pages]
            return _e("nav", *numbers, class_="pagination")
        case Swatches(colours):
            items = [_e("li", _e("a", name.capitalize(), href=path)) for name, path in colours]
            return _e("ul", *items, class_="colours")


def _card(card: Card) -> Element:
    name = _e("a", _e("img", src=card.image, alt=""), _e("span", card.name), href=card.href)
    return _e("li", name, _e("p", card.line))


# --- walks over the tree -------------------------------------------------------------------------

_INLINE = frozenset({"a", "span", "img"})


def _write(node: Element, parts: list[str]) -> None:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes)
    parts.append(f"<{node.tag}{attributes}>")
    if node.tag in _VOID:
        return
    for child in node.children:
        if isinstance(child, Element):
            if child.tag not in _INLINE:
                parts.append("\n")
            _write(child, parts)
        elif node.tag == "script":
            parts.append(child.replace("</", "<\\/"))
        else:
            parts.append(escape(child, quote=False))
    parts.append(f"</{node.tag}>")


def _texts(node: Element) -> Iterator[str]:
    """Text of a node, one string a block of text."""
    line: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            line.append(child)
        elif child.tag in _INLINE:
            line.extend(_texts(child))
        else:
            yield from _texts(child)
    if line:
        yield "".join(line)


def _links(node: Element, path: str, position: str) -> Iterator[Link]:
    path = f"{path}/{_step(node)}" if path == "/" else path
    position = _POSITIONS.get(node.tag, position)
    found = _link(node, path, position)
    if found is not None:
        yield found
    inner = [child for child in node.children if isinstance(child, Element)]
    totals = Counter(child.tag for child in inner) if len(inner) > 1 else {}
    seen: dict[str, int] = {}
    for child in inner:
        seen[child.tag] = seen.get(child.tag, 0) + 1
        number = seen[child.tag] if totals.get(child.tag, 1) > 1 else 0
        below = "/" if node.tag == "html" else f"{path}/{_step(child, number)}"
        yield from _links(child, below, position)


def _step(node: Element, number: int = 0) -> str:
    if number:
        return f"{node.tag}[{number}]"
    name = dict(node.attributes).get("class")
    return f"{node.tag}[@class='{name}']" if name else node.tag


def _link(node: Element, path: str, position: str) -> Link | None:
    """What the element refers to, None where it refers to nothing."""
    if node.tag not in ("a", "img", "link"):
        return None
    has = dict(node.attributes)
    if node.tag == "a":
        image = next((dict(c.attributes) for c in node.children if isinstance(c, Element)), {})
        anchor = " ".join(_texts(node)).strip()
        alt = image.get("alt", "")
        rel, target = has.get("rel", ""), has.get("target", "")
        return Link("Hyperlink", has["href"], anchor, alt, rel, target, path, position)
    if node.tag == "img":
        return Link("Image", has["src"], "", has["alt"], "", "", path, position)
    kind = {
        "stylesheet": "CSS",
        "canonical": "HTML Canonical",
        "prev": "HTML Rel Prev",
        "next": "HTML Rel Next",
    }.get(has.get("rel", ""))
    return Link(kind, has["href"], "", "", "", "", path, position) if kind else None
