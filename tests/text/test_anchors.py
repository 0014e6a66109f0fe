"""Which words may carry a link."""

import numpy as np
import pytest

from linkplanner.text.anchors import Pattern, alike, describes, plain, wording
from linkplanner.text.phrases import Phrase
from linkplanner.text.tokens import Lexicon


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("boots", "boot", True),
        ("jacket", "jackets", True),
        ("repuesto", "repuestos", True),
        ("respuestas", "repuestos", False),  # answers, spare parts
        ("cancelarlas", "cancel", False),
        ("organization", "organ", False),  # one stem, two words
    ],
)
def test_forms_of_one_word_look_alike(left: str, right: str, expected: bool) -> None:
    assert alike(left, right) is alike(right, left) is expected


def pattern(words: str, kind: str = "title", *, whole: bool = True, lead: str = "") -> Pattern:
    parts = tuple(words.split())
    return Pattern(np.arange(len(parts)), 0.8, parts, kind, whole, lead)


@pytest.mark.parametrize(
    ("words", "wanted", "holding", "expected"),
    [
        ("washing", pattern("washing", whole=False), 40, False),  # common piece of a title
        ("washed", pattern("washing", "keyword"), 2, False),  # another part of speech
        ("washing", pattern("washing", "keyword", lead="down"), 2, False),  # of "down washing"
        ("compasses", pattern("compasses", "keyword"), 90, True),  # the user typed it
        ("autofixture", pattern("autofixture", whole=False), 1, True),  # rare and a name
        ("reproofing", pattern("reproofing", whole=False), 1, False),  # rare, but a verb form
        ("walking boots", pattern("walking boots", whole=False), 40, True),
        ("walked boot", pattern("walking boots"), 1, True),
        ("organs for sale", pattern("organization for sale"), 1, False),
    ],
)
def test_words_that_describe(words: str, wanted: Pattern, holding: int, expected: bool) -> None:
    assert describes(words.split(), wanted, holding, 500) is expected


def test_on_a_small_site_no_word_counts_as_rare() -> None:
    assert not describes(["autofixture"], pattern("autofixture", whole=False), 1, 5)


def test_stop_words_of_a_phrase_are_kept_beside_its_words() -> None:
    found = wording(Phrase("The Down Washing", 1.0), "en", Lexicon())
    assert (found.words, found.lead, found.tail) == (("washing",), "the down", "")


def test_plain_letters() -> None:
    assert plain("Términos ÉTÉ") == "terminos ete"
