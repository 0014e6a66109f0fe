"""The one door to the web: checked addresses, pinned connections, limits on size, time and hops.

The address check stands where the connection is made, so what was checked is what is connected to,
whatever a name resolves to a moment later and however a URL is spelled. Proxies, netrc files and
cookies of the environment are not used: a proxy would connect for us, past the check.
"""

import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    ReadTimeoutError,
)
from urllib3.exceptions import NewConnectionError as NoConnection
from urllib3.poolmanager import PoolManager
from urllib3.util.connection import create_connection

from linkplanner.crawl.address import Guard, Resolver, resolve_by_system
from linkplanner.crawl.answer import Fetched, Fetcher, redirect_target
from linkplanner.crawl.deadline import Deadlines
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.crawl.inflate import Inflater
from linkplanner.errors import FetchRefused
from linkplanner.settings import CrawlSettings

__all__ = ["Fetched", "Fetcher", "FolderFetcher", "HttpFetcher", "redirect_target"]

_CHUNK = 64 * 2**10
_MEDIA = ("image/", "video/", "audio/", "font/", "application/pdf")
"""Content types whose bodies are never read: no page and no sitemap is one of these."""
_CAUSES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((NameResolutionError, socket.gaierror), "the name of the host is not known"),
    ((ConnectionRefusedError,), "the server refused the connection"),
    ((ssl.SSLError, requests.exceptions.SSLError), "its certificate or encryption is not valid"),
    ((TimeoutError, ReadTimeoutError, requests.Timeout), "the server did not answer in time"),
)
"""Causes in words, the more telling first."""
_DEADLINES = Deadlines()
Dial = Callable[[tuple[str, int], Any, Any], socket.socket]
"""Opens a connection to a checked address and port, with timeout and socket options; OSError."""
_TROUBLE = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError, zlib.error)


def _dial(place: tuple[str, int], timeout: Any, options: Any) -> socket.socket:
    return create_connection(place, timeout, socket_options=options)


class HttpFetcher:
    """Fetches over http and https, one request at a time.

    `allow_hosts` of the settings names hosts (`name` or `name:port`) on private networks that the
    user allowed. `close` may be called from another thread: it ends the request under way.
    """

    def __init__(
        self,
        settings: CrawlSettings | None = None,
        *,
        resolver: Resolver = resolve_by_system,
        ca_file: Path | None = None,
        dial: Dial = _dial,
    ) -> None:
        """`ca_file`: certificates to trust instead of the usual ones, for a server with its own.
        `dial`: opens connections, to addresses that were checked and to no others."""
        self._verify: bool | str = True if ca_file is None else str(ca_file)
        self._settings = settings or CrawlSettings()
        self._alike = partial(
            HttpFetcher, self._settings, resolver=resolver, ca_file=ca_file, dial=dial
        )
        self._guard = Guard(self._settings.allow_hosts, resolver)
        self._wire = _Wire(self._guard, dial)
        self._adapter = _PinnedAdapter(self._wire)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": self._settings.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            }
        )
        self._closed = False

    def fork(self) -> "HttpFetcher":
        """Another one alike, for requests beside this one's; both are to be closed."""
        return self._alike()

    def fetch(
        self, url: str, *, follow: bool = True, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Ask for one address; see `Fetcher.fetch`. Each hop is checked like the first."""
        hops: list[tuple[str, int]] = []
        address = self._guard.check_url(url)
        while True:
            answer = self._ask(url, address, tuple(hops), headers or {})
            target = redirect_target(answer) if follow else None
            if target is None:
                return answer
            hops.append((address, answer.status))
            if len(hops) > self._settings.max_redirects:
                raise FetchRefused(
                    f"“{url}” redirects more than {self._settings.max_redirects} times."
                )
            address = self._guard.check_url(target)

    def close(self) -> None:
        """End the request under way, if any, and all connections; further requests fail."""
        self._closed = True
        self._wire.cut()
        self._adapter.close()

    def __enter__(self) -> "HttpFetcher":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(
        self, url: str, address: str, hops: tuple[tuple[str, int], ...], more: Mapping[str, str]
    ) -> Fetched:
        limit = self._settings.total_timeout
        overdue = threading.Event()
        self._wire.mend()
        watch = _DEADLINES.set(limit, lambda: self._wire.cut(overdue))
        error, status = "", 0
        headers: dict[str, str] = {}
        body = b""
        try:
            if not self._closed:
                status, headers, body = self._exchange(address, more)
        except _TROUBLE as trouble:
            error = _why(trouble)
        finally:
            _DEADLINES.call_off(watch)
            self._wire.sweep()
        # What came before a cut may look like a whole answer: its end is the end of the connection.
        if overdue.is_set():
            error = f"no whole answer within {limit:g} seconds"
        if self._closed:
            error = "the fetcher was closed"
        if error:
            return Fetched(url, address, 0, redirects=hops, error=error)
        return Fetched(url, address, status, headers, body, hops)

    def _exchange(self, address: str, more: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """One request and its whole answer. Straight through the adapter: a session would read the
        bodies of redirects without limit and keep cookies."""
        request = self._session.prepare_request(
            requests.Request("GET", address, headers=dict(more))
        )
        timeout = (self._settings.connect_timeout, self._settings.read_timeout)
        response = self._adapter.send(request, stream=True, timeout=timeout, verify=self._verify)
        try:
            headers = {name.lower(): value for name, value in response.headers.items()}
            media = headers.get("content-type", "").strip().lower().startswith(_MEDIA)
            if media or 300 <= response.status_code < 400:
                return response.status_code, headers, b""
            return response.status_code, headers, self._read(response, headers, address)
        finally:
            response.close()

    def _read(self, response: requests.Response, headers: dict[str, str], address: str) -> bytes:
        encoding = headers.get("content-encoding", "")
        inflater = Inflater(encoding, self._settings.max_bytes, address)
        while piece := response.raw.read1(_CHUNK, decode_content=False):
            inflater.feed(piece)
        return inflater.body()


class _Wire:
    """Opens connections to checked addresses only, and can cut them from another thread."""

    def __init__(self, guard: Guard, dial: Dial) -> None:
        self._guard, self._dial = guard, dial
        self._handles: dict[HTTPConnection, socket.socket] = {}
        self._lock = threading.Lock()
        self._severed = False

    def open(self, connection: HTTPConnection) -> socket.socket:
        """A socket to the first checked address that answers; raises FetchRefused, OSError."""
        failure: OSError = OSError(f"no address is known for {connection.host}")
        for address in self._guard.addresses(connection.host, connection.port or 80):
            try:
                place = (address, connection.port or 80)
                sock = self._dial(place, connection.timeout, connection.socket_options)
            except OSError as error:
                failure = error
                continue
            with self._lock:
                if self._severed:
                    sock.close()
                    break
                self._close(self._handles.pop(connection, None))
                # A second handle of the same connection: TLS takes the first one away.
                self._handles[connection] = sock.dup()
            return sock
        raise failure

    def mend(self) -> None:
        """Let connections be opened again after a cut."""
        self._severed = False

    def cut(self, told: threading.Event | None = None) -> None:
        """Shut every connection, also one being made; whoever reads from one meets its end.

        `told` is set first, so that the reader can know why.
        """
        if told is not None:
            told.set()
        with self._lock:
            self._severed = True
            for handle in self._handles.values():
                try:
                    handle.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue

    def sweep(self) -> None:
        """Let go of connections that were closed."""
        with self._lock:
            for connection in [c for c in self._handles if c.sock is None]:
                self._close(self._handles.pop(connection))

    @staticmethod
    def _close(handle: socket.socket | None) -> None:
        if handle is not None:
            handle.close()


def _open(connection: Any) -> socket.socket:
    """What both kinds of connection do instead of resolving the name themselves."""
    try:
        return connection.wire.open(connection)
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, "no connection in time") from error
    except OSError as error:
        raise NoConnection(connection, str(error)) from error


class _PinnedHttp(HTTPConnection):
    def __init__(self, *args: Any, wire: _Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = wire

    def _new_conn(self) -> socket.socket:
        return _open(self)


class _PinnedHttps(HTTPSConnection):
    def __init__(self, *args: Any, wire: _Wire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = wire

    def _new_conn(self) -> socket.socket:
        return _open(self)


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _PinnedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _PinnedHttps


class _PinnedPools(PoolManager):
    """Pools whose connections go through one wire; server name and certificate stay the host's."""

    def __init__(self, wire: _Wire, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._wire = wire
        self.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def _new_pool(
        self, scheme: str, host: str, port: int, request_context: dict[str, Any] | None = None
    ) -> HTTPConnectionPool:
        pool = super()._new_pool(scheme, host, port, request_context)
        pool.conn_kw["wire"] = self._wire
        return pool


class _PinnedAdapter(HTTPAdapter):
    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        super().__init__(pool_connections=4, pool_maxsize=1)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        self.poolmanager = _PinnedPools(
            self._wire, num_pools=connections, maxsize=maxsize, block=block, **pool_kwargs
        )


def _why(error: BaseException) -> str:
    """The cause of a failed request in a few words, from the whole chain of causes."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    for kinds, words in _CAUSES:
        if any(isinstance(cause, kinds) for cause in chain):
            return words
    return f"the connection broke: {str(error)[:160]}"
