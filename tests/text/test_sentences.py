"""Where sentences begin and end."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.text.sentences import MAX_SENTENCE, is_heading, is_proper, split

CASES = [
    ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
    ("It costs 3.50 today. Buy.", ["It costs 3.50 today.", "Buy."]),  # decimals
    ("See e.g. Dr. Low. He knows.", ["See e.g. Dr. Low.", "He knows."]),  # abbreviations
    ("J. R. Low wrote it. Read it.", ["J. R. Low wrote it.", "Read it."]),  # initials
    ("The U.S. Army came. It left.", ["The U.S. Army came.", "It left."]),
    ("Das kostet z.B. 5 Euro. Gut.", ["Das kostet z.B. 5 Euro.", "Gut."]),
    ("1. First step\n2. Second step", ["1. First step", "2. Second step"]),  # list numbers
    ("He said “Yes.” She left.", ["He said “Yes.”", "She left."]),  # closing marks belong before
    ("Use node.js. or not", ["Use node.js. or not"]),  # small letter goes on
    ("東京です。大阪？はい", ["東京です。", "大阪？", "はい"]),  # no spaces
    ("यह है। वह था।", ["यह है।", "वह था।"]),
    ("هل هذا؟ نعم", ["هل هذا؟", "نعم"]),
    ("Heading\nText here.\r\nMore", ["Heading", "Text here.", "More"]),  # line ends
    ("", []),
    (" \n\t ", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_split(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split(text)] == expected


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_offsets_are_in_order_and_lose_nothing(text: str) -> None:
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split())


@given(st.text(alphabet="ab. \n!1", max_size=3000))
def test_no_sentence_is_longer_than_the_limit(text: str) -> None:
    assert all(b - a <= MAX_SENTENCE for a, b in split(text))


@pytest.mark.parametrize("text", ["x" * 10**6, "1. " * 300_000, "U." * 400_000, '."' * 400_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    start = time.perf_counter()
    split(text)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("text", "sentence", "heading"),
    [
        ("Boot care\nBrush daily.", "Boot care", True),
        ("Boot care\nBrush daily.", "Brush daily.", False),  # ends like a sentence
        ("Brush daily. Use wax", "Use wax", False),  # no line of its own
        ("a " * 60 + "\nx", ("a " * 60).strip(), False),  # too long
        ("What is wax?\nx", "What is wax?", False),
        ("Boot care", "Boot care", True),
    ],
)
def test_is_heading(text: str, sentence: str, heading: bool) -> None:
    start = text.index(sentence)
    assert is_heading(text, start, start + len(sentence)) is heading


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We tested all of them in the rain last winter.", True),
        ("今日は晴れです。東京の天気は良いです。", True),
        ("L-V: 08:00 am a 05:00 pm, 09:00 am a 01:00 pm.", False),  # opening hours
        ("3.", False),
        ("HOW DO I GET MY OFFER FROM YOU.", False),
        ("What do I need to know about all this?", False),
        ("These are the parts that we deliver:", False),
    ],
)
def test_sentences_that_another_may_follow(sentence: str, expected: bool) -> None:
    assert is_proper(sentence, 0, len(sentence)) is expected
