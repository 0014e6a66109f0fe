"""The job that fetches just the pages the plan links from, to find sentences on them."""

from linkplanner.errors import InputError
from linkplanner.work.analysis import present_analysis
from linkplanner.work.plan import run_plan
from linkplanner.work.read_pages import keep_pages
from linkplanner.work.work import Work

__all__ = ["run_fetch_texts"]


def run_fetch_texts(work: Work) -> str:
    """Fetch up to 200 pages and plan again with their texts. Raises InputError where pages were
    read already: they have texts."""
    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.pipeline.shortlist import fetch_texts
    from linkplanner.store.projects import load_settings
    from linkplanner.store.versions import latest_version

    if latest_version(work.workspace, work.project_id, "pages_read"):
        raise InputError("Your pages were read already; read them again to bring them up to date.")
    analysis = present_analysis(work)
    settings = load_settings(work.workspace, work.project_id)
    report = work.report
    with HttpFetcher(settings.crawl) as fetcher:
        read = fetch_texts(
            analysis, settings, fetcher, settings.crawl, report.progress, report.should_stop
        )
    report.check()
    if not read.read:
        reasons = " ".join(read.messages) or "The plan names no page without a text."
        raise InputError(f"No page could be read. {reasons}")
    keep_pages(work, read.save, vars(read))
    return f"Read {read.read:,} pages. {run_plan(work)}"
