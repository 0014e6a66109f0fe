"""A web server on loopback that answers under any host name, and a clock that nobody waits for."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from linkplanner.crawl.fetch import HttpFetcher
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.settings import CrawlSettings

SETTINGS = CrawlSettings(delay=0.5)
FAST = CrawlSettings(connect_timeout=2, read_timeout=2, total_timeout=5)


@dataclass
class Reply:
    """One answer of the test server."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None
    """Writes the whole answer itself where given."""


@dataclass
class Seen:
    """One request as the server saw it."""

    host: str
    path: str
    headers: dict[str, str]


class Server:
    """Routes are `host/path`; several replies to one route are given one after the other."""

    def __init__(self) -> None:
        self.routes: dict[str, list[Reply]] = {}
        self.seen: list[Seen] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        # Clients that hang up are part of the tests.
        self._http.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def add(self, route: str, *replies: Reply | str) -> str:
        """Set what a route answers (text: a page) and give its address."""
        self.routes[route] = [_page(r) if isinstance(r, str) else r for r in replies]
        return self.url(route)

    def url(self, route: str) -> str:
        """Address of a route."""
        name, _, path = route.partition("/")
        return f"http://{name}:{self.port}/{path}"

    def asked(self) -> list[str]:
        """Routes that were asked for, without robots.txt."""
        return [s.host + s.path for s in self.seen if s.path != "/robots.txt"]

    def resolver(self, host: str) -> list[str]:
        """Every name that ends in .test is this machine."""
        if host.endswith(".test"):
            return ["127.0.0.1"]
        raise OSError(f"unknown host {host}")

    def fetcher(self, *names: str, settings: CrawlSettings = FAST) -> HttpFetcher:
        """A fetcher that may ask exactly these names on this server's port."""
        hosts = tuple(f"{name}:{self.port}" for name in names)
        return HttpFetcher(replace(settings, allow_hosts=hosts), resolver=self.resolver)

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                name = self.headers.get("Host", "").rpartition(":")[0]
                server.seen.append(Seen(name, self.path, dict(self.headers.items())))
                replies = server.routes.get(name + self.path)
                if not replies:
                    reply = Reply(404, b"<title>missing</title>", {"Content-Type": "text/html"})
                else:
                    reply = replies.pop(0) if len(replies) > 1 else replies[0]
                if reply.write is not None:
                    self.close_connection = True
                    with contextlib.suppress(OSError):
                        reply.write(self)
                    return
                self.send_response(reply.status)
                for key, value in reply.headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *args: object) -> None:
                pass

        return Handler


def _page(html: str) -> Reply:
    return Reply(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def to(location: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status, b"", {"Location": location})


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server."""
    running = Server()
    yield running
    running.close()


@pytest.fixture
def clock() -> Clock:
    """A clock at second 1000."""
    return Clock()


@pytest.fixture
def reply() -> type[Reply]:
    """The class of answers."""
    return Reply


@pytest.fixture
def redirect() -> Callable[..., Reply]:
    """Makes a redirect."""
    return to


@pytest.fixture
def read(server: Server, clock: Clock) -> Callable[..., PagesRead]:
    """Reads routes of the server as own.test, with time standing still."""

    def go(*routes: str, **options: Any) -> PagesRead:
        options.setdefault("own_hosts", ["own.test"])
        settings = options.pop("settings", SETTINGS)
        names = ("own.test", "www.own.test", "other.test")
        return read_pages(
            [server.url(route) for route in routes],
            server.fetcher(*names),
            settings,
            clock=clock,
            sleep=clock.sleep,
            jitter=lambda: 0.0,
            **options,
        )

    return go
