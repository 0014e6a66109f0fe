"""The crawl itself: one loop that starts requests when hosts allow and writes down what comes.

Requests run in threads, pages are taken apart by an extractor, both report to one queue; all
decisions are taken here, in one thread, by the clock that is given.
"""

import queue
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

from linkplanner.crawl.answer import Fetched, Fetcher, redirect_target
from linkplanner.crawl.extract import Extracted, Page
from linkplanner.crawl.frontier import Frontier, Step
from linkplanner.crawl.hosts import Host, Manners, origin_of
from linkplanner.crawl.journal import Journal, Record, pack, unpack
from linkplanner.crawl.notes import Notes
from linkplanner.crawl.records import followable, unusable
from linkplanner.crawl.redirects import Redirects
from linkplanner.crawl.replay import replay
from linkplanner.crawl.requests_pool import Asked, RequestsPool
from linkplanner.crawl.route import Ended, Route, Tools
from linkplanner.crawl.standing import Rate, Standing
from linkplanner.errors import Cancelled, FetchRefused
from linkplanner.settings import CrawlSettings
from linkplanner.urls import canonical_or_none

__all__ = ["Crawl"]

STOP_POLL: Final = 0.25
"""Seconds between two looks at `should_stop`."""
DRAIN_SECONDS: Final = 1.0
"""Seconds that a stopped crawl gives pages which are being taken apart."""
BACKLOG: Final = 48
"""Pages fetched and not yet taken apart, at which no further request starts."""
BACKLOG_BYTES: Final = 24 * 2**20
"""The same in bytes."""


class Crawl:
    """One run over a journal; a journal with records in it is gone on with."""

    def __init__(
        self, route: Route, fetcher: Fetcher, settings: CrawlSettings, journal: Journal,
        tools: Tools | None = None,
    ) -> None:  # fmt: skip
        self._route, self._settings, self._journal = route, settings, journal
        self._tools = tools or Tools()
        self.notes = Notes()
        self._events: queue.SimpleQueue[tuple[Callable[..., None], tuple[Any, ...]]] = (
            queue.SimpleQueue()
        )
        self._pool = RequestsPool(
            fetcher, settings.connections,
            lambda asked, outcome: self._events.put((self._answered, (asked, outcome))),
        )  # fmt: skip
        self._manners = Manners(
            settings.user_agent, settings.delay, self._pool.size, self._tools.jitter, self.notes.say
        )
        self._hosts: dict[str, Host] = {}
        self._redirects = Redirects(route.scope, settings.max_redirects, self.notes)
        self._frontier = Frontier(settings.pages)
        self._asking = 0
        self._parsing: dict[str, int] = {}
        self._parsing_bytes = 0
        self._rate = Rate()
        self._doing = ""
        self._unlisted = 0

    def run(self) -> Ended:
        """Read until all is read, the limit is reached, or the user stops."""
        self._tools.extractor.prepare(self._route.scope)
        self._resume()
        stopped = False
        try:
            while self._turn():
                pass
        except Cancelled:
            stopped = True
        finally:
            self._pool.close(cut=stopped)
        if stopped:
            self._drain()
        self._tools.watch(self._standing("" if not stopped else "nothing more"))
        return Ended(
            stopped=stopped,
            capped=self._frontier.capped,
            unlisted=self._unlisted,
            closed=tuple(host.closed for host in self._hosts.values() if host.closed),
            notes=self.notes,
        )

    # --- the loop ---------------------------------------------------------------------------

    def _turn(self) -> bool:
        """Start what may start, then take what came; False where all is done."""
        if self._tools.should_stop():
            raise Cancelled("Reading pages was stopped.")
        self._start_requests()
        if self._asking or self._parsing:
            self._take_event(self._patience())
            return True
        if not self._frontier.origins():
            return False
        left = self._next_due() - self._tools.clock()
        if left > 0:
            self._tools.sleep(min(left, STOP_POLL * 2))
        return True

    def _start_requests(self) -> None:
        while self._asking < self._pool.size and not self._backlogged():
            step = self._frontier.next(self._ready)
            if step is None:
                return
            self._begin(step)

    def _backlogged(self) -> bool:
        return len(self._parsing) >= BACKLOG or self._parsing_bytes >= BACKLOG_BYTES

    def _patience(self) -> float:
        """Seconds to wait for an answer before looking round again."""
        left = self._next_due() - self._tools.clock()
        return min(STOP_POLL, left) if left > 0 and self._asking < self._pool.size else STOP_POLL

    def _next_due(self) -> float:
        now = self._tools.clock()
        dues = [self._host(origin).due for origin in self._frontier.origins()]
        return min(dues, default=now + STOP_POLL)

    def _take_event(self, patience: float) -> None:
        try:
            handle, arguments = self._events.get(timeout=patience)
            while True:
                handle(*arguments)
                handle, arguments = self._events.get_nowait()
        except queue.Empty:
            return

    def _drain(self) -> None:
        """Take what is being taken apart; the rest waits in the spool for the next run."""
        deadline = time.monotonic() + DRAIN_SECONDS
        while self._parsing and (left := deadline - time.monotonic()) > 0:
            self._take_event(left)

    # --- hosts ------------------------------------------------------------------------------

    def _host(self, origin: str) -> Host:
        if origin not in self._hosts:
            self._hosts[origin] = Host(origin, self._manners)
        return self._hosts[origin]

    def _ready(self, origin: str) -> bool:
        host = self._host(origin)
        if host.closed:
            self.notes.unread += self._frontier.drop(origin)
            return False
        now = self._tools.clock()
        if host.known or host.asking or not host.free(now):
            return host.known and host.free(now)
        host.asking = True
        self._ask(host, Asked(None, f"{origin}/robots.txt", follow=True))
        return False

    def _ask(self, host: Host, asked: Asked) -> None:
        now = self._tools.clock()
        host.start(now)
        self._asking += 1
        self._pool.send(Asked((host, asked.key, now), asked.url, asked.follow, asked.headers))

    def _begin(self, step: Step) -> None:
        """Ask for an address, where that is needed and allowed."""
        url, host = step.url, self._host(origin_of(step.url))
        if not host.allowed(url):
            self._write({"k": "blocked", "u": url})
            return
        self._doing = url
        earlier = self._tools.earlier
        if earlier.unchanged(url, self._route.lastmods.get(url)):
            self._reuse(step, None)
            return
        self._ask(host, Asked(step, url, headers=earlier.conditions(url)))

    # --- what comes back --------------------------------------------------------------------

    def _answered(self, asked: Asked, outcome: Fetched | BaseException) -> None:
        host, step, started = asked.key
        now = self._tools.clock()
        self._asking -= 1
        if isinstance(outcome, BaseException) and not isinstance(outcome, FetchRefused):
            raise outcome
        if isinstance(outcome, FetchRefused):
            host.active -= 1
            if step is None:
                host.take_robots(None, now)
            else:
                self._write({"k": "left", "u": step.url, "e": str(outcome)})
            return
        host.end(now, started, outcome)
        if self._tools.should_stop() and outcome.status == 0:
            return  # cut by us; the address is asked for by the next run
        if step is None:
            self._robots(host, outcome, now)
        elif host.again(outcome, step.tries + 1, now):
            self._frontier.again(step)
        else:
            host.count(outcome)
            self._settle(step, outcome)

    def _robots(self, host: Host, answer: Fetched, now: float) -> None:
        host.tries += 1
        if host.again(answer, host.tries, now):
            host.asking = False
        else:
            host.take_robots(answer, now)

    def _settle(self, step: Step, answer: Fetched) -> None:
        """Write down what an address is."""
        self._rate.tick(self._tools.clock())
        url, status = step.url, answer.status
        hop: Record = {"hop": 1} if step.before else {}
        try:
            target = redirect_target(answer)
        except FetchRefused as refusal:
            self._write({"k": "left", "u": url, "e": str(refusal)} | hop)
            return
        if target is not None:
            self._write({"k": "redirect", "u": url, "s": status, "to": target} | hop)
            self._follow(step, target)
        elif status == 304 and self._tools.earlier.payload(url) is not None:
            self._reuse(step, self._tools.wall())
        elif (record := unusable(answer)) is not None:
            self._write(record | hop)
        else:
            self._journal.spool(url, status, answer.headers, answer.body)
            self._take_apart(step, Page(url, answer.headers, answer.body, self._tools.wall()))

    def _take_apart(self, step: Step, page: Page) -> None:
        self._parsing[page.url] = len(page.body)
        self._parsing_bytes += len(page.body)
        self._tools.extractor.submit(
            page, self._route.scope,
            lambda page, got: self._events.put((self._extracted, (step, page, got))),
        )  # fmt: skip

    def _extracted(self, step: Step, page: Page, got: Extracted | None) -> None:
        self._parsing_bytes -= self._parsing.pop(page.url)
        if got is None:
            self._write({"k": "left", "u": page.url, "e": f"“{page.url}” could not be parsed."})
            return
        self._journal.append(got.payload)
        self._journal.settle(page.url)
        self.notes.read += 1
        self.notes.linkless += not got.links
        if got.refresh_to is not None:
            self._follow(step, got.refresh_to)
        self._find(got.targets)
        self._tools.watch(self._standing(self._doing))

    def _reuse(self, step: Step, checked: float | None) -> None:
        """Take a page over from the earlier crawl. `checked`: when the server confirmed it."""
        payload = self._tools.earlier.payload(step.url, checked)
        assert payload is not None
        record = unpack(payload)
        self._journal.append(payload)
        self.notes.take(record)
        self.notes.unchanged += 1
        if record.get("to"):
            self._follow(step, record["to"])
        self._find(filter(self._route.scope.may_be_page, followable(record)))

    def _write(self, record: Record) -> None:
        self._journal.append(pack(record))
        self._journal.settle(record["u"])
        self.notes.take(record)
        self._tools.watch(self._standing(self._doing))

    # --- where to go on ---------------------------------------------------------------------

    def _follow(self, step: Step, target: str) -> None:
        """Ask next where an address redirects to, unless that was or must not be asked."""
        following = self._redirects.follow(step, target)
        if following is not None and not self._frontier.knows(target):
            self._frontier.follow(following)

    def _find(self, targets: Iterable[str]) -> None:
        if self._route.discover:
            self._frontier.take_found(targets)

    def _resume(self) -> None:
        """Go on from what the journal holds; addresses without an answer are asked again."""
        past = replay(self._journal, self._route, self.notes, self._tools.wall())
        self._redirects.leads.update(past.leads)
        self._frontier = Frontier(self._settings.pages, [*past.done, *past.fetched])
        self._frontier.given = past.given
        self._list()
        for url in past.leads.values():
            if self._route.scope.is_own(url) and not self._frontier.knows(url):
                self._frontier.follow(Step(url, ("",)))
        self._frontier.take_found(past.found)
        for page in past.fetched.values():
            self._take_apart(Step(page.url), page)

    def _list(self) -> None:
        """Hand the route's addresses to the frontier."""
        wanted = (canonical_or_none(text) for text in self._route.urls)
        own = []
        for url in dict.fromkeys(url for url in wanted if url):
            if self._route.scope.is_own(url):
                own.append(url)
            else:
                self.notes.foreign(url)
        self._unlisted = max(0, len(own) - self._settings.pages)
        self._frontier.take_list(own)

    def _standing(self, doing: str) -> Standing:
        frontier = self._frontier
        return Standing(
            done=frontier.given,
            total=frontier.total,
            read=self.notes.read,
            queue=frontier.waiting,
            errors=self.notes.errors,
            rate=self._rate.value(self._tools.clock()),
            doing=doing,
        )
