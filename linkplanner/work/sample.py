"""The job that sets up the sample project: files, pages read, analysis and plan."""

from pathlib import Path

from linkplanner.work.analyse import run_analyse
from linkplanner.work.plan import run_plan
from linkplanner.work.read_pages import keep_pages
from linkplanner.work.work import Work

__all__ = ["run_sample"]


def run_sample(work: Work) -> str:
    """Build the sample and take it the whole way; returns the sentence for the user."""
    import tempfile
    from dataclasses import replace

    from linkplanner.crawl.folder import FolderFetcher
    from linkplanner.crawl.reader import read_pages
    from linkplanner.sample import write_sample
    from linkplanner.settings import CrawlSettings
    from linkplanner.store.sources import add_source
    from linkplanner.urls import host

    work.report.progress(0, 0, "Building a shop with some 300 pages")
    with tempfile.TemporaryDirectory() as place:
        sample = write_sample(Path(place))
        for path in sorted(p for p in sample.folder.iterdir() if p.is_file()):
            add_source(work.workspace, work.project_id, path.name, path.read_bytes(), "sample")
        work.report.check()
        fetcher = FolderFetcher({sample.base_url: sample.site})
        at_once = replace(CrawlSettings(), delay=0.0, pages=1000)
        base = f"{sample.base_url}/"
        read = read_pages(
            [base], fetcher, at_once, own_hosts=[host(base)], progress=work.report.progress,
            should_stop=work.report.should_stop, discover=True,
        )  # fmt: skip
        keep_pages(work, read.save, vars(read))
        work.report.check()
    run_analyse(work)
    return run_plan(work)
