"""Several requests at once: threads that each own a fetcher, and one line of answers."""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linkplanner.crawl.answer import Fetched, Fetcher

__all__ = ["Asked", "RequestsPool"]


@dataclass(frozen=True)
class Asked:
    """A request to send."""

    key: Any
    """Whatever the caller knows it by."""
    url: str
    follow: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class RequestsPool:
    """Sends requests from threads of its own; `deliver` gets each with its answer or error."""

    def __init__(
        self, fetcher: Fetcher, threads: int,
        deliver: Callable[[Asked, Fetched | BaseException], None],
    ) -> None:  # fmt: skip
        """A fetcher that has `fork` gets one copy a thread; any other is used by one thread."""
        fork: Callable[[], Fetcher] | None = getattr(fetcher, "fork", None)
        self._fetchers = [fetcher]
        if fork is not None:
            self._fetchers += [fork() for _ in range(threads - 1)]
        self._deliver = deliver
        self._line: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._threads = 0

    @property
    def size(self) -> int:
        """Requests that can be under way at once."""
        return len(self._fetchers)

    def send(self, asked: Asked) -> None:
        """Send a request as soon as a thread is free."""
        if self._threads < len(self._fetchers):
            fetcher = self._fetchers[self._threads]
            self._threads += 1
            threading.Thread(
                target=self._serve, args=(fetcher,), daemon=True, name="linkplanner-fetch"
            ).start()
        self._line.put(asked)

    def close(self, cut: bool) -> None:
        """End the threads. `cut`: also end requests under way, for good."""
        for _ in range(self._threads):
            self._line.put(None)
        for fetcher in self._fetchers[0 if cut else 1 :]:
            close = getattr(fetcher, "close", None)
            if close is not None:
                close()

    def _serve(self, fetcher: Fetcher) -> None:
        while (asked := self._line.get()) is not None:
            outcome: Fetched | BaseException
            try:
                if asked.headers:
                    outcome = fetcher.fetch(asked.url, follow=asked.follow, headers=asked.headers)
                else:
                    outcome = fetcher.fetch(asked.url, follow=asked.follow)
            except BaseException as error:
                outcome = error
            self._deliver(asked, outcome)
