"""An estimate of a site's authority from its address alone, for exports without any metric.

Offsets are rounded from the mean Ahrefs Domain Rating of 987 linking sites of three real exports:
7.8 where the link stands on http:// (25.0 on https://), 46 on a sub-domain of a site's own (21.5
else), 32 where the name has at most seven letters (22), 15 with a hyphen in the name (25), 12 under
a cheap ending (24), 36 under .org (23). The estimate's rank correlation with the rating is .33
there, its mean error that of the best constant: it puts sites in some order, no more, and it is
always marked.
"""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.coded import Coded
from linkplanner.quality.facts import hosts_of
from linkplanner.quality.seen_hosts import CHEAP_TLDS
from linkplanner.urls import FREE_HOSTS, registrable

__all__ = ["visible_authority"]

OFFSETS: Final = {
    "http": -12.0,
    "own sub-domain": 15.0,
    "short name": 6.0,
    "hyphen": -6.0,
    "cheap ending": -8.0,
    "free host": -12.0,
    "org": 8.0,
    "state or university": 25.0,
}
"""Points added to the typical authority. The last one is judgement: one such site was seen."""
SHORT: Final = 7
"""Letters of a short name."""
_PUBLIC: Final = frozenset("edu gov mil int".split())
_SECOND: Final = frozenset("edu gov mil ac gob gouv gov go govt".split())


def visible_authority(urls: pd.Series, typical: float) -> np.ndarray:
    """Estimated authority of the linking sites, 0 to 100: float64[rows]; typical where unknown.

    urls: addresses of the linking pages.
    """
    host = Coded.of(hosts_of(urls))
    plain = urls.str.startswith("http://").fillna(False).to_numpy(dtype=bool)
    by_host = host.measure(_of_host)
    return np.clip(typical + by_host + OFFSETS["http"] * plain, 0.0, 100.0)


def _of_host(name: str) -> float:
    """Sum of the offsets that a host name earns."""
    bare = name.removeprefix("www.")
    if not bare:
        return 0.0
    domain = registrable(bare)
    label, _, ending = domain.partition(".")
    labels = ending.split(".")
    free = ending in FREE_HOSTS or len(labels) > 2
    state = labels[-1] in _PUBLIC or (len(labels) > 1 and labels[0] in _SECOND)
    facts = {
        "own sub-domain": bare != domain,
        "short name": len(label) <= SHORT and not free,
        "hyphen": "-" in label,
        "cheap ending": labels[-1] in CHEAP_TLDS,
        "free host": free,
        "org": labels[-1] == "org",
        "state or university": state,
    }
    return sum(OFFSETS[fact] for fact, holds in facts.items() if holds)
