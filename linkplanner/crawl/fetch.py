"""The one door to the web: checked addresses, pinned connections, limits on size, time and hops.

The address check stands where the connection is made, so what was checked is what is connected to,
whatever a name resolves to a moment later and however a URL is spelled. Proxies, netrc files and
cookies of the environment are not used: a proxy would connect for us, past the check.
"""

import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from functools import partial
from http.client import HTTPException
from pathlib import Path
from types import TracebackType

import requests
from urllib3.exceptions import (
    HTTPError,
    NameResolutionError,
    ReadTimeoutError,
)

from linkplanner.crawl.address import Guard, Resolver, resolve_by_system
from linkplanner.crawl.answer import Fetched, Fetcher, redirect_target
from linkplanner.crawl.deadline import Deadlines
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.crawl.inflate import Inflater
from linkplanner.crawl.wire import Dial, PinnedAdapter, Wire, dial
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
_TROUBLE = (requests.RequestException, HTTPError, HTTPException, OSError, ValueError, zlib.error)


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
        dial: Dial = dial,
    ) -> None:
        """`ca_file`: certificates to trust instead of the usual ones, for a server with its own.
        `dial`: opens connections, to addresses that were checked and to no others."""
        self._verify: bool | str = True if ca_file is None else str(ca_file)
        self._settings = settings or CrawlSettings()
        self._alike = partial(
            HttpFetcher, self._settings, resolver=resolver, ca_file=ca_file, dial=dial
        )
        self._guard = Guard(self._settings.allow_hosts, resolver)
        self._wire = Wire(self._guard, dial)
        self._adapter = PinnedAdapter(self._wire)
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
