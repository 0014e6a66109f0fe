"""Real sites under their own names, over http and https: counts, and why sitemap and site differ.

The server of `tests/loopback` answers for their hosts on this computer; resolver, trusted
authority and ports are arguments of the fetcher, the HTML is as it is.

What was checked by hand (November 2026), beside the figures that the crawl gave:
- positions: five links drawn at random of each site and position, 160 in all, looked up in the
  markup with the elements around them. One is labelled otherwise than a person would: a trail of
  links in the page header of golocalaruba that nothing marks as a breadcrumb counts as content.
  The look found two faults, which were mended: `<footer>` in a quotation is no page footer, and a
  link around a heading does not belong to the words before it.
- redirects and broken targets: six of each site and kind; the link was found in the page named,
  the file was looked for and was a folder, or missing.
- orphans: all of turbocosta and ploeh, six of topcctv, searched for in the links of all pages.
- sitemaps: each rule of `WHY`, for two addresses at least, in the file as it stands.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pandas as pd
import pytest

from linkplanner.crawl.answer import Fetcher
from linkplanner.crawl.fetch import FolderFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.read import read_sitemap_url
from linkplanner.settings import CrawlSettings
from linkplanner.urls import host
from tests.loopback.server import Loopback
from tests.loopback.sites import SITES, Site

QUICK = ("httpx-docs", "golocalaruba", "turbocosta")
SETTINGS = CrawlSettings(pages=5_000, delay=0, connections=8)


class Counts(NamedTuple):
    """What a crawl from the sitemap and the home page finds."""

    statuses: dict[int, int]
    positions: dict[str, int]
    """Own links by position."""
    refreshes: int
    """Pages that lead on by a meta refresh."""
    broken: int
    """Own addresses that pages link or redirect to and that give an error."""
    listed: int
    """Addresses of the sitemap."""


class Rule(NamedTuple):
    """Why some addresses are on one side only."""

    side: str
    """`orphan`: answers, and nothing links or redirects to it, the home page aside; `unlisted`:
    answers, and the sitemap does not list it; `gone`: listed, and does not answer with a page."""
    path: str
    """What all of their paths match, as a regular expression."""
    addresses: int
    why: str


COUNTS = {
    "httpx-docs": Counts(
        {200: 23, 301: 2}, {"sidebar": 536, "content": 33, "navigation": 22}, 0, 0, 23
    ),
    "golocalaruba": Counts(
        {200: 33, 404: 66},
        {"navigation": 449, "sidebar": 211, "footer": 180, "content": 24, "breadcrumb": 15},
        2, 2, 64,
    ),
    "turbocosta": Counts(
        {200: 92, 404: 2},
        {"navigation": 978, "sidebar": 637, "footer": 435, "header": 261, "breadcrumb": 123,
         "content": 14},
        4, 2, 76,
    ),
    "rust-blog": Counts(
        {200: 445, 301: 2},
        {"sidebar": 893, "footer": 888, "navigation": 441, "content": 317, "header": 4},
        0, 0, 0,
    ),
    "flink-web": Counts(
        {200: 451, 301: 25, 404: 29},
        {"navigation": 7450, "sidebar": 6586, "footer": 1468, "content": 373},
        84, 29, 344,
    ),
    "topcctv": Counts(
        {200: 1596, 301: 67, 404: 31},
        {"sidebar": 27256, "navigation": 19815, "footer": 4180, "header": 2088, "content": 893,
         "breadcrumb": 27},
        1, 31, 1107,
    ),
    "ploeh": Counts(
        {200: 1239, 301: 948, 404: 18},
        {"sidebar": 12643, "navigation": 10044, "content": 7733},
        314, 12, 1246,
    ),
}  # fmt: skip

WHY = {
    "httpx-docs": (),
    "golocalaruba": (
        Rule("gone", r"//index\.html$", 64, "the sitemap writes all addresses with two slashes, "
             "under which there is no file"),
        Rule("unlisted", r"(^|[^/])/(index\.html)?$", 31, "so no page stands in it as linked"),
    ),
    "turbocosta": (
        Rule("orphan", r"^/[a-z0-9-]+/$", 19, "pages that came with the shop's theme, or of an "
             "earlier menu"),
        Rule("unlisted", r"/page/\d/$", 7, "further pages of lists"),
        Rule("unlisted", r"^/shop/\?scwpf=", 5, "filters of the shop"),
        Rule("unlisted", r"^/my-account/lost-password/$", 1, "part of the account"),
    ),
    "rust-blog": (
        Rule("unlisted", r"", 445, "there is no sitemap"),
    ),
    "flink-web": (
        Rule("unlisted", r"^/posts/page/\d+/$", 23, "further pages of the list of posts"),
    ),
    "topcctv": (
        Rule("orphan", r"^/wp-json/", 549, "an interface of the blog system: listed, never linked"),
        Rule("orphan", r"^/wp-content/uploads/", 1, "a folder of the form builder, listed too"),
        Rule("orphan", r"^/pasang-cctv-[a-z-]+$", 488, "listed without “.html”, linked with it; it "
             "answers under both, and each names the listed one as canonical"),
        Rule("unlisted", r"^/pasang-cctv[a-z-]*\.html$", 489, "the other side of that"),
        Rule("unlisted", r"^/\?page_id=554$", 1, "the basket, by its number"),
        Rule("gone", r"^/pasang-cctv$", 1, "redirects to the same with a slash"),
    ),
    "ploeh": (
        Rule("orphan", r"^/SyndicationService\.asmx/GetRss/$", 1, "feed of a former system"),
        Rule("gone", r"^/SyndicationService\.asmx/GetAtom/$", 1, "another one, of 20 MiB: larger "
             "than the limit of a page"),
        Rule("gone", r"KataInF$|UsingC$", 6, "the sitemap's addresses have a # in the middle, from "
             "which on they are a place in a page"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def online(
    site_folder: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Loopback]]:
    """Puts a site on loopback, once."""
    running: dict[str, Loopback] = {}

    def serve(name: str) -> Loopback:
        if name not in running:
            folders = {SITES[name].host: site_folder(name)}
            running[name] = Loopback(folders, tmp_path_factory.mktemp("loopback"))
        return running[name]

    yield serve
    for server in running.values():
        server.close()


def crawl(fetcher: Fetcher, site: Site) -> tuple[PagesRead, list[str]]:
    """The crawl, and the addresses of the sitemap."""
    readings = read_sitemap_url(site.base + site.sitemap, fetcher) if site.sitemap else []
    listed = [url for reading in readings for url in reading.frame.get("url", ())]
    read = read_pages([site.base, *listed], fetcher, SETTINGS, own_hosts=[site.host], discover=True)
    return read, listed


def over_the_net(server: Loopback, site: Site) -> tuple[PagesRead, list[str]]:
    """As `crawl`, from the site's own host."""
    from dataclasses import replace

    with server.fetcher(replace(SETTINGS, allow_hosts=(site.host,))) as fetcher:
        return crawl(fetcher, site)


def _marks(name: str) -> list[pytest.MarkDecorator]:
    return [] if name in QUICK else [pytest.mark.long]


@pytest.mark.parametrize("name", [pytest.param(name, marks=_marks(name)) for name in SITES])
def test_counts_and_differences(name: str, online: Callable[[str], Loopback]) -> None:
    site = SITES[name]
    got, listed = over_the_net(online(name), site)
    pages, own = got.pages, got.links[got.links["target_url"].map(host) == site.host]
    leads = pages["redirect_to"].notna()
    led_to = {*own["target_url"], *pages["redirect_to"].dropna(), site.base}
    errors = set(pages.loc[pages["status"] >= 400, "url"])
    assert COUNTS[name] == Counts(
        pages["status"].value_counts().to_dict(),
        own["position"].value_counts().to_dict(),
        int(((pages["status"] == 200) & leads).sum()),
        len(errors & led_to),
        len(set(listed)),
    )
    answer = set(pages.loc[(pages["status"] == 200) & ~leads, "url"])
    sides = {
        "orphan": answer - led_to,
        "unlisted": answer - set(listed),
        "gone": set(listed) - set(pages.loc[pages["status"] == 200, "url"]),
    }
    found = {
        (side, rule): sum(re.search(rule, url.removeprefix(site.base[:-1])) is not None
                          for url in urls)
        for side, urls in sides.items()
        for rule in {rule.path for rule in WHY[name] if rule.side == side}
    }  # fmt: skip
    assert found == {(rule.side, rule.path): rule.addresses for rule in WHY[name]}
    explained = {side: sum(r.addresses for r in WHY[name] if r.side == side) for side in sides}
    assert explained == {side: len(urls) for side, urls in sides.items()}
    assert pages["url"].is_unique
    assert set(got.links["source_url"]) <= set(pages["url"])
    assert bool(got.doubts) == (not site.sitemap)


@pytest.mark.parametrize("name", [pytest.param(name, marks=_marks(name)) for name in SITES])
def test_over_the_net_as_from_the_folder(
    name: str, online: Callable[[str], Loopback], site_folder: Callable[[str], Path]
) -> None:
    """Same tables, row by row; but a folder has no limit of bytes."""
    site = SITES[name]
    here, _ = over_the_net(online(name), site)
    there, _ = crawl(FolderFetcher({site.base: site_folder(name)}), site)
    assert here.failed == 0
    large = set(here.left_out)
    assert len(large) == (name in ("ploeh", "rust-blog"))
    for frame in ("pages", "links", "texts"):
        by = "source_url" if frame == "links" else "url"
        frames = [
            rows[~rows[by].isin(large)].sort_values([by], kind="stable").reset_index(drop=True)
            for rows in (getattr(here, frame), getattr(there, frame))
        ]
        pd.testing.assert_frame_equal(*frames)


def test_only_the_own_host_is_asked(online: Callable[[str], Loopback]) -> None:
    server, site = online("turbocosta"), SITES["turbocosta"]
    server.asked.clear()
    over_the_net(server, site)
    assert server.asked[0] == site.base + site.sitemap
    assert {urlsplit(url).hostname for url in server.asked} == {site.host}
    assert len(set(server.asked)) == len(server.asked), "an address was asked for twice"


def test_texts_and_links_of_a_page_seen_by_eye(online: Callable[[str], Loopback]) -> None:
    site = SITES["httpx-docs"]
    got, _ = over_the_net(online("httpx-docs"), site)
    url = site.base + "http2/"
    lines = got.texts.set_index("url")["text"][url].split("\n")
    assert (lines[0], len(lines)) == ("HTTP/2", 18)
    assert lines[-1].startswith("client = httpx.AsyncClient(http2=True) response = await")
    links = got.links[got.links["source_url"] == url]
    content = links.loc[links["position"] == "content", ["anchor", "target_url"]]
    assert content.values.tolist() == [["http2 explained", "https://http2-explained.haxx.se/"]]


def test_why_39_folders_of_a_shop_are_not_reached(
    online: Callable[[str], Loopback], site_folder: Callable[[str], Path]
) -> None:
    """They are an island: every page of the archive that names one is itself out of reach."""
    folder = site_folder("turbocosta")
    got, _ = over_the_net(online("turbocosta"), SITES["turbocosta"])
    reached = {unquote(urlsplit(url).path) for url in got.pages["url"]}
    folders = (page.parent for page in folder.glob("shop/*/**/index.html"))
    shop = {f"/{place.relative_to(folder).as_posix()}/" for place in folders}
    island = shop - reached
    assert (len(shop), len(island)) == (85, 39)
    naming = {
        f"/{page.parent.relative_to(folder).as_posix()}/"
        for page in folder.rglob("index.html")
        if any(name in page.read_text(encoding="utf-8", errors="replace") for name in island)
    }
    assert naming & reached == set()
