"""New pages get links from where a plan could set one, and from nowhere else."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.crawl.folder import FolderFetcher
from linkplanner.crawl.reader import read_pages
from linkplanner.follow.new_content import new_content_tasks
from linkplanner.pipeline import analyse
from linkplanner.results import Analysis
from linkplanner.settings import CrawlSettings, PlanLimits, Settings
from linkplanner.urls import host

from .teahouse import BASE, shop

NEW = f"{BASE}/blog/oolong-history/"
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    folder: Path = tmp_path_factory.mktemp("site")
    shop().write(folder)
    pages = read_pages(
        [f"{BASE}/"], FolderFetcher({BASE: folder}), replace(CrawlSettings(), delay=0.0),
        own_hosts=frozenset({host(BASE)}), sleep=lambda s: None, discover=True,
    )  # fmt: skip
    return analyse([], pages, now=NOW)


def sources(analysis: Analysis, **limits: object) -> set[str]:
    settings = replace(Settings(), limits=replace(PlanLimits(), **limits))
    tasks = new_content_tasks(analysis, pd.Series([NEW]), settings, NOW)
    assert set(tasks["target_url"]) <= {NEW}
    return {str(url).removeprefix(BASE) for url in tasks["page_url"]}


def test_a_new_page_gets_links_with_gains(analysis: Analysis) -> None:
    assert sources(analysis)


def test_locked_pages_are_not_asked(analysis: Analysis) -> None:
    usual = sources(analysis)
    locked = sources(analysis, locked=tuple(usual))
    assert not locked & usual and locked


def test_links_that_nobody_wants_are_not_proposed(analysis: Analysis) -> None:
    assert not sources(analysis, forbidden=("* > /blog/*",))


def test_only_kinds_that_may_be_edited_are_asked(analysis: Analysis) -> None:
    assert not sources(analysis, editable_kinds=())
