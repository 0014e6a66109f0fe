"""From sitemap to plan by the commands, as a user would: crawl over the net, then plan --crawl."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.sample import write_sample
from tests.loopback.backlinks import write_backlinks
from tests.loopback.server import Loopback
from tests.loopback.sites import SITES

PRIORITY = {
    "httpx-docs": "/advanced/*",
    "golocalaruba": "/car/*",
    "turbocosta": "product",
    "rust-blog": "/2023/0*",
    "flink-web": "/what-is-flink/*",
    "topcctv": "/produk/*",
    "ploeh": "/2023/0*",
}
"""Which pages are to gain."""


def crawl_and_plan(server: Loopback, start: str, priority: str, out: Path) -> pd.DataFrame:
    """The plan, after checks of what both commands wrote."""
    (host,) = server.names

    def run(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "linkplanner", *map(str, arguments)],
            env=server.environment(), capture_output=True, text=True, timeout=900,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    crawl = out / "crawl"
    said = run("crawl", start, "--out", crawl, "--speed", "fast", "--allow-host", host)
    told = json.loads((crawl / "crawl.json").read_text(encoding="utf-8"))
    assert told["read"] > 20
    assert f"{told['read']:,} pages read" in said
    assert (told["orphans"] == "inconclusive") == bool(told["doubts"]) == ("xml" not in start)
    pages = pd.read_parquet(crawl / "pages.parquet")
    answering = pages.loc[(pages["status"] == 200) & pages["redirect_to"].isna(), "url"]
    backlinks = write_backlinks(out / "backlinks.csv", answering.tolist())
    run(
        "plan", "--crawl", crawl, "--backlinks", backlinks, "--priority", priority,
        "--max-links", 10, "--seconds", 0, "--out", out / "plan",
    )  # fmt: skip
    scored = pd.read_csv(out / "plan" / "backlinks.csv")
    assert (len(scored), scored["worth"].gt(0).any()) == (60, True)
    plan = pd.read_csv(out / "plan" / "plan.csv")
    assert 0 < len(plan) <= 10
    assert (plan["gain"] > 0).all()
    assert set(plan["source_url"]) | set(plan["target_url"]) <= set(answering)
    return plan


def test_the_sample_shop(tmp_path: Path) -> None:
    shop = write_sample(tmp_path / "shop")
    name = shop.base_url.rpartition("/")[2]
    server = Loopback({name: shop.site}, tmp_path)
    try:
        start = f"{shop.base_url}/sitemap.xml"
        plan = crawl_and_plan(server, start, "/services/*", tmp_path)
    finally:
        server.close()
    assert len(plan) == 10
    assert plan["sentence"].notna().mean() > 0.5


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", SITES)
def test_a_real_site(name: str, site_folder: Callable[[str], Path], tmp_path: Path) -> None:
    site = SITES[name]
    server = Loopback({site.host: site_folder(name)}, tmp_path)
    try:
        plan = crawl_and_plan(server, site.base + site.sitemap, PRIORITY[name], tmp_path)
    finally:
        server.close()
    found = plan["sentence"].notna().mean()
    print(name, len(plan), f"{plan['gain'].sum():.3f} points, sentences {found:.0%}")
