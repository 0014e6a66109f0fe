"""Pages taken apart in other processes: the same records; a page that kills one costs itself."""

import queue
import time
from typing import Any

import pytest

from linkplanner.crawl import extract as room
from linkplanner.crawl.extract import InlineExtractor, Page, ProcessExtractor
from linkplanner.crawl.journal import glance, unpack
from linkplanner.crawl.scope import Scope

SCOPE = Scope.of(["own.test"])
HTML = (
    b"<html lang=en><title>T</title><link rel=alternate hreflang=de href=/de/a>"
    b"<p>Words of a paragraph with <a href=/b>a link</a> and <a href=https://x.test/>another</a>."
)


def page(number: int = 0, body: bytes = HTML) -> Page:
    return Page(f"https://own.test/{number}", {"content-type": "text/html"}, body, 1.0)


def taken(extractor: Any, *pages: Page) -> dict[str, Any]:
    """What came of each page, by address."""
    line: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    for one in pages:
        extractor.submit(one, SCOPE, lambda back, got: line.put((back.url, got)))
    return dict(line.get(timeout=30) for _ in pages)


def test_processes_give_what_one_process_gives() -> None:
    pages = [page(number) for number in range(60)]
    with ProcessExtractor(2) as extractor:
        assert taken(extractor, *pages) == taken(InlineExtractor(), *pages)
        assert len(extractor._threads) == 2


def test_few_pages_need_one_process() -> None:
    with ProcessExtractor(4) as extractor:
        extractor.prepare(SCOPE)
        for number in range(10):
            assert all(taken(extractor, page(number)).values())
        assert len(extractor._threads) == 1


def test_a_record_holds_the_page() -> None:
    (got,) = taken(InlineExtractor(), page()).values()
    assert (got.targets, got.links, got.refresh_to) == (("https://own.test/b",), 2, None)
    assert glance(got.payload)[:2] == ("page", "https://own.test/0")
    record = unpack(got.payload)
    assert record["alt"] == [["de", "https://own.test/de/a"]]
    assert record["b"] == [["Words of a paragraph with a link and another.", 13, "p", 9]]


def test_a_page_that_keeps_its_process_too_long_costs_only_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with ProcessExtractor(1) as extractor:
        assert all(taken(extractor, page(1)).values())
        (process,) = extractor._running
        monkeypatch.setattr(room, "PAGE_SECONDS", 0.0)
        deep = page(2, b"<div>" * 4_900 + b"<p>x" * 100_000)  # takes the parser a while
        assert taken(extractor, deep) == {deep.url: None}
        assert process.poll() is not None
        monkeypatch.setattr(room, "PAGE_SECONDS", 60.0)
        assert all(taken(extractor, page(3)).values())


def test_closing_does_not_wait_for_a_page() -> None:
    extractor = ProcessExtractor(1)
    extractor.submit(page(1, b"<div>" * 4_900 + b"<p>x" * 100_000), SCOPE, lambda *got: None)
    begin = time.monotonic()
    extractor.close()
    assert time.monotonic() - begin < 3.0
