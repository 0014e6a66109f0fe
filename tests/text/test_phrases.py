"""Phrases that stand for a page."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.tables import LINKS, PAGES
from linkplanner.text.phrases import anchor_key, clean, is_generic, page_phrases, title_parts
from linkplanner.text.stopwords import GENERIC_ANCHORS, STOP_WORDS


def pages(*rows: tuple[str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {"page_id": n, "node_id": n, "url": url, "title": title, "language": "en"}
            for n, (url, title) in enumerate(rows)
        ]
    )
    return PAGES.conform(frame)


def links(*rows: tuple[int, int, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source_id", "target_id", "anchor"])
    return LINKS.conform(frame.assign(position="content"))


GENERIC = [
    "click here", "Click Here!", "Read more →", "here", "this page", "hier klicken",
    "mehr erfahren",
    "en savoir plus", "cliquez ici", "leer más", "haz clic aquí", "clicca qui", "clique aqui",
    "lees meer", "läs mer", "czytaj więcej", "читать далее", "daha fazla", "di sini", "こちら",
    "点击这里", "더보기", "https://example.com/x", "www.example.com", "example.com", "12", "»", "",
]  # fmt: skip


@pytest.mark.parametrize("text", GENERIC)
def test_generic(text: str) -> None:
    assert is_generic(text)


@pytest.mark.parametrize(
    "text", ["leather boots", "Read more books", "here be dragons", "天気予報"]
)
def test_not_generic(text: str) -> None:
    assert not is_generic(text)


def test_stop_words_cover_the_promised_languages() -> None:
    assert {"en", "es", "fr", "de", "it", "pt", "nl"} <= set(STOP_WORDS)
    assert all(word == word.casefold() for word in GENERIC_ANCHORS)


def test_title_parts() -> None:
    assert title_parts("Leather boots: care and repair | Shop") == [
        "care and repair",
        "Leather boots",
        "Shop",
    ]
    assert title_parts("Leather boots") == []
    assert title_parts("Size 3.5-inch") == []


@given(st.text())
def test_clean_and_key_never_raise_and_clean_is_idempotent(text: str) -> None:
    anchor_key(text)
    is_generic(text)
    title_parts(text)
    assert "\n" not in clean(text)


def test_keywords_come_first_then_what_the_page_says_of_itself() -> None:
    table = pages(("https://a.com/winter-boots", "Leather boots | Shop"))
    found = page_phrases(table, links((0, 0, "warm boots")), {0: ["snow boots"]}, [0])[0]
    assert [p.text for p in found] == [
        "snow boots",
        "Leather boots",
        "Shop",
        "warm boots",
        "winter boots",
    ]
    assert [p.weight for p in found] == sorted((p.weight for p in found), reverse=True)


def test_the_name_of_the_site_is_no_phrase_of_a_page() -> None:
    table = pages(*((f"https://a.com/{n}", f"Topic number {n} | Shop") for n in "abcdef"))
    found = page_phrases(table, LINKS.empty(), {}, [0])[0]
    assert [p.text for p in found] == ["Topic number a"]


def test_generic_and_ambiguous_anchors_are_no_phrases() -> None:
    table = pages(*((f"https://a.com/{n}", None) for n in "abcdef"))
    rows = [(0, target, "our guide") for target in range(1, 6)]
    found = page_phrases(table, links((0, 1, "click here"), (0, 1, "boot wax"), *rows), {}, [1])[1]
    assert [p.text for p in found] == ["boot wax"]


def test_a_home_page_without_words_goes_by_the_name_of_the_site() -> None:
    table = pages(("https://www.example.com/", "Home"), ("https://www.example.com/x1", None))
    found = page_phrases(table, LINKS.empty(), {}, [0, 1])
    assert [p.text for p in found[0]] == ["Example"]
