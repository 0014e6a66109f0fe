"""What the spam signals read of the backlinks, worked out once."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.coded import Coded
from linkplanner.quality.words import CATEGORIES, WORDS_OF_SALE, host_category, maybe_any, words_of
from linkplanner.urls import host

__all__ = ["Facts", "hosts_of", "script_of", "script_of_letter"]

SCRIPTS: Final = frozenset(
    "LATIN CYRILLIC GREEK ARABIC HEBREW CJK JAPANESE HANGUL THAI DEVANAGARI GEORGIAN "
    "ARMENIAN".split()
)
_EAST: Final = {"HIRAGANA": "JAPANESE", "KATAKANA": "JAPANESE"}
_PLAIN_ADDRESS: Final = r"^https?://([^/:?#@\[\]]+)(?:[/:?#]|$)"


class Facts:
    """The backlinks of one site, and what the site says of itself."""

    def __init__(self, frame: pd.DataFrame, pages: pd.DataFrame, brand: Sequence[str]) -> None:
        self.frame = frame
        self.size = len(frame)
        self.title = self.coded("source_title")
        self.anchor = self.coded("anchor")
        names = hosts_of(self.column("source_url"))
        self.host = Coded.of(names)
        domain = self.column("source_domain")
        self.domain = Coded.of(domain.where(domain.fillna("") != "", names))
        titles = [*pages["title"].dropna(), *pages["h1"].dropna()]
        own = " ".join([*titles, *brand, *(host(u) for u in pages["url"].dropna().unique()[:1])])
        self.own_words = frozenset(words_of(own))
        self.own_scripts = {script_of(title) for title in set(titles)} | {"", "LATIN"}
        self.own_languages = frozenset(
            code for tag in pages["language"].dropna().unique() for code in _languages(tag)
        )

    def column(self, name: str) -> pd.Series:
        """A text column, empty where the frame lacks it."""
        if name in self.frame:
            return self.frame[name].astype("str")
        return pd.Series([None] * self.size, dtype="str", index=self.frame.index)

    def coded(self, name: str) -> Coded:
        """A text column, coded."""
        return Coded.of(self.column(name))

    def number(self, name: str) -> np.ndarray:
        """A number column as float64[rows], nan where missing."""
        if name not in self.frame:
            return np.full(self.size, np.nan)
        return self.frame[name].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)

    @cached_property
    def categories(self) -> dict[str, np.ndarray]:
        """By category, the first of its words in title, anchor and host: object[rows], or ''."""
        out = {name: np.full(self.size, "", dtype=object) for name in CATEGORIES}
        parts = (
            (self.title, self._sold),
            (self.anchor, self._sold),
            (self.host, self._sold_by_host),
        )
        for coded, find in parts:
            found = find(coded.values)
            for name, column in out.items():
                words = np.full(len(coded.values), "", dtype=object)
                for at, seen in found.items():
                    words[at] = seen.get(name, "")
                fresh = words[coded.codes]
                np.copyto(column, fresh, where=column == "")
        return out

    def _sold(self, texts: Sequence[str]) -> dict[int, dict[str, str]]:
        """Categories of the texts that have any, by place."""
        find = WORDS_OF_SALE.find
        likely = np.flatnonzero(maybe_any(WORDS_OF_SALE, texts)).tolist()
        found = ((at, find(words_of(texts[at]), self.own_words)) for at in likely)
        return {at: seen for at, seen in found if seen}

    def _sold_by_host(self, names: Sequence[str]) -> dict[int, dict[str, str]]:
        found = self._sold([_host_words(name) for name in names])
        for at, name in enumerate(names):
            glued = host_category(name, self.own_words)
            if glued:
                found[at] = glued | found.get(at, {})
        return found

    @cached_property
    def name(self) -> Coded:
        """The name of each row's site: its domain without the ending, so that one brand's sites
        in several countries are one."""
        codes, values = pd.factorize(np.array(
            [value.partition(".")[0] for value in self.domain.values], dtype=object
        ))  # fmt: skip
        return Coded(codes[self.domain.codes].astype(np.int64), [str(v) for v in values])

    def sites(self, key: np.ndarray) -> np.ndarray:
        """For each row, how many sites (told by name) share its key; 0 for a key below 0.

        key: int64[rows].
        """
        return self.shared(key, self.name.codes)

    def shared(self, key: np.ndarray, value: np.ndarray) -> np.ndarray:
        """For each row, how many different values its key has: float64[rows]; 0 for a key < 0."""
        if not self.size:
            return np.zeros(0)
        codes, unique = pd.factorize(key)
        pairs = codes.astype(np.int64) * (int(value.max()) + 1) + value
        first = np.unique(pairs) // (int(value.max()) + 1)
        number = np.bincount(first, minlength=len(unique)).astype(np.float64)
        return np.where(key < 0, 0.0, number[codes])


def hosts_of(urls: pd.Series) -> pd.Series:
    """Host of every canonical address, '' where there is none: one pass over the whole column."""
    names = urls.str.extract(_PLAIN_ADDRESS, expand=False)
    odd = names.isna() & urls.notna()
    if odd.any():  # user names, IPv6, no address at all
        names = names.where(~odd, urls[odd].map(host).reindex(urls.index))
    return names.str.lower().str.rstrip(".").fillna("").astype("str")


def _languages(tag: str) -> list[str]:
    """Two- or three-letter codes of a list of languages such as "en-GB, fr"."""
    return [part.strip().lower()[:2] for part in str(tag).split(",") if part.strip()]


def _host_words(name: str) -> str:
    """The words of a host name without its last label."""
    return name.rpartition(".")[0].replace("-", " ").replace(".", " ")


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
