"""What the spam signals read of the backlinks, worked out once."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.words import CATEGORIES, categories_of, host_category, words_of
from linkplanner.urls import host

__all__ = ["Facts", "map_distinct", "script_of", "script_of_letter"]

SCRIPTS: Final = frozenset(
    "LATIN CYRILLIC GREEK ARABIC HEBREW CJK JAPANESE HANGUL THAI DEVANAGARI GEORGIAN "
    "ARMENIAN".split()
)
_EAST: Final = {"HIRAGANA": "JAPANESE", "KATAKANA": "JAPANESE"}


class Facts:
    """The backlinks of one site, and what the site says of itself."""

    def __init__(self, frame: pd.DataFrame, pages: pd.DataFrame, brand: Sequence[str]) -> None:
        self.frame = frame
        self.size = len(frame)
        self.title = self.text("source_title")
        self.anchor = self.text("anchor")
        urls = self.text("source_url")
        self.host = map_distinct(urls, host)
        self.domain = np.where(
            self.text("source_domain") == "", self.host, self.text("source_domain")
        )
        titles = [*pages["title"].dropna(), *pages["h1"].dropna()]
        own = " ".join([*titles, *brand, *(host(u) for u in pages["url"].dropna().unique()[:1])])
        self.own_words = frozenset(words_of(own))
        self.own_scripts = {script_of(title) for title in set(titles)} | {"", "LATIN"}
        self._categories: dict[str, np.ndarray] | None = None

    def text(self, column: str) -> np.ndarray:
        """A text column as object[rows], '' where missing."""
        if column not in self.frame:
            return np.full(self.size, "", dtype=object)
        return self.frame[column].astype(object).where(self.frame[column].notna(), "").to_numpy()

    def number(self, column: str) -> np.ndarray:
        """A number column as float64[rows], nan where missing."""
        if column not in self.frame:
            return np.full(self.size, np.nan)
        return self.frame[column].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)

    def category(self, name: str) -> np.ndarray:
        """The words of a category in title, anchor and host: object[rows]."""
        if self._categories is None:
            hosts = map_distinct(self.host, _host_words)
            texts = self.title + "\n" + self.anchor + "\n" + hosts
            written = map_distinct(texts, lambda text: categories_of(text, self.own_words))
            named = map_distinct(self.host, lambda name: host_category(name, self.own_words))
            self._categories = {
                category: _each(
                    (a.get(category) or b.get(category, "") for a, b in zip(written, named)),
                    self.size,
                )
                for category in CATEGORIES
            }
        return self._categories[name]

    def sites(self, key: np.ndarray, value: np.ndarray | None = None) -> np.ndarray:
        """For each row, how many distinct domains (or other values) share its key; 0 for key ''."""
        frame = pd.DataFrame({"key": key, "value": self.domain if value is None else value})
        number = frame[frame["key"] != ""].drop_duplicates()["key"].value_counts()
        return frame["key"].map(number).fillna(0).to_numpy(dtype=np.float64)


def _host_words(name: str) -> str:
    """The words of a host name without its last label."""
    return name.rpartition(".")[0].replace("-", " ").replace(".", " ")


def _each(values: Iterable[str], size: int) -> np.ndarray:
    column = np.empty(size, dtype=object)
    column[:] = list(values)
    return column


def map_distinct(values: np.ndarray, change: Callable[[str], object]) -> np.ndarray:
    """A function over a text column, each distinct value once: object[rows]."""
    code, unique = pd.factorize(values)
    changed = np.empty(len(unique), dtype=object)
    changed[:] = [change(value) for value in unique]
    return changed[code] if len(code) else np.empty(0, dtype=object)


def script_of(text: str) -> str:
    """The script of most of a text's first 80 letters; '' without letters."""
    if text.isascii():
        return "LATIN" if any(letter.isalpha() for letter in text) else ""
    letters = [letter for letter in text[:160] if letter.isalpha()][:80]
    number = Counter(map(script_of_letter, letters))
    return max(sorted(number), key=lambda name: number[name]) if number else ""


@lru_cache(maxsize=4096)
def script_of_letter(letter: str) -> str:
    """The script of one letter, "OTHER" for rare ones."""
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    name = _EAST.get(name, name)
    return name if name in SCRIPTS else "OTHER"
