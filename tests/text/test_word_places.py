"""Places of words found at once are those found one by one."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from linkplanner.text.tokens import Lexicon, is_unspaced
from linkplanner.text.word_places import word_places

LETTERS = (
    "ab_ é\u0301\u0300\n.1\u200d\u00ad\u0e01東ſ🍵\U0001f1e6ש\u05b0\u0915\u093f\ud800²½\u17b4\u3099"
)


@given(st.text(LETTERS, max_size=30) | st.text(max_size=30))
@example("\U0003134b")  # a letter that this Python's Unicode may not know yet
@example("a\u17b4b")  # a Khmer vowel sign between Latin letters
def test_the_same_places_as_the_lexicon_finds(text: str) -> None:
    found = word_places(text)
    assert (found is None) == any(map(is_unspaced, text))
    if found is not None:
        _, starts, ends = Lexicon().encode_spans(text)
        assert np.array_equal(found[0], starts)
        assert np.array_equal(found[1], ends)


def test_scripts_without_spaces_are_left_to_the_lexicon() -> None:
    assert word_places("東京の天気") is None
