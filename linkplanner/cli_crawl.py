"""`python -m linkplanner crawl`: read a site from its sitemap or home page into a folder."""

import argparse
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkplanner.errors import InputError
from linkplanner.settings import CrawlSettings
from linkplanner.urls import canonical_or_none, host

if TYPE_CHECKING:
    from linkplanner.crawl.answer import Fetcher
    from linkplanner.crawl.standing import Standing
    from linkplanner.read.reading import Reading

__all__ = ["add_crawl", "run_crawl"]

MAX_PAGES = 10_000
"""Pages of one crawl where the command does not say; polite, that is under two hours."""


def add_crawl(commands: Any) -> None:
    """Declare the command."""
    crawl = commands.add_parser("crawl", help="read a site's pages, links and texts into a folder")
    crawl.set_defaults(run=run_crawl)
    add = crawl.add_argument
    add("start", metavar="URL_OR_SITEMAP", help="home page, or sitemap (address or file)")
    add("--out", required=True, metavar="DIR", help="folder for the crawl; an unfinished crawl in "
        "it is gone on with, a finished one is brought up to date")  # fmt: skip
    add("--max-pages", type=_count, default=MAX_PAGES, metavar="N", help="pages to read at most")
    add("--speed", default="polite", metavar="polite|fast", help="fast: for a server of your own")
    add("--host", action="append", default=[], metavar="NAME", help="another host of the site")
    add("--main", default="", metavar="SELECTOR", help="CSS selector of the main content")
    add("--anew", action="store_true", help="fetch every page again, changed or not")
    add("--allow-host", action="append", default=[], help="own host on a private network to read")


def run_crawl(options: argparse.Namespace) -> None:
    """Crawl and write pages, links, texts and crawl.json. Raises InputError."""
    from linkplanner.crawl.fetch import HttpFetcher

    settings = replace(
        CrawlSettings().at_speed(options.speed),
        pages=options.max_pages,
        allow_hosts=tuple(options.allow_host),
        main_content=options.main,
    )
    with HttpFetcher(settings) as fetcher:
        crawl_into(
            Path(options.out), options.start, fetcher, settings, hosts=options.host,
            anew=options.anew,
        )  # fmt: skip


def crawl_into(
    folder: Path, start: str, fetcher: "Fetcher", settings: CrawlSettings, *,
    hosts: Sequence[str] = (), anew: bool = False,
) -> None:  # fmt: skip
    """Crawl from a home page or sitemap into a folder, with words on stderr and stdout."""
    from linkplanner.crawl.crawler import Crawl
    from linkplanner.crawl.extract import ProcessExtractor
    from linkplanner.crawl.folder_of_crawl import CrawlFolder
    from linkplanner.crawl.route import Route, Tools
    from linkplanner.crawl.save import crawl_facts, save_crawl
    from linkplanner.crawl.scope import Scope

    home, listing = _starting_points(start, fetcher)
    names = [host(home), *hosts]
    urls = tuple(dict.fromkeys([home, *listing]))
    lastmods = {url: moment for url, moment in listing.items() if moment is not None}
    route = Route(urls, Scope.of(names, settings.main_content), True, lastmods)
    place = CrawlFolder(folder, settings.pages, anew=anew)
    if place.resumed:
        print("Going on with the crawl in this folder.", file=sys.stderr)
    with ProcessExtractor() as extractor, _Interrupt() as interrupt:
        tools = Tools(
            extractor=extractor,
            earlier=place.earlier,
            watch=_Teller(),
            should_stop=interrupt.is_set,
            jitter=random.Random(len(urls)).random,
        )
        ended = Crawl(route, fetcher, settings, place.journal, tools).run()
    facts = crawl_facts(ended, listed=len(urls), limit=settings.pages, discover=True)
    facts |= {"start": start, "hosts": sorted(route.scope.hosts), "pages_at_most": settings.pages}
    save_crawl(place.journal, route.scope, facts, folder, listing)
    if not ended.stopped:
        place.end(settings.pages, ended.capped)
    place.close()
    _report(folder, facts)


def _starting_points(start: str, fetcher: "Fetcher") -> tuple[str, dict[str, float | None]]:
    """Home page, and the sitemap's addresses with their lastmod. Raises InputError."""
    from linkplanner.read import read_file, read_sitemap_url

    if Path(start).is_file():
        listing = _listing(read_file(Path(start)))
        if not listing:
            raise InputError(f"“{start}” lists no addresses; give a sitemap or a home page.")
        return _home_of(listing), listing
    url = canonical_or_none(start) or canonical_or_none(f"https://{start}")
    if url is None:
        raise InputError(f"“{start}” is neither a file nor a web address.")
    if _looks_like_sitemap(url):
        readings = read_sitemap_url(url, fetcher)
        listing = _listing(readings)
        if not listing:
            raise InputError(readings[0].message if readings else f"“{start}” lists no addresses.")
        return _home_of(listing), listing
    return url, _listing(
        [reading for place in _sitemaps_of(url, fetcher)
         for reading in read_sitemap_url(place, fetcher)]
    )  # fmt: skip


def _sitemaps_of(url: str, fetcher: "Fetcher") -> list[str]:
    """Sitemaps that robots.txt names, else the usual place."""
    from linkplanner.crawl.hosts import origin_of
    from linkplanner.crawl.robots import decode, sitemaps
    from linkplanner.errors import FetchError

    try:
        answer = fetcher.fetch(f"{origin_of(url)}/robots.txt")
        named = sitemaps(decode(answer.body)) if answer.status == 200 else []
    except FetchError as error:
        raise InputError(str(error)) from error
    return named or [f"{origin_of(url)}/sitemap.xml"]


def _listing(readings: "Sequence[Reading]") -> dict[str, float | None]:
    listing: dict[str, float | None] = {}
    for reading in readings:
        frame = reading.frame
        if "url" not in frame or "lastmod" not in frame:
            continue
        for url, moment in zip(frame["url"], frame["lastmod"]):
            listing[url] = None if moment != moment else moment.timestamp()
    return listing


def _home_of(listing: dict[str, float | None]) -> str:
    """Home page of the host with the most listed addresses."""
    from collections import Counter

    from linkplanner.crawl.hosts import origin_of

    return Counter(origin_of(url) for url in listing).most_common(1)[0][0] + "/"


def _looks_like_sitemap(url: str) -> bool:
    path = url.partition("?")[0].lower()
    return path.endswith((".xml", ".xml.gz", ".txt", ".txt.gz")) or "sitemap" in path


class _Interrupt:
    """Ctrl-C ends the crawl in good order; a second one ends the program."""

    def __enter__(self) -> "_Interrupt":
        self._set = False
        self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *error: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _note(self, number: int, frame: object) -> None:
        if self._set:
            raise KeyboardInterrupt
        self._set = True
        print("\nStopping; press Ctrl-C again to end at once.", file=sys.stderr)

    def is_set(self) -> bool:
        return self._set


class _Teller:
    """How far the crawl is, in place on a terminal, else one line in a while."""

    def __init__(self) -> None:
        self._every = 0.2 if sys.stderr.isatty() else 30.0
        self._next = time.monotonic() + self._every

    def __call__(self, standing: "Standing") -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._every
        line = standing.words()
        if sys.stderr.isatty():
            print(f"\r{line[:110]}".ljust(112), end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)


def _report(folder: Path, facts: dict[str, Any]) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for message in facts["messages"]:
        print(f"Note: {message}")
    print(
        f"{facts['read']:,} page{'' if facts['read'] == 1 else 's'} read. Addresses that redirect: "
        f"{facts['redirects']:,}, with an error: {facts['broken']:,}, without an answer: "
        f"{facts['failed']:,}."
    )
    if facts["doubts"]:
        print(f"Orphans: inconclusive. {' '.join(facts['doubts'])}")
    else:
        print("Orphans: the crawl is complete; a page without links in it is an orphan.")
    print(f"The crawl is in {folder}; give it to “plan --crawl {folder}”.")


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number of pages, such as 500")
    return int(text)
