"""The job that reads the pages of the site itself."""

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkplanner.errors import Cancelled
from linkplanner.work.analysis import make_analysis, present_analysis
from linkplanner.work.sources import read_sources
from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.crawl.folder_of_crawl import CrawlFolder
    from linkplanner.crawl.route import Ended, Route
    from linkplanner.pipeline import Analysis
    from linkplanner.settings import CrawlSettings

__all__ = ["keep_pages", "run_read_pages"]


def run_read_pages(work: Work) -> str:
    """Crawl in the best order and work out the site anew; returns a sentence.

    A crawl that was paused, stopped or killed is gone on with; a finished one is brought up to
    date. `params`: `pages` at most, `speed`, `anew` to fetch also what did not change.
    """
    from dataclasses import replace

    from linkplanner.crawl.folder_of_crawl import CrawlFolder
    from linkplanner.store.projects import load_settings

    analysis = present_analysis(work)
    crawl = load_settings(work.workspace, work.project_id).crawl
    crawl = replace(crawl, pages=int(work.params.get("pages", crawl.pages)))
    crawl = crawl.at_speed(str(work.params.get("speed", "polite")))
    folder = work.workspace.data(work.project_id) / "crawl"
    place = CrawlFolder(folder, crawl.pages, anew=bool(work.params.get("anew")))
    try:
        route = _route(analysis, crawl)
        ended = _crawl(work, route, crawl, place)
        if work.report.abandoned or work.report.paused:
            raise Cancelled(f"Paused at {ended.notes.read:,} pages; go on when you like.")
        message = _keep(work, route, crawl, place, ended)
    finally:
        place.close()
    work.report.forgive()  # the user's stop ends the reading, not the use of what was read
    make_analysis(work, read_sources(work))
    if ended.stopped:
        raise Cancelled(f"Stopped. {message}")
    return message


def _route(analysis: "Analysis", crawl: "CrawlSettings") -> "Route":
    from linkplanner.crawl.route import Route
    from linkplanner.crawl.scope import Scope
    from linkplanner.pipeline import pages_to_read

    order = pages_to_read(analysis, crawl.pages)
    dated = analysis["pages"][["url", "lastmod"]].dropna()
    lastmods = {url: moment.timestamp() for url, moment in zip(dated["url"], dated["lastmod"])}
    return Route(order.urls, Scope.of(order.hosts, crawl.main_content), True, lastmods)


def _crawl(work: Work, route: "Route", crawl: "CrawlSettings", place: "CrawlFolder") -> "Ended":
    from linkplanner.crawl.crawler import Crawl
    from linkplanner.crawl.extract import ProcessExtractor
    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.crawl.route import Tools

    report = work.report
    with ProcessExtractor() as extractor, HttpFetcher(crawl) as fetcher:
        tools = Tools(
            extractor=extractor,
            earlier=place.earlier,
            watch=lambda standing: report.progress(standing.done, standing.total, standing.words()),
            should_stop=report.should_stop,
            jitter=random.Random(report.job_id).random,
        )
        return Crawl(route, fetcher, crawl, place.journal, tools).run()


def _keep(
    work: Work, route: "Route", crawl: "CrawlSettings", place: "CrawlFolder", ended: "Ended"
) -> str:
    """Make the crawl's tables the project's pages."""
    from linkplanner.crawl.save import crawl_facts, save_crawl

    facts = crawl_facts(ended, listed=len(route.urls), limit=crawl.pages, discover=True)

    def write(folder: Path) -> None:
        save_crawl(place.journal, route.scope, facts, folder)

    keep_pages(work, write, facts)
    if not ended.stopped:
        place.end(crawl.pages, ended.capped)
    return f"Read {ended.notes.read:,} pages of the site."


def keep_pages(work: Work, write: Any, facts: dict[str, Any]) -> None:
    """Store the tables of pages read, which `write` puts into a folder."""
    from linkplanner.store.versions import save_version

    names = ("read", "failed", "refused", "stopped", "messages", "doubts")
    short = {"job": work.report.job_id} | {name: facts[name] for name in names}
    save_version(work.workspace, work.project_id, "pages_read", write, facts=short)
