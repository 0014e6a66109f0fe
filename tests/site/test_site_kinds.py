"""Kinds and sections by address."""

import pandas as pd
import pytest

from linkplanner.site.kinds import guess_kinds, helper_pages, sections

CASES = [
    ("https://a.test/", "home"),
    ("https://a.test/en/", "home"),
    ("https://a.test/index.html", "home"),
    ("https://a.test/blog/how-to", "article"),
    ("https://a.test/blog/", "category"),
    ("https://a.test/2024/05/some-post/", "article"),
    ("https://a.test/product/red-shoe", "product"),
    ("https://a.test/products/", "category"),
    ("https://a.test/collections/shoes/products/red", "product"),
    ("https://a.test/product-category/shoes/", "category"),
    ("https://a.test/services/repair", "service"),
    ("https://a.test/services", "service"),
    ("https://a.test/servicios/taller", "service"),
    ("https://a.test/es/produit/chaussure", "product"),
    ("https://a.test/about", "other"),
    ("https://a.test/tag/red", "category"),
]


@pytest.mark.parametrize(("url", "kind"), CASES)
def test_kind_by_address(url: str, kind: str) -> None:
    assert guess_kinds(pd.Series([url], dtype="str")).tolist() == [kind]


def test_sections_are_first_folders_and_their_own_pages() -> None:
    urls = pd.Series(
        ["https://a.test/", "https://a.test/blog", "https://a.test/blog/x", "https://a.test/about"],
        dtype="str",
    )
    assert sections(urls).tolist() == ["/", "/blog", "/blog", "/"]


@pytest.mark.parametrize(
    ("path", "helper"),
    [
        ("/contact/", True),
        ("/about-us", True),
        ("/terms-and-conditions.html", True),
        ("/es/politica-de-privacidad/", True),
        ("/delivery-and-returns/", True),
        ("/blog/about-tents/", False),
        ("/pressure-washers/", False),
        ("/blog/returns-to-the-hills/", False),
        ("/search-engine-services/", False),
        ("/", False),
    ],
)
def test_helper_pages_are_told_by_their_whole_last_segment(path: str, helper: bool) -> None:
    assert helper_pages(pd.Series([f"https://a.test{path}"], dtype="str")).tolist() == [helper]
