"""Whether words of a text describe a page well enough to carry a link to it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Final

import numpy as np

from linkplanner.text.phrases import Phrase
from linkplanner.text.tokens import Lexicon

__all__ = ["Pattern", "Wording", "alike", "describes", "wording"]

ENDING: Final = 3
"""Letters in which two forms of one word may differ at the end: boot, boots; jacket, jackets."""
SINGLE_ENDING: Final = 2
"""The same where the word stands alone: a plural, no other part of speech."""
RARE_SHARE: Final = 0.01
"""Share of the pages up to which a word is rare on the site."""
KNOWN_PAGES: Final = 30
"""Pages from which on rarity can be told at all."""
LEAST_LETTERS: Final = 4
"""Letters of a single word that may stand as an anchor without being anybody's keyword or name."""
_INFLECTED: Final = re.compile(
    r".+(?:ing|ed|ly|[aei]r(?:la|lo|le|se|me|te|nos)s?|[aei]ndo|ando|iendo|mente|ieren|ment)$"
)
"""Endings of verb forms and adverbs in the languages most sites are written in."""
_WORD: Final = re.compile(r"[^\W_]+")
NAMING: Final = ("keyword", "title", "h1", "part")
"""Kinds of phrases that a user typed or that the page says of itself."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase as numbered words with the letters it is written in."""

    ids: np.ndarray
    """Word numbers without stop words."""
    words: tuple[str, ...]
    """The same words, folded but not stemmed."""
    lead: str
    """Stop words before the first word, folded."""
    tail: str
    """Stop words after the last one."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words to look for on a source page."""

    ids: np.ndarray
    """Word numbers without stop words."""
    score: float
    """How well a place with these words names the target, 0 to 1."""
    words: tuple[str, ...]
    """The words as the phrase writes them, folded."""
    kind: str
    """Kind of the phrase, see `phrases.WEIGHTS`."""
    whole: bool
    """Whether this is the whole phrase."""
    lead: str = ""
    """Stop words of the phrase before these words."""
    tail: str = ""
    """Stop words after them."""


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Lower case without accents: the letters that two spellings are compared by."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def wording(phrase: Phrase, language: str, lexicon: Lexicon) -> Wording:
    """The phrase as numbered words."""
    ids, starts, ends = lexicon.encode_spans(phrase.text, language)
    keep = ids >= 0
    ids, starts, ends = ids[keep], starts[keep], ends[keep]
    if not len(ids):
        return Wording(ids, (), "", "")
    words = tuple(
        plain(phrase.text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    )
    lead = " ".join(_WORD.findall(plain(phrase.text[: starts[0]])))
    tail = " ".join(_WORD.findall(plain(phrase.text[ends[-1] :])))
    return Wording(ids, words, lead, tail)


def alike(left: str, right: str, ending: int = ENDING) -> bool:
    """Whether two folded words are forms of one word as a reader sees it.

    Stems collide ("organ", "organization"); letters tell. All but `ending` letters at the end of
    each must be the same, and more than half of the longer one.

    >>> alike("boots", "boot"), alike("washed", "washing"), alike("respuestas", "repuestos")
    (True, True, False)
    """
    if left == right:
        return True
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )
    longer = max(len(left), len(right))
    return same >= longer - ending and 2 * same > longer


def describes(words: list[str], pattern: Pattern, pages_with: int, pages: int) -> bool:
    """Whether folded words found for a pattern may carry a link.

    pages_with: pages of the site that hold the word, where it is a single one; pages: all pages.
    Several words: each must look like the phrase's. A single word: a keyword, the page's whole
    name, or rare on the site and no inflected form; never a fragment that many pages share.
    """
    if len(words) != len(pattern.words):
        return False
    if len(words) > 1:
        return all(alike(a, b) for a, b in zip(words, pattern.words, strict=True))
    word = words[0]
    if not alike(word, pattern.words[0], SINGLE_ENDING):
        return False
    if pattern.whole and pattern.kind in NAMING:
        return not (pattern.lead or pattern.tail)
    rare = pages >= KNOWN_PAGES and pages_with <= max(2, RARE_SHARE * pages)
    return (
        rare
        and len(word) >= LEAST_LETTERS
        and not word.isdigit()
        and _INFLECTED.fullmatch(word) is None
    )
