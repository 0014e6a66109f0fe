"""Which part of a page an element opens: content, navigation, header, footer, sidebar, breadcrumb.

Told by element, ARIA role and whole class or id tokens. Parts of a token never count: `widget`
would throw away all content of sites built with page builders.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

__all__ = ["CONTENT", "LANDMARKS", "SKIPPED", "region_inside"]

CONTENT = "content"

SKIPPED = frozenset(
    "script style noscript template svg math iframe object canvas video audio select textarea "
    "datalist head title map button".split()
)
"""Elements whose inside is neither text nor links that a reader sees."""

_ELEMENTS = {"nav": "navigation", "aside": "sidebar", "header": "header", "footer": "footer"}
LANDMARKS = frozenset({*_ELEMENTS, "main"})
"""Elements that open a region by their name alone."""
_ROLES = {
    "navigation": "navigation",
    "menu": "navigation",
    "menubar": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "header",
    "dialog": "footer",
    "alertdialog": "footer",
    "main": "main",
}
_CONTAINERS = frozenset(
    "div section ul ol dl table tbody td tr nav aside header footer main article form p center "
    "details menu".split()
)
"""Elements whose class and id are looked at."""

_INNER = r"(?:[-_]+(?:list|inner|bar|wrap|wrapper|container|content|area|section|block|box|row|col|main|top|bottom|left|right|links?|menu|nav|primary|secondary|widgets?|\d+))*"  # noqa: E501
_OUTER = r"(?:(?:site|main|page|global|top|app|master|primary|secondary|wp|theme|theiaStickySidebar|desktop|mobile)[-_]+)*"  # noqa: E501
_TOKENS = (
    ("breadcrumb", r"(?:(?!has|with|no)[a-z0-9]+[-_]+)*(?:breadcrumbs?|bread-crumbs?)" + _INNER),
    (
        "footer",
        _OUTER + r"(?:footer|colophon|elementor-location-footer|bottom-bar|copyright)" + _INNER
        + r"|cookie(?:s|law|-?(?:notice|banner|consent|bar|law))?(?:-container|-bar)?"
        + r"|cc-window|gdpr|modal|popup|newsletter-popup",
    ),
    (
        "sidebar",
        r"(?:(?!has|with|no|show|hide)[a-z0-9]+[-_]+)?(?:sidebar|side-bar)" + _INNER
        + r"|(?:primary|secondary|left|right|shop)?-?widget-area|aside"
        + r"|(?:yarpp-)?related(?:[-_]?(?:posts?|products?|articles?|content|links|items))?"
        + r"|jp-relatedposts|recent[-_]?posts|up-?sells?|cross-?sells?|author-box|about-author"
        + r"|social(?:[-_](?:links|share|icons|media))?|share(?:[-_](?:buttons|links))?"
        + r"|sharedaddy|tag-?cloud|post-tags|entry-tags|comments?(?:-area|-list|-section)?"
        + r"|commentlist|disqus_thread",
    ),
    (
        "navigation",
        _OUTER + r"(?:nav|navbar|navigation|mega-?menu|mainmenu|mainnav|topnav|off-?canvas"
        r"|(?:header|footer|dropdown|sub|user|side|primary|main|mobile|top|site|nav)-?menu"
        r"|(?:posts?|md|bs|header)-nav(?:igation)?)" + _INNER
        + r"|pagination|pager|page-numbers|nav-links|skip-links?|screen-reader-shortcut"
        + r"|toc|table-of-contents|language-?(?:switcher|chooser)|lang-switcher",
    ),
    (
        "header",
        r"(?:(?:site|main|global|top|app|theme|desktop|mobile)[-_]+)*(?:header|masthead)" + _INNER
        + r"|masthead|topbar|top-bar|elementor-location-header|announcement-bar",
    ),
)  # fmt: skip
_RULES = tuple((region, re.compile(pattern, re.IGNORECASE)) for region, pattern in _TOKENS)
_LABELS = frozenset({"aria-label", "itemtype", "typeof"})
"""Attributes that may say that an element is a breadcrumb: ARIA, microdata, RDFa."""
_FINAL = frozenset({"footer", "sidebar", "breadcrumb"})
"""Regions inside which nothing opens another, but for the main element."""


def region_inside(
    tag: str, attributes: Mapping[str, str | None], outer: str, in_article: bool
) -> str:
    """Region of what stands inside an element that itself stands in the region `outer`.

    `in_article`: whether an article, main or section element is open, whose header and footer are
    its own and not the page's.
    """
    role = (attributes.get("role") or "").strip().lower()
    if tag == "main" or _ROLES.get(role) == "main":
        return CONTENT
    if outer in _FINAL:
        return outer
    found = _by_label(attributes) or _ROLES.get(role)
    if found is None:
        found = _own_part(tag) if in_article and tag in ("header", "footer") else _ELEMENTS.get(tag)
    if found in (None, "navigation") and tag in _CONTAINERS:
        found = _by_tokens(tag, attributes, in_article) or found
    if found is None or (outer == "navigation" and found != "breadcrumb"):
        return outer
    return found


def _own_part(tag: str) -> str | None:
    """The header of an article holds its title; its footer holds tags and shares."""
    return "sidebar" if tag == "footer" else None


def _by_label(attributes: Mapping[str, str | None]) -> str | None:
    if _LABELS.isdisjoint(attributes):
        return None
    label = (attributes.get("aria-label") or "").strip().lower()
    types = f"{attributes.get('itemtype') or ''} {attributes.get('typeof') or ''}"[:1000].split()
    trail = any(name.rpartition("/")[2] == "BreadcrumbList" for name in types)
    return "breadcrumb" if trail or label in ("breadcrumb", "breadcrumbs") else None


def _by_tokens(tag: str, attributes: Mapping[str, str | None], in_article: bool) -> str | None:
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if names == " ":
        return None
    found = _of_names(names[:1000])
    if in_article and found in ("header", "footer"):
        return _own_part(found)
    if found is None and tag in ("ul", "ol") and "menu" in names.lower().split():
        return "navigation"
    return found


@lru_cache(maxsize=20_000)
def _of_names(names: str) -> str | None:
    tokens = [token for token in names.split() if len(token) <= 60]
    for region, rule in _RULES:
        if any(rule.fullmatch(token) for token in tokens):
            return region
    return None
