"""Links that editors wrote into text, told from menus, lists and cards: against labels.

`editorial_links.csv` holds 200 links of two sites, drawn at random among links to the site itself
whose words and target stand on at most a tenth of the pages (at most two a page), and labelled by
hand from the HTML around them: 1 where the link is part of a sentence or paragraph of the main
text, 0 where it is an entry of a menu, list, table of posts, or a teaser.
"""

import csv
import json
import lzma
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from linkplanner.crawl.fetch import FolderFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.settings import CrawlSettings
from linkplanner.urls import fold, host

LABELS = Path(__file__).with_name("editorial_links.csv")


def crawl(folder: Path, base: str) -> PagesRead:
    return read_pages(
        [base], FolderFetcher({base: folder}), CrawlSettings(pages=5_000, delay=0),
        own_hosts=[host(base)], discover=True,
    )  # fmt: skip


def rates(found: set[object], wanted: set[object]) -> tuple[float, float]:
    """Precision and recall."""
    return len(found & wanted) / len(found), len(found & wanted) / len(wanted)


@pytest.mark.long
@pytest.mark.parametrize(
    ("site", "base"),
    [("flink-web", "https://flink.apache.org/"), ("rust-blog", "https://blog.rust-lang.org/")],
)
def test_two_sites_labelled_by_hand(
    site: str, base: str, site_folder: Callable[[str], Path]
) -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["site"] == site]
    labels = {
        (base + row["source"], _whole(base, row["target"]), row["anchor_begins"]): row
        for row in rows
    }
    links = crawl(site_folder(site), base).links
    keys = list(zip(links["source_url"], links["target_url"], links["anchor"].fillna("").str[:40]))
    position = dict(zip(keys, links["position"]))
    assert set(labels) <= set(position)
    found = {key for key in labels if position[key] == "content"}
    wanted = {key for key, row in labels.items() if row["editorial"] == "1"}
    precision, recall = rates(found, wanted)  # type: ignore[arg-type]
    print(site, len(labels), precision, recall)
    assert precision >= 0.9
    assert recall >= 0.85


@pytest.mark.long
def test_a_blog_with_all_its_editorial_links_known(
    shared: Callable[[str], Path], site_folder: Callable[[str], Path]
) -> None:
    """The definition of the file: a paragraph of 25 characters and more beside its links, and an
    anchor and target that stand on at most a tenth of the pages."""
    with lzma.open(shared("relevance/ploeh.jsonl.xz"), "rt", encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    every = [
        (page["url"], block["t"][start:end], target,
         len(block["t"]) - sum(e - s for s, e, _ in block["l"]))
        for page in pages for block in page["blocks"] for start, end, target in block["l"]
    ]  # fmt: skip
    on = Counter((anchor, target) for _, anchor, target in {row[:3] for row in every})
    limit = max(20, 0.1 * len(pages))
    sources = {page["url"].rstrip("/") for page in pages}
    wanted: set[object] = {
        (url.rstrip("/"), target.rstrip("/"))
        for url, anchor, target, free in every
        if free >= 25 and on[anchor, target] <= limit and target.startswith("blog.ploeh.dk")
    }
    links = crawl(site_folder("ploeh"), "https://blog.ploeh.dk/").links
    content = links[links["position"] == "content"]
    found: set[object] = {
        (fold(source), fold(target))
        for source, target in zip(content["source_url"], content["target_url"])
        if fold(source) in sources and host(target) == "blog.ploeh.dk"
    }
    precision, recall = rates(found, wanted)
    print(len(wanted), len(found), precision, recall)
    assert precision >= 0.95
    assert recall >= 0.85


def _whole(base: str, target: str) -> str:
    return target if target.startswith("http") else base + target
