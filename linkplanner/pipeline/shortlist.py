"""Texts of just the pages that a first plan would link from, for users whose export has none."""

from collections.abc import Callable

import pandas as pd

from linkplanner.crawl.answer import Fetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.pipeline.planning import make_plan
from linkplanner.pipeline.progress import Progress, no_progress
from linkplanner.results import Analysis
from linkplanner.settings import CrawlSettings, Settings
from linkplanner.urls import host

__all__ = ["SHORTLIST", "fetch_texts", "shortlist"]

SHORTLIST = 200
"""Pages fetched at most: at polite speed under two minutes."""


def shortlist(analysis: Analysis, settings: Settings, limit: int = SHORTLIST) -> list[str]:
    """Source pages of a quick plan that have no text yet, in the plan's order; where links are
    unknown, those of the suggestions."""
    result = make_plan(analysis, settings, thorough=False)
    rows = result.plan if len(result.plan) else result.suggestions
    if not len(rows):
        return []
    texts = analysis["texts"]
    with_text = analysis["pages"]["url"].iloc[texts["page_id"][texts["text"].str.len() > 0]]
    wanted = rows["source_url"].drop_duplicates()
    return list(wanted[~wanted.isin(with_text)].head(limit))


def fetch_texts(
    analysis: Analysis,
    settings: Settings,
    fetcher: Fetcher,
    crawl: CrawlSettings,
    progress: Progress = no_progress,
    should_stop: Callable[[], bool] = lambda: False,
) -> PagesRead:
    """Fetch the shortlist under the limits of a crawl; only texts and messages come back, so that
    links and pages stay those of the user's export."""
    urls = shortlist(analysis, settings)
    own = pd.Series(urls, dtype="str").map(host).unique()
    read = read_pages(
        urls, fetcher, crawl, own_hosts=own, progress=progress, should_stop=should_stop
    )
    return PagesRead(
        texts=read.texts, read=read.read, refused=read.refused, failed=read.failed,
        stopped=read.stopped, messages=read.messages,
    )  # fmt: skip
