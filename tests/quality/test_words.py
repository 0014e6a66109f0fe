"""Words by category."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.quality.words import CATEGORIES, HOST_PIECES, categories_of, host_category

CASES = [
    ("Buy BACKLINKS cheap", {"seo_seller"}),
    ("best online casino bonus", {"gambling"}),
    ("Judi slot gacor hari ini", {"gambling"}),
    ("Comprar viagra sin receta", {"pills"}),
    ("купить ссылки", {"seo_seller"}),
    ("kredit ohne schufa", {"loans"}),
    ("replica watches", {"knockoffs"}),
    ("порно", {"adult"}),
    # near misses
    ("Casinoroyale street", set()),
    ("A guest post about back pain and links", set()),
    ("Essex county news", set()),
    ("quick guide to loan words", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_categories(text: str, expected: set[str]) -> None:
    assert set(categories_of(text)) == expected


def test_words_of_the_site_itself_say_nothing() -> None:
    assert categories_of("our casino", frozenset({"casino"})) == {}
    assert categories_of("payday loan", frozenset({"loan"})) == {"loans": "payday loan"}


@pytest.mark.parametrize(
    ("host", "category"),
    [
        ("bestcasinobonus.com", "gambling"),
        ("buy-back-links.net", "seo_seller"),
        ("backpain.org", None),
        ("porn.example.org", "adult"),
    ],
)
def test_words_that_run_together_in_a_host(host: str, category: str | None) -> None:
    assert next(iter(host_category(host)), None) == category


@given(st.text())
def test_never_raises(text: str) -> None:
    assert set(categories_of(text)) <= set(CATEGORIES)
    assert set(host_category(text)) <= set(HOST_PIECES)
