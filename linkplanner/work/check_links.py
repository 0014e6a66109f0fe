"""The job that looks whether the links that outreach asked for stand."""

from linkplanner.work.work import Work

__all__ = ["run_check_links"]


def run_check_links(work: Work) -> str:
    """Look at the page of every site that was written to; returns the sentence for the user."""
    from datetime import UTC, datetime

    import pandas as pd

    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.crawl.link_check import check_link, gate_for
    from linkplanner.errors import Cancelled, InputError
    from linkplanner.follow.looked import looked_at, worth_a_look
    from linkplanner.store.projects import load_settings
    from linkplanner.store.tasks import list_tasks, record_checks

    tasks = worth_a_look(list_tasks(work.workspace, work.project_id))
    if tasks.empty:
        raise InputError(
            "There is no page to look at yet: set the sites you wrote to to “contacted” first."
        )
    crawl = load_settings(work.workspace, work.project_id).crawl
    looks = []
    with HttpFetcher(crawl) as fetcher:
        gate = gate_for(fetcher, crawl, should_stop=work.report.should_stop)
        for number, task in enumerate(tasks.itertuples()):
            work.report.progress(number, len(tasks), f"Looking at {task.page_url}")
            try:
                page, target = str(task.page_url), str(task.target_url)
                looks.append(check_link(fetcher, page, target, gate=gate))
            except Cancelled:  # what was seen by then is kept
                break
    moment = pd.Timestamp(datetime.now(UTC)).tz_localize(None)
    seen = looked_at(tasks.head(len(looks)), looks, moment)
    moved = record_checks(work.workspace, work.project_id, seen.to_dict("records"))
    unread = len(looks) - len(seen)
    rest = f"; {unread:,} could not be read" if unread else ""
    return f"Looked at {len(looks):,} pages: {moved:,} tasks changed{rest}."
