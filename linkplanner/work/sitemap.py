"""The job that fetches a sitemap from the web and keeps it as a source."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from linkplanner.errors import InputError
from linkplanner.work.analyse import run_analyse
from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.crawl.answer import Fetched

__all__ = ["run_sitemap"]


def run_sitemap(work: Work) -> str:
    """Fetch `params["url"]`, store it, work out the site; returns the sentence for the user."""
    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.read import read_sitemap_url
    from linkplanner.store.projects import load_settings
    from linkplanner.store.sources import add_source

    settings = load_settings(work.workspace, work.project_id)
    fetcher = _Recording(HttpFetcher(settings.crawl))
    url = str(work.params["url"])
    work.report.progress(0, 0, f"Fetching {url}")
    readings = read_sitemap_url(url, fetcher, should_stop=work.report.should_stop)
    if not any(reading.recognised_as for reading in readings):
        raise InputError(readings[0].message if readings else f"“{url}” gave nothing.")
    for address, body in fetcher.bodies.items():
        add_source(work.workspace, work.project_id, address, body, origin=address)
    return run_analyse(work)


class _Recording:
    """A fetcher that keeps what it fetched, so that a sitemap becomes a source as it came."""

    def __init__(self, fetcher: Any) -> None:
        self.fetcher = fetcher
        self.bodies: dict[str, bytes] = {}

    def fetch(
        self, url: str, *, follow: bool = True, headers: Mapping[str, str] | None = None
    ) -> "Fetched":
        """As the fetcher beneath."""
        answer: Fetched = self.fetcher.fetch(url, follow=follow, headers=headers)
        if answer.status == 200 and answer.body and not url.endswith("/robots.txt"):
            self.bodies[url] = answer.body
        return answer
