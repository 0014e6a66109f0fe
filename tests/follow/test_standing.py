"""Newer exports stand in for older ones; parts of one export stay; competitors are told apart."""

import pandas as pd

from linkplanner.crawl.reader import PagesRead
from linkplanner.read.reading import Reading
from linkplanner.site.standing import fresher_pages, sort_out
from linkplanner.tables import BACKLINKS, LINK_ROWS, PAGE_ROWS


def backlinks(numbers: range, target: str = "https://a.test/x", report: str = "R") -> Reading:
    frame = pd.DataFrame({"source_url": [f"https://s{n}.example/" for n in numbers]})
    frame = BACKLINKS.conform(frame.assign(target_url=target))
    return Reading("f", report, "backlinks", frame, len(frame))


def links(*sources: str, report: str = "C: links") -> Reading:
    rows = [{"source_url": f"https://a.test/{s}", "target_url": "https://a.test/"} for s in sources]
    return Reading("f", report, "links", LINK_ROWS.conform(pd.DataFrame(rows)), len(rows))


def test_a_newer_export_of_the_same_report_replaces_the_older() -> None:
    found = sort_out([(1, [backlinks(range(100))]), (2, [backlinks(range(20, 130))])])
    assert found.replaced == {1: 2}
    assert [len(r.frame) for r in found.readings] == [110]


def test_parts_and_other_vendors_stand_side_by_side() -> None:
    parts = [(1, [backlinks(range(100))]), (2, [backlinks(range(100, 200))])]
    assert sort_out(parts).replaced == {}
    other = [(1, [backlinks(range(100))]), (2, [backlinks(range(100), report="S")])]
    assert len(sort_out(other).readings) == 2
    one_file = [(1, [backlinks(range(100)), backlinks(range(100))])]
    assert len(sort_out(one_file).readings) == 2


def test_a_crawl_of_one_section_replaces_only_its_pages() -> None:
    found = sort_out([(1, [links("a", "b", "c", "d", "e")]), (2, [links("a", "new")])])
    assert found.replaced == {}
    sources = [r.frame["source_url"].str[-1].tolist() for r in found.readings]
    assert sources == [["b", "c", "d", "e"], ["a", "w"]]


def test_what_the_user_says_wins() -> None:
    files = [(1, [backlinks(range(100))]), (2, [backlinks(range(100))])]
    assert len(sort_out(files, {1: "own"}).readings) == 2
    assert [r.kind for r in sort_out(files, {1: "competitor"}).readings] == [
        "competitor backlinks", "backlinks",
    ]  # fmt: skip
    assert len(sort_out(files, {1: "unused", 2: "unused"}).readings) == 0
    assert sort_out(files[:1], {1: "mentions"}).readings[0].kind == "mentions"


def test_links_to_another_domain_are_a_competitors() -> None:
    rival = backlinks(range(9), "https://www.rival.example/x")
    found = sort_out([(1, [links("a")]), (2, [backlinks(range(5))]), (3, [rival])])
    assert found.competitors == {3: "rival.example"}
    assert found.readings[-1].kind == "competitor backlinks"
    assert set(found.readings[-1].frame["competitor"]) == {"rival.example"}
    alone = sort_out([(3, [rival])])  # nothing tells what the own site is
    assert alone.competitors == {}


def test_a_newer_crawl_export_speaks_instead_of_our_own_reading() -> None:
    pages = PAGE_ROWS.conform(pd.DataFrame({"url": ["https://a.test/a", "https://a.test/b"]}))
    read = PagesRead(pages=pages, links=links("a", "b").frame)
    fresh = fresher_pages(read, [links("a")])
    assert fresh.links["source_url"].tolist() == ["https://a.test/b"]
    assert len(fresh.pages) == 2
    told = Reading("f", "C", "pages", pages.iloc[:1], 1)
    assert len(fresher_pages(read, [told]).pages) == 1
