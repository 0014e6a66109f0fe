"""The one door: what it refuses, where it stops, and what it brings back."""

import contextlib
import gzip
import json
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

import linkplanner.crawl.wire as wire_module
from linkplanner.crawl.address import Guard
from linkplanner.crawl.fetch import HttpFetcher
from linkplanner.crawl.reader import read_pages
from linkplanner.crawl.robots import sitemaps
from linkplanner.errors import FetchRefused
from linkplanner.settings import CrawlSettings
from tests.loopback.certificates import Authority

HTML = {"Content-Type": "text/html"}


def test_brings_back_status_headers_and_body(server: Any) -> None:
    url = server.add("own.test/page", "<h1>Hello</h1>")
    answer = server.fetcher("own.test").fetch(url)
    assert (answer.status, answer.body, answer.error) == (200, b"<h1>Hello</h1>", "")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (answer.url, answer.final_url, answer.redirects) == (url, url, ())
    sent = server.seen[0].headers
    assert sent["Host"] == f"own.test:{server.port}"
    assert sent["User-Agent"].startswith("linkplanner/")
    assert "+https://" in sent["User-Agent"]
    assert "Cookie" not in sent
    assert "Authorization" not in sent


def test_redirects_are_followed_and_listed(server: Any, redirect: Any) -> None:
    server.add("own.test/a", redirect("/b", 301))
    server.add("own.test/b", redirect(server.url("own.test/c#part"), 307))
    server.add("own.test/c", "there")
    answer = server.fetcher("own.test").fetch(server.url("own.test/a"))
    assert (answer.final_url, answer.body) == (server.url("own.test/c"), b"there")
    assert [(u.rsplit("/", 1)[1], s) for u, s in answer.redirects] == [("a", 301), ("b", 307)]


def test_one_hop_where_asked(server: Any, redirect: Any) -> None:
    url = server.add("own.test/a", redirect("/b", 308))
    answer = server.fetcher("own.test").fetch(url, follow=False)
    assert (answer.status, answer.headers["location"], len(server.seen)) == (308, "/b", 1)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda b: gzip.compress(b[:5]) + gzip.compress(b[5:])),
        ("deflate", zlib.compress),
        ("deflate", lambda b: zlib.compress(b)[2:-4]),
        ("identity", lambda b: b),
    ],
)
def test_packed_bodies(
    server: Any, reply: Any, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    text = b"some text " * 1000
    url = server.add("own.test/", reply(200, pack(text), {"Content-Encoding": encoding, **HTML}))
    assert server.fetcher("own.test").fetch(url).body == text


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_bombs_stop_at_the_limit(server: Any, reply: Any, encoding: str) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(200)) + packer.flush()
    url = server.add("own.test/", reply(200, bomb, {"Content-Encoding": encoding, **HTML}))
    with pytest.raises(FetchRefused, match="larger than 10 MiB"):
        server.fetcher("own.test").fetch(url)


def test_the_limit_holds_for_plain_bodies_and_is_exact(server: Any, reply: Any) -> None:
    fetcher = server.fetcher("own.test", settings=CrawlSettings(max_bytes=1000))
    whole = server.add("own.test/whole", reply(200, b"x" * 1000, HTML))
    over = server.add("own.test/over", reply(200, b"x" * 1001, HTML))
    assert len(fetcher.fetch(whole).body) == 1000
    with pytest.raises(FetchRefused, match="larger"):
        fetcher.fetch(over)


def test_bodies_of_redirects_are_not_read(server: Any, reply: Any) -> None:
    bomb = gzip.compress(bytes(30 * 2**20))
    headers = {"Location": "/b", "Content-Encoding": "gzip"}
    server.add("own.test/a", reply(301, bomb, headers))
    server.add("own.test/b", "there")
    assert server.fetcher("own.test").fetch(server.url("own.test/a")).body == b"there"


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.02)


def _drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.02)


@pytest.mark.parametrize("write", [_drip, _drip_headers])
def test_a_server_that_drips_meets_the_total_limit(server: Any, reply: Any, write: Any) -> None:
    url = server.add("own.test/", reply(write=write))
    settings = CrawlSettings(read_timeout=2, total_timeout=0.3)
    begin = time.monotonic()
    answer = server.fetcher("own.test", settings=settings).fetch(url)
    assert (answer.status, answer.error) == (0, "no whole answer within 0.3 seconds")
    assert time.monotonic() - begin < 1.5


def _never(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(1)


@pytest.mark.parametrize(
    ("write", "error"),
    [
        (_never, "did not answer in time"),
        (lambda h: h.wfile.write(b"nonsense\r\n\r\n"), "broke"),
        (lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"), "broke"),
        (lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n"), "broke"),
        (lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nxx"), "broke"),
        (lambda h: h.wfile.write(b""), "broke"),
    ],
)
def test_trouble_gives_status_0_and_a_reason(
    server: Any, reply: Any, write: Any, error: str
) -> None:
    url = server.add("own.test/", reply(write=write))
    settings = CrawlSettings(read_timeout=0.3, total_timeout=2)
    answer = server.fetcher("own.test", settings=settings).fetch(url)
    assert answer.status == 0
    assert error in answer.error


def test_unknown_host_and_closed_port(server: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings = CrawlSettings(allow_hosts=(f"own.test:{port}",))
    fetcher = HttpFetcher(settings, resolver=server.resolver)
    assert "refused the connection" in fetcher.fetch(f"http://own.test:{port}/").error
    assert fetcher.fetch("http://nowhere.invalid/").error != ""


def test_unasked_encodings_are_refused(server: Any, reply: Any) -> None:
    url = server.add("own.test/", reply(200, b"xx", {"Content-Encoding": "br", **HTML}))
    with pytest.raises(FetchRefused, match="br"):
        server.fetcher("own.test").fetch(url)


def test_media_are_not_downloaded(server: Any, reply: Any) -> None:
    url = server.add("own.test/x", reply(200, b"x" * 5000, {"Content-Type": "image/png"}))
    answer = server.fetcher("own.test").fetch(url)
    assert (answer.status, answer.body) == (200, b"")


def test_connections_are_kept(server: Any) -> None:
    calls: list[str] = []

    def resolver(host: str) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"]

    url = server.add("own.test/", "hello")
    allow = (f"own.test:{server.port}",)
    fetcher = HttpFetcher(CrawlSettings(allow_hosts=allow), resolver=resolver)
    assert [fetcher.fetch(url).status for _ in range(3)] == [200, 200, 200]
    assert calls == ["own.test"]


def test_closing_ends_a_request_under_way(server: Any, reply: Any) -> None:
    url = server.add("own.test/", reply(write=_drip))
    fetcher = server.fetcher("own.test", settings=CrawlSettings(total_timeout=30))
    closer = threading.Timer(0.2, fetcher.close)
    closer.start()
    begin = time.monotonic()
    answer = fetcher.fetch(url)
    assert time.monotonic() - begin < 3
    # What a dripping server sent before is not taken for a page.
    assert answer.status == 0
    assert fetcher.fetch(url).error == "the fetcher was closed"


# --- Published behaviours ---------------------------------------------------------------------


def redirect_to_loopback(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("public.test/", redirect("http://127.0.0.1/"))
    with pytest.raises(FetchRefused, match="127"):
        server.fetcher("public.test").fetch(url)
    inside = redirect(f"http://127.0.0.1:{server.port}/inside")
    url = server.add("public.test/again", inside)
    with pytest.raises(FetchRefused):
        server.fetcher("public.test").fetch(url)
    assert server.asked() == ["public.test/", "public.test/again"]


def redirect_to_metadata(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("public.test/", redirect("http://169.254.169.254/latest/meta-data/", 307))
    with pytest.raises(FetchRefused, match="169"):
        server.fetcher("public.test").fetch(url)


def redirect_scheme(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("public.test/", redirect("file:///etc/passwd"))
    with pytest.raises(FetchRefused, match="file:///etc/passwd"):
        server.fetcher("public.test").fetch(url)


def redirect_downgrade(server: Any, redirect: Any, clock: Any) -> None:
    """The step down is listed, and user names of an address are never sent."""
    url = server.add("own.test/a", redirect(f"http://me:secret@own.test:{server.port}/b"))
    server.add("own.test/b", "there")
    answer = server.fetcher("own.test").fetch(url.replace("http://", "http://me:secret@"))
    assert [status for _, status in answer.redirects] == [302]
    assert not any("Authorization" in s.headers for s in server.seen)


def redirect_loop(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("own.test/a", redirect("/b"))
    server.add("own.test/b", redirect("/a"))
    with pytest.raises(FetchRefused, match="more than 10 times"):
        server.fetcher("own.test").fetch(url)
    assert len(server.seen) == 11


def redirect_cross_site(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("own.test/", redirect(server.add("other.test/", "other"), 301))
    read = _read(server, clock, [url], "own.test", "other.test")
    assert server.asked() == ["own.test/"]
    assert read.pages["redirect_to"].tolist() == [server.url("other.test/")]
    assert any("other.test" in message for message in read.messages)


def dns_rebind(server: Any, redirect: Any, clock: Any) -> None:
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    tried: list[Any] = []

    def connect(address: Any, *args: Any, **kwargs: Any) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire_module, "create_connection", connect)
        fetcher = HttpFetcher(resolver=lambda host: answers.pop(0))
        assert fetcher.fetch("http://rebind.test/").status == 0
    assert tried == [("93.184.216.34", 80)]
    assert answers == [["127.0.0.1"]]
    with pytest.raises(FetchRefused, match="private"):
        fetcher.fetch("http://rebind.test/")


def dns_mixed(server: Any, redirect: Any, clock: Any) -> None:
    guard = Guard((), lambda host: ["93.184.216.34", "10.0.0.5"])
    assert guard.addresses("mixed.test", 80) == ["93.184.216.34"]


def dns_aaaa_private(server: Any, redirect: Any, clock: Any) -> None:
    guard = Guard((), lambda host: ["::1", "93.184.216.34"])
    assert guard.addresses("mixed.test", 80) == ["93.184.216.34"]


def meta_refresh(server: Any, redirect: Any, clock: Any) -> None:
    inside = f"http://127.0.0.1:{server.port}/"
    url = server.add("own.test/", f'<meta http-equiv=refresh content="0;url={inside}">')
    read = _read(server, clock, [url], "own.test", hosts=["own.test", "127.0.0.1"])
    assert server.asked() == ["own.test/"]
    assert read.pages["redirect_to"].tolist() == [inside]
    assert (read.refused, read.pages["status"].tolist()) == (1, [200])


def sitemap_loc_private(server: Any, redirect: Any, clock: Any) -> None:
    (location,) = sitemaps("Sitemap: http://127.0.0.1/s.xml")
    with pytest.raises(FetchRefused, match="127"):
        server.fetcher("own.test").fetch(location)


def sitemap_index_external(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("other.test/", "other")
    read = _read(server, clock, [url], "own.test", "other.test", hosts=["own.test"])
    assert (server.seen, read.refused, len(read.pages)) == ([], 1, 0)
    assert any("other.test is not among your hosts" in m for m in read.messages)


def env_proxy(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("own.test/", "direct")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")
        patch.delenv("NO_PROXY", raising=False)
        patch.delenv("no_proxy", raising=False)
        assert server.fetcher("own.test").fetch(url).body == b"direct"


def allow_localhost_opt_in(server: Any, redirect: Any, clock: Any) -> None:
    url = server.add("localhost/", "staging")
    with pytest.raises(FetchRefused, match="localhost"):
        HttpFetcher().fetch(url)
    allow = (f"localhost:{server.port}",)
    fetcher = HttpFetcher(CrawlSettings(allow_hosts=allow), resolver=lambda h: ["127.0.0.1"])
    assert fetcher.fetch(url).body == b"staging"


BEHAVIOURS = {
    check.__name__.replace("_", "-"): check
    for check in (
        redirect_to_loopback, redirect_to_metadata, redirect_scheme, redirect_downgrade,
        redirect_loop, redirect_cross_site, dns_rebind, dns_mixed, dns_aaaa_private, meta_refresh,
        sitemap_loc_private, sitemap_index_external, env_proxy, allow_localhost_opt_in,
    )
}  # fmt: skip


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_published_behaviour(name: str, server: Any, redirect: Any, clock: Any) -> None:
    BEHAVIOURS[name](server, redirect, clock)


def test_every_published_behaviour_has_its_check(shared: Callable[[str], Path]) -> None:
    lines = shared("vectors/ssrf_behaviours.jsonl").open(encoding="utf-8")
    assert {json.loads(line)["id"] for line in lines} == set(BEHAVIOURS)


def _read(server: Any, clock: Any, urls: list[str], *names: str, hosts: Any = None) -> Any:
    return read_pages(
        urls,
        server.fetcher(*names),
        own_hosts=hosts or names[:1],
        clock=clock,
        sleep=clock.sleep,
    )


# --- Encrypted connections --------------------------------------------------------------------


def test_name_and_certificate_are_those_of_the_host(tmp_path: Path, server: Any) -> None:
    authority = Authority(tmp_path)
    asked: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", server.add("own.test/plain", "plain"))
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certificate(["own.test"]))
    context.sni_callback = lambda sock, name, ctx: asked.append(name)  # type: ignore[assignment]
    secure = HTTPServer(("127.0.0.1", 0), Handler)
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    secure.handle_error = lambda *args: None  # type: ignore[method-assign]
    port = secure.server_address[1]
    threading.Thread(target=secure.serve_forever, args=(0.02,), daemon=True).start()
    allow = tuple(f"{n}:{p}" for n in ("own.test", "other.test") for p in (port, server.port))
    settings = replace(CrawlSettings(), allow_hosts=allow)
    trusting = HttpFetcher(settings, resolver=server.resolver, ca_file=authority.trusted)
    answer = trusting.fetch(f"https://own.test:{port}/")
    assert answer.body == b"plain"  # the step down to http is followed, and listed
    assert answer.redirects == ((f"https://own.test:{port}/", 302),)
    assert "certificate" in trusting.fetch(f"https://other.test:{port}/").error
    usual = HttpFetcher(settings, resolver=server.resolver)
    assert "certificate" in usual.fetch(f"https://own.test:{port}/").error
    assert asked == ["own.test", "other.test", "own.test"]
    secure.shutdown()
    secure.server_close()


def test_certificates_bear_strict_checks(tmp_path: Path) -> None:
    """What newer Pythons ask for by default (RFC 5280), asked for on every one."""
    authority = Authority(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(authority.certificate(["own.test", "www.own.test"]))
    asking = ssl.create_default_context(cafile=str(authority.trusted))
    asking.verify_flags |= ssl.VERIFY_X509_STRICT
    into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = asking.wrap_bio(into, out, server_hostname="www.own.test")
    server = serving.wrap_bio(out, into, server_side=True)
    for end in (client, server, client, server):
        with contextlib.suppress(ssl.SSLWantReadError):
            end.do_handshake()
    names = client.getpeercert()["subjectAltName"]  # type: ignore[index]
    assert names == (("DNS", "own.test"), ("DNS", "www.own.test"))
