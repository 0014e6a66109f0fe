"""Writes the whole sample project into a folder: site, sitemap, crawl exports, backlinks, aims."""

import csv
from dataclasses import dataclass
from pathlib import Path

from linkplanner.sample.articles import articles
from linkplanner.sample.backlinks import TargetFacts, write_ahrefs_backlinks
from linkplanner.sample.catalogue import categories, services
from linkplanner.sample.exports import (
    Crawl,
    write_inlinks,
    write_internal,
    write_site,
    write_sitemap,
)
from linkplanner.sample.page import Page, Shop
from linkplanner.sample.shop import GONE, build_shop

__all__ = ["Sample", "write_sample"]

BACKLINK_ROWS = 600
"""Backlinks of the sample shop."""

_PRIORITIES = """
/services/boot-resoling/|3|boot resoling;resole walking boots;new soles|18
/services/down-washing/|3|down washing;wash a sleeping bag;reproofing service|14
/services/equipment-hire/|2|equipment hire;tent hire;hire a rucksack|27
/services/navigation-course/|2|navigation course;learn to read a map;map and compass course|22
/products/skerry-2-backpacking-tent/|3|backpacking tent;two-person tent;lightweight tent|41
/products/squall-three-layer-waterproof-jacket/|3|waterproof jacket;three-layer jacket|47
/products/ember-400-three-season-down-bag/|2|three-season sleeping bag;down sleeping bag|38
/products/packhorse-55-trekking-rucksack/|2|trekking rucksack;55 litre rucksack|33
/products/scree-mid-leather-walking-boots/|2|leather walking boots;walking boots|44
/products/cloudberry-short-three-quarter-air-mat/|1|lightweight sleeping mat;air mat|24
/products/fellstar-400-rechargeable-head-torch/|1|rechargeable head torch;head torch|29
/products/bearing-pro-mirror-sighting-compass/|1|sighting compass;mirror compass;compass|19
"""
"""Path, weight, keywords and difficulty of the pages that earn the shop's living."""


@dataclass(frozen=True)
class Sample:
    """What was written, and how much of everything is in it."""

    folder: Path
    base_url: str
    """Scheme and host without a last slash."""
    pages: int
    """Pages with a text of their own, answering 200."""
    products: int
    services: int
    categories: int
    articles: int
    variants: int
    """Addresses with `?color=` that are canonicalised to their product."""
    noindex: int
    orphans: tuple[str, ...]
    """Addresses of indexable pages to which no other page links."""
    contextual_orphans: tuple[str, ...]
    """Addresses of indexable pages to which only menus, breadcrumbs and sidebars link."""
    broken: tuple[str, ...]
    """Addresses that answer 404 and have backlinks."""
    redirects: tuple[str, ...]
    """Addresses that redirect and have backlinks."""
    inlink_rows: int
    internal_rows: int
    backlink_rows: int
    backlink_sorts: dict[str, int]
    """Rows of the backlink export by sort of the site that links."""

    @property
    def site(self) -> Path:
        """Folder of the built site; `_redirects` in it lists path, target and status."""
        return self.folder / "site"

    @property
    def sitemap(self) -> Path:
        """sitemap.xml."""
        return self.folder / "sitemap.xml"

    @property
    def backlinks(self) -> Path:
        """Ahrefs' export, UTF-16."""
        return self.folder / "ahrefs-backlinks.csv"

    @property
    def inlinks(self) -> Path:
        """Screaming Frog's "All Inlinks"."""
        return self.folder / "all_inlinks.csv"

    @property
    def internal(self) -> Path:
        """Screaming Frog's "Internal: All"."""
        return self.folder / "internal_all.csv"

    @property
    def priorities(self) -> Path:
        """Pages that earn money, with weight, keywords and difficulty."""
        return self.folder / "priorities.csv"


def write_sample(folder: Path, seed: int = 7) -> Sample:
    """Write the sample shop; the same seed gives the same bytes.

    Files: sitemap.xml, ahrefs-backlinks.csv, all_inlinks.csv, internal_all.csv, priorities.csv and
    the built site below site/ with its own robots.txt and sitemap.xml.
    """
    site = folder / "site"
    site.mkdir(parents=True, exist_ok=True)
    shop = build_shop(seed)
    crawl = Crawl(shop)
    write_site(site, crawl)
    for place in (folder, site):
        write_sitemap(place / "sitemap.xml", shop)
    _write_priorities(folder / "priorities.csv", shop)
    sorts = _write_backlinks(folder / "ahrefs-backlinks.csv", shop, seed)
    kinds = [page.kind for page in shop.pages]
    return Sample(
        folder=folder,
        base_url=shop.base_url,
        pages=len(shop.pages),
        products=kinds.count("product"),
        services=kinds.count("service"),
        categories=len(categories()),
        articles=kinds.count("article"),
        variants=sum(len(page.colours) for page in shop.pages),
        noindex=sum(page.noindex for page in shop.pages),
        orphans=tuple(sorted(crawl.orphans)),
        contextual_orphans=tuple(sorted(crawl.contextual_orphans)),
        broken=tuple(shop.base_url + path for path in shop.gone),
        redirects=tuple(shop.base_url + path for path in shop.redirects),
        inlink_rows=write_inlinks(folder / "all_inlinks.csv", crawl),
        internal_rows=write_internal(folder / "internal_all.csv", crawl),
        backlink_rows=sum(sorts.values()),
        backlink_sorts=sorts,
    )


def _write_priorities(path: Path, shop: Shop) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("url", "weight", "keywords", "difficulty"))
        rows = (row.split("|") for row in _PRIORITIES.strip().splitlines())
        writer.writerows((shop.base_url + place, *rest) for place, *rest in rows)


def _write_backlinks(path: Path, shop: Shop, seed: int) -> dict[str, int]:
    """Backlinks to pages that people would link to, and to everything that moved or is gone."""
    topics: dict[str, str] = {}
    names: dict[str, str] = {}
    for page in shop.pages:
        address = shop.base_url + page.path
        names[address] = page.h1 if page.path != "/" else shop.name
        topics[address] = _topic(page)
    for place, (name, topic) in GONE.items():
        names[shop.base_url + place], topics[shop.base_url + place] = name, topic
    old = [shop.base_url + place for place in (*shop.redirects, *shop.gone)]
    final = {shop.base_url + place: shop.base_url + _end(shop, place) for place in shop.redirects}
    for address, end in final.items():
        topics[address], names[address] = topics[end], names[end]
    linked = [
        shop.base_url + page.path
        for page in shop.pages
        if page.kind in ("home", "article", "category", "service")
        and not page.noindex
        and "/page/" not in page.path
    ]
    best = [shop.base_url + page.path for page in shop.pages if page.kind == "product"][::4]
    facts = TargetFacts(topics=topics, names=names, redirects=final, wanted=tuple(old))
    return write_ahrefs_backlinks(path, [*linked, *best, *old], seed, BACKLINK_ROWS, facts)


def _topic(page: Page) -> str:
    """What a page is about, as a plural: its shelf, or walking in general."""
    names = page.path.strip("/").split("/")
    names += [part for _, place in page.crumbs for part in place.strip("/").split("/")]
    names += [article.category for article in articles() if article.slug in names]
    topics = {category.slug: category.many for category in categories()}
    topics |= {service.slug: topics[service.near[0]] for service in services()}
    return next((topics[name] for name in names if name in topics), "hiking and camping kit")


def _end(shop: Shop, path: str) -> str:
    """Where a redirecting path ends up."""
    while path in shop.redirects:
        path = shop.redirects[path][0]
    return path
