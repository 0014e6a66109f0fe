"""Which address comes next: what redirects lead to, then the list in its order, then found links.

Nothing comes twice. A host that is not ready does not hold up the others.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from linkplanner.crawl.hosts import origin_of

__all__ = ["Frontier", "Step"]


@dataclass(frozen=True)
class Step:
    """An address to ask for."""

    url: str
    before: tuple[str, ...] = ()
    """Addresses that redirected to it, the first one first."""
    tries: int = 0
    """How often it was asked for."""


class Frontier:
    """Addresses to come, and those that were given out."""

    def __init__(self, limit: int, done: Iterable[str] = ()) -> None:
        """`limit`: addresses in all, redirects' targets not counted. `done`: never given out."""
        self._limit = limit
        self._seen: set[str] = set(done)
        self._queues: tuple[dict[str, deque[tuple[int, Step]]], ...] = ({}, {}, {})
        self._number = count()
        self._front = count(-1, -1)
        self.given = 0
        """Addresses given out, redirects' targets not counted."""

    @property
    def waiting(self) -> int:
        """Addresses to come, more perhaps than the limit lets through."""
        return sum(len(queue) for level in self._queues for queue in level.values())

    @property
    def total(self) -> int:
        """Addresses in all, as far as known now."""
        hops = sum(len(queue) for queue in self._queues[0].values())
        return max(self.given, min(self._limit, self.given + self.waiting - hops))

    @property
    def capped(self) -> bool:
        """Whether addresses are left because the limit is reached."""
        return self.given >= self._limit and self.waiting > 0

    def knows(self, url: str) -> bool:
        """Whether the address was given out, waits, or is done."""
        return url in self._seen

    def take_list(self, urls: Iterable[str]) -> None:
        """Take addresses in the order in which they are to come."""
        self._add(1, urls)

    def take_found(self, urls: Iterable[str]) -> None:
        """Take addresses found on pages: they come after all listed ones."""
        self._add(2, urls)

    def follow(self, step: Step) -> None:
        """Take what a redirect leads to: it comes next."""
        self._seen.add(step.url)
        self._put_first(step)

    def again(self, step: Step) -> None:
        """Take back a step that is to be tried again: it comes next."""
        self._put_first(Step(step.url, step.before, step.tries + 1))

    def next(self, ready: Callable[[str], bool]) -> Step | None:
        """The next address of a host that is ready, None where none is or the limit is reached."""
        for level, queues in enumerate(self._queues):
            if level and self.given >= self._limit:
                return None
            heads = sorted((queue[0][0], origin) for origin, queue in queues.items())
            for _, origin in heads:
                if ready(origin):
                    return self._take(level, origin)
        return None

    def origins(self) -> list[str]:
        """Hosts with addresses to come that the limit lets through."""
        levels = self._queues if self.given < self._limit else self._queues[:1]
        return list(dict.fromkeys(origin for level in levels for origin in level))

    def drop(self, origin: str) -> int:
        """Forget the addresses of a host; how many there were."""
        return sum(len(level.pop(origin, ())) for level in self._queues)

    def _take(self, level: int, origin: str) -> Step:
        queue = self._queues[level][origin]
        _, step = queue.popleft()
        if not queue:
            del self._queues[level][origin]
        self.given += level > 0
        return step

    def _add(self, level: int, urls: Iterable[str]) -> None:
        queues = self._queues[level]
        for url in urls:
            if url not in self._seen:
                self._seen.add(url)
                queues.setdefault(origin_of(url), deque()).append((next(self._number), Step(url)))

    def _put_first(self, step: Step) -> None:
        queue = self._queues[0].setdefault(origin_of(step.url), deque())
        queue.appendleft((next(self._front), step))
