"""The sample shop on a web server of this computer, and its exports with that server's address."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkplanner.sample import write_sample

__all__ = ["OwnSite", "own_site"]


class OwnSite:
    """A shop that answers on 127.0.0.1, its sitemap and its backlink export."""

    def __init__(self, folder: Path, port: int) -> None:
        self.host = f"127.0.0.1:{port}"
        self.base = f"http://{self.host}"
        self.sitemap = folder / "sitemap.xml"
        self.backlinks = folder / "ahrefs-backlinks.csv"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        return


def _move(path: Path, old: str, new: str) -> None:
    """Replace the address in a file, as UTF-8 and as UTF-16, the way Ahrefs writes."""
    content = path.read_bytes()
    for code in ("utf-8", "utf-16-le"):
        content = content.replace(old.encode(code), new.encode(code))
    path.write_bytes(content)


@contextmanager
def own_site(folder: Path) -> Iterator[OwnSite]:
    """Serve the sample shop; every address in its pages and files is the server's own."""
    sample = write_sample(folder)
    handler = functools.partial(_Quiet, directory=str(sample.site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    site = OwnSite(folder, server.server_address[1])
    for path in [*sample.site.rglob("*"), site.sitemap, site.backlinks]:
        if path.is_file() and path.suffix in {".html", ".xml", ".csv", ".txt"}:
            _move(path, sample.base_url, site.base)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
