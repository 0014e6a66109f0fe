"""Backlinks are looked at where they stand, under the limits of the crawl."""

from typing import Any

import pytest

from linkplanner.crawl.link_check import check_link, gate_for
from linkplanner.settings import CrawlSettings

TARGET = "https://www.shop.example/shoes/"


@pytest.fixture
def look(server: Any, clock: Any) -> Any:
    """Checks a route of the server for a link to TARGET, with time standing still."""

    def go(route: str, target: str = TARGET) -> Any:
        fetcher = server.fetcher("blog.test", "other.test")
        gate = gate_for(fetcher, CrawlSettings(), clock=clock, sleep=clock.sleep)
        return check_link(fetcher, server.url(route), target, gate=gate)

    return go


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f'<p>We like <a href="{TARGET}">these shoes</a> a lot, all of us.</p>',
         (True, True, True, "these shoes", 1, 0)),
        ('<p>Read on at <a href="http://shop.example/shoes">this shop</a> for much more.</p>',
         (True, True, True, "this shop", 1, 0)),
        (f'<p>Some words before <a rel="nofollow ugc" href="{TARGET}">shoes</a> and after.</p>',
         (True, False, True, "shoes", 1, 0)),
        (f'<footer><a href="{TARGET}">partner</a></footer>',
         (True, True, False, "partner", 1, 0)),
        (f'<footer><a href="{TARGET}">partner</a></footer><p>Words and <a href="{TARGET}">shoes'
         "</a> and words.</p>", (True, True, True, "shoes", 2, 0)),
        (f'<a href="{TARGET}"><img src=a.png alt="red shoes"></a>',
         (True, True, True, "red shoes", 1, 0)),
        ('<p><a href="https://shop.example/hats">hats</a></p>', (False, None, None, "", 0, 1)),
        ('<meta name=robots content=nofollow><p>Words around '
         f'<a href="{TARGET}">shoes</a> in a sentence.</p>',
         (True, False, True, "shoes", 1, 0)),
    ],
)  # fmt: skip
def test_what_a_page_shows(server: Any, look: Any, html: str, expected: tuple[Any, ...]) -> None:
    server.add("blog.test/post", html)
    got = look("blog.test/post")
    assert (
        got.there, got.followed, got.in_content, got.anchor, got.links, got.other_links,
    ) == expected  # fmt: skip


def test_redirects_lead_to_the_page(server: Any, look: Any, redirect: Any) -> None:
    server.add("blog.test/old", redirect("/new", 301))
    server.add("blog.test/new", f'<a href="{TARGET}">shoes</a>')
    got = look("blog.test/old")
    assert (got.there, got.final_url) == (True, server.url("blog.test/new"))


@pytest.mark.parametrize(
    ("status", "state"), [(404, "page gone"), (410, "page gone"), (403, "unread"), (503, "unread")]
)
def test_pages_without_a_page(server: Any, look: Any, reply: Any, status: int, state: str) -> None:
    server.add("blog.test/post", reply(status, b"", {}))
    got = look("blog.test/post")
    assert (got.state, got.status, got.there is None) == (state, status, state == "unread")
    assert str(status) in got.reason


def test_robots_of_the_other_site_are_obeyed(server: Any, look: Any, reply: Any) -> None:
    text = b"User-agent: *\nDisallow: /private"
    server.add("blog.test/robots.txt", reply(200, text, {"Content-Type": "text/plain"}))
    got = look("blog.test/private/post")
    assert (got.there, server.asked()) == (None, [])
    assert "robots.txt of “blog.test”" in got.reason


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "ftp://blog.test/", "http://[::1]/", "junk"])
def test_addresses_that_may_not_be_asked(server: Any, look: Any, url: str) -> None:
    got = check_link(server.fetcher("blog.test"), url, TARGET)
    assert (got.there, bool(got.reason)) == (None, True)
