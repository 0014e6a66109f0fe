"""What kind of page this is, told from its structured data and its address."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import ada_url

__all__ = ["guess_kind", "types_of_json", "types_of_microdata"]

_BY_TYPE: Final = {
    "product": "product",
    "productgroup": "product",
    "individualproduct": "product",
    "vehicle": "product",
    "car": "product",
    "book": "product",
    "course": "product",
    "touristtrip": "product",
    "apartment": "product",
    "hotelroom": "product",
    "softwareapplication": "product",
    "service": "service",
    "professionalservice": "service",
    "financialproduct": "service",
    "article": "article",
    "blogposting": "article",
    "newsarticle": "article",
    "techarticle": "article",
    "report": "article",
    "recipe": "article",
    "howto": "article",
    "collectionpage": "category",
    "offercatalog": "category",
    "productcollection": "category",
    "blog": "category",
}
"""schema.org types (lower case) that speak for a kind."""
_BY_CLASS: Final = {
    "single-product": "product",
    "template-product": "product",
    "tax-product_cat": "category",
    "tax-product_tag": "category",
    "post-type-archive-product": "category",
    "template-collection": "category",
    "archive": "category",
    "single-post": "article",
    "template-article": "article",
}
"""Classes that shop and blog systems (WordPress, WooCommerce, Shopify) give the body."""
_ORDER: Final = ("product", "service", "article", "category")
_SCRIPT_LIMIT = 300_000
_NODE_LIMIT = 5_000

_HOME = re.compile(r"/(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:index\.\w{3,5}|home/?|default\.aspx?)?", re.I)
_PATHS: Final = (
    (
        "category",
        re.compile(
            r"/(?:product|shop|blog)?[-_]?(?:categor(?:y|ies|ia|ias|ie)|kategorien?|kategori)"
            r"(?:-(?:produto|producto|produit))?(?:/|$)|/(?:collections?|tags?|product-tag|etiqueta"
            r"|brands?|marcas?|marques?|author|page)/[^/]+/?$|/(?:shop|store|tienda|boutique|loja"
            r"|blog|news|products?|productos|produits|produkte|services?|servicios|articles)/?$",
            re.I,
        ),
    ),
    (
        "product",
        re.compile(
            r"/(?:products?|productos?|produtos?|produits?|produkte?|prodotti|producten|produk"
            r"|item|dp|p|sku|tours?|courses?|rooms?)/[^/]+",
            re.I,
        ),
    ),
    (
        "service",
        re.compile(
            r"/(?:services?|servicios?|servicos?|leistungen|dienstleistungen|prestations?|servizi"
            r"|diensten|layanan|solutions?)/[^/]+|/jasa-[^/]+",
            re.I,
        ),
    ),
    (
        "article",
        re.compile(
            r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/|/(?:blog|news|noticias|actualites|nachrichten"
            r"|articles?|articulos?|artikel|posts?|magazine?|guides?|journal|stories|insights)/"
            r"[^/]+",
            re.I,
        ),
    ),
)


def guess_kind(url: str, types: Sequence[str], body_class: str = "") -> str:
    """One of tables.KINDS, from the address, schema.org types and the classes of the body.

    The home page is told by its address; then structured data speaks, unless it names many
    products, which makes a category; then the body's classes, then words in the address.
    """
    path = ada_url.URL(url).pathname
    if _HOME.fullmatch(path) and not ada_url.URL(url).search:
        return "home"
    by_path = next((kind for kind, pattern in _PATHS if pattern.search(path)), "other")
    by_class = next((_BY_CLASS[c] for c in body_class.split() if c in _BY_CLASS), None)
    found = [_BY_TYPE[name] for name in types if name in _BY_TYPE]
    if found.count("product") > 2 and by_class != "product" and by_path != "product":
        return "category"
    if by_path == "category" and by_class is None and "product" not in found[:1]:
        return "category"
    return next((kind for kind in _ORDER if kind in found), by_class or by_path)


def types_of_json(scripts: Sequence[str]) -> list[str]:
    """schema.org types, in lower case and order, of the things JSON-LD scripts describe.

    Only what a page is about counts, not what is nested in it (reviews, offers, related products).
    """
    types: list[str] = []
    for text in scripts:
        if len(text) > _SCRIPT_LIMIT:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _things(data):
            types.extend(_names(node.get("@type")))
    return types


def types_of_microdata(itemtypes: Sequence[str]) -> list[str]:
    """schema.org types of `itemtype` attributes, in lower case."""
    return [part.rsplit("/", 1)[-1].lower() for text in itemtypes for part in text.split()]


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """Top-level things: the object, the objects of a list, and those of a @graph."""
    waiting = [data]
    for _ in range(_NODE_LIMIT):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting.extend(node[:_NODE_LIMIT])
        elif isinstance(node, dict):
            yield node
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                if isinstance(node.get(key), dict | list):
                    waiting.append(node[key])


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(v).rsplit("/", 1)[-1].lower() for v in values if isinstance(v, str)]
