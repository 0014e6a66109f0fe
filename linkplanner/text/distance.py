"""How far apart in the order of addresses a site's pages link: learned from its own links."""

import re
from typing import Any, Final

import numpy as np
import pandas as pd

__all__ = ["Distance", "address_order"]

STEPS: Final = 12
"""Steps of distance to either side, each twice as far as the one before."""
CREDIT: Final = 5.0
"""Links at the site's average that every step is credited with before its own are counted."""
_DIGITS: Final = re.compile(r"(\d+)", re.ASCII)


def address_order(urls: pd.Series) -> np.ndarray:
    """Place of each address when sorted with numbers as numbers: int64[pages]."""
    keys = [
        [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in _DIGITS.split(url)]
        for url in urls
    ]
    place = np.empty(len(keys), dtype=np.int64)
    place[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return place


class Distance:
    """Log odds of a link by how far before or after its source a page stands.

    Posts link to earlier posts, parts of a series to the next; which of it holds is the site's own
    habit, so it is counted on the links in its texts, against what links spread evenly would give.
    """

    def __init__(self, linked: Any, place: np.ndarray) -> None:
        """linked: csr[pages, pages]; place: int64[pages], see `address_order`."""
        size = len(place)
        cells = linked.tocoo()
        seen = np.bincount(_step(place[cells.row] - place[cells.col]), minlength=2 * STEPS + 1)
        far = np.arange(1, size)
        pairs = np.bincount(_step(far), size - far, minlength=2 * STEPS + 1)
        pairs = pairs + pairs[::-1]
        even = pairs / max(1.0, pairs.sum()) * seen.sum()
        odds = np.log((seen + CREDIT) / (even + CREDIT))
        odds -= odds.min()
        odds[STEPS] = 0.0
        self._odds = odds.astype(np.float32)

    def of(self, sources: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """For places of sources and targets: float32[sources, targets], 0 for the rarest."""
        return self._odds[_step(sources[:, None] - targets[None, :])]


def _step(far: np.ndarray) -> np.ndarray:
    size = np.minimum(np.frexp(np.abs(far).astype(np.float32))[1], STEPS)
    return np.sign(far) * size + STEPS
