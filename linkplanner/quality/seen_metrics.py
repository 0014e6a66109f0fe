"""Signals in what vendors measured, and in what they call spam themselves."""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.quality.facts import Facts
from linkplanner.quality.found import Found, small

__all__ = ["METHODS"]

SITE_RATINGS: Final = ("ahrefs_domain_rating", "moz_domain_authority", "semrush_domain_ascore")
PAGE_RATINGS: Final = ("ahrefs_url_rating", "semrush_page_ascore", "majestic_trust_flow")
NO_VISITORS: Final = 10.0
"""Monthly visits below which a site counts as one without visitors."""


def _column(column: str, template: str) -> Callable[[Facts], Found]:
    def method(facts: Facts) -> Found:
        return Found.of(facts.number(column), template)

    return method


def _linked_domains(facts: Facts) -> Found:
    linked = facts.number("ahrefs_linked_domains")
    linking = np.nan_to_num(facts.number("ahrefs_referring_domains")).clip(min=0)
    shown = small(linked)
    return Found.where(
        linked / (1 + linking), "links to {:g} sites and is hardly linked itself", shown
    )


def _first_known(facts: Facts, columns: tuple[str, ...]) -> np.ndarray:
    value = facts.number(columns[0])
    for other in columns[1:]:
        value = np.where(np.isnan(value), facts.number(other), value)
    return value


def _no_traffic(facts: Facts) -> Found:
    visits = facts.number("ahrefs_domain_traffic")
    with np.errstate(invalid="ignore"):
        value = 3 - np.log10(1 + visits.clip(min=0))
    return Found.where(value, "{:g} search visitors a month", small(visits))


def _unearned(facts: Facts) -> Found:
    visits, rating = facts.number("ahrefs_domain_traffic"), _first_known(facts, SITE_RATINGS)
    value = np.where(visits < NO_VISITORS, rating, np.nan)
    return Found.of(value, "rating {:g} without search visitors")


def _unknown_site(facts: Facts) -> Found:
    rating = _first_known(facts, SITE_RATINGS)
    return Found.where(20 - rating, "site rating only {:g}", small(rating))


def _unknown_page(facts: Facts) -> Found:
    rating = _first_known(facts, PAGE_RATINGS)
    return Found.where(3 - rating, "page rating only {:g}", small(rating))


METHODS: Final[dict[str, Callable[[Facts], Found]]] = {
    "external_links": _column("external_links", "{:g} external links on the page"),
    "link_dump": _column("external_links", "{:g} external links are a dump of links"),
    "linked_domains": _linked_domains,
    "no_traffic": _no_traffic,
    "authority_without_traffic": _unearned,
    "low_authority": _unknown_site,
    "low_page": _unknown_page,
    "ahrefs_is_spam": _column("ahrefs_is_spam", "Ahrefs marks it as spam"),
    "semrush_toxic_score": _column("semrush_toxic_score", "Semrush toxic score {:g}"),
    "moz_spam_score": _column("moz_spam_score", "Moz spam score {:g}"),
    "dataforseo_spam_score": _column("dataforseo_spam_score", "DataForSEO spam score {:g}"),
}
