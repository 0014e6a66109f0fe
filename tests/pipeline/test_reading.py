"""Which pages are fetched first."""

import pandas as pd

from linkplanner.pipeline import Analysis, pages_to_read
from linkplanner.tables import PAGES


def analysis_of(pages: list[dict[str, object]], facts: list[dict[str, object]]) -> Analysis:
    frames = {
        "pages": PAGES.conform(pd.DataFrame(pages)),
        "page_facts": pd.DataFrame(facts),
        "unmatched": pd.DataFrame({"url": ["https://a.test/unknown"]}),
    }
    return Analysis(frames, {})


def test_home_then_priorities_then_backlink_targets_then_the_sitemap() -> None:
    pages = [
        {"url": "https://a.test/x", "in_sitemap": True},
        {"url": "https://a.test/gone", "status": 404, "in_sitemap": True},
        {"url": "https://a.test/linked", "in_sitemap": True},
        {"url": "https://a.test/prio"},
        {"url": "https://a.test/", "kind": "home"},
    ]
    facts = [
        {"url": "https://a.test/linked", "priority": 0.0, "backlinks": 3, "seed": 2.0},
        {"url": "https://a.test/prio", "priority": 1.0, "backlinks": 0, "seed": 0.0},
    ]
    order = pages_to_read(analysis_of(pages, facts), 10)
    paths = [url.removeprefix("https://a.test") for url in order.urls]
    assert paths == ["/", "/prio", "/linked", "/unknown", "/x"]
    assert order.hosts == {"a.test"}
    assert len(pages_to_read(analysis_of(pages, facts), 2).urls) == 2
