"""Real sites, crawled from their built files: counts that were checked by hand on samples."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from linkplanner.crawl.fetch import FolderFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.settings import CrawlSettings
from linkplanner.urls import host


class Expected(NamedTuple):
    """What a crawl from the home page finds."""

    base: str
    statuses: dict[int, int]
    positions: dict[str, int]
    """Own links by position."""
    refreshes: int
    """Pages that lead on by a meta refresh."""


SITES: dict[str, Expected] = {
    "httpx-docs": Expected(
        "https://www.python-httpx.org/",
        {200: 23, 301: 2},
        {"sidebar": 531, "content": 38, "navigation": 22},
        0,
    ),
    "golocalaruba": Expected(
        "https://golocalaruba.github.io/",
        {200: 33, 404: 2},
        {"navigation": 449, "footer": 180, "content": 168, "sidebar": 67, "breadcrumb": 15},
        2,  # checkout and booking lead to ".//cart/" and ".//page-not-found/", which are missing
    ),
    "turbocosta": Expected(
        "https://turbocosta.co/",
        {200: 71, 404: 2},
        {"navigation": 778, "footer": 335, "sidebar": 328, "content": 288, "header": 201,
         "breadcrumb": 123},
        3,
    ),
    "rust-blog": Expected(
        "https://blog.rust-lang.org/",
        {200: 445, 301: 2},
        {"content": 1210, "footer": 888, "navigation": 441, "header": 4},
        0,
    ),
    "flink-web": Expected(
        "https://flink.apache.org/",
        {200: 397, 301: 25, 404: 29},
        {"navigation": 6431, "sidebar": 5698, "footer": 1252, "content": 1227},
        84,
    ),
    "topcctv": Expected(
        "https://topcctv.id/",
        {200: 558, 301: 67},
        {"navigation": 16822, "content": 9274, "footer": 2228, "sidebar": 1794, "header": 1112,
         "breadcrumb": 27},
        1,
    ),
    "ploeh": Expected(
        "https://blog.ploeh.dk/",
        {200: 1042, 301: 881, 404: 7},
        {"content": 12239, "navigation": 10253, "sidebar": 7661, "footer": 99},
        118,
    ),
}  # fmt: skip


def crawl(folder: Path, base: str) -> PagesRead:
    return read_pages(
        [base],
        FolderFetcher({base: folder}),
        CrawlSettings(pages=5_000, delay=0),
        own_hosts=[host(base)],
        discover=True,
    )


def check(name: str, folder: Path) -> None:
    expected = SITES[name]
    got = crawl(folder, expected.base)
    own = got.links["target_url"].map(host) == host(expected.base)
    assert {
        "statuses": got.pages["status"].value_counts().to_dict(),
        "positions": got.links.loc[own, "position"].value_counts().to_dict(),
        "refreshes": int(((got.pages["status"] == 200) & got.pages["redirect_to"].notna()).sum()),
    } == {
        "statuses": expected.statuses,
        "positions": expected.positions,
        "refreshes": expected.refreshes,
    }
    assert got.pages["url"].is_unique
    assert set(got.links["source_url"]) <= set(got.pages["url"])


@pytest.mark.parametrize("name", ["httpx-docs", "golocalaruba"])
def test_small_sites(name: str, site_folder: Callable[[str], Path]) -> None:
    check(name, site_folder(name))


@pytest.mark.long
@pytest.mark.parametrize("name", ["turbocosta", "rust-blog", "flink-web", "topcctv", "ploeh"])
def test_large_sites(name: str, site_folder: Callable[[str], Path]) -> None:
    check(name, site_folder(name))


def test_texts_and_links_of_a_page_seen_by_eye(site_folder: Callable[[str], Path]) -> None:
    got = crawl(site_folder("httpx-docs"), SITES["httpx-docs"].base)
    url = SITES["httpx-docs"].base + "http2/"
    lines = got.texts.set_index("url")["text"][url].split("\n")
    assert (lines[0], len(lines)) == ("HTTP/2", 18)
    assert lines[-1].startswith("client = httpx.AsyncClient(http2=True) response = await")
    links = got.links[got.links["source_url"] == url]
    content = links.loc[links["position"] == "content", ["anchor", "target_url"]]
    assert content.values.tolist() == [["http2 explained", "https://http2-explained.haxx.se/"]]
    assert isinstance(links, pd.DataFrame)
