"""Sitemaps: the protocol, its extensions, damage and attacks."""

import gzip
import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.read import Reading, read_bytes, read_file
from linkplanner.read.files import read_blob
from linkplanner.read.sitemap import read_sitemap

Shared = Callable[[str], Path]
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap(*locs: str, lastmod: str = "") -> bytes:
    date = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    rows = "".join(f"<url><loc>{loc}</loc>{date}</url>" for loc in locs)
    return f"<urlset {SPACE}>{rows}</urlset>".encode()


def read(data: bytes, address: str | None = None) -> Reading:
    return read_sitemap("s.xml", data, address)


# Rows that each file of the stress set must give, its warnings, what its message says.
STRESS: dict[str, tuple[int, int, str]] = {
    "atom.xml": (2, 0, "Atom"),
    "billion_laughs.xml": (0, 0, "entities"),
    "bom_and_blank.xml": (1, 0, ""),
    "cdata_whitespace.xml": (1, 0, ""),
    "deep_nesting.xml": (0, 0, "nested"),
    "duplicate_locs.xml": (1, 0, "3 skipped"),
    "empty.xml": (0, 0, "is empty"),
    "exact_50000.xml.gz": (50_000, 0, ""),
    "foreign_hosts.xml": (1, 0, "5 skipped"),
    "gz_name_plain_body.xml.gz": (1, 0, ""),
    "gzip_bomb_512MiB.xml.gz": (0, 0, "50 MiB"),
    "gzip_in_gzip.xml.gz": (1, 0, ""),
    "html_instead.xml": (0, 0, "is a web page, not a sitemap"),
    "https_namespace.xml": (1, 0, ""),
    "huge_loc.xml": (0, 1, "1 skipped"),
    "index_50001.xml.gz": (0, 1, "50,001 sitemaps"),
    "index_self.xml": (0, 0, "1 sitemap"),
    "lastmod_forms.xml": (12, 1, ""),
    "latin1.xml": (1, 0, ""),
    "news_image_video_hreflang.xml": (1, 1, ""),
    "no_namespace.xml": (1, 0, ""),
    "only_nul.xml": (0, 0, "binary"),
    "over_50001.xml.gz": (50_001, 1, ""),
    "plain_name_gz_body.xml": (1, 0, ""),
    "rss.xml": (2, 0, "RSS"),
    "text_sitemap.txt": (3, 0, "1 skipped"),
    "trailing_garbage.xml.gz": (1, 0, ""),
    "truncated.xml": (99, 1, ""),
    "truncated.xml.gz": (926, 2, ""),
    "two_members.xml.gz": (1, 0, ""),
    "unescaped_amp.xml": (2, 1, ""),
    "utf16.xml": (1, 0, ""),
    "xxe_file.xml": (0, 0, "entities"),
    "xxe_http.xml": (1, 0, ""),
}


@pytest.mark.parametrize("file", sorted(STRESS))
def test_stress(file: str, shared: Shared) -> None:
    rows, warnings, says = STRESS[file]
    (reading,) = read_blob(file, shared(f"vectors/sitemap_stress/{file}").read_bytes())
    assert (reading.rows, len(reading.warnings)) == (rows, warnings)
    assert says in reading.message


def test_the_stress_table_is_complete(shared: Shared) -> None:
    folder = shared("vectors/sitemap_stress")
    assert set(json.loads((folder / "expected.json").read_text())) == set(STRESS)


@pytest.mark.parametrize("file", ["cyclic", "dtd", "dtd_element", "external", "external_file",
                                  "quadratic", "simple", "simple-ns", "xmlbomb",
                                  "xmlbomb2"])  # fmt: skip
def test_xml_attacks_are_refused_in_a_sentence(file: str, shared: Shared) -> None:
    (reading,) = read_file(shared(f"vectors/defusedxml/{file}.xml"))
    assert (reading.recognised_as, reading.rows) == (None, 0)
    assert f"{file}.xml" in reading.message


@pytest.mark.parametrize("file", ["gzip_bomb_512MiB.xml.gz", "billion_laughs.xml"])
def test_bombs_take_little_time_and_memory(file: str, shared: Shared) -> None:
    path = shared(f"vectors/sitemap_stress/{file}")
    tracemalloc.start()
    started = time.process_time()
    read_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - started < 5
    assert peak < 200 * 2**20


def test_dates_of_the_stress_set(shared: Shared) -> None:
    (reading,) = read_file(shared("vectors/sitemap_stress/lastmod_forms.xml"))
    dates = reading.frame["lastmod"]
    assert 6 <= int(dates.notna().sum()) <= 7
    assert str(dates[4]) == "2026-11-22 08:00:00"  # +02:00


@pytest.mark.parametrize(
    ("lastmod", "expected"),
    [
        ("2026", "2026-01-01 00:00:00"),
        ("2026-11-22T10:00Z", "2026-11-22 10:00:00"),
        ("2026-11-22T10:00:00.123456789Z", "2026-11-22 10:00:00.123456"),
        ("2026-11-22T10:00:00-05:00", "2026-11-22 15:00:00"),
        ("2026-W40", "NaT"),
        ("0001-01-01T00:00:00+14:00", "NaT"),
    ],
)
def test_lastmod(lastmod: str, expected: str) -> None:
    frame = read(sitemap("https://a.test/", lastmod=lastmod)).frame
    assert str(frame["lastmod"][0]) == expected


def test_pages_say_that_they_stand_in_a_sitemap() -> None:
    frame = read(sitemap("https://a.test/x?utm_source=n#top")).frame
    assert frame["url"].tolist() == ["https://a.test/x"]
    assert frame["in_sitemap"].all()


def test_the_fetched_address_tells_which_site_is_meant() -> None:
    data = sitemap("https://a.test/", "https://b.test/1", "https://b.test/2")
    assert read(data).frame["url"].tolist() == ["https://b.test/1", "https://b.test/2"]
    found = read(data, "https://www.a.test/sitemap.xml")
    assert found.frame["url"].tolist() == ["https://a.test/"]
    assert dict(found.skipped_reasons) == {"on another site (b.test)": 2}


def test_a_sitemap_kept_on_another_host_is_read() -> None:
    assert read(sitemap("https://a.test/"), "https://cdn.test/s.xml").rows == 1


def test_relative_addresses_in_a_file_that_was_fetched(tmp_path: Path) -> None:
    path = tmp_path / "kept.xml"
    path.write_bytes(sitemap("/a", "./b"))
    (without,) = read_file(path)
    (fetched,) = read_file(path, address="https://own.test/maps/s.xml")
    assert len(without.frame) == 0
    assert fetched.frame["url"].tolist() == ["https://own.test/a", "https://own.test/maps/b"]


def test_relative_children_of_an_index_are_joined_to_its_address() -> None:
    data = b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"
    assert read(data, "https://a.test/sitemap.xml").children == ("https://a.test/a.xml",)
    assert dict(read(data).skipped_reasons) == {"not a full web address": 1}


def test_a_prefix_for_the_sitemap_namespace_is_understood() -> None:
    data = sitemap("https://a.test/").replace(b"xmlns=", b"xmlns:s=")
    for name in (b"urlset", b"url", b"loc"):
        data = data.replace(b"<" + name, b"<s:" + name).replace(b"</" + name, b"</s:" + name)
    assert read(data).rows == 1


def test_a_sitemap_of_only_a_header_says_so() -> None:
    assert "lists no addresses" in read(sitemap()).message


def test_an_unknown_encoding_is_told() -> None:
    data = b'<?xml version="1.0" encoding="klingon"?>' + sitemap("https://a.test/")
    assert read(data).kind == "other"


def test_plain_text_in_gzip() -> None:
    (reading,) = read_bytes("s.txt.gz", gzip.compress(b"https://a.test/\nhttps://a.test/b\n"))
    assert (reading.kind, reading.rows) == ("sitemap", 2)


LOC = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&"))


@settings(max_examples=50, deadline=None)
@given(st.lists(LOC, max_size=5))
def test_every_entry_is_read_or_counted(locs: list[str]) -> None:
    reading = read(sitemap(*locs))
    assert reading.rows + reading.skipped == len(locs)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_damage_raises(damage: bytes, at: int) -> None:
    data = sitemap("https://a.test/1", "https://a.test/2", lastmod="2026-01-01")
    read_blob("s.xml", data[:at] + damage + data[at:])
