"""Words of random letters are told from words that people write."""

import random
import string

import pytest

from linkplanner.quality.letters import LetterPairs

ORDINARY = "the water stehen gehört para como avec notre delle przez который between jednak".split()


def test_random_letters_surprise_more_than_words() -> None:
    pairs = LetterPairs(["Winter boots and how to wear them", "Leather care for beginners"])
    most = max(pairs.surprise(word) for word in ORDINARY if word.isascii())
    rng = random.Random(1)
    drawn = ["".join(rng.choices(string.ascii_lowercase, k=6)) for _ in range(200)]
    above = sum(pairs.surprise(word) > most for word in drawn)
    assert above > 0.8 * len(drawn)


@pytest.mark.parametrize("texts", [[], [""], ["日本語"], ["boots boots"]])
def test_any_texts_can_be_learned_from(texts: list[str]) -> None:
    pairs = LetterPairs(texts)
    assert pairs.surprise("") == 0
    assert pairs.surprise("boots") > 0


def test_order_and_repetition_are_irrelevant() -> None:
    texts = [f"title {n} of boots" for n in range(50)]
    first, second = LetterPairs(texts), LetterPairs([*reversed(texts), *texts])
    assert first.surprise("boots") == second.surprise("boots")
