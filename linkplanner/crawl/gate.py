"""When a host may be asked and for what: its robots.txt, its pace, and whether it still answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkplanner.crawl.answer import Fetched
from linkplanner.crawl.robots import Rules, decode
from linkplanner.crawl.waits import LONGEST_WAIT, SLOWEST_DELAY, TRIES, backoff, retry_after
from linkplanner.errors import Cancelled, FetchRefused

__all__ = ["OVERLOADED", "Gate", "HostClosed"]

FAILURES = 5
"""Addresses in a row without an answer after which a host is left alone."""

OVERLOADED = frozenset({429, 503})
"""Statuses that say "later", not what the address is."""


class HostClosed(FetchRefused):
    """A host is not asked any more; the text says why."""


@dataclass
class _Host:
    """What is known of one origin."""

    rules: Rules | None = None
    """None before robots.txt was read, or where there is none."""
    known: bool = False
    delay: float = 0.0
    due: float = 0.0
    failures: int = 0
    closed: str = ""


@dataclass
class Gate:
    """Asks hosts one request at a time, never sooner than they wish."""

    ask: Callable[[str, bool], Fetched]
    """Fetches an address, with or without following redirects."""
    user_agent: str
    delay: float
    """Seconds between two requests to one host."""
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    should_stop: Callable[[], bool]
    jitter: Callable[[], float]
    say: Callable[[str], None]
    """Takes what the user should know."""
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def allowed(self, url: str) -> bool:
        """Whether robots.txt allows the address. Raises HostClosed, Cancelled."""
        host = self._host(url)
        if not host.known:
            self._read_robots(url, host)
        if host.closed:
            raise HostClosed(host.closed)
        return host.rules is None or host.rules.allowed(url)

    def get(self, url: str) -> Fetched:
        """The answer for one address, redirects not followed, tried again where that may help.

        Raises FetchRefused, HostClosed, Cancelled.
        """
        host = self._host(url)
        answer = self._patiently(url, host, follow=False)
        host.failures = host.failures + 1 if answer.status == 0 or answer.status >= 500 else 0
        if host.failures >= FAILURES and not host.closed:
            host.closed = (
                f"“{_origin(url)}” gave no answer for {FAILURES} addresses in a row; its other "
                "pages were not read. Try again later."
            )
            self.say(host.closed)
        return answer

    def _host(self, url: str) -> _Host:
        return self._hosts.setdefault(_origin(url), _Host(delay=self.delay))

    def _patiently(self, url: str, host: _Host, follow: bool) -> Fetched:
        tries = 0
        while True:
            self._wait_until(host.due)
            try:
                answer = self.ask(url, follow)
            finally:
                host.due = self.clock() + host.delay
            tries += 1
            if answer.status != 0 and answer.status < 500 and answer.status != 429:
                return answer
            asked = retry_after(answer.headers) if answer.status in OVERLOADED else None
            if asked is not None and asked > LONGEST_WAIT:
                host.closed = (
                    f"“{_origin(url)}” asks to be left alone for {asked / 60:,.0f} minutes "
                    f"(status {answer.status}); its other pages were not read."
                )
                self.say(host.closed)
                return answer
            if tries >= TRIES:
                return answer
            wait = asked if asked is not None else backoff(tries, self.jitter)
            host.due = max(host.due, self.clock() + wait)

    def _wait_until(self, due: float) -> None:
        while not self.should_stop():
            left = due - self.clock()
            if left <= 0:
                return
            self.sleep(min(left, 0.5))
        raise Cancelled("Reading pages was stopped.")

    def _read_robots(self, url: str, host: _Host) -> None:
        """Fill in the rules of a host (RFC 9309, section 2.3.1)."""
        host.known = True
        origin = _origin(url)
        try:
            answer = self._patiently(f"{origin}/robots.txt", host, follow=True)
        except FetchRefused:
            # Too many redirects, too large, or a private place: no rules that could be read. Where
            # it is the host itself that is private, its pages are refused one by one.
            return
        if host.closed:
            return
        if answer.status == 200:
            host.rules = Rules(decode(answer.body), self.user_agent)
            self._slow_down(origin, host)
        elif answer.status == 0 or answer.status == 429 or answer.status >= 500:
            reason = answer.error or f"status {answer.status}"
            host.closed = (
                f"“{origin}/robots.txt” could not be read ({reason}), which means that nothing "
                "may be read there now. Try again later."
            )
            self.say(host.closed)
        elif answer.status in (401, 403):
            self.say(
                f"“{origin}/robots.txt” answered with status {answer.status}; that counts as no "
                "rules."
            )

    def _slow_down(self, origin: str, host: _Host) -> None:
        wish = host.rules.crawl_delay() if host.rules is not None else None
        if wish is None or wish <= host.delay:
            return
        if wish > SLOWEST_DELAY:
            host.closed = (
                f"“{origin}/robots.txt” asks for {wish:,.0f} seconds between two pages, "
                f"{wish / 36:,.1f} hours for 100 pages; its pages were not read."
            )
            self.say(host.closed)
            return
        host.delay = wish
        host.due = max(host.due, self.clock() + wish)
        self.say(f"“{origin}/robots.txt” asks for {wish:g} seconds between two pages; we keep it.")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
