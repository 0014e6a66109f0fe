"""The spam signals: name, weight and meaning of each, in one place, to be shown and edited."""
# ruff: noqa: E501  (lists and tables read better unwrapped)

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["BANDS", "SIGNALS", "Signal", "band", "weights"]


@dataclass(frozen=True)
class Signal:
    """One reason why a link may be spam."""

    name: str
    """Key in tables and settings."""
    points: float
    """What the signal adds at its full strength."""
    low: float
    """Value at which it begins to count; where `log` is set, both limits are on a log scale."""
    high: float
    """Value at which it counts in full."""
    log: bool
    """Whether strength grows with the logarithm of the value."""
    meaning: str
    """One sentence for the person who reads the score."""


SIGNALS: Final = (
    # What the page says.
    Signal("seo_seller", 45, 0, 1, False, "Title, anchor or host offers links or rankings for sale."),
    Signal("gambling", 35, 0, 1, False, "Title, anchor or host speaks of gambling."),
    Signal("pills", 35, 0, 1, False, "Title, anchor or host sells drugs."),
    Signal("adult", 35, 0, 1, False, "Title, anchor or host offers adult content."),
    Signal("loans", 30, 0, 1, False, "Title, anchor or host offers quick loans or trading schemes."),
    Signal("knockoffs", 30, 0, 1, False, "Title, anchor or host sells copies, cracks, essays or followers."),
    Signal("script", 6, 0, 1, False, "The page is written in a script that the site does not use."),
    Signal("language", 3, 0, 1, False, "The page is in a language that the site does not use."),
    Signal("hidden_letters", 10, 0, 1, False, "Letters of two scripts inside one word, or invisible letters, as used against filters."),
    Signal("random_word", 25, 3.2, 3.6, False, "The link text begins with a word of random letters, as programs that fill comment fields write (surprise of a letter)."),
    # What the host looks like.
    Signal("host_digits", 6, 2, 6, False, "Digits in the host name."),
    Signal("host_hyphens", 6, 1, 4, False, "Hyphens in the host name."),
    Signal("host_length", 6, 22, 45, False, "A very long host name."),
    Signal("host_letters", 6, 3.4, 4.2, False, "A host name of random letters (entropy in bits a letter)."),
    Signal("host_tld", 8, 0, 1, False, "A top-level domain that is given away or sold for very little."),
    # What vendors measured.
    Signal("external_links", 25, 60, 1000, True, "The page links to very many other pages."),
    Signal("link_dump", 15, 2000, 10000, True, "The page links to thousands of other pages, as no page made for readers does."),
    Signal("linked_domains", 15, 20, 500, True, "The page links to many sites and is linked by few."),
    Signal("no_traffic", 28, 0, 3, False, "Search engines send the site hardly any visitors."),
    Signal("authority_without_traffic", 10, 10, 50, False, "A rating without visitors, as bought or expired domains have."),
    Signal("low_authority", 8, 0, 20, False, "Hardly anyone links to the site."),
    Signal("low_page", 5, 0, 3, False, "Hardly anyone links to the page."),
    # What the whole profile shows.
    Signal("same_title", 22, 2, 8, True, "The same title stands on several unrelated sites."),
    Signal("same_anchor", 18, 2, 8, True, "The same long link text stands on several unrelated sites."),
    Signal("same_path", 12, 2, 8, True, "The same long address stands below several unrelated domains."),
    Signal("same_ending", 8, 2, 8, True, "Pages of several unrelated sites are named in the same odd way, as generated pages are."),
    Signal("repetition", 5, 20, 500, True, "One site links from very many of its pages."),
    Signal("burst", 6, 4, 20, True, "Found in a week with many times the usual number of new sites."),
    Signal("outside_text", 8, 0, 1, False, "The link stands in no sentence of the page."),
    Signal("redirects", 8, 0, 2, False, "The link reaches the site through redirects of other sites."),
    # What vendors say, as one signal each.
    Signal("ahrefs_is_spam", 30, 0, 1, False, "Ahrefs marks the page as spam."),
    Signal("semrush_toxic_score", 20, 45, 100, False, "Semrush calls the link toxic from 60, potentially from 45."),
    Signal("moz_spam_score", 15, 30, 100, False, "Moz finds many features of penalised sites (from 31, high from 61)."),
    Signal("dataforseo_spam_score", 15, 30, 100, False, "DataForSEO's spam score."),
)  # fmt: skip
"""All signals. Points are rounded judgements: a page that sells links, or two strong facts about
its site together, pass 50; a single weak fact never does. Checked on one site's export against its
vendor's flag, see docs/method-backlinks.md; no word, host or limit was fitted to that file."""

BANDS: Final = ((60.0, "likely spam"), (30.0, "look at it"), (0.0, "fine"))
"""Least spam score of each band."""


def weights(changed: Mapping[str, float] | None = None) -> dict[str, float]:
    """Points by signal name, with the user's own where given; never below 0."""
    own = changed or {}
    return {s.name: max(0.0, float(own.get(s.name, s.points))) for s in SIGNALS}


def band(score: float) -> str:
    """The band of a spam score.

    >>> band(35.0)
    'look at it'
    """
    return next(name for limit, name in BANDS if score >= limit or limit == 0.0)
