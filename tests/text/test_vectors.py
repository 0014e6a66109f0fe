"""Texts as sparse vectors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.text.tokens import Lexicon
from linkplanner.text.vectors import TermSpace, count_terms, encode_all, similar_pairs

WORDS = st.lists(st.sampled_from("ant bee cat dog elk fox gnu hen".split()), max_size=12)


def counts(texts: list[str]):
    return count_terms(encode_all(texts, [""] * len(texts), Lexicon()))


def test_counts_hold_words_and_neighbouring_pairs() -> None:
    lexicon = Lexicon()
    result = count_terms([lexicon.encode("red boots red boots", "en")])
    # red 2, boots 2, "red boots" 2, "boots red" 1
    assert sorted(result.counts.tolist()) == [1, 2, 2, 2]


def test_pairs_skip_stop_words_but_not_line_ends() -> None:
    lexicon = Lexicon()
    through = count_terms([lexicon.encode("point of sale", "en")])
    across = count_terms([lexicon.encode("point\nsale", "en")])
    assert len(through.terms) == 3
    assert len(across.terms) == 2


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_rows_have_length_one_or_zero(texts: list[list[str]]) -> None:
    numbers = counts([" ".join(words) for words in texts])
    matrix = TermSpace(numbers).transform(numbers)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths < 1e-5))


def test_words_of_every_text_tell_nothing() -> None:
    numbers = counts([f"menu footer {word}" for word in "ant bee cat dog elk fox gnu hen".split()])
    matrix = TermSpace(numbers).transform(numbers)
    assert similar_pairs(matrix[[0]], matrix[[1]])[0] < 0.01


def test_unknown_words_lower_the_cosine() -> None:
    lexicon = Lexicon()
    corpus = count_terms([lexicon.encode(t) for t in ("boots wax", "tea cups", "wax tea")])
    space = TermSpace(corpus)
    rows = space.transform(
        count_terms([lexicon.encode(t) for t in ("boots wax", "boots wax unseen words")])
    )
    same = similar_pairs(rows[[0]], rows[[0]])[0]
    assert same == pytest.approx(1.0, abs=1e-6)
    assert similar_pairs(rows[[0]], rows[[1]])[0] < same


def test_heaviest_terms_keep_their_equals() -> None:
    numbers = counts(["ant bee cat dog", "ant bee cat dog", "elk"])
    matrix = TermSpace(numbers).transform(numbers, per_text=2)
    assert matrix[[0]].nnz >= 4  # all weigh the same, so none is dropped


def test_an_empty_corpus_is_no_error() -> None:
    numbers = counts(["", ""])
    assert TermSpace(numbers).transform(numbers).shape == (2, 1)
