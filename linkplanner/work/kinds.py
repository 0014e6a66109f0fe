"""Which function runs which kind of job; the keys are those of `jobs.KINDS`."""

from collections.abc import Callable
from typing import Final

from linkplanner.work.analyse import run_analyse
from linkplanner.work.check_links import run_check_links
from linkplanner.work.fetch_texts import run_fetch_texts
from linkplanner.work.plan import run_plan
from linkplanner.work.read_pages import run_read_pages
from linkplanner.work.sample import run_sample
from linkplanner.work.sitemap import run_sitemap
from linkplanner.work.work import Work

__all__ = ["BODIES"]

BODIES: Final[dict[str, Callable[[Work], str]]] = {
    "analyse": run_analyse,
    "check_links": run_check_links,
    "fetch_texts": run_fetch_texts,
    "plan": run_plan,
    "read_pages": run_read_pages,
    "sample": run_sample,
    "sitemap": run_sitemap,
}
"""A body takes its work and returns the sentence the job ends with; heavy rooms load inside it."""
