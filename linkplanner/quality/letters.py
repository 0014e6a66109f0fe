"""How likely a word's letters follow each other, learned from words that people wrote."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from zlib import crc32

from linkplanner.quality.words import CATEGORIES, words_of
from linkplanner.text.stopwords import STOP_WORDS

__all__ = ["LetterPairs"]

SMOOTHING = 0.2
"""Count given to pairs that were never seen."""
ENDS = 27
"""Letters of the alphabet and the end of a word."""
TEXTS = 30_000
"""Texts that are learned from; more change the figures little."""


class LetterPairs:
    """Pairs of neighbouring letters in ASCII words, the ends of words included."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Learns from the texts, each counted once, and from common words of many languages."""
        self.words: Counter[str] = _common_words().copy()
        for text in _sample(texts):
            self.words.update({word for word in words_of(text) if _plain(word)})
        self._pairs: Counter[str] = Counter()
        for word, number in self.words.items():
            for pair in _pairs(word):
                self._pairs[pair] += number
        self._first: Counter[str] = Counter()
        for pair, number in self._pairs.items():
            self._first[pair[0]] += number

    def surprise(self, word: str) -> float:
        """Mean negative logarithm of the chance of each letter after the one before; 0 for ''.

        English, Spanish or German words lie around 2, words of random letters above 3.3, which is
        the surprise of a letter drawn blindly.
        """
        logs = [
            math.log((self._pairs[pair] + SMOOTHING) / (self._first[pair[0]] + SMOOTHING * ENDS))
            for pair in _pairs(word)
        ]
        return -sum(logs) / len(logs) if logs else 0.0


@cache
def _common_words() -> Counter[str]:
    """Short words of many languages, and what spam sells."""
    found: Counter[str] = Counter()
    for text in (*map(" ".join, STOP_WORDS.values()), *CATEGORIES.values()):
        found.update({word for word in words_of(text) if _plain(word)})
    return found


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _pairs(word: str) -> Iterable[str]:
    bound = f"^{word}$"
    return [bound[at : at + 2] for at in range(len(bound) - 1)] if word else []


def _sample(texts: Sequence[str]) -> list[str]:
    """Distinct texts, `TEXTS` of them at most by checksum: the order is irrelevant."""
    distinct = dict.fromkeys(texts)
    if len(distinct) <= TEXTS:
        return list(distinct)
    share = TEXTS / len(distinct) * 2**32
    return [text for text in distinct if crc32(text.encode()) < share]
