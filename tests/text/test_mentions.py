"""Mentions of phrases in texts."""

from hypothesis import given
from hypothesis import strategies as st

from linkplanner.text.mentions import mention_strength
from linkplanner.text.phrases import Phrase
from linkplanner.text.tokens import Lexicon

FILL = ["tea cups", "green walls", "old books", "long roads"]


def strength(texts: list[str], phrases: dict[int, list[str]], language: str = "en"):
    lexicon = Lexicon()
    encoded = [lexicon.encode(text, language) for text in texts]
    offers = {page: [Phrase(text, 1.0) for text in found] for page, found in phrases.items()}
    return mention_strength(encoded, offers, dict.fromkeys(phrases, language), lexicon).toarray()


def test_finds_other_forms_and_skips_stop_words() -> None:
    found = strength(["A guide to the care of boots.", *FILL], {7: ["Caring for boots"]})
    assert found[0, 0] > 0
    assert (found[1:] == 0).all()


def test_no_mention_across_a_line_end_or_in_another_order() -> None:
    found = strength(["leather\nboots", "boots leather", *FILL], {7: ["leather boots"]})
    assert (found == 0).all()


def test_a_phrase_of_every_text_says_nothing() -> None:
    assert (strength(["shop", "shop", "shop"], {7: ["shop"]}) == 0).all()


def test_the_rarer_phrase_counts_more() -> None:
    found = strength(["wax and shop", "shop tea", *FILL], {7: ["wax"], 8: ["shop"]})
    assert found[0, 0] > found[0, 1] > 0


@given(
    st.lists(st.text(max_size=20), max_size=5),
    st.lists(st.text(max_size=12), max_size=4),
)
def test_within_limits_for_any_text(texts: list[str], phrases: list[str]) -> None:
    found = strength(texts, {1: phrases, 2: []}, "")
    assert found.shape == (len(texts), 2)
    assert ((found >= 0) & (found <= 1)).all()
    assert (found[:, 1] == 0).all()
