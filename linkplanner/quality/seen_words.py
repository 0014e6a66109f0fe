"""Signals in what the linking page says: words of sale, scripts, languages, hidden letters."""

import re
from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.quality.facts import Facts, script_of, script_of_letter
from linkplanner.quality.found import Found
from linkplanner.quality.words import words_of

__all__ = ["METHODS"]

_INVISIBLE: Final = re.compile("[\u200b\u2060\u2062-\u2064\ufeff\u00ad]")


def _words(category: str, template: str) -> Callable[[Facts], Found]:
    def method(facts: Facts) -> Found:
        word = facts.categories[category]
        return Found.where(word != "", template, word)

    return method


def _foreign_script(facts: Facts) -> Found:
    script = facts.title.map(script_of)
    foreign = ~np.isin(script.astype(str), sorted(facts.own_scripts))
    return Found.where(foreign, "page written in {} script", script)


def _foreign_language(facts: Facts) -> Found:
    language = facts.coded("language")
    if not facts.own_languages:
        return Found.of(np.zeros(facts.size), "")

    def foreign(tag: str) -> float:
        codes = {part.strip().lower()[:2] for part in tag.split(",") if part.strip()}
        return float(bool(codes) and codes.isdisjoint(facts.own_languages))

    shown = language.map(str)
    return Found.where(language.measure(foreign), "page in another language ({})", shown)


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
    anchor, title = facts.anchor.map(_mixed), facts.title.map(_mixed)
    seen = np.where(anchor != "", anchor, title)
    return Found.where(seen != "", "{}", seen)


METHODS: Final[dict[str, Callable[[Facts], Found]]] = {
    "seo_seller": _words("seo_seller", "offers links or rankings: “{}”"),
    "gambling": _words("gambling", "gambling: “{}”"),
    "pills": _words("pills", "drugs: “{}”"),
    "adult": _words("adult", "adult content: “{}”"),
    "loans": _words("loans", "loans or trading: “{}”"),
    "knockoffs": _words("knockoffs", "copies, cracks or followers: “{}”"),
    "script": _foreign_script,
    "language": _foreign_language,
    "hidden_letters": _hidden_letters,
}
