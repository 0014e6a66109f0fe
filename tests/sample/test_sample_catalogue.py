"""The shop's data: complete, unique, in agreement with each other."""

import re

import pytest

from linkplanner.sample.articles import articles
from linkplanner.sample.catalogue import categories, products, services, slug
from linkplanner.sample.facts import THEMES, facts, features, service_facts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skerry 2 backpacking tent", "skerry-2-backpacking-tent"),
        ("Squall W women’s three-layer jacket", "squall-w-womens-three-layer-jacket"),
        ("R-values explained, at last?", "r-values-explained-at-last"),
        ("", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected
    assert slug(expected) == expected


def test_sizes() -> None:
    assert len(categories()) == 13
    assert 160 <= len(products()) <= 180
    assert len(services()) == 6
    assert 65 <= len(articles()) <= 75


def test_names_are_unique() -> None:
    for named in (products(), articles(), services(), categories()):
        assert len({item.slug for item in named}) == len(named)


def test_every_reference_names_something() -> None:
    shelves = {category.slug for category in categories()}
    for category in categories():
        assert set(category.near) <= shelves - {category.slug}
    for article in articles():
        assert {article.category, article.second} <= shelves
        assert article.category != article.second
        assert set(article.themes) <= set(THEMES)
    for service in services():
        assert set(service.near) <= shelves


def test_every_shelf_has_facts_for_every_theme() -> None:
    for category in categories():
        known = facts(category.slug)
        assert {theme: len(known[theme]) for theme in THEMES} == dict.fromkeys(THEMES, 6)
        assert len(features(category.slug)) >= 8


def test_facts_are_clauses() -> None:
    """They start in lower case and have no full stop, so that any frame can hold them."""
    clauses = [f for c in categories() for theme in THEMES for f in facts(c.slug)[theme]]
    clauses += [f for s in services() for f in service_facts(s.slug)]
    clauses += [f.format(m="M") for c in (*categories(), None) for f in features(c and c.slug)]
    wrong = [c for c in clauses if re.match(r"[^a-z]", c) or c.endswith(".") or "{" in c]
    assert not wrong
    assert len(set(clauses)) == len(clauses)


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("scree-high-mountain-boots", True),
        ("bearing-baseplate-compass", False),
        ("skerry-2-backpacking-tent", False),
        ("rowan-aluminium-trekking-poles", True),
    ],
)
def test_plural_follows_the_name(name: str, plural: bool) -> None:
    assert next(p for p in products() if p.slug == name).plural is plural
