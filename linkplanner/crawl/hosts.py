"""What is known of a host: its robots.txt, its pace, how many requests it bears, if it answers.

No waiting and no requests here: the caller asks when a request may start, and tells what came.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkplanner.crawl.answer import OVERLOADED, Fetched
from linkplanner.crawl.robots import Rules, decode
from linkplanner.crawl.waits import LONGEST_WAIT, SLOWEST_DELAY, TRIES, backoff, retry_after

__all__ = ["Host", "Manners", "origin_of"]

FAILURES = 5
"""Addresses in a row without an answer after which a host is left alone."""
SLOWED_DELAY = 1.0
"""Seconds between requests, at least, after a host said that it is overloaded."""
GOOD_IN_A_ROW = 20
"""Answers without trouble after which a slowed host is asked faster again."""
LATENCIES = 15
"""Latest answers from which the usual time of a host is told."""
STRAINED = 2.0
"""Times its best usual time from which a host counts as strained; then it gets fewer requests."""


@dataclass(frozen=True)
class Manners:
    """How hosts are treated."""

    user_agent: str
    """Product token with a contact address."""
    delay: float
    """Least seconds between the starts of two requests to one host."""
    connections: int
    """Most requests under way at once to one host."""
    jitter: Callable[[], float]
    """Gives 0 to 1, for waits that do not march in step."""
    say: Callable[[str], None]
    """Takes what the user should know."""


@dataclass
class Host:
    """One origin. Times are seconds of the caller's clock."""

    origin: str
    manners: Manners
    rules: Rules | None = None
    """None before robots.txt was read, or where there is none."""
    known: bool = False
    """Whether robots.txt was asked for and answered, one way or the other."""
    asking: bool = False
    """Whether robots.txt is being asked for."""
    closed: str = ""
    """Why nothing is asked of it any more; empty while it is."""
    delay: float = 0.0
    due: float = 0.0
    width: int = 1
    active: int = 0
    tries: int = 0
    """Tries of robots.txt so far."""
    _asked: float = 0.0
    _failures: int = 0
    _good: int = 0
    _latency: deque[float] = field(default_factory=lambda: deque(maxlen=LATENCIES))
    _best: float = 0.0

    def __post_init__(self) -> None:
        self.delay = self.manners.delay
        self.width = min(2, self.manners.connections)

    def free(self, now: float) -> bool:
        """Whether a request may start."""
        return not self.closed and self.active < self.width and now >= self.due

    def start(self, now: float) -> None:
        """A request starts."""
        self.active += 1
        self.due = max(self.due, now + self.delay)

    def end(self, now: float, started: float, answer: Fetched) -> None:
        """A request ended: the pace follows how the host bears it."""
        self.active -= 1
        if answer.status == 0 or answer.status in OVERLOADED or answer.status >= 500:
            self._good = 0
            self.width = max(1, self.width // 2)
            if answer.status in OVERLOADED:
                self.delay = min(SLOWEST_DELAY, max(2 * self.delay, SLOWED_DELAY))
            return
        self._good += 1
        self._latency.append(now - started)
        usual = sorted(self._latency)[len(self._latency) // 2]
        if len(self._latency) == LATENCIES:
            self._best = min(self._best or usual, usual)
        floor = max(self.manners.delay, self._asked)
        if self.manners.delay > 0:  # answers get at least as much time as they take
            floor = max(floor, min(SLOWEST_DELAY, usual / self.manners.connections))
        if self._good % GOOD_IN_A_ROW == 0:
            self.delay = max(floor, self.delay / 2)
            strained = usual > STRAINED * self._best + 0.05
            change = -1 if strained else 1
            self.width = max(1, min(self.manners.connections, self.width + change))
        self.delay = max(self.delay, floor)

    def again(self, answer: Fetched, tries: int, now: float) -> bool:
        """Whether the address is to be asked once more, after a wait for the whole host.

        A host that asks for too long a wait, or gave nothing too often, is closed.
        """
        if answer.status != 0 and answer.status < 500 and answer.status != 429:
            return False
        asked = retry_after(answer.headers) if answer.status in OVERLOADED else None
        if asked is not None and asked > LONGEST_WAIT:
            self.close(
                f"“{self.origin}” asks to be left alone for {asked / 60:,.0f} minutes "
                f"(status {answer.status}); its other pages were not read."
            )
            return False
        if tries >= TRIES:
            return False
        wait = asked if asked is not None else backoff(tries, self.manners.jitter)
        self.due = max(self.due, now + wait)
        if asked is not None and asked > SLOWED_DELAY:
            self.manners.say(f"“{self.origin}” asked to wait {asked:,.0f} seconds; we did.")
        return True

    def count(self, answer: Fetched) -> None:
        """An address has its final answer; too many without one in a row close the host."""
        silent = answer.status == 0 or answer.status >= 500
        self._failures = self._failures + 1 if silent else 0
        if self._failures >= FAILURES and not self.closed:
            self.close(
                f"“{self.origin}” gave no answer for {FAILURES} addresses in a row; its other "
                "pages were not read. Try again later."
            )

    def close(self, why: str) -> None:
        """Ask nothing more of this host."""
        self.closed = why
        self.manners.say(why)

    def allowed(self, url: str) -> bool:
        """Whether robots.txt allows the address."""
        return self.rules is None or self.rules.allowed(url)

    def take_robots(self, answer: Fetched | None, now: float) -> None:
        """Fill in the rules (RFC 9309, section 2.3.1).

        None: too many redirects, too large, or a private place, so no rules that could be read.
        Where it is the host itself that is private, its pages are refused one by one.
        """
        self.known, self.asking = True, False
        if answer is None or self.closed:
            return
        if answer.status == 200:
            text = decode(answer.body)
            if not text.strip() and answer.body.strip():
                self.manners.say(
                    f"“{self.origin}/robots.txt” answers with a page, not with rules; all is taken "
                    "as allowed."
                )
            self.rules = Rules(text, self.manners.user_agent)
            self._slow_down(now)
        elif answer.status == 0 or answer.status == 429 or answer.status >= 500:
            reason = answer.error or f"status {answer.status}"
            self.close(
                f"“{self.origin}/robots.txt” could not be read ({reason}), which means that "
                "nothing may be read there now. Try again later."
            )
        elif answer.status in (401, 403):
            self.manners.say(
                f"“{self.origin}/robots.txt” answered with status {answer.status}; that counts as "
                "no rules."
            )

    def _slow_down(self, now: float) -> None:
        wish = self.rules.crawl_delay() if self.rules is not None else None
        if wish is None or wish <= self.delay:
            return
        if wish > SLOWEST_DELAY:
            self.close(
                f"“{self.origin}/robots.txt” asks for {wish:,.0f} seconds between two pages, "
                f"{wish / 36:,.1f} hours for 100 pages; its pages were not read."
            )
            return
        self.delay = self._asked = wish
        self.due = max(self.due, now + wish)
        self.manners.say(
            f"“{self.origin}/robots.txt” asks for {wish:g} seconds between two pages; we keep it."
        )


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
