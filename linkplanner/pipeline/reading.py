"""Which pages to fetch first, given what an analysis without them already knows."""

from dataclasses import dataclass

from linkplanner.crawl.order import reading_order
from linkplanner.results import Analysis
from linkplanner.urls import bare_host_series

__all__ = ["ToRead", "pages_to_read"]


@dataclass(frozen=True)
class ToRead:
    """Addresses in reading order, and the hosts they may lie on."""

    urls: tuple[str, ...]
    hosts: frozenset[str]
    """Without a leading www."""


def pages_to_read(analysis: Analysis, limit: int) -> ToRead:
    """At most `limit` addresses: home page, priority pages, backlink targets by what they bring,
    also those that match no known page, then the sitemap. Pages known to be broken or to redirect
    are left out."""
    pages, facts = analysis["pages"], analysis["page_facts"]
    status = pages["status"].fillna(200)
    alive = pages[(status >= 200) & (status < 300)]
    origins = alive["url"].str.extract(r"^(https?://[^/]+)", expand=False).dropna()
    home = [f"{origins.mode().iloc[0]}/"] if len(origins) else []
    priority = facts[facts["priority"] > 0].sort_values("priority", ascending=False, kind="stable")
    linked = facts[facts["backlinks"] > 0].sort_values("seed", ascending=False, kind="stable")
    listed = alive["in_sitemap"].fillna(False).astype(bool)
    urls = reading_order(
        home=[*home, *alive.loc[alive["kind"] == "home", "url"]],
        priority=priority["url"],
        backlink_targets=[*linked["url"], *analysis["unmatched"]["url"]],
        sitemap=[*alive.loc[listed, "url"], *alive.loc[~listed, "url"]],
        limit=limit,
    )
    return ToRead(tuple(urls), frozenset(bare_host_series(alive["url"]).dropna()))
