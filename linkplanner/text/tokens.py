"""Words of any script: found, folded, stemmed and numbered, so that texts can be compared.

Words of scripts that put no spaces between them (Han, kana, Hangul, Thai, Lao, Khmer, Burmese)
become overlapping character n-grams. Everything else is folded (case, compatibility forms,
accents) and stemmed with Snowball where the language has a stemmer.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Final

import numpy as np

from linkplanner.text.stopwords import STOP_WORDS

__all__ = [
    "BREAK",
    "STOP",
    "Lexicon",
    "fold_word",
    "guess_language",
    "is_mark",
    "is_unspaced",
    "language_code",
    "language_scores",
    "tokens",
]

STOP: Final = -1
"""Number of a stop word: it stands in the text but counts for nothing."""
BREAK: Final = -2
"""Number of a line end: no phrase runs across it."""

WORDS_KEPT: Final = 100_000
"""Words whose folded form is remembered."""

_PAIRS: Final = (
    "\u1100-\u11ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_TRIPLES: Final = "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"


def _marks() -> str:
    """Character class body of the combining marks and joiners that may stand inside a word."""
    ranges: list[str] = []
    start = last = -2
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)) not in ("Mn", "Mc") or 0xE00 <= code < 0x1100:
            continue
        if code != last + 1:
            if start > 0:
                ranges.append(f"{chr(start)}-{chr(last)}")
            start = code
        last = code
    ranges.append(f"{chr(start)}-{chr(last)}")
    return "".join(ranges) + "\u200c\u200d\u00ad"


_MARKS: Final = _marks()
_MARK: Final = re.compile(f"[{_MARKS}]")
_UNSPACED: Final = re.compile(f"[{_PAIRS}]+|[{_TRIPLES}]+")
_TRIPLE: Final = re.compile(f"[{_TRIPLES}]")
_WORD: Final = re.compile(rf"[^\W_][^\W_{_MARKS}]*(?:[{_MARKS}]+[^\W_]*)*|\n")
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u00ad\u2060\ufeff]")
_LATIN_MARK: Final = re.compile("[\u0300-\u036f]")

_STEMMERS: Final = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech",
    "da": "danish", "nl": "dutch", "en": "english", "et": "estonian", "fi": "finnish",
    "fr": "french", "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "fa": "persian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Snowball's name of the stemmer by ISO 639-1 code."""


def is_mark(letter: str) -> bool:
    """Whether this is a combining mark or joiner that may stand inside a word."""
    return _MARK.match(letter) is not None


def is_unspaced(letter: str) -> bool:
    """Whether it belongs to a script that puts no spaces between words."""
    return _UNSPACED.match(letter) is not None


def language_code(name: object) -> str:
    """Two-letter code of a language tag such as "en-US" or "en, uk"; '' where there is none."""
    if not isinstance(name, str):
        return ""
    code = re.match(r"[A-Za-z]{2,3}", name.strip())
    return code.group().lower() if code else ""


@cache
def _stemmer(code: str) -> Any:
    import Stemmer

    name = _STEMMERS.get(code)
    if name is None or name not in Stemmer.algorithms():
        return None
    return Stemmer.Stemmer(name)


@lru_cache(maxsize=WORDS_KEPT)
def fold_word(word: str, language: str = "") -> str:
    """One word without case, accents and ending: what stands for it in comparisons."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", word)).casefold()
    stemmer = _stemmer(language)
    if stemmer is not None and len(text) < 64:
        text = stemmer.stemWord(text)
    if text.isascii():
        return text
    return unicodedata.normalize(
        "NFC", _LATIN_MARK.sub("", unicodedata.normalize("NFD", text))
    ).casefold()


@cache
def _stop_stems(language: str) -> frozenset[str]:
    lists = [STOP_WORDS[language]] if language in STOP_WORDS else STOP_WORDS.values()
    return frozenset(word for words in lists for word in words)


@cache
def _stop_owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for language, words in STOP_WORDS.items():
        for word in words:
            owners[word] = (*owners.get(word, ()), language)
    return owners


def guess_language(text: str, default: str = "") -> str:
    """The language whose stop words are most frequent in the text's first 4,000 characters.

    `default` where fewer than three stop words tell. A help for stemming, not a detector.
    """
    scores = language_scores(text)
    if not scores:
        return default
    best = max(sorted(scores), key=lambda language: scores[language])
    return best if scores[best] >= 1.5 else default


def language_scores(text: str) -> dict[str, float]:
    """Stop words of each language in the text's first 4,000 characters; a word that several
    languages have counts for each by its share."""
    owners = _stop_owners()
    scores: dict[str, float] = {}
    for match in _WORD.finditer(text[:4000]):
        for language in (found := owners.get(match.group().casefold(), ())):
            scores[language] = scores.get(language, 0.0) + 1.0 / len(found)
    return scores


class _Numbers(dict[str, int]):
    """Word to number for one language; unknown words are folded once and remembered."""

    def __init__(self, lexicon: "Lexicon", language: str) -> None:
        super().__init__({"\n": BREAK})
        self._lexicon, self._language = lexicon, language
        self._stop = _stop_stems(language)

    def __missing__(self, word: str) -> int:
        folded = word.casefold()
        if folded in self._stop or (len(folded) == 1 and folded.isascii() and folded.isalpha()):
            number = STOP
        else:
            number = self._lexicon.number(fold_word(word, self._language))
        self[word] = number
        return number


class Lexicon:
    """Numbers for stems, handed out as texts are read; the same stem has one number throughout."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._packed: np.ndarray | None = None
        self._languages: dict[str, _Numbers] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def _numbers(self) -> dict[str, int]:
        """Number by stem; unpacked when first asked for."""
        if self._packed is not None:
            stems = self._packed.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]
            self._known, self._packed = {stem: n for n, stem in enumerate(stems)}, None
        return self._known

    def __getstate__(self) -> dict[str, Any]:
        """The stems as one array, without the words seen: their stems are numbered anyway."""
        if not self._numbers:
            return {"_known": {}, "_packed": None, "_languages": {}}
        packed = "".join(f"{stem}\n" for stem in self._numbers).encode("utf-8", "surrogatepass")
        array = np.frombuffer(packed, dtype=np.uint8)
        return {"_known": {}, "_packed": array, "_languages": {}}

    def number(self, stem: str) -> int:
        """The number of a stem, a new one for a new stem."""
        return self._numbers.setdefault(stem, len(self._numbers))

    def stems(self) -> list[str]:
        """The stems in the order of their numbers."""
        return list(self._numbers)

    def _table(self, language: str) -> _Numbers:
        if language not in self._languages:
            self._languages[language] = _Numbers(self, language)
        return self._languages[language]

    def encode(self, text: str, language: str = "") -> np.ndarray:
        """Numbers of the words of a text, int64[words]; `STOP` and `BREAK` stand for themselves."""
        table = self._table(language)
        if not text.isascii() and _UNSPACED.search(text):
            return np.array([table[word] for word, _, _ in _pieces(text)], dtype=np.int64)
        found = _WORD.findall(text)
        return np.fromiter(map(table.__getitem__, found), dtype=np.int64, count=len(found))

    def encode_spans(
        self, text: str, language: str = ""
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """As `encode`, with start and end of each word in the text: three arrays int64[words]."""
        table = self._table(language)
        if text.isascii() or not _UNSPACED.search(text):
            found = _WORD.findall(text)
            ids = np.fromiter(map(table.__getitem__, found), dtype=np.int64, count=len(found))
            spans = chain.from_iterable(map(re.Match.span, _WORD.finditer(text)))
            ends = np.fromiter(spans, dtype=np.int64, count=2 * len(found)).reshape(-1, 2)
            return ids, ends[:, 0].copy(), ends[:, 1].copy()
        pieces = list(_pieces(text))
        ids = np.array([table[word] for word, _, _ in pieces], dtype=np.int64)
        starts = np.array([start for _, start, _ in pieces], dtype=np.int64)
        ends = np.array([end for _, _, end in pieces], dtype=np.int64)
        return ids, starts, ends


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Words with offsets; runs of unspaced scripts as overlapping n-grams."""
    for match in _WORD.finditer(text):
        word, offset = match.group(), match.start()
        if word.isascii() or not _UNSPACED.search(word):
            yield word, offset, match.end()
            continue
        at = 0
        for run in _UNSPACED.finditer(word):
            if run.start() > at:
                yield word[at : run.start()], offset + at, offset + run.start()
            yield from _grams(run.group(), offset + run.start())
            at = run.end()
        if at < len(word):
            yield word[at:], offset + at, match.end()


def _grams(run: str, offset: int) -> Iterator[tuple[str, int, int]]:
    size = 3 if _TRIPLE.match(run) else 2
    if len(run) <= size:
        yield run, offset, offset + len(run)
        return
    for at in range(len(run) - size + 1):
        yield run[at : at + size], offset + at, offset + at + size


def tokens(text: str, language: str = "") -> list[str]:
    """The stems of a text in order, without stop words.

    >>> tokens("The Running shoes of 2024", "en")
    ['run', 'shoe', '2024']
    """
    lexicon = Lexicon()
    numbers = lexicon.encode(text, language)
    names = lexicon.stems()
    return [names[n] for n in numbers.tolist() if n >= 0]
