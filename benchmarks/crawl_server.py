"""A web server on loopback for crawl benchmarks: a folder, an archive, or pages made up on the fly.

    python benchmarks/crawl_server.py PORT FOLDER https://host/
    python benchmarks/crawl_server.py PORT PAGES      (a made-up site of so many pages)

It answers under any host name; what it answers is kept, so that serving costs next to nothing.
"""

import random
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

__all__ = ["made_up_page"]

WORDS = (
    "river stone market garden window copper lantern harvest bridge silver journey castle winter "
    "orchard thunder meadow compass kettle saddle velvet anchor barrel candle ferry glacier hammer"
).split()


def made_up_page(number: int, pages: int) -> bytes:
    """Page `number` of a site of so many pages: a menu, paragraphs with links, a footer."""
    chance = random.Random(number)
    menu = "".join(f'<li><a href="/p/{n}">Section {n}</a></li>' for n in range(40))
    paragraphs = []
    for place in range(12):
        words = " ".join(chance.choices(WORDS, k=60))
        target = (number * 7 + place * place + 1) % pages
        name = " ".join(chance.choices(WORDS, k=2))
        paragraphs.append(f'<p>{words} <a href="/p/{target}">{name}</a> {words[:80]}.</p>')
    following = (number + 1) % pages
    return (
        f"<!doctype html><html lang=en><head><title>Page {number}</title></head><body>"
        f"<nav><ul>{menu}</ul></nav><main><h1>Page {number}</h1>{''.join(paragraphs)}"
        f'<p>Next comes <a href="/p/{following}">page {following}</a> of this long story.</p>'
        f'</main><footer><a href="/p/0">Imprint</a></footer></body></html>'
    ).encode()


def serve(port: int, place: str, base: str) -> None:
    """Serve until killed."""
    from linkplanner.crawl.folder import FolderFetcher

    folder = None if place.isdigit() else FolderFetcher({base: Path(place)})
    kept: dict[str, tuple[int, dict[str, str], bytes]] = {}

    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        if folder is None:
            name = path.rsplit("/", 1)[-1] or "0"
            if not name.isdigit():
                return 404, {"content-type": "text/plain"}, b""
            return 200, {"content-type": "text/html"}, made_up_page(int(name), int(place))
        if path not in kept:
            got = folder.fetch(base.rstrip("/") + path, follow=False)
            headers = dict(got.headers)
            if "location" in headers:
                headers["location"] = headers["location"].replace(base.rstrip("/"), "")
            kept[path] = (got.status, headers, got.body)
        return kept[path]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 2**16

        def do_GET(self) -> None:
            status, headers, body = answer(self.path)
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
