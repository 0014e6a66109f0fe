"""Signals in the shape of the linking host's name."""

import math
from collections import Counter
from collections.abc import Callable
from typing import Final

from linkplanner.quality.facts import Facts
from linkplanner.quality.found import Found

__all__ = ["METHODS"]

CHEAP_TLDS: Final = frozenset(
    "accountant autos bar beauty best bid boats bond buzz cam cf cfd click club cricket cyou "
    "date download faith fun ga gdn gq hair homes icu link live loan lol loans makeup men ml mom "
    "monster online party pics pw quest racing rest review sbs science shop site skin space store "
    "stream tk top trade vip wang webcam website win work xyz yachts zip".split()
)
"""Top-level domains that abuse reports (Spamhaus, Interisle's yearly studies) put high because
names cost next to nothing there."""
ENOUGH_LETTERS: Final = 12
"""Letters from which the entropy of a name means something."""


def _name(host_name: str) -> str:
    """A host name without www. and its last label."""
    return host_name.removeprefix("www.").rpartition(".")[0]


def _by_host(measure: Callable[[str], float], template: str) -> Callable[[Facts], Found]:
    def method(facts: Facts) -> Found:
        return Found.of(facts.host.measure(measure), template)

    return method


def _entropy(host_name: str) -> float:
    letters = [c for c in _name(host_name) if c.isalnum()]
    if len(letters) < ENOUGH_LETTERS:
        return 0.0
    shares = [count / len(letters) for count in Counter(letters).values()]
    return -sum(share * math.log2(share) for share in shares)


def _tld(facts: Facts) -> Found:
    last = facts.host.map(lambda name: name.rpartition(".")[2])
    cheap = facts.host.measure(lambda name: float(name.rpartition(".")[2] in CHEAP_TLDS))
    return Found.where(cheap, "domain ends in .{}", last)


METHODS: Final[dict[str, Callable[[Facts], Found]]] = {
    "host_digits": _by_host(
        lambda h: float(sum(c.isdigit() for c in _name(h))), "{:g} digits in the host"
    ),
    "host_hyphens": _by_host(lambda h: float(_name(h).count("-")), "{:g} hyphens in the host"),
    "host_length": _by_host(lambda h: float(len(_name(h))), "host of {:g} letters"),
    "host_letters": _by_host(_entropy, "host looks random"),
    "host_tld": _tld,
}
