"""Ask hosts one request at a time, never sooner than they wish: for the odd page elsewhere."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from linkplanner.crawl.answer import Fetched
from linkplanner.crawl.hosts import Host, Manners, origin_of
from linkplanner.errors import Cancelled, FetchRefused

__all__ = ["Gate", "HostClosed"]


class HostClosed(FetchRefused):
    """A host is not asked any more; the text says why."""


@dataclass
class Gate:
    """Waits for each host's turn, asks, and asks again where that may help."""

    ask: Callable[[str, bool], Fetched]
    """Fetches an address, with or without following redirects."""
    manners: Manners
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    should_stop: Callable[[], bool]
    _hosts: dict[str, Host] = field(default_factory=dict)

    def allowed(self, url: str) -> bool:
        """Whether robots.txt allows the address. Raises HostClosed, Cancelled."""
        host = self._host(url)
        if not host.known:
            self._read_robots(host)
        if host.closed:
            raise HostClosed(host.closed)
        return host.allowed(url)

    def get(self, url: str) -> Fetched:
        """The answer for one address, redirects not followed, tried again where that may help.

        Raises FetchRefused, HostClosed, Cancelled.
        """
        host = self._host(url)
        answer = self._patiently(url, host, follow=False)
        host.count(answer)
        return answer

    def _host(self, url: str) -> Host:
        origin = origin_of(url)
        if origin not in self._hosts:
            self._hosts[origin] = Host(origin, self.manners)
        return self._hosts[origin]

    def _patiently(self, url: str, host: Host, follow: bool) -> Fetched:
        tries = 0
        while True:
            self._wait_until(host.due)
            started = self.clock()
            host.start(started)
            try:
                answer = self.ask(url, follow)
            except BaseException:
                host.active -= 1
                raise
            host.end(self.clock(), started, answer)
            tries += 1
            if not host.again(answer, tries, self.clock()):
                return answer

    def _wait_until(self, due: float) -> None:
        while not self.should_stop():
            left = due - self.clock()
            if left <= 0:
                return
            self.sleep(min(left, 0.5))
        raise Cancelled("Reading pages was stopped.")

    def _read_robots(self, host: Host) -> None:
        answer: Fetched | None = None
        with contextlib.suppress(FetchRefused):
            answer = self._patiently(f"{host.origin}/robots.txt", host, follow=True)
        host.take_robots(answer, self.clock())
