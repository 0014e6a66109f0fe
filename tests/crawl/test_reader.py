"""Reading pages: politely, in order, only where allowed, and never losing what was read."""

import json
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from linkplanner.crawl.fetch import FolderFetcher
from linkplanner.crawl.journal import MemoryJournal
from linkplanner.crawl.reader import PagesRead, read_pages
from linkplanner.errors import InputError
from linkplanner.settings import CrawlSettings
from linkplanner.tables import LINK_ROWS, PAGE_ROWS, TEXT_ROWS

SETTINGS = CrawlSettings(delay=0.5)


def test_rows_for_pages_hops_errors_and_nothing_for_files(
    server: Any, read: Any, reply: Any, redirect: Any
) -> None:
    server.add(
        "own.test/",
        '<html lang=en><title>T</title><h1>H</h1><a href="/a">A</a><a href="http://x.test/">X</a>'
        '<a href="http://x.test/">again</a>',
    )
    server.add("own.test/a", redirect("/b", 301))
    server.add("own.test/b", redirect("/c", 302))
    server.add("own.test/c", "<p>Some words of text.</p>")
    server.add("own.test/gone", reply(410, b"gone", {"Content-Type": "text/html"}))
    server.add("own.test/f.pdf", reply(200, b"%PDF", {"Content-Type": "application/pdf"}))
    got = read("own.test/", "own.test/a", "own.test/gone", "own.test/f.pdf", "own.test/none")
    rows = got.pages.assign(url=got.pages["url"].str.rsplit("/", n=1).str[1]).set_index("url")
    assert rows["status"].to_dict() == {"": 200, "a": 301, "b": 302, "c": 200, "gone": 410, "none": 404}  # fmt: skip # noqa: E501
    assert rows["redirect_to"].dropna().str.rsplit("/", n=1).str[1].to_dict() == {"a": "b", "b": "c"}  # fmt: skip # noqa: E501
    assert rows.loc[""][["title", "h1", "language", "kind", "words"]].tolist() == ["T", "H", "en", "home", 1]  # fmt: skip # noqa: E501
    assert (got.read, got.refused, got.failed, got.stopped) == (2, 0, 0, False)
    assert got.left_out == (server.url("own.test/f.pdf"),)
    assert got.links["target_url"].tolist() == [server.url("own.test/a"), "http://x.test/"]
    for table, frame in ((PAGE_ROWS, got.pages), (LINK_ROWS, got.links), (TEXT_ROWS, got.texts)):
        assert dict(frame.dtypes.astype(str)) == dict(table.columns)


def test_pages_come_in_the_order_given_and_no_more_than_the_limit(server: Any, read: Any) -> None:
    for name in "cabd":
        server.add(f"own.test/{name}", "<p>x")
    read(*(f"own.test/{n}" for n in "cabd"), settings=replace(SETTINGS, pages=3))
    assert server.asked() == ["own.test/c", "own.test/a", "own.test/b"]


def test_www_counts_as_the_same_host(server: Any, read: Any, redirect: Any) -> None:
    server.add("own.test/", redirect(server.add("www.own.test/", "<p>x"), 301))
    assert read("own.test/").read == 1


def test_redirects_in_a_circle_end_with_one_sentence(server: Any, read: Any, redirect: Any) -> None:
    server.add("own.test/a", redirect("/b", 301))
    server.add("own.test/b", redirect("/a", 301))
    got = read("own.test/a", "own.test/b")
    assert got.pages["status"].tolist() == [301, 301]
    assert [m for m in got.messages if "circle" in m] == [
        f"“{server.url('own.test/a')}” redirects in a circle."
    ]


def test_long_chains_end(server: Any, read: Any, redirect: Any) -> None:
    for n in range(20):
        server.add(f"own.test/{n}", redirect(f"/{n + 1}", 301))
    got = read("own.test/0")
    assert len(got.pages) == 11
    assert any("more than 10 times" in m for m in got.messages)


def test_a_meta_refresh_is_followed_as_a_redirect(server: Any, read: Any) -> None:
    server.add("own.test/a", '<meta http-equiv="refresh" content="0; url=/b">')
    server.add("own.test/b", "<p>there</p>")
    got = read("own.test/a")
    assert got.pages["redirect_to"].iloc[0] == server.url("own.test/b")
    assert server.asked() == ["own.test/a", "own.test/b"]


# --- Politeness -------------------------------------------------------------------------------


def robots(reply: Any, text: str | bytes, status: int = 200) -> Any:
    body = text.encode() if isinstance(text, str) else text
    return reply(status, body, {"Content-Type": "text/plain"})


def test_requests_keep_their_distance(server: Any, read: Any, clock: Any) -> None:
    times: list[float] = []

    def stop() -> bool:
        times.append(clock.now)
        return False

    for name in "abc":
        server.add(f"own.test/{name}", "<p>x")
    read("own.test/a", "own.test/b", "own.test/c", should_stop=stop)
    assert clock.now == pytest.approx(1000 + 3 * 0.5)  # robots.txt, then three pages
    assert max(clock.slept) <= 0.5


def test_robots_txt_is_obeyed_and_counted(server: Any, read: Any, reply: Any) -> None:
    server.add("own.test/robots.txt", robots(reply, "User-agent: linkplanner\nDisallow: /no"))
    server.add("own.test/yes", "<p>x")
    got = read("own.test/no", "own.test/yes")
    assert server.asked() == ["own.test/yes"]
    assert (got.read, got.refused) == (1, 1)
    assert got.pages[["status", "blocked"]].values.tolist() == [[0, True], [200, False]]


@pytest.mark.parametrize(
    ("status", "text", "read_pages_expected", "message"),
    [
        (404, "", 1, ""),
        (403, "User-agent: *\nDisallow: /", 1, "status 403"),  # RFC 9309, 2.3.1.3
        (503, "", 0, "could not be read"),  # RFC 9309, 2.3.1.4
        (500, "", 0, "could not be read"),
        (200, "<html>404</html>\nUser-agent: *\nDisallow: /", 1, ""),
        (200, "\ufeffUser-agent: *\nDisallow: /", 0, ""),
        (200, b"# \xe9\xff\nUser-agent: *\nDisallow: /", 0, ""),
        (200, "User-agent: *\x00\nDisallow: /", 0, ""),
        (200, "User-agent: *\nDisallow: /\n" + "# x\n" * 150_000, 0, ""),
        (200, "User-agent: *\nCrawl-delay: abc", 1, ""),
        (200, "User-agent: *\nCrawl-delay: 3600", 0, "100.0 hours for 100 pages"),
    ],
)
def test_robots_answers(
    server: Any, read: Any, reply: Any, status: int, text: Any, read_pages_expected: int,
    message: str,
) -> None:  # fmt: skip
    server.add("own.test/robots.txt", robots(reply, text, status))
    server.add("own.test/a", "<p>x")
    got = read("own.test/a")
    assert (got.read, len(server.asked())) == (read_pages_expected, read_pages_expected)
    assert message in " ".join(got.messages)


def test_robots_redirects_are_followed(server: Any, read: Any, reply: Any, redirect: Any) -> None:
    for n in range(5):
        route = "own.test/robots.txt" if n == 0 else f"own.test/r{n}"
        server.add(route, redirect(f"/r{n + 1}"))
    server.add("own.test/r5", robots(reply, "User-agent: *\nDisallow: /a"))
    server.add("own.test/a", "<p>x")
    assert read("own.test/a").refused == 1


def test_endless_robots_redirects_count_as_no_rules(server: Any, read: Any, redirect: Any) -> None:
    server.add("own.test/robots.txt", redirect("/robots.txt"))
    server.add("own.test/a", "<p>x")
    assert read("own.test/a").read == 1


def test_crawl_delay_is_kept(server: Any, read: Any, reply: Any, clock: Any) -> None:
    server.add("own.test/robots.txt", robots(reply, "User-agent: *\nCrawl-delay: 2"))
    server.add("own.test/a", "<p>x")
    server.add("own.test/b", "<p>x")
    got = read("own.test/a", "own.test/b")
    assert clock.now == pytest.approx(1000 + 2 + 2)
    assert any("2 seconds between two pages" in m for m in got.messages)


@pytest.mark.parametrize(
    ("status", "headers", "waits"),
    [
        (429, {"Retry-After": "7"}, 7),
        (503, {"Retry-After": "3"}, 3),
        (429, {"Retry-After": formatdate(1_800_000_005, usegmt=True),
               "Date": formatdate(1_800_000_000, usegmt=True)}, 5),
        (429, {}, 2),  # patience of its own
        (503, {"Retry-After": "soon"}, 2),
        (429, {"Retry-After": "-5"}, 2),
        (503, {"Retry-After": formatdate(1_000_000_000, usegmt=True),
               "Date": formatdate(1_800_000_000, usegmt=True)}, 2),
    ],
)  # fmt: skip
def test_overloaded_servers_get_time(
    server: Any, read: Any, reply: Any, clock: Any, status: int, headers: dict[str, str], waits: int
) -> None:
    def busy(handler: Any) -> None:
        lines = "".join(f"{k}: {v}\r\n" for k, v in headers.items())
        handler.wfile.write(
            f"HTTP/1.1 {status} Busy\r\n{lines}"
            "Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )

    page = reply(200, b"<p>x", {"Content-Type": "text/html"})
    server.add("own.test/a", reply(write=busy), page)
    assert read("own.test/a").read == 1
    assert clock.now == pytest.approx(1000 + 0.5 + waits)


def test_a_day_is_too_long_to_wait(server: Any, read: Any, reply: Any, clock: Any) -> None:
    server.add("own.test/a", reply(429, b"", {"Retry-After": "86400"}))
    server.add("own.test/b", "<p>x")
    got = read("own.test/a", "own.test/b")
    assert server.asked() == ["own.test/a"]
    assert clock.now < 1010
    assert any("1,440 minutes" in m for m in got.messages)


def test_three_tries_then_the_error_is_written_down(server: Any, read: Any, reply: Any) -> None:
    server.add("own.test/a", reply(500, b"broken", {"Content-Type": "text/html"}))
    got = read("own.test/a")
    assert len(server.asked()) == 3
    assert got.pages["status"].tolist() == [500]


def test_a_host_that_is_down_is_given_up(server: Any, read: Any, reply: Any) -> None:
    for n in range(9):
        server.add(f"own.test/{n}", reply(write=lambda handler: None))
    got = read(*(f"own.test/{n}" for n in range(9)))
    assert len(server.asked()) == 15  # three tries for each of five
    assert got.failed == 5
    assert any("4 more addresses" in m for m in got.messages)


def test_overloaded_is_not_broken(server: Any, read: Any, reply: Any) -> None:
    server.add("own.test/a", reply(503, b"", {}))
    got = read("own.test/a")
    assert (got.failed, got.pages["status"].isna().tolist()) == (1, [True])


def test_forbidden_everywhere_is_told(server: Any, read: Any, reply: Any) -> None:
    for name in "abc":
        server.add(f"own.test/{name}", reply(403, b"", {}))
    assert any("turn programs away" in m for m in read(*(f"own.test/{n}" for n in "abc")).messages)


def test_a_site_of_scripts_is_recognised(server: Any, read: Any) -> None:
    for name in "abc":
        server.add(f"own.test/{name}", "<div id=app></div><script src=x.js></script>")
    assert any("JavaScript" in m for m in read(*(f"own.test/{n}" for n in "abc")).messages)


# --- Stopping, going on, keeping --------------------------------------------------------------


def test_stopping_keeps_what_was_read(server: Any, read: Any) -> None:
    for name in "abcd":
        server.add(f"own.test/{name}", "<p>x")
    told: list[tuple[int, int, str]] = []
    got = read(
        *(f"own.test/{n}" for n in "abcd"),
        progress=lambda *step: told.append(step),
        should_stop=lambda: len(server.asked()) >= 2,
    )
    assert (got.stopped, got.read) == (True, 2)
    assert [step[1] for step in told] == [4] * len(told)
    assert told[0][:1] == (1,)
    assert told[-1][2] == "Stopped"


def test_stopping_does_not_wait_for_a_slow_server(server: Any, read: Any, reply: Any) -> None:
    server.add("own.test/a", reply(write=lambda handler: handler.rfile.read(1)))
    server.add("own.test/robots.txt", reply(404))
    settings = replace(SETTINGS, read_timeout=30.0)
    got = read("own.test/a", settings=settings, should_stop=lambda: bool(server.asked()))
    assert (got.stopped, got.read) == (True, 0)


def test_going_on_fetches_nothing_twice(server: Any, read: Any, redirect: Any, reply: Any) -> None:
    server.add("own.test/a", redirect("/z", 301))
    server.add("own.test/z", "<p>z")
    server.add("own.test/f", reply(200, b"x", {"Content-Type": "text/plain"}))
    for name in "bcd":
        server.add(f"own.test/{name}", f"<p>{name}")
    routes = [f"own.test/{n}" for n in "afbcd"]
    journal = MemoryJournal()
    for count in (1, 2, 3, 5, 99):
        part = read(*routes, journal=journal, should_stop=lambda n=count: len(server.asked()) >= n)
    assert sorted(server.asked()) == sorted(f"own.test/{n}" for n in "azfbcd")
    assert part.read == 4
    whole = read(*routes)
    key = ["url"]
    pd.testing.assert_frame_equal(
        part.pages.sort_values(key).reset_index(drop=True),
        whole.pages.sort_values(key).reset_index(drop=True),
    )


def test_no_answer_is_asked_again_when_going_on(server: Any, read: Any, reply: Any) -> None:
    server.add("own.test/a", reply(write=lambda handler: None))
    journal = MemoryJournal()
    first = read("own.test/a", journal=journal)
    assert (first.failed, first.pages["status"].tolist()) == (1, [0])
    server.add("own.test/a", "<p>x")
    second = read("own.test/a", journal=journal)
    assert (second.failed, second.pages["status"].tolist()) == (0, [200])


def test_saved_and_loaded_it_is_the_same(server: Any, read: Any, tmp_path: Path) -> None:
    versions = "<link rel=alternate hreflang=DE href=/de/a><link rel=alternate hreflang=fr href=/f>"
    server.add(
        "own.test/a",
        f"<title>a</title>{versions}<body><p>Text <a href=/b>with a link</a> inside.</p>",
    )
    got = read("own.test/a", "own.test/none")
    assert got.alternates.values.tolist() == [
        [server.url("own.test/a"), "de", server.url("own.test/de/a")],
        [server.url("own.test/a"), "fr", server.url("own.test/f")],
    ]
    got.save(tmp_path / "out")
    back = PagesRead.load(tmp_path / "out")
    for name in ("pages", "links", "texts", "alternates"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(got, name))
    assert back.messages == got.messages
    names = {file.stem for file in (tmp_path / "out").iterdir()}
    assert names == {"pages", "links", "texts", "alternates", "crawl"}
    assert json.loads((tmp_path / "out" / "crawl.json").read_text())["read"] == 1
    (tmp_path / "out" / "alternates.parquet").unlink()  # as earlier versions wrote it
    assert len(PagesRead.load(tmp_path / "out").alternates) == 0


def test_links_of_pages_that_were_not_saved_are_dropped(
    server: Any, read: Any, tmp_path: Path
) -> None:
    """A crash between two files leaves links of pages that will be read again."""
    server.add("own.test/a", "<a href=/b>b</a>")
    got = read("own.test/a")
    replace(got, pages=PAGE_ROWS.empty()).save(tmp_path)
    assert len(PagesRead.load(tmp_path).links) == 0


def test_a_folder_without_a_crawl_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not hold a crawl"):
        PagesRead.load(tmp_path)


def test_found_pages_are_read_where_asked(tmp_path: Path) -> None:
    for name, links in {"index": "a b", "a": "index c", "b": "x.pdf", "c": "a gone"}.items():
        anchors = "".join(f'<a href="/{n}">{n}</a>' for n in links.split())
        (tmp_path / f"{name}.html").write_text(anchors, encoding="utf-8")
    site = FolderFetcher({"https://own.test/": tmp_path})
    settings = CrawlSettings(delay=0)
    got = read_pages(["https://own.test/"], site, settings, own_hosts=["own.test"], discover=True)
    found = got.pages["url"].str.removeprefix("https://own.test/").tolist()
    assert found == ["", "a", "b", "index", "c", "gone"]
    assert got.pages["status"].tolist() == [200, 200, 200, 200, 200, 404]
    few = read_pages(
        ["https://own.test/"], site, replace(settings, pages=2), own_hosts=["own.test"],
        discover=True,
    )  # fmt: skip
    assert len(few.pages) == 2
