"""robots.txt as Google reads it."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.crawl.robots import allowed, crawl_delay, decode, product_token, sitemaps

AGENT = "linkplanner/0.1 (+https://example.com/)"


def test_published_cases(shared: Callable[[str], Path]) -> None:
    cases = [json.loads(line) for line in shared("vectors/robots_google.jsonl").open("rb")]
    wrong = [
        case["test"]
        for case in cases
        if allowed(case["robots"], case["agent"], case["url"]) != case["allowed"]
    ]
    assert len(cases) == 140
    # Non-ASCII paths are compared unescaped by protego, and a name with a space in it is ours.
    assert sorted(wrong) == ["GoogleOnly_AcceptUserAgentUpToFirstSpace"] + 3 * ["ID_Encoding"]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("User-agent: *\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow: /\nUser-agent: LinkPlanner\nAllow: /", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?a", True),
        ("Hello there\nUser-agent: *\n\nDisallow: /a\n", "/a", False),
        ("User-agent: *\r\nCrawl-delay: 1\rDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: linkplanner 2.0\nDisallow: /", "/a", False),
        ("", "/", True),
    ],
)
def test_rules(text: str, path: str, expected: bool) -> None:
    assert allowed(text, AGENT, f"https://own.test{path}") is expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2", 2.0),
        ("0.5", 0.5),
        ("abc", None),
        ("-3", None),
        ("inf", None),
        ("nan", None),
        ("", None),
    ],
)
def test_crawl_delay(value: str, seconds: float | None) -> None:
    assert crawl_delay(f"User-agent: *\nCrawl-delay: {value}", AGENT) == seconds


def test_sitemaps_are_absolute_in_order_and_once() -> None:
    text = """Sitemap: https://own.test/b.xml
        Sitemap: /relative.xml
        sitemap: https://other.test/s.xml
        User-agent: *
        Sitemap:https://own.test/b.xml
        Sitemap: https://own.test/a.xml"""
    assert sitemaps(text) == [
        "https://own.test/b.xml",
        "https://other.test/s.xml",
        "https://own.test/a.xml",
    ]


def test_the_token_in_our_header_is_the_one_matched() -> None:
    assert product_token(AGENT) == "linkplanner"


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>404", b"\n <html>", b"\xef\xbb\xbf<?xml ?>"])
def test_a_web_page_holds_no_rules(body: bytes) -> None:
    assert decode(body) == ""


def test_patterns_of_many_stars_take_no_time() -> None:
    text = "User-agent: *\nDisallow: /" + "*a" * 500 + "b$"
    begin = time.monotonic()
    assert allowed(text, AGENT, "https://own.test/" + "a" * 2000) is True
    assert time.monotonic() - begin < 2


@given(st.text(), st.text(max_size=30))
def test_never_raises(text: str, agent: str) -> None:
    allowed(text, agent, "https://own.test/a")
    crawl_delay(text, agent)
    sitemaps(text)
    decode(text.encode("utf-8", errors="surrogatepass"))
