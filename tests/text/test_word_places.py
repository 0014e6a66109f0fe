"""Places of words found at once are those found one by one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.text.tokens import Lexicon
from linkplanner.text.word_places import word_places

LETTERS = "ab_ é\u0301\u0300\n.1\u200d\u00ad\u0e01東ſ🍵\U0001f1e6ש\u05b0\u0915\u093f\ud800²½"


@given(st.text(LETTERS, max_size=30) | st.text(max_size=30))
def test_the_same_places_as_the_lexicon_finds(text: str) -> None:
    found = word_places(text)
    _, starts, ends = Lexicon().encode_spans(text)
    if found is None:
        assert len(starts)
    else:
        assert np.array_equal(found[0], starts)
        assert np.array_equal(found[1], ends)


def test_scripts_without_spaces_are_left_to_the_lexicon() -> None:
    assert word_places("東京の天気") is None
