"""A sitemap by address: indexes, loops, foreign and failing sitemaps."""

from dataclasses import dataclass, field

from linkplanner.crawl.answer import Fetched
from linkplanner.errors import FetchRefused
from linkplanner.read import read_sitemap_url

ROOT = "https://a.test/sitemap.xml"


def index(*locs: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{loc}</loc></sitemap>" for loc in locs)
    return f"<sitemapindex>{rows}</sitemapindex>".encode()


def pages(*locs: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{loc}</loc></url>' for loc in locs)}</urlset>".encode()


@dataclass
class Shelf:
    """A fetcher over a few bodies; other addresses answer 404."""

    bodies: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, *, follow: bool = True) -> Fetched:
        self.asked.append(url)
        if "private" in url:
            raise FetchRefused(f"“{url}” is on a private network.")
        if "silent" in url:
            return Fetched(url, url, 0, error="connection reset")
        body = self.bodies.get(url)
        return Fetched(url, url, 404 if body is None else 200, body=body or b"")


def test_an_index_is_followed() -> None:
    shelf = Shelf({
        ROOT: index("https://a.test/1.xml", "https://www.a.test/2.xml"),
        "https://a.test/1.xml": pages("https://a.test/x", "https://a.test/y"),
        "https://www.a.test/2.xml": pages("https://a.test/z"),
    })  # fmt: skip
    readings = read_sitemap_url(ROOT, shelf)
    assert [r.rows for r in readings] == [0, 2, 1]
    assert readings[1].name == "https://a.test/1.xml"


def test_an_index_that_lists_itself_ends() -> None:
    shelf = Shelf({ROOT: index(ROOT)})
    (reading,) = read_sitemap_url(ROOT, shelf)
    assert shelf.asked == [ROOT]
    assert "already: 1." in reading.warnings[0]


def test_sitemaps_of_other_sites_are_not_fetched() -> None:
    shelf = Shelf({ROOT: index("https://b.test/1.xml")})
    (reading,) = read_sitemap_url(ROOT, shelf)
    assert shelf.asked == [ROOT]
    assert "other sites" in reading.warnings[0]


def test_trouble_with_one_sitemap_is_its_own() -> None:
    names = ["missing", "private", "silent", "good"]
    shelf = Shelf({
        ROOT: index(*(f"https://a.test/{name}.xml" for name in names)),
        "https://a.test/good.xml": pages("https://a.test/x"),
    })  # fmt: skip
    readings = read_sitemap_url(ROOT, shelf)
    assert [r.rows for r in readings] == [0, 0, 0, 0, 1]
    assert [r.recognised_as is None for r in readings] == [False, True, True, True, False]
    assert "404" in readings[1].message
    assert "private" in readings[2].message
    assert "connection reset" in readings[3].message


def test_the_number_of_sitemaps_and_the_nesting_are_limited() -> None:
    chain = {f"https://a.test/{i}.xml": index(f"https://a.test/{i + 1}.xml") for i in range(20)}
    shelf = Shelf(chain)
    readings = read_sitemap_url("https://a.test/0.xml", shelf)
    assert len(readings) == 4
    assert "too deep" in readings[-1].warnings[0]
    wide = Shelf({ROOT: index(*(f"https://a.test/{i}.xml" for i in range(9)))})
    readings = read_sitemap_url(ROOT, wide, max_sitemaps=3)
    assert len(readings) == 3
    assert "not read: 7." in readings[0].warnings[-1]


def test_the_user_can_stop() -> None:
    shelf = Shelf({ROOT: index("https://a.test/1.xml", "https://a.test/2.xml")})
    readings = read_sitemap_url(ROOT, shelf, should_stop=lambda: True)
    assert len(readings) == 1


def test_what_is_no_address_is_told() -> None:
    (reading,) = read_sitemap_url("sitemap.xml", Shelf({}))
    assert "“sitemap.xml”" in reading.message
