"""Pages taken apart, in this process or in others, so that parsing never holds up the requests.

A page that brings its process down, or keeps it too long, costs that page and nothing else.
"""

import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from linkplanner.crawl.deadline import Deadlines
from linkplanner.crawl.journal import pack
from linkplanner.crawl.page import parse_page
from linkplanner.crawl.records import own_targets, page_marks, page_record
from linkplanner.crawl.scope import Scope

__all__ = ["Extracted", "Extractor", "InlineExtractor", "Page", "ProcessExtractor", "serve"]

PAGE_SECONDS: Final = 60.0
"""Time for one page, after which its process is ended; the slowest page within the limits of
`markup.py` takes under a second."""
MOST_PROCESSES: Final = 2
"""Processes at most where not given: each takes 25 MB, and one kept up with 290 pages a second."""
BUSY: Final = 8
"""Pages waiting from which another process is started."""
_DEADLINES: Final = Deadlines()
_HEAD: Final = struct.Struct(">II")
_WANTED: Final = (
    "content-type", "content-language", "x-robots-tag", "link", "etag", "last-modified",
)  # fmt: skip
"""Headers that say something of a page."""


@dataclass(frozen=True)
class Page:
    """A fetched page that is to be taken apart."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    fetched: float
    """When, in seconds since 1970."""


@dataclass(frozen=True)
class Extracted:
    """What the crawl needs to know of a page now; the rest is in `payload`."""

    payload: bytes
    """The packed record."""
    refresh_to: str | None
    targets: tuple[str, ...]
    """Own addresses to follow, each once."""
    links: int
    """Links of any kind."""


def extract(page: Page, scope: Scope) -> Extracted:
    """Take a page apart. Never raises on what stands in the body."""
    parsed = parse_page(page.url, page.body, page.headers, scope.main)
    record = page_record(parsed, page.headers, page.fetched)
    return Extracted(
        pack(record, page_marks(record)),
        parsed.refresh_to,
        tuple(filter(scope.may_be_page, own_targets(parsed))),
        len(parsed.links),
    )


Done = Callable[[Page, Extracted | None], None]
"""Takes a page and what came of it; None where the page broke the parser."""


class Extractor(Protocol):
    """Takes pages apart, now or later."""

    def prepare(self, scope: Scope) -> None:
        """Get ready for pages that are to come."""

    def submit(self, page: Page, scope: Scope, done: Done) -> None:
        """Take a page apart and call `done`, from any thread."""

    def close(self) -> None:
        """End; pages under way are dropped."""


class InlineExtractor:
    """Takes pages apart at once, in this process: for few pages, and for tests."""

    def prepare(self, scope: Scope) -> None:
        """Nothing."""

    def submit(self, page: Page, scope: Scope, done: Done) -> None:
        """Take a page apart and call `done`."""
        done(page, extract(page, scope))

    def close(self) -> None:
        """Nothing."""


class ProcessExtractor:
    """Takes pages apart in processes of its own: the first is started by `prepare`, others when
    pages have to wait."""

    def __init__(self, processes: int | None = None) -> None:
        """`processes` at most: one less than there are cores, 1 or 2, where not given."""
        self._processes = processes or max(1, min(MOST_PROCESSES, (os.cpu_count() or 2) - 1))
        self._line: queue.SimpleQueue[tuple[Page, Scope, Done] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closed = False

    def prepare(self, scope: Scope) -> None:
        """Start the first process: it takes as long as the first requests."""
        if not self._threads:
            self._add_thread(scope)

    def submit(self, page: Page, scope: Scope, done: Done) -> None:
        """Take a page apart and call `done` from another thread."""
        self._line.put((page, scope, done))
        running = len(self._threads)
        if not running or (running < self._processes and self._line.qsize() >= BUSY):
            self._add_thread(scope)

    def _add_thread(self, scope: Scope) -> None:
        thread = threading.Thread(
            target=self._tend, args=(scope,), daemon=True, name="linkplanner-extract"
        )
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """End; pages under way are dropped."""
        self._closed = True
        for _ in self._threads:
            self._line.put(None)
        for process in list(self._running):
            process.kill()
        for thread in self._threads:
            thread.join(2.0)

    def __enter__(self) -> "ProcessExtractor":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _tend(self, scope: Scope) -> None:
        """Keep one process busy; one that dies is followed by another."""
        process: subprocess.Popen[bytes] | None = self._start(scope)
        while (task := self._line.get()) is not None and not self._closed:
            page, scope, done = task
            if process is None:
                process = self._start(scope)
            watch = _DEADLINES.set(PAGE_SECONDS, process.kill)
            got = _ask(process, page)
            _DEADLINES.call_off(watch)
            if got is None:
                self._end(process)
                process = None
            if not self._closed:
                done(page, got)
        if process is not None:
            self._end(process)

    def _start(self, scope: Scope) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        process = subprocess.Popen(
            [sys.executable, "-m", "linkplanner.crawl.extract", scope.main, *sorted(scope.hosts)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
        )
        self._running.add(process)
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._running.discard(process)
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        process.wait()


def _ask(process: subprocess.Popen[bytes], page: Page) -> Extracted | None:
    """One page through a process; None where the process died of it."""
    assert process.stdin is not None and process.stdout is not None
    headers = {name: page.headers[name] for name in _WANTED if name in page.headers}
    try:
        _send(process.stdin, [page.url, headers, page.fetched], page.body)
        got = _receive(process.stdout)
    except (OSError, ValueError):
        return None
    if got is None:
        return None
    (refresh, targets, links), payload = got
    return Extracted(payload, refresh, tuple(targets), links)


def _send(stream: IO[bytes], head: object, body: bytes) -> None:
    packed = json.dumps(head).encode()
    stream.write(_HEAD.pack(len(packed), len(body)) + packed + body)
    stream.flush()


def _receive(stream: IO[bytes]) -> tuple[list, bytes] | None:  # type: ignore[type-arg]
    sizes = stream.read(_HEAD.size)
    if len(sizes) < _HEAD.size:
        return None
    head, body = _HEAD.unpack(sizes)
    both = stream.read(head + body)
    if len(both) < head + body:
        return None
    return json.loads(both[:head]), both[head:]


def serve(incoming: IO[bytes], outgoing: IO[bytes], main: str, hosts: list[str]) -> None:
    """What an extracting process does: pages in, records out, until the pipe ends."""
    scope = Scope.of(hosts, main)
    while (got := _receive(incoming)) is not None:
        (url, headers, fetched), body = got
        done = extract(Page(url, headers, body, fetched), scope)
        _send(outgoing, [done.refresh_to, done.targets, done.links], done.payload)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, sys.argv[1], sys.argv[2:])
