"""Signals that only the whole profile shows, and where on its page a link stands.

Everything counts distinct sites, told by name (`Facts.name`), so neither the order of rows nor a
repeated row changes a value.
"""

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.facts import Facts, hosts_of
from linkplanner.quality.found import Found
from linkplanner.quality.letters import LetterPairs
from linkplanner.urls import registrable

__all__ = ["METHODS"]

LONG_ANCHOR: Final = 4
"""Words from which a link text repeated on other sites is no name of a brand."""
LONG_TITLE: Final = 3
"""Words from which a repeated title is no "Home" or "Blog"."""
TELLING_WORDS: Final = 3
"""Words from which a link text that begins with random letters is no name."""
RANDOM_LETTERS: Final = (5, 8)
"""Letters of the random words that comment programs put first."""
LONG_PATH: Final = 12
"""Characters from which an address repeated on other sites is no "/about-us"."""
_SPACE_DIGITS: Final = re.compile(r"[\W\d_]+")
_PATH: Final = r"^https?://[^/?#]+/([^?#]*)"
_TELLING: Final = r"\d.*\d.*\d|[-_/.][^-_/]+[-_/][^-_/]+"
"""An address of three digits or three words: chance does not give two sites the same one."""
_ODD_ENDING: Final = r"[^/]{4}[-_][a-z]\.(?:html?|php|aspx?|jsp)$"
_MONDAY: Final = 4
"""Days from 1 January 1970, a Thursday, to the next Monday."""


def _plain(text: str) -> str:
    return _SPACE_DIGITS.sub(" ", text.casefold()).strip()


def _key(text: str) -> int:
    """A number for a text, -1 for none."""
    return hash(text) & 0x7FFFFFFFFFFFFFFF if text else -1


def _shared_title(facts: Facts) -> Found:
    def key(text: str) -> int:
        words = _plain(text)
        return _key(words if words.count(" ") + 1 >= LONG_TITLE else "")

    keys = facts.title.spread(map(key, facts.title.values), np.int64)
    return Found.of(facts.sites(keys), "same title on {:g} sites")


def _shared_anchor(facts: Facts) -> Found:
    def key(text: str) -> int:
        words = _plain(text)
        parts = words.split()
        naked = "." in text and " " not in text.strip()
        telling = len(parts) >= LONG_ANCHOR and not facts.own_words.issuperset(parts)
        return _key(words if telling and not naked else "")

    keys = facts.anchor.spread(map(key, facts.anchor.values), np.int64)
    return Found.of(facts.sites(keys), "same link text on {:g} sites")


def _random_word(facts: Facts) -> Found:
    """Link texts that begin with a word of random letters, as comment programs write them."""
    letters = LetterPairs([*facts.title.values, *set(facts.column("target_url").dropna())])

    def begins(text: str) -> str:
        words = text.split(maxsplit=TELLING_WORDS)
        word = words[0] if len(words) >= TELLING_WORDS else ""
        plain = word.isascii() and word.isalpha() and word.islower()
        fits = plain and RANDOM_LETTERS[0] <= len(word) <= RANDOM_LETTERS[1]
        return word if fits and letters.words[word] < 2 and word not in facts.own_words else ""

    word = facts.anchor.map(begins)
    value = facts.anchor.measure(lambda text: letters.surprise(begins(text)))
    return Found.where(value, "link text begins with random letters: “{}”", word)


def _by_pattern(facts: Facts, texts: pd.Series) -> np.ndarray:
    """How many sites share a text; 0 where it is missing."""
    codes, _ = pd.factorize(texts)
    return facts.sites(codes.astype(np.int64))


def _paths(facts: Facts) -> pd.Series:
    """Path of every address in lower case, without the first slash."""
    return facts.column("source_url").str.extract(_PATH, expand=False).str.lower()


def _shared_path(facts: Facts) -> Found:
    path = _paths(facts)
    long = (path.str.len() >= LONG_PATH) & path.str.contains(_TELLING, regex=True)
    return Found.of(
        _by_pattern(facts, path.where(long.fillna(False).astype(bool))),
        "same address below {:g} sites",
    )


def _shared_ending(facts: Facts) -> Found:
    path = _paths(facts)
    odd = path.str.contains(_ODD_ENDING, regex=True).fillna(False).astype(bool)
    stem_and_type = path[odd].str.extract(r"([-_][a-z]\.\w+)$", expand=False)
    ending = stem_and_type.reindex(path.index)
    return Found.of(_by_pattern(facts, ending), "pages of {:g} sites end in the same odd letter")


def _repetition(facts: Facts) -> Found:
    pages = pd.factorize(facts.column("source_url"))[0].astype(np.int64) + 1
    value = facts.shared(facts.domain.codes, pages)
    return Found.of(value, "{:g} pages of this site link here")


def _burst(facts: Facts) -> Found:
    """Sites first seen in a row's week over the usual number in a week with any."""
    template = "found in a week with {:.0f} times the usual number of new sites"
    if "first_seen" not in facts.frame or not facts.frame["first_seen"].notna().any():
        return Found.of(np.zeros(facts.size), template)
    days = facts.frame["first_seen"].to_numpy("datetime64[D]").astype(np.int64)
    known = facts.frame["first_seen"].notna().to_numpy()
    site = facts.domain.codes
    first = np.full(len(facts.domain.values), np.iinfo(np.int64).max)
    np.minimum.at(first, site[known], days[known])
    seen = first < np.iinfo(np.int64).max
    week = (np.where(seen, first, 0) - _MONDAY) // 7
    _, place, number = np.unique(week[seen], return_inverse=True, return_counts=True)
    value = np.full(len(first), np.nan)
    value[seen] = number[place] / max(1.0, float(np.median(number)))
    return Found.of(value[site], template)


def _outside_text(facts: Facts) -> Found:
    """Links that stand in no sentence, where the export tells; silent where it does not."""
    if "in_content" not in facts.frame:
        return Found.of(np.full(facts.size, np.nan), "stands in no text of the page")
    inside = facts.frame["in_content"].astype("boolean")
    bare = (facts.column("left_context").fillna("").str.strip() == "") & (
        facts.column("right_context").fillna("").str.strip() == ""
    )
    value = np.where(inside.isna(), np.nan, ~inside.fillna(True).astype(bool) & bare)
    return Found.of(value, "stands in no text of the page")


def _redirects(facts: Facts) -> Found:
    """Foreign sites between the linking page and the target."""
    chain = facts.coded("redirect_chain")
    if chain.values in ([], [""]):
        return Found.of(np.zeros(facts.size), "reaches you through {:g} other sites")
    domains = [
        {registrable(name) for name in hosts_of(pd.Series(re.split(r"[\s,;|]+", text)))} - {""}
        for text in chain.values
    ]
    target = facts.coded("target_url")
    ends = [registrable(name) for name in hosts_of(pd.Series(target.values, dtype="str"))]
    value = np.zeros(facts.size)
    for row in np.flatnonzero(chain.codes != _place(chain.values, "")):
        own = {facts.domain.values[facts.domain.codes[row]], ends[target.codes[row]]}
        value[row] = len(domains[chain.codes[row]] - own)
    return Found.of(value, "reaches you through {:g} other sites")


def _place(values: list[str], value: str) -> int:
    return values.index(value) if value in values else -1


METHODS: Final[dict[str, Callable[[Facts], Found]]] = {
    "same_title": _shared_title,
    "same_anchor": _shared_anchor,
    "random_word": _random_word,
    "same_path": _shared_path,
    "same_ending": _shared_ending,
    "repetition": _repetition,
    "burst": _burst,
    "outside_text": _outside_text,
    "redirects": _redirects,
}
