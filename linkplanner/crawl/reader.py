"""Read pages of a site politely, in the order given, and hand them over as tables."""

import random
import time
from collections.abc import Callable, Iterable, Sequence

from linkplanner.crawl.answer import Fetcher
from linkplanner.crawl.crawler import Crawl
from linkplanner.crawl.earlier import Earlier
from linkplanner.crawl.extract import Extractor, InlineExtractor
from linkplanner.crawl.journal import Journal, MemoryJournal
from linkplanner.crawl.pages_read import PagesRead
from linkplanner.crawl.route import Route, Tools
from linkplanner.crawl.save import crawl_facts
from linkplanner.crawl.scope import Scope
from linkplanner.crawl.standing import Standing
from linkplanner.settings import CrawlSettings

__all__ = ["PagesRead", "read_pages"]


def read_pages(
    urls: Sequence[str],
    fetcher: Fetcher,
    settings: CrawlSettings | None = None,
    *,
    own_hosts: Iterable[str],
    progress: Callable[[int, int, str], None] = lambda done, total, message: None,
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    jitter: Callable[[], float] | None = None,
    journal: Journal | None = None,
    earlier: Earlier | None = None,
    extractor: Extractor | None = None,
    discover: bool = False,
) -> PagesRead:
    """Fetch at most `settings.pages` of `urls`, and where they redirect to, in their order.

    Only `own_hosts` (with or without www.) are asked; robots.txt is obeyed. `progress` takes pages
    done, pages in all, and a sentence. `should_stop` is looked at twice a second and more, also
    while waiting; what was read until then is handed over. `journal`: what an earlier run read; no
    page of it is fetched again, addresses that gave no answer are. `discover`: also read own pages
    linked from pages read, after `urls`.
    """
    settings = settings or CrawlSettings()
    journal = journal or MemoryJournal()
    route = Route(tuple(urls), Scope.of(own_hosts, settings.main_content), discover)

    latest = [Standing(0, len(urls), 0, 0, 0, 0.0, "")]

    def watch(standing: Standing) -> None:
        latest[0] = standing
        progress(standing.done, standing.total, standing.words())

    tools = Tools(
        extractor=extractor or InlineExtractor(),
        earlier=earlier or Earlier(),
        watch=watch,
        should_stop=should_stop,
        clock=clock,
        sleep=sleep,
        jitter=jitter or random.Random(len(urls)).random,
    )
    ended = Crawl(route, fetcher, settings, journal, tools).run()
    facts = crawl_facts(ended, listed=len(urls), limit=settings.pages, discover=discover)
    words = "Stopped" if ended.stopped else "All pages are read"
    progress(latest[0].done, latest[0].total, words)
    return PagesRead.of(journal, route.scope, facts)
