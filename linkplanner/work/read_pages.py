"""The job that reads the pages of the site itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from linkplanner.errors import Cancelled
from linkplanner.work.analysis import load_pages, make_analysis, present_analysis
from linkplanner.work.sources import read_sources
from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.crawl.reader import PagesRead
    from linkplanner.settings import CrawlSettings

__all__ = ["fetch_pages", "run_read_pages"]


def run_read_pages(work: Work) -> str:
    """Fetch pages in the best order and work out the site anew; returns a sentence."""
    from dataclasses import replace

    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.pipeline import pages_to_read
    from linkplanner.store.projects import load_settings

    analysis = present_analysis(work)
    crawl = load_settings(work.workspace, work.project_id).crawl
    crawl = replace(crawl, pages=int(work.params.get("pages", crawl.pages)))
    order = pages_to_read(analysis, crawl.pages)
    with HttpFetcher(crawl) as fetcher:
        message = fetch_pages(work, order.urls, order.hosts, fetcher, crawl, discover=True)
    stopped = work.report.should_stop()
    if not work.report.abandoned:  # the user's stop ends the reading, not the use of what was read
        work.report.forgive()
        make_analysis(work, read_sources(work))
    if stopped:
        raise Cancelled(f"Stopped. {message}")
    return message


def fetch_pages(
    work: Work, urls: Sequence[str], own_hosts: frozenset[str], fetcher: Any,
    settings: "CrawlSettings", *, discover: bool = False,
) -> str:  # fmt: skip
    """Read pages; what a killed worker had read is taken up again, what stands is read on."""
    from linkplanner.crawl.reader import read_pages
    from linkplanner.store.versions import latest_version, save_version

    mine = {"job": work.report.job_id}
    partial = latest_version(work.workspace, work.project_id, "pages_partial")
    before = latest_version(work.workspace, work.project_id, "pages_read")
    if partial and partial.facts.get("job") == work.report.job_id:
        before = partial
    elif work.params.get("anew"):
        before = None

    def keep(so_far: "PagesRead") -> None:
        save_version(work.workspace, work.project_id, "pages_partial", so_far.save, facts=mine)

    read = read_pages(
        urls, fetcher, settings, own_hosts=own_hosts, progress=work.report.progress,
        should_stop=work.report.should_stop, already=load_pages(before), checkpoint=keep,
        discover=discover,
    )  # fmt: skip
    facts = {**mine, "read": read.read, "failed": read.failed, "refused": read.refused,
             "stopped": read.stopped, "messages": list(read.messages)}  # fmt: skip
    save_version(work.workspace, work.project_id, "pages_read", read.save, facts=facts)
    return f"Read {read.read:,} pages of the site."
