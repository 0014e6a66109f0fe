"""Built sites on loopback under their own host names, over http and https; the HTML is as it is.

What leads a name to this computer is a hook: arguments of the fetcher in this process
(`Loopback.fetcher`), a patched resolver in another one (`Loopback.environment`, see `hook/`).
"""

import json
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from urllib3.util.connection import create_connection

from linkplanner.crawl.fetch import HttpFetcher
from linkplanner.crawl.folder import FolderFetcher
from linkplanner.errors import FetchRefused
from linkplanner.settings import CrawlSettings
from tests.loopback.certificates import Authority

__all__ = ["Loopback"]

HOOK = Path(__file__).parent / "hook"
ROOT = Path(__file__).resolve().parents[2]


class Loopback:
    """Serves each folder as `https://NAME/`; `http://NAME/` redirects there."""

    def __init__(self, sites: Mapping[str, Path], place: Path) -> None:
        """`sites`: folder by host name. `place`: a folder for certificates."""
        self.names = tuple(sites)
        self.asked: list[str] = []
        """Addresses that were asked for, in order."""
        self.latest = 0.0
        """When the latest request came, by the monotonic clock."""
        authority = Authority(place)
        self.trusted = authority.trusted
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.certificate(self.names))

        def note(url: str) -> None:
            self.asked.append(url)
            self.latest = time.monotonic()

        folders = FolderFetcher({f"https://{name}/": folder for name, folder in sites.items()})
        self._servers = [_Server(scheme, folders, note) for scheme in ("http", "https")]
        # The handshake takes place in the thread of the connection, not in that of all of them.
        self._servers[1].socket = context.wrap_socket(
            self._servers[1].socket, server_side=True, do_handshake_on_connect=False
        )
        self.ports = {80: self._servers[0].server_port, 443: self._servers[1].server_port}
        """Port of this computer by the port of the web."""
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        self._hook = place / "loopback.json"
        told = {"names": self.names, "ports": self.ports, "trusted": str(self.trusted)}
        self._hook.write_text(json.dumps(told))

    def fetcher(self, settings: CrawlSettings) -> HttpFetcher:
        """A fetcher to which the sites are in the web, on private addresses of allowed hosts."""
        return HttpFetcher(settings, resolver=self._resolve, ca_file=self.trusted, dial=self._dial)

    def environment(self) -> dict[str, str]:
        """Environment of a Python process to which the sites are in the web."""
        paths = [str(HOOK), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {**os.environ, "LOOPBACK": str(self._hook), "PYTHONPATH": os.pathsep.join(paths)}

    def close(self) -> None:
        """Stop serving."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def _resolve(self, host: str) -> Sequence[str]:
        if host not in self.names:
            raise OSError(f"unknown host {host}")
        return ["127.0.0.1"]

    def _dial(self, place: tuple[str, int], timeout: Any, options: Any) -> socket.socket:
        assert place[0] == "127.0.0.1"
        return create_connection((place[0], self.ports[place[1]]), timeout, socket_options=options)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, scheme: str, folders: FolderFetcher, note: Callable[[str], None]) -> None:
        self.scheme, self.folders, self.note = scheme, folders, note
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients hang up, and some do not trust the certificate."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 2**16
    server: _Server

    def do_GET(self) -> None:
        asked = self.requestline.split(" ")[1]  # `path` has lost slashes that stand twice
        url = f"{self.server.scheme}://{self.headers.get('Host', '')}{asked}"
        self.server.note(url)
        try:
            answer = self.server.folders.fetch(url, follow=False)
            status, headers, body = answer.status, answer.headers, answer.body
        except FetchRefused:  # RFC 9110, 15.5.20: this server does not answer for that name
            status, headers, body = 421, {}, b""
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""
