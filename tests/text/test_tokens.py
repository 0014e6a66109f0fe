"""Words of any script."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.text.tokens import (
    BREAK,
    STOP,
    Lexicon,
    fold_word,
    guess_language,
    language_code,
    tokens,
)

CASES = [
    ("The Running shoes of 2024", "en", ["run", "shoe", "2024"]),
    ("Les chaussures de running", "fr", ["chaussur", "running"]),
    ("Habitación CAFÉ", "xx", ["habitacion", "cafe"]),  # no stemmer: folded only
    ("東京の天気", "ja", ["東京", "京の", "の天", "天気"]),  # no spaces: pairs of characters
    ("ภาษาไทย", "th", ["ภาษ", "าษา", "ษาไ", "าไท", "ไทย"]),  # triples
    ("हिन्दी भाषा", "hi_none", ["हिन्दी", "भाषा"]),  # vowel signs do not cut a word
    ("e-mail/web_site", "xx", ["mail", "web", "site"]),  # single letters say nothing
    ("iPhone15対応", "ja", ["iphone15", "対応"]),  # mixed scripts
    ("", "en", []),
    ("🍵 !!", "en", []),
]


@pytest.mark.parametrize(("text", "language", "expected"), CASES)
def test_tokens(text: str, language: str, expected: list[str]) -> None:
    assert tokens(text, language) == expected


@given(st.text(), st.sampled_from(["", "en", "de", "ja", "ar", "zz"]))
def test_never_raises_and_spans_agree_with_encode(text: str, language: str) -> None:
    lexicon = Lexicon()
    plain = lexicon.encode(text, language)
    ids, starts, ends = lexicon.encode_spans(text, language)
    assert np.array_equal(plain, ids)
    assert ((starts >= 0) & (starts < ends) & (ends <= len(text))).all()
    words = [n for n in ids.tolist() if n >= 0]
    assert all(0 <= n < len(lexicon) for n in words)


@given(st.text(max_size=30))
def test_composed_and_decomposed_letters_are_one_word(text: str) -> None:
    word = text.replace("\u00ad", "")
    composed = unicodedata.normalize("NFC", word)
    decomposed = unicodedata.normalize("NFD", word)
    assert fold_word(composed) == fold_word(decomposed)


def test_stop_words_and_line_ends_have_numbers_of_their_own() -> None:
    ids = Lexicon().encode("the boots\nthe", "en").tolist()
    assert ids == [STOP, 0, BREAK, STOP]


def test_one_stem_has_one_number_in_any_form() -> None:
    lexicon = Lexicon()
    assert lexicon.encode("Boots", "en").tolist() == lexicon.encode("boot", "en").tolist()


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-US", "en"), ("FR", "fr"), ("en, uk", "en"), ("", ""), (None, ""), (3, "")],
)
def test_language_code(tag: object, code: str) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is the text that we have been looking for", "en"),
        ("Este es el texto que hemos estado buscando para ustedes", "es"),
        ("Dies ist der Text, nach dem wir schon lange gesucht haben", "de"),
        ("C'est le texte que nous avons cherché dans toute la ville", "fr"),
        ("Dit is de tekst waar wij al heel lang naar zoeken", "nl"),
        ("boots", "fallback"),
    ],
)
def test_guess_language(text: str, language: str) -> None:
    assert guess_language(text, "fallback") == language
