"""Joining pages of several sources, and finding addresses among them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.site.pages import PageIndex, join_pages
from linkplanner.tables import PAGE_ROWS, PAGES

OWN = frozenset({"a.test"})


def rows(*records: dict[str, object]) -> pd.DataFrame:
    return PAGE_ROWS.conform(pd.DataFrame(list(records)))


def test_the_first_source_that_knows_a_value_wins_and_all_are_named() -> None:
    crawl = rows({"url": "https://a.test/", "status": 200, "title": "Home", "source": "crawl"})
    sitemap = rows(
        {"url": "https://a.test/", "title": "Other", "in_sitemap": True, "source": "sitemap"}
    )
    pages = join_pages([crawl, sitemap], OWN)
    assert len(pages) == 1
    assert pages.loc[0, ["title", "in_sitemap", "source"]].tolist() == [
        "Home",
        True,
        "crawl;sitemap",
    ]
    assert list(pages.columns) == list(PAGES.columns)


def test_pages_of_other_sites_are_left_out() -> None:
    pages = join_pages([rows({"url": "https://a.test/"}, {"url": "https://b.test/"})], OWN)
    assert pages["url"].tolist() == ["https://a.test/"]


def test_a_redirect_target_that_no_source_lists_becomes_a_page() -> None:
    pages = join_pages(
        [rows({"url": "https://a.test/x", "status": 301, "redirect_to": "https://a.test/y"})], OWN
    )
    assert pages["url"].tolist() == ["https://a.test/x", "https://a.test/y"]
    assert pages["node_id"].tolist() == [1, 1]
    assert pages["indexable"].tolist() == [False, True]


@pytest.mark.parametrize(
    "record",
    [
        {"status": 404},
        {"status": 503},
        {"status": 0},
        {"blocked": True, "status": 200},
        {"status": 301, "redirect_to": "https://other.test/"},
        {"status": 200, "canonical": "https://other.test/"},
        {"status": 302},
    ],
)
def test_what_answers_nothing_has_no_node(record: dict[str, object]) -> None:
    pages = join_pages([rows({"url": "https://a.test/x", **record})], OWN)
    assert pages["node_id"].isna().all()
    assert not pages["indexable"].any()


def test_unknown_status_counts_as_200_and_stays_unknown() -> None:
    pages = join_pages([rows({"url": "https://a.test/x"})], OWN)
    assert pages["indexable"].tolist() == [True]
    assert pages["status"].isna().all()


def test_a_redirect_without_named_target_leads_to_the_page_of_the_same_folded_address() -> None:
    pages = join_pages(
        [
            rows(
                {"url": "http://a.test/x", "status": 301},
                {"url": "https://www.a.test/x/", "status": 200},
            )
        ],
        OWN,
    )
    assert pages["node_id"].tolist() == [1, 1]


def test_addresses_join_exactly_first_then_folded_preferring_the_indexable_page() -> None:
    pages = join_pages(
        [
            rows(
                {"url": "https://a.test/", "status": 301, "redirect_to": "https://www.a.test/"},
                {"url": "https://www.a.test/", "status": 200},
            )
        ],
        OWN,
    )
    found = PageIndex.of(pages).find(
        pd.Series(["https://a.test/", "http://a.test/", "https://a.test/none", None], dtype="str")
    )
    assert found.fillna(-1).tolist() == [0, 1, -1, -1]


@given(st.permutations(range(6)))
def test_a_long_chain_resolves_whatever_the_order_of_rows(order: list[int]) -> None:
    chain = [
        {"url": f"https://a.test/{i}", "status": 301, "redirect_to": f"https://a.test/{i + 1}"}
        for i in range(5)
    ]
    chain.append({"url": "https://a.test/5", "status": 200})
    pages = join_pages([rows(*[chain[i] for i in order])], OWN)
    final = pages.index[pages["url"] == "https://a.test/5"][0]
    assert (pages["node_id"] == final).all()


def test_no_rows_give_an_empty_table() -> None:
    assert len(join_pages([], OWN)) == 0
    assert (
        PageIndex.of(join_pages([], OWN))
        .find(pd.Series(["https://a.test/"], dtype="str"))
        .isna()
        .all()
    )


def test_a_canonical_that_redirects_back_to_its_page_is_ignored() -> None:
    pages = join_pages(
        [
            rows(
                {"url": "https://a.test/x/", "status": 200, "canonical": "https://a.test/x"},
                {"url": "https://a.test/x", "status": 308, "redirect_to": "https://a.test/x/"},
            )
        ],
        OWN,
    )
    assert pages["node_id"].tolist() == [0, 0]
    assert pages["indexable"].tolist() == [True, False]


def test_canonicals_that_go_round_in_a_circle_are_ignored() -> None:
    pages = join_pages(
        [
            rows(
                {"url": "https://a.test/x", "status": 200, "canonical": "https://a.test/y"},
                {"url": "https://a.test/y", "status": 200, "canonical": "https://a.test/x"},
                {"url": "https://a.test/z", "status": 200, "canonical": "https://a.test/x"},
            )
        ],
        OWN,
    )
    assert pages["node_id"].tolist() == [0, 1, 0]


def test_a_canonical_to_a_redirect_is_followed_to_its_end() -> None:
    pages = join_pages(
        [
            rows(
                {"url": "https://a.test/x", "status": 200, "canonical": "https://a.test/old"},
                {"url": "https://a.test/old", "status": 301, "redirect_to": "https://a.test/new"},
                {"url": "https://a.test/new", "status": 200},
            )
        ],
        OWN,
    )
    assert pages["node_id"].tolist() == [2, 2, 2]
