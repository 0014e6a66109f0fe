"""What each spam signal sees in a profile: a value by row, and the words to show it."""

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.facts import Facts, map_distinct, script_of, script_of_letter
from linkplanner.quality.words import words_of

__all__ = ["METHODS", "Found"]

CHEAP_TLDS: Final = frozenset(
    "accountant autos bar beauty best bid boats bond buzz cam cf cfd click club cricket cyou "
    "date download faith fun ga gdn gq hair homes icu link live loan lol loans makeup men ml mom "
    "monster online party pics pw quest racing rest review sbs science shop site skin space store "
    "stream tk top trade vip wang webcam website win work xyz yachts zip".split()
)
"""Top-level domains that abuse reports (Spamhaus, Interisle's yearly studies) put high because
names cost next to nothing there."""
LONG_ANCHOR: Final = 4
"""Words from which a link text repeated on other sites is no name of a brand."""
LONG_TITLE: Final = 3
"""Words from which a repeated title is no "Home" or "Blog"."""
_SPACE_DIGITS: Final = re.compile(r"[\W\d_]+")
_INVISIBLE: Final = re.compile("[\u200b\u2060\u2062-\u2064\ufeff\u00ad]")


@dataclass(frozen=True)
class Found:
    """What one signal sees."""

    value: np.ndarray
    """float64[rows]: how much of it, nan where unknown."""
    template: str
    """The evidence in words, with a place for what is shown."""
    shown: np.ndarray
    """[rows]: what is put there."""

    def say(self, row: int) -> str:
        """The evidence of one row."""
        return self.template.format(self.shown[row])

    @classmethod
    def of(cls, value: np.ndarray, template: str) -> "Found":
        """A value that is its own evidence."""
        return cls(value, template, value)


def _words(category: str, template: str) -> Callable[[Facts], Found]:
    def method(facts: Facts) -> Found:
        word = facts.category(category)
        return Found((word != "").astype(float), template, word)

    return method


def _column(column: str, template: str) -> Callable[[Facts], Found]:
    def method(facts: Facts) -> Found:
        return Found.of(facts.number(column), template)

    return method


def _foreign_script(facts: Facts) -> Found:
    script = map_distinct(facts.title, script_of)
    foreign = np.array([s not in facts.own_scripts for s in script], dtype=float)
    return Found(foreign, "page written in {} script", map_distinct(script, str.title))


def _mixed(text: str) -> str:
    """A word with letters of two alphabets, or invisible letters inside."""
    if text.isascii():
        return ""
    if _INVISIBLE.search(text.strip("\ufeff\u200b")):
        return "invisible letters"
    for word in words_of(text[:400]):
        if word.isascii():
            continue
        scripts = {script_of_letter(letter) for letter in word if letter.isalpha()}
        if len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
            return "letters of two alphabets in one word"
    return ""


def _hidden_letters(facts: Facts) -> Found:
    anchor, title = map_distinct(facts.anchor, _mixed), map_distinct(facts.title, _mixed)
    seen = np.where(anchor != "", anchor, title)
    return Found((seen != "").astype(float), "{}", seen)


def _name(host_name: str) -> str:
    """A host name without www. and its last label."""
    return host_name.removeprefix("www.").rpartition(".")[0]


def _by_host(measure: Callable[[str], float], template: str) -> Callable[[Facts], Found]:
    def method(facts: Facts) -> Found:
        return Found.of(map_distinct(facts.host, measure).astype(float), template)

    return method


def _entropy(name: str) -> float:
    letters = [c for c in _name(name) if c.isalnum()]
    if len(letters) < 12:
        return 0.0
    shares = [count / len(letters) for count in Counter(letters).values()]
    return -sum(share * math.log2(share) for share in shares)


def _tld(facts: Facts) -> Found:
    last = map_distinct(facts.host, lambda name: name.rpartition(".")[2])
    cheap = np.array([name in CHEAP_TLDS for name in last], dtype=float)
    return Found(cheap, "domain ends in .{}", last)


def _linked_domains(facts: Facts) -> Found:
    linked = facts.number("ahrefs_linked_domains")
    linking = np.nan_to_num(facts.number("ahrefs_referring_domains")).clip(min=0)
    return Found(linked / (1 + linking), "links to {:g} sites and is hardly linked itself", linked)


def _rating(facts: Facts) -> np.ndarray:
    value = facts.number("ahrefs_domain_rating")
    for other in ("moz_domain_authority", "semrush_domain_ascore"):
        value = np.where(np.isnan(value), facts.number(other), value)
    return value


def _no_traffic(facts: Facts) -> Found:
    visits = facts.number("ahrefs_domain_traffic")
    value = 3 - np.log10(1 + visits.clip(min=0))
    return Found(value, "{:g} search visitors a month", visits)


def _unearned(facts: Facts) -> Found:
    visits, rating = facts.number("ahrefs_domain_traffic"), _rating(facts)
    value = np.where(visits < 10, rating, np.nan)
    return Found(value, "rating {:g} without search visitors", rating)


def _unknown_site(facts: Facts) -> Found:
    rating = _rating(facts)
    return Found(20 - rating, "site rating only {:g}", rating)


def _plain(text: str) -> str:
    return _SPACE_DIGITS.sub(" ", text.casefold()).strip()


def _shared_title(facts: Facts) -> Found:
    def key(text: str) -> str:
        words = _plain(text)
        return words if len(words.split()) >= LONG_TITLE else ""

    return Found.of(facts.sites(map_distinct(facts.title, key)), "same title on {:g} sites")


def _shared_anchor(facts: Facts) -> Found:
    def key(text: str) -> str:
        words = _plain(text)
        naked = "." in text and " " not in text.strip()
        strange = not facts.own_words.issuperset(words.split())
        return words if len(words.split()) >= LONG_ANCHOR and strange and not naked else ""

    return Found.of(facts.sites(map_distinct(facts.anchor, key)), "same link text on {:g} sites")


def _repetition(facts: Facts) -> Found:
    value = facts.sites(facts.domain.astype(object), facts.text("source_url"))
    return Found.of(value, "{:g} pages of this site link here")


def _burst(facts: Facts) -> Found:
    """Sites first seen in a row's week over the usual number in a week with any."""
    if "first_seen" not in facts.frame or not facts.size:
        return Found.of(np.zeros(facts.size), "")
    seen = pd.DataFrame({"domain": facts.domain, "day": pd.to_datetime(facts.frame["first_seen"])})
    first = seen.groupby("domain")["day"].transform("min")
    week = first.dt.to_period("W").astype(object)
    number = pd.DataFrame({"week": week, "domain": seen["domain"]}).dropna().drop_duplicates()
    by_week = number["week"].value_counts()
    usual = max(1.0, float(by_week.median())) if len(by_week) else 1.0
    value = week.map(by_week / usual).to_numpy(dtype=np.float64, na_value=np.nan)
    return Found.of(value, "found in a week with {:.0f} times the usual number of new sites")


METHODS: Final[dict[str, Callable[[Facts], Found]]] = {
    "seo_seller": _words("seo_seller", "offers links or rankings: “{}”"),
    "gambling": _words("gambling", "gambling: “{}”"),
    "pills": _words("pills", "drugs: “{}”"),
    "adult": _words("adult", "adult content: “{}”"),
    "loans": _words("loans", "loans or trading: “{}”"),
    "knockoffs": _words("knockoffs", "copies, cracks or followers: “{}”"),
    "script": _foreign_script,
    "hidden_letters": _hidden_letters,
    "host_digits": _by_host(
        lambda h: sum(c.isdigit() for c in _name(h)), "{:g} digits in the host"
    ),
    "host_hyphens": _by_host(lambda h: _name(h).count("-"), "{:g} hyphens in the host"),
    "host_length": _by_host(lambda h: len(_name(h)), "host of {:g} letters"),
    "host_letters": _by_host(_entropy, "host looks random"),
    "host_tld": _tld,
    "external_links": _column("external_links", "{:g} external links on the page"),
    "linked_domains": _linked_domains,
    "no_traffic": _no_traffic,
    "authority_without_traffic": _unearned,
    "low_authority": _unknown_site,
    "same_title": _shared_title,
    "same_anchor": _shared_anchor,
    "repetition": _repetition,
    "burst": _burst,
    "ahrefs_is_spam": _column("ahrefs_is_spam", "Ahrefs marks it as spam"),
    "semrush_toxic_score": _column("semrush_toxic_score", "Semrush toxic score {:g}"),
    "moz_spam_score": _column("moz_spam_score", "Moz spam score {:g}"),
    "dataforseo_spam_score": _column("dataforseo_spam_score", "DataForSEO spam score {:g}"),
}
