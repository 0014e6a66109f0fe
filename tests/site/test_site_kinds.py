"""Kinds and sections by address."""

import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.site.kinds import correct_kinds, guess_kinds, helper_pages, sections

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


PAGES_OF = ("https://x.test/angebote/a", "https://x.test/blog/b", "https://x.test/place?d=1")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), ["other", "article", "other"]),
        (("/angebote/*=service",), ["service", "article", "other"]),
        (("/*=category", "/blog/*=product"), ["category", "product", "category"]),
        (("https://x.test/place*=home",), ["other", "article", "home"]),
        (("/nothing=home",), ["other", "article", "other"]),
    ],
)
def test_the_user_knows_better(rules: tuple[str, ...], expected: list[str]) -> None:
    urls = pd.Series(PAGES_OF, dtype="str")
    pages = pd.DataFrame({"url": urls, "kind": guess_kinds(urls)})
    assert correct_kinds(pages, rules)["kind"].tolist() == expected


@pytest.mark.parametrize("rule", ["/a/*", "/a/*=shop", "=product", ""])
def test_a_rule_that_is_none_is_told(rule: str) -> None:
    pages = pd.DataFrame({"url": pd.Series(PAGES_OF, dtype="str"), "kind": "other"})
    with pytest.raises(InputError, match="no rule for kinds"):
        correct_kinds(pages, (rule,))
