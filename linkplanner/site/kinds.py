"""What kind of page an address is, where neither a crawl nor the user has said so."""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.errors import InputError
from linkplanner.tables import KINDS

__all__ = ["correct_kinds", "guess_kinds", "helper_pages", "sections"]

_SERVICE = (
    "services?|servicios?|servicos?|dienst(?:e|en|leistung(?:en)?)?|leistungen|prestations?"
    "|servizi|diensten|uslugi|solutions?|soluciones|layanan|jasa[^/]*|pricing|plans|tarifs"
)
_PRODUCT = (
    "products?|producto|productos|produit|produits|produkt|produkte|prodotto|prodotti|producten"
    "|produk|item|items|p|dp|sku|tours?|rooms?|courses?|properties|listings?|communities"
)
_CATEGORY = (
    "category|categories|product-category|categoria[s]?|categorie[s]?|kategorie[n]?|kategori"
    "|collections?|c|tag|tags|brands?|marcas?|shop|tienda|boutique|store|catalog(?:ue|o)?"
)
_ARTICLE = (
    "blog|blogs|news|noticias|actualites|aktuelles|nachrichten|articles?|articulos?|artikel"
    "|posts?|magazine|magazin|guides?|guias?|journal|stories|insights|resources|ratgeber|learn"
    "|case-stud(?:y|ies)"
)

RULES: Final = (
    ("home", re.compile(r"^/(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:index\.\w{3,5})?$", re.IGNORECASE)),
    ("article", re.compile(rf"^/(?:.+/)?(?:{_ARTICLE})/[^/]", re.IGNORECASE)),
    ("article", re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/|-)", re.IGNORECASE)),
    ("category", re.compile(rf"^/(?:.+/)?(?:{_CATEGORY})/?$", re.IGNORECASE)),
    ("category", re.compile(rf"^/(?:.+/)?(?:{_PRODUCT}|{_ARTICLE})/?$", re.IGNORECASE)),
    ("product", re.compile(rf"^/(?:.+/)?(?:{_PRODUCT})/[^/]", re.IGNORECASE)),
    ("service", re.compile(rf"^/(?:.+/)?(?:{_SERVICE})(?:/[^/].*)?/?$", re.IGNORECASE)),
    ("category", re.compile(rf"^/(?:.+/)?(?:{_CATEGORY})/[^/]", re.IGNORECASE)),
)
"""Kind and the pattern of its path, first match wins. Words a shop or company uses in the address
in English, Spanish, French, German, Italian, Portuguese, Dutch and Indonesian."""


HELPER_PATHS: Final = (
    r"(?i)/(?:(?:about|contact)(?:[-_]?us)?|kontakt|contacto?|contatti|hubungi-kami|impressum|imprint"
    r"|privacy[^/]*|datenschutz[^/]*|privacidad[^/]*|confidentialite|legal[^/]*|aviso-legal"
    r"|mentions-legales|terms[^/]*|agb|termin[oi]s?-[^/]*|condici?on[^/]*|conditions[^/]*|cookies?[^/]*"
    r"|politica-[^/]*|polic(?:y|ies)|[^/]*-policy|disclaimer|accessibility|log-?in|sign-?in|sign-?up"
    r"|register|(?:my-)?account|mi-cuenta|mon-compte|cart|basket|checkout|carrito|panier|warenkorb"
    r"|search|sitemap|thank-?you|refunds?[^/]*|returns?|shipping|delivery(?:-and-returns)?"
    r"|envios[^/]*|versand[^/]*|livraison[^/]*|404)(?:\.\w{2,5})?/?$"
)
"""Paths of pages that serve the site rather than sell or tell; whole last segments, so that
/blog/about-tents stays an article."""


def helper_pages(urls: pd.Series) -> np.ndarray:
    """Boolean per address: contact, legal, account, search and the like."""
    return _paths(urls).str.contains(HELPER_PATHS, regex=True).to_numpy(dtype=bool)


def guess_kinds(urls: pd.Series) -> pd.Series:
    """Kind of page by address alone: one of tables.KINDS, 'other' where nothing tells."""
    paths = _paths(urls)
    kinds = pd.Series("other", index=urls.index, dtype="str")
    for kind, pattern in reversed(RULES):
        kinds = kinds.mask(paths.str.contains(pattern), kind)
    return kinds


def correct_kinds(pages: pd.DataFrame, rules: Sequence[str]) -> pd.DataFrame:
    """PAGES with the kinds that the user's rules give, each a pattern on the path (on the whole
    address where it has a scheme), an equals sign and one of tables.KINDS. The last that matches
    wins. Raises InputError."""
    kinds = pages["kind"]
    for rule in rules:
        pattern, _, kind = (part.strip() for part in rule.rpartition("="))
        if not pattern or kind not in KINDS:
            raise InputError(
                f"“{rule}” is no rule for kinds of pages; write a pattern, an equals sign and one "
                f"of {', '.join(KINDS)}, such as /angebote/*=service."
            )
        places = pages["url"] if "://" in pattern else _paths(pages["url"])
        hits = [fnmatchcase(place, pattern) for place in places]
        kinds = kinds.mask(pd.Series(hits, index=kinds.index, dtype=bool), kind)
    return pages.assign(kind=kinds) if rules else pages


def sections(urls: pd.Series) -> pd.Series:
    """First folder of each address, by which a site is summed up; '/' for the top level."""
    paths = _paths(urls)
    first = paths.str.extract(r"^(/[^/]+)/", expand=False)
    alone = paths.str.extract(r"^(/[^/.]+)$", expand=False)
    listed = alone.where(alone.isin(first.dropna().unique()))
    return first.fillna(listed).fillna("/")


def _paths(urls: pd.Series) -> pd.Series:
    return urls.str.replace(r"^https?://[^/]+", "", regex=True).str.split("?", n=1).str[0]
