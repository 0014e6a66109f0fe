"""Read pages of a site politely, in the order given, and hand them over as tables."""

import random
import re
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from linkplanner.crawl.answer import Fetched, Fetcher, redirect_target
from linkplanner.crawl.gate import OVERLOADED, Gate, HostClosed
from linkplanner.crawl.page import PageLink, ParsedPage, parse_page
from linkplanner.crawl.pages_read import PagesRead
from linkplanner.errors import Cancelled, FetchRefused
from linkplanner.settings import CrawlSettings
from linkplanner.tables import LINK_ROWS, PAGE_ROWS, POSITIONS, TEXT_ROWS
from linkplanner.urls import canonical_or_none, host

__all__ = ["PagesRead", "read_pages"]

CHECKPOINT_EVERY = 25
"""Addresses after which partial results are handed over."""
CHECKPOINT_GROWTH = 1.05
"""By how much of what was read the distance grows, since each hand-over costs as much."""
STOP_POLL = 0.25
"""Seconds between two looks at `should_stop` while a request is under way."""
_ACTION = re.compile(r"[?&](?:add[-_]to[-_]|remove[-_]item|action=|replytocom|logout)", re.I)
"""Found addresses that do something when asked for."""
TOLD_IN_FULL = 5
"""Addresses in trouble that get a sentence of their own."""
_SCRIPTED_SHARE = 0.5
"""Share of pages without any link from which a site is said to need JavaScript."""
_HTML = ("text/html", "application/xhtml+xml")
_FILES = tuple(
    ".jpg .jpeg .png .gif .webp .svg .ico .pdf .zip .gz .mp4 .mp3 .css .js .json .xml .doc .docx "
    ".xls .xlsx .csv .woff .woff2".split()
)
"""Endings of found addresses that are not pages."""


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
    already: PagesRead | None = None,
    checkpoint: Callable[[PagesRead], None] | None = None,
    discover: bool = False,
) -> PagesRead:
    """Fetch at most `settings.pages` of `urls`, and where they redirect to, one after the other.

    Only `own_hosts` (with or without www.) are asked; robots.txt is obeyed. `progress` takes pages
    done, pages in all, and a sentence. `should_stop` is looked at twice a second and more, also
    while waiting; what was read until then is handed over. `already`: what an earlier run read; no
    page of it is fetched again, addresses that gave no answer are. `checkpoint` takes partial
    results every `CHECKPOINT_EVERY` addresses or so. `discover`: also read own pages linked
    from pages read, after `urls`.
    """
    settings = settings or CrawlSettings()
    book = _Book.opened(already or PagesRead(), own_hosts)
    gate = Gate(
        ask=lambda url, follow: _ask(fetcher, url, follow, should_stop),
        user_agent=settings.user_agent,
        delay=settings.delay,
        clock=clock,
        sleep=sleep,
        should_stop=should_stop,
        jitter=jitter or random.Random(len(urls)).random,
        say=book.say,
    )
    way = _Way(book, settings.pages, settings.max_redirects, discover)
    way.start(urls)
    stopped = False
    due = way.done + CHECKPOINT_EVERY
    try:
        while (step := way.next()) is not None:
            if should_stop():
                raise Cancelled("Reading pages was stopped.")
            progress(way.done, way.total, f"Reading {step.url}")
            _visit(step, gate, book, way)
            if checkpoint is not None and way.done >= due and not way.on_the_way:
                checkpoint(book.result(stopped=True))
                due = int(way.done * CHECKPOINT_GROWTH) + CHECKPOINT_EVERY
    except Cancelled:
        stopped = True
    progress(way.done, way.total, "Stopped" if stopped else "All pages are read")
    return book.result(stopped)


def _ask(fetcher: Fetcher, url: str, follow: bool, should_stop: Callable[[], bool]) -> Fetched:
    """Fetch beside the main thread, so that a slow server cannot keep the user from stopping."""
    outcome: list[Fetched | BaseException] = []

    def work() -> None:
        try:
            outcome.append(fetcher.fetch(url, follow=follow))
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=work, daemon=True, name="linkplanner-fetch")
    thread.start()
    thread.join(STOP_POLL)
    while thread.is_alive():
        if should_stop():
            close = getattr(fetcher, "close", None)
            if close is not None:
                close()
            raise Cancelled("Reading pages was stopped.")
        thread.join(STOP_POLL)
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _visit(step: "_Step", gate: Gate, book: "_Book", way: "_Way") -> None:
    """Ask for one address and write down what came of it."""
    try:
        if not gate.allowed(step.url):
            book.blocked(step.url)
            return
        answer = gate.get(step.url)
        target = redirect_target(answer)
    except HostClosed:
        book.unread += 1
        return
    except FetchRefused as refusal:
        book.refuse(step.url, str(refusal))
        return
    if target is not None:
        book.redirect(step.url, answer.status, target)
        way.follow(step, target)
    elif answer.status == 0:
        book.fail(step.url, answer.error)
    elif answer.status in OVERLOADED:
        book.fail(step.url, f"the server is overloaded, status {answer.status}", status=None)
    elif answer.status != 200:
        book.no_page(step.url, answer.status)
    elif not _is_html(answer):
        book.leave_out(step.url)
    else:
        page = parse_page(step.url, answer.body, answer.headers)
        book.take(page)
        if page.refresh_to is not None:
            way.follow(step, page.refresh_to)
        way.found(page)


def _is_html(answer: Fetched) -> bool:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind:
        return kind in _HTML
    return b"<html" in answer.body[:2048].lower() or b"<!doctype html" in answer.body[:256].lower()


@dataclass(frozen=True)
class _Step:
    """An address to ask for, and the addresses that redirected to it."""

    url: str
    before: tuple[str, ...] = ()


class _Way:
    """Which address comes next; none comes twice."""

    def __init__(self, book: "_Book", limit: int, hops: int, discover: bool) -> None:
        self._book = book
        self._limit = limit
        self._hops = hops
        self._discover = discover
        self._queue: deque[_Step] = deque()
        self._found: deque[str] = deque()
        self._known: set[str] = set()
        self._seen: set[str] = set(book.done)
        self.done = 0
        self.total = 0
        self.on_the_way = False
        """Whether the next address is where the last one redirected to."""

    def start(self, urls: Sequence[str]) -> None:
        """Take the addresses to read, and redirects that an earlier run did not follow."""
        wanted = (canonical_or_none(text) for text in urls)
        listed = list(dict.fromkeys(url for url in wanted if url))[: self._limit]
        self.done = sum(url in self._seen for url in listed)
        self.total = len(listed)
        loose = [url for url in self._book.open_targets() if url not in self._seen]
        fresh: list[str] = [*loose, *(url for url in listed if url not in self._seen)]
        for url in dict.fromkeys(fresh):
            if self._book.is_own(url):
                self._seen.add(url)
                self._queue.append(_Step(url))
            else:
                self._book.foreign(url)
        if self._discover:
            self._found.extend(url for url in self._book.own_links() if _may_be_page(url))

    def next(self) -> _Step | None:
        """The next address, None at the end."""
        while not self._queue and self._found and self.done < self._limit:
            url = self._found.popleft()
            if url not in self._seen:
                self._seen.add(url)
                self._queue.append(_Step(url))
                self.total = min(max(self.total, self.done + 1 + len(self._found)), self._limit)
        if not self._queue:
            return None
        step = self._queue.popleft()
        self.on_the_way = False
        self.done += not step.before
        return step

    def follow(self, step: _Step, target: str) -> None:
        """Ask next where an address redirects to, unless that was or must not be asked."""
        chain = (*step.before, step.url)
        if self._book.circles(step.url):
            self._book.say(f"“{target}” redirects in a circle.")
        elif not self._book.is_own(target):
            self._book.away(target)
        elif len(chain) > self._hops:
            self._book.say(f"“{chain[0]}” redirects more than {self._hops} times.")
        elif target not in self._seen:
            self._seen.add(target)
            self._queue.appendleft(_Step(target, chain))
            self.on_the_way = True

    def found(self, page: ParsedPage) -> None:
        """Remember own pages that a page links to."""
        if self._discover and not page.nofollow:
            for link in page.links:
                url = link.target_url
                fresh = url not in self._known and not link.nofollow
                if fresh and self._book.is_own(url) and _may_be_page(url):
                    self._known.add(url)
                    self._found.append(url)


def _may_be_page(url: str) -> bool:
    if _ACTION.search(url):
        return False
    return not url.partition("?")[0].lower().endswith(_FILES)


@dataclass
class _Book:
    """What has been read, written down row by row."""

    before: PagesRead
    own: frozenset[str]
    done: set[str] = field(default_factory=set)
    read: int = 0
    refused: int = 0
    failed: int = 0
    unread: int = 0
    """Addresses of hosts that were given up."""
    linkless: int = 0
    denied: int = 0
    pages: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    left: dict[str, None] = field(default_factory=dict)
    messages: dict[str, None] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    aways: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)

    @classmethod
    def opened(cls, before: PagesRead, own_hosts: Iterable[str]) -> "_Book":
        """Go on from what an earlier run read; addresses without an answer are asked again."""
        pages = before.pages
        silent = pages["status"].fillna(0) == 0
        again = (silent & ~pages["blocked"].fillna(False)).astype(bool)
        kept = PagesRead(
            pages=pages[~again].reset_index(drop=True),
            links=before.links,
            texts=before.texts,
            template_blocks=before.template_blocks,
        )
        book = cls(kept, frozenset(_bare(name) for name in own_hosts))
        book.done = set(kept.pages["url"]) | set(before.left_out)
        book.left = dict.fromkeys(before.left_out)
        book.read, book.refused = before.read, before.refused
        return book

    def is_own(self, url: str) -> bool:
        """Whether the address is on one of the user's hosts."""
        return _bare(host(url)) in self.own

    def open_targets(self) -> list[str]:
        """Where pages read before redirect to."""
        targets = self.before.pages["redirect_to"].dropna()
        return [url for url in targets if self.is_own(url)]

    def own_links(self) -> list[str]:
        """Own addresses that pages read before link to."""
        targets = self.before.links["target_url"].dropna().unique()
        return [url for url in targets if self.is_own(url)]

    def say(self, message: str) -> None:
        """Keep a sentence for the user, once."""
        self.messages[message] = None

    def _tell(self, what: str, message: str) -> None:
        """As `say`, but only the first few of many alike."""
        self.told[what] += 1
        if self.told[what] <= TOLD_IN_FULL:
            self.say(message)

    def page(self, url: str, **facts: Any) -> None:
        """A row of PAGE_ROWS."""
        self.pages.append({"url": url, "blocked": False, "source": "crawl", **facts})

    def redirect(self, url: str, status: int, target: str) -> None:
        """A hop of a redirect."""
        self.leads[url] = target
        self.page(url, status=status, redirect_to=target)

    def circles(self, url: str) -> bool:
        """Whether the redirects seen so far lead from an address back to it."""
        passed: set[str] = set()
        here = self.leads.get(url)
        while here is not None and here != url and here not in passed:
            passed.add(here)
            here = self.leads.get(here)
        return here == url

    def blocked(self, url: str) -> None:
        """An address that robots.txt forbids."""
        self.refused += 1
        self.refusals["robots.txt does not allow it"] += 1
        self.page(url, status=0, blocked=True)

    def fail(self, url: str, error: str, status: int | None = 0) -> None:
        """An address that gave no whole answer; `status` None where it may well be a page."""
        self.failed += 1
        self._tell("failed", f"“{url}” was not read: {error}.")
        self.page(url, status=status)

    def no_page(self, url: str, status: int) -> None:
        """An address that answers with an error."""
        self.denied += status in (401, 403)
        self.page(url, status=status)

    def refuse(self, url: str, reason: str) -> None:
        """An address that we do not ask for, or whose answer we do not take."""
        self.refused += 1
        self.left[url] = None
        self._tell("refused", reason)

    def foreign(self, url: str) -> None:
        """An address of the list that is on another host."""
        self.refused += 1
        self.refusals[f"{host(url)} is not among your hosts"] += 1

    def away(self, target: str) -> None:
        """A redirect to another site: written down, never followed."""
        self.aways[host(target)] += 1

    def leave_out(self, url: str) -> None:
        """What is not a page."""
        self.left[url] = None

    def take(self, page: ParsedPage) -> None:
        """A page that answered."""
        self.read += 1
        self.linkless += not page.links
        if page.refresh_to is not None:
            self.leads[page.url] = page.refresh_to
        self.page(
            page.url,
            status=200,
            redirect_to=page.refresh_to,
            canonical=page.canonical,
            noindex=page.noindex,
            title=page.title or None,
            h1=page.h1 or None,
            language=page.language or None,
            words=page.words,
            kind=page.kind,
        )
        self.texts.append({"url": page.url, "text": page.text})
        seen_away: dict[str, dict[str, Any]] = {}
        for link in page.links:
            row = _row(page.url, link)
            if self.is_own(link.target_url):
                self.links.append(row)
                continue
            other = seen_away.setdefault(link.target_url, row)
            if POSITIONS.index(link.position) < POSITIONS.index(other["position"]):
                seen_away[link.target_url] = row
        self.links.extend(seen_away.values())

    def result(self, stopped: bool) -> PagesRead:
        """All so far as tables, template told from text."""
        raw = PagesRead(
            pages=_grown(self.before.pages, self.pages, PAGE_ROWS),
            links=_grown(self.before.links, self.links, LINK_ROWS),
            texts=_grown(self.before.texts, self.texts, TEXT_ROWS),
            read=self.read,
            refused=self.refused,
            failed=self.failed,
            stopped=stopped,
            messages=tuple(self._all_messages()),
            left_out=tuple(self.left),
            template_blocks=self.before.template_blocks,
        )
        return raw.without_template()

    def _all_messages(self) -> list[str]:
        said = list(self.messages)
        for what, count in self.told.items():
            if count > TOLD_IN_FULL:
                said.append(f"{_pages(count - TOLD_IN_FULL)} more {what}.")
        if self.unread:
            said.append(f"{self.unread:,} more addresses of hosts in trouble were not read.")
        for name, count in self.aways.most_common(5):
            said.append(f"{_pages(count)} redirect to {name}, which is not among your hosts.")
        for reason, count in self.refusals.most_common(5):
            said.append(f"{_pages(count)} not read: {reason}.")
        files = len(self.left)
        if files:
            said.append(f"{_pages(files)} left out: not HTML, or refused.")
        if self.denied >= 3 and self.denied > self.read:
            said.append(
                f"{_pages(self.denied)} answered “forbidden”: the server seems to turn programs "
                "away. Allow linkplanner there, or give a crawl export."
            )
        if self.read >= 3 and self.linkless > _SCRIPTED_SHARE * self.read:
            said.append(
                f"{_pages(self.linkless)} hold no link in their HTML: the site is built by "
                "JavaScript. Give a crawl export of a tool that renders pages."
            )
        return said


def _pages(count: int) -> str:
    return "1 address" if count == 1 else f"{count:,} addresses"


def _bare(name: str) -> str:
    return name.strip().lower().rstrip(".").removeprefix("www.")


def _row(source: str, link: PageLink) -> dict[str, Any]:
    return {
        "source_url": source,
        "target_url": link.target_url,
        "anchor": link.anchor or None,
        "position": link.position,
        "is_image": link.is_image,
        "nofollow": link.nofollow,
        "ugc": link.ugc,
        "sponsored": link.sponsored,
    }


def _grown(before: pd.DataFrame, rows: list[dict[str, Any]], table: Any) -> pd.DataFrame:
    if not rows:
        return table.conform(before)
    new = table.conform(pd.DataFrame.from_records(rows))
    return new if before.empty else pd.concat([before, new], ignore_index=True)
