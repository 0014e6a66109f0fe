"""The 31 cases of polite behaviour, each against a server on loopback, by a clock of their own."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from linkplanner.crawl.journal import FileJournal
from linkplanner.crawl.reader import read_pages
from linkplanner.crawl.robots import sitemaps
from linkplanner.settings import CrawlSettings

NOW = 1_800_000_000
PLAIN = {"Content-Type": "text/plain"}
HTML = {"Content-Type": "text/html"}


class Case:
    """What a check works with."""

    def __init__(self, server: Any, read: Any, reply: Any, redirect: Any, clock: Any, tmp: Path):
        self.server, self.read, self.reply = server, read, reply
        self.redirect, self.clock, self.tmp = redirect, clock, tmp

    def robots(self, text: str | bytes, status: int = 200, **headers: str) -> None:
        body = text if isinstance(text, bytes) else text.encode()
        self.server.add("own.test/robots.txt", self.reply(status, body, PLAIN | headers))

    def busy(self, status: int, **headers: str) -> Any:
        lines = "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in headers.items())
        answer = f"HTTP/1.1 {status} Busy\r\n{lines}Content-Length: 0\r\nConnection: close\r\n\r\n"
        return self.reply(write=lambda handler: handler.wfile.write(answer.encode()))

    def waits(self, status: int, least: float, **headers: str) -> None:
        """After such an answer the host rests so long, then the address is tried again."""
        self.server.add("own.test/a", self.busy(status, **headers), self.reply(200, b"x", HTML))
        assert self.read("own.test/a").read == 1
        assert self.server.asked() == ["own.test/a"] * 2
        assert self.clock.now == pytest.approx(1000.5 + least)

    def reads(self, pages: int) -> Any:
        self.server.add("own.test/a", "<p>x")
        got = self.read("own.test/a")
        assert (got.read, len(self.server.asked())) == (pages, pages)
        return " ".join(got.messages)


def five_hundred(case: Case) -> None:
    case.server.add("own.test/a", case.reply(500, b"", HTML))
    assert case.read("own.test/a").pages["status"].tolist() == [500]
    assert len(case.server.asked()) == 3


def huge_wait(case: Case) -> None:
    case.server.add("own.test/a", case.reply(429, b"", {"Retry-After": "86400"}))
    case.server.add("own.test/b", "<p>x")
    got = case.read("own.test/a", "own.test/b")
    assert (case.server.asked(), case.clock.now < 1010) == (["own.test/a"], True)
    assert "left alone for 1,440 minutes" in " ".join(got.messages)
    assert "left alone" in " ".join(got.doubts)


def host_down(case: Case) -> None:
    for n in range(9):
        case.server.add(f"own.test/{n}", case.reply(write=lambda handler: None))
    assert case.read(*(f"own.test/{n}" for n in range(9))).failed == 5
    assert len(case.server.asked()) == 15


def crawl_delay(case: Case) -> None:
    case.robots("User-agent: *\nCrawl-delay: 2")
    starts: list[float] = []

    def at(handler: Any) -> None:
        starts.append(case.clock.now)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x")

    for n in range(4):
        case.server.add(f"own.test/{n}", case.reply(write=at))
    case.read(*(f"own.test/{n}" for n in range(4)), settings=CrawlSettings(connections=8, delay=0))
    assert starts == pytest.approx([1002, 1004, 1006, 1008])


def robots_timeout(case: Case) -> None:
    case.server.add("own.test/robots.txt", case.reply(write=lambda handler: time.sleep(1.2)))
    case.server.add("own.test/a", "<p>x")
    fetcher = case.server.fetcher("own.test", settings=CrawlSettings(read_timeout=0.2))
    got = read_pages(
        [case.server.url("own.test/a")], fetcher, own_hosts=["own.test"], clock=case.clock,
        sleep=case.clock.sleep,
    )  # fmt: skip
    assert (got.read, case.server.asked()) == (0, [])


def robots_redirects(case: Case) -> None:
    for n in range(5):
        route = "own.test/robots.txt" if n == 0 else f"own.test/r{n}"
        case.server.add(route, case.redirect(f"/r{n + 1}"))
    case.server.add("own.test/r5", case.reply(200, b"User-agent: *\nDisallow: /a", PLAIN))
    case.server.add("own.test/a", "<p>x")
    assert case.read("own.test/a").refused == 1


def robots_loop(case: Case) -> None:
    case.server.add("own.test/robots.txt", case.redirect("/robots.txt"))
    case.server.add("own.test/a", "<p>x")
    assert case.read("own.test/a").read == 1


def robots_sitemaps(case: Case) -> None:
    text = "".join(
        f"Sitemap: {place}\n"
        for place in ("https://own.test/a.xml", "/b.xml", "https://other.test/c.xml",
                      "https://own.test/a.xml", "https://own.test/d.xml")
    )  # fmt: skip
    assert sitemaps(text) == [
        "https://own.test/a.xml", "https://other.test/c.xml", "https://own.test/d.xml",
    ]  # fmt: skip


def nofollow(case: Case) -> None:
    page = "<meta name=robots content=nofollow><p>Words <a href=/b>b</a>"
    case.server.add("own.test/a", page)
    got = case.read("own.test/a", discover=True)
    assert got.links["nofollow"].tolist() == [True]
    assert case.server.asked() == ["own.test/a"]


def noindex(case: Case) -> None:
    case.server.add("own.test/a", case.reply(200, b"<p>x", HTML | {"X-Robots-Tag": "noindex"}))
    assert case.read("own.test/a").pages["noindex"].tolist() == [True]


def user_agent(case: Case) -> None:
    case.robots("User-agent: linkplanner\nDisallow: /a\n\nUser-agent: *\nAllow: /")
    case.server.add("own.test/a", "<p>x")
    case.server.add("own.test/b", "<p>x")
    assert case.read("own.test/a", "own.test/b").refused == 1
    agents = {seen.headers["User-Agent"] for seen in case.server.seen}
    assert all(agent.startswith("linkplanner/") and "(+https://" in agent for agent in agents)


def concurrency(case: Case) -> None:
    busy, most, lock = [0], [0], threading.Lock()

    def slow(handler: Any) -> None:
        with lock:
            busy[0] += 1
            most[0] = max(most[0], busy[0])
        time.sleep(0.15)
        with lock:
            busy[0] -= 1
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x")

    for n in range(8):
        case.server.add(f"own.test/{n}", case.reply(write=slow))
    urls = [case.server.url(f"own.test/{n}") for n in range(8)]
    settings = CrawlSettings(delay=0.01)
    assert settings.connections == 2
    read_pages(urls, case.server.fetcher("own.test"), settings, own_hosts=["own.test"])
    assert (len(case.server.asked()), most[0]) == (8, 2)


def cancel(case: Case) -> None:
    case.server.add("own.test/a", "<p>kept")
    case.server.add("own.test/b", case.reply(write=lambda handler: handler.rfile.read(1)))
    asked_at: list[float] = []

    def stop() -> bool:
        if "own.test/b" in case.server.asked():
            asked_at.append(time.monotonic())
        return bool(asked_at)

    settings = replace(CrawlSettings(delay=0.01), read_timeout=30.0)
    urls = [case.server.url(f"own.test/{n}") for n in "ab"]
    fetcher = case.server.fetcher("own.test", settings=settings)
    got = read_pages(urls, fetcher, settings, own_hosts=["own.test"], should_stop=stop)
    assert time.monotonic() - asked_at[0] < 2.0
    assert (got.stopped, got.read) == (True, 1)


def resume(case: Case) -> None:
    """The same with kill -9: `test_kill.py`."""
    for n in range(6):
        case.server.add(f"own.test/{n}", "<p>x")
    routes = [f"own.test/{n}" for n in range(6)]
    for count in (2, 4, 9):
        journal = FileJournal(case.tmp)
        got = case.read(
            *routes, journal=journal, should_stop=lambda n=count: len(case.server.asked()) >= n
        )
        journal.close()
    assert sorted(case.server.asked()) == routes
    assert got.read == 6


CHECKS: dict[str, Callable[[Case], Any]] = {
    "429-seconds": lambda c: c.waits(429, 7, Retry_After="7"),
    "429-date": lambda c: c.waits(
        429, 5, Retry_After=formatdate(NOW + 5, usegmt=True), Date=formatdate(NOW, usegmt=True)
    ),
    "503-seconds": lambda c: c.waits(503, 3, Retry_After="3"),
    "429-none": lambda c: c.waits(429, 2),
    "retry-after-huge": huge_wait,
    "retry-after-past": lambda c: c.waits(
        503, 2, Retry_After=formatdate(NOW - 9, usegmt=True), Date=formatdate(NOW, usegmt=True)
    ),
    "retry-after-junk": lambda c: c.waits(503, 2, Retry_After="soon"),
    "retry-after-negative": lambda c: c.waits(429, 2, Retry_After="-5"),
    "5xx-limit": five_hundred,
    "host-down": host_down,
    "crawl-delay": crawl_delay,
    "crawl-delay-huge": lambda c: (
        c.robots("User-agent: *\nCrawl-delay: 3600"),
        _in("100.0 hours for 100 pages", c.reads(0)),
    ),
    "crawl-delay-junk": lambda c: (c.robots("User-agent: *\nCrawl-delay: abc"), c.reads(1)),
    "robots-404": lambda c: c.reads(1),
    "robots-401-403": lambda c: (c.robots("", 403), _in("status 403", c.reads(1))),
    "robots-500": lambda c: (c.robots("", 503), _in("could not be read", c.reads(0))),
    "robots-timeout": robots_timeout,
    "robots-redirect-5": robots_redirects,
    "robots-redirect-6+": robots_loop,
    "robots-500KiB": lambda c: (
        c.robots("User-agent: *\n" + "#" * 80 + "\nDisallow: /\n" + "# x\n" * 150_000),
        c.reads(0),
    ),
    "robots-html": lambda c: (c.robots("<html>404</html>"), _in("answers with a page", c.reads(1))),
    "robots-bom": lambda c: (c.robots("\ufeffUser-agent: *\nDisallow: /a"), c.reads(0)),
    "robots-latin1": lambda c: (c.robots(b"# \xe9\xff\nUser-agent: *\nDisallow: /a"), c.reads(0)),
    "robots-nul": lambda c: (c.robots("User-agent: *\x00\nDisallow: /"), c.reads(0)),
    "robots-sitemaps": robots_sitemaps,
    "nofollow-meta": nofollow,
    "noindex-header": noindex,
    "user-agent": user_agent,
    "concurrency": concurrency,
    "cancel": cancel,
    "resume": resume,
}


def _in(words: str, text: str) -> None:
    assert words in text


@pytest.mark.parametrize("name", CHECKS)
def test_polite(
    name: str, server: Any, read: Any, reply: Any, redirect: Any, clock: Any, tmp_path: Path
) -> None:
    CHECKS[name](Case(server, read, reply, redirect, clock, tmp_path))


def test_no_case_is_left_out(shared: Callable[[str], Path]) -> None:
    lines = shared("vectors/politeness.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["id"] for line in lines if line} == set(CHECKS)
