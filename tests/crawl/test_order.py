"""The order in which pages are read."""

from linkplanner.crawl.order import reading_order


def test_home_then_priorities_then_backlink_targets_then_sitemap() -> None:
    assert reading_order(
        home=["https://own.test"],
        priority=["https://own.test/p"],
        backlink_targets=["https://own.test/b", "https://own.test/p#x"],
        sitemap=["https://own.test/1", "https://own.test/p", "https://own.test/2"],
        limit=99,
    ) == [f"https://own.test/{path}" for path in ("", "p", "b", "1", "2")]


def test_spellings_of_one_page_are_read_once_as_the_sitemap_has_them() -> None:
    assert reading_order(
        home=[],
        priority=["http://own.test/p/"],
        backlink_targets=["https://own.test/p", "http://own.test/gone/"],
        sitemap=["https://www.own.test/p"],
        limit=99,
    ) == ["https://www.own.test/p", "http://own.test/gone/"]


def test_no_more_than_asked_for_and_no_junk() -> None:
    listed = [f"https://own.test/{n}" for n in range(10)]
    got = reading_order(home=["junk"], priority=[], backlink_targets=[], sitemap=listed, limit=3)
    assert got == listed[:3]
    assert reading_order(home=listed, priority=[], backlink_targets=[], sitemap=[], limit=0) == []
