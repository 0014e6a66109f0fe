"""From sitemap to plan through the crawl command, as a user would: crawl, then plan --crawl."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from linkplanner import cli
from linkplanner.cli_crawl import crawl_into
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.sample import write_sample
from linkplanner.settings import CrawlSettings

AT_ONCE = CrawlSettings(pages=5_000, delay=0.0)
SITES = {
    "httpx-docs": ("https://www.python-httpx.org/", "/advanced/*"),
    "golocalaruba": ("https://golocalaruba.github.io/", "/*services*"),
    "turbocosta": ("https://turbocosta.co/", "product"),
    "rust-blog": ("https://blog.rust-lang.org/", "/2023/0*"),
    "flink-web": ("https://flink.apache.org/", "/what-is-flink/*"),
    "topcctv": ("https://topcctv.id/sitemap-complete.xml", "product"),
    "ploeh": ("https://blog.ploeh.dk/", "/2023/0*"),
}
"""Where the crawl starts, and which pages are to gain."""


def crawl_and_plan(folder: Path, start: str, priority: str, out: Path) -> pd.DataFrame:
    """The plan, after checks of what both commands wrote."""
    base = "/".join(start.split("/")[:3]) + "/"
    crawl_into(out / "crawl", start, FolderFetcher({base: folder}), AT_ONCE)
    told = json.loads((out / "crawl" / "crawl.json").read_text(encoding="utf-8"))
    assert told["read"] > 20
    assert told["orphans"] in ("conclusive", "inconclusive")
    assert bool(told["doubts"]) == (told["orphans"] == "inconclusive")
    assert cli.main(
        ["plan", "--crawl", str(out / "crawl"), "--priority", priority, "--max-links", "10",
         "--seconds", "0", "--out", str(out / "plan")]
    ) == 0  # fmt: skip
    return pd.read_csv(out / "plan" / "plan.csv")


def test_the_sample_shop(tmp_path: Path) -> None:
    shop = write_sample(tmp_path / "shop")
    plan = crawl_and_plan(shop.site, f"{shop.base_url}/", "/services/*", tmp_path)
    assert len(plan) == 10
    assert plan["sentence"].notna().mean() > 0.5


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SITES)
def test_a_real_site(name: str, shared: Callable[[str], Path], tmp_path: Path) -> None:
    with tarfile.open(shared(f"sites/{name}.tar.xz")) as archive:
        archive.extractall(tmp_path, filter="data")
    start, priority = SITES[name]
    plan = crawl_and_plan(tmp_path / name, start, priority, tmp_path)
    print(name, len(plan), plan["gain"].sum())
    assert len(plan) > 0
