"""What each page can do in a plan: which numbers of links of each weight, and its best ones.

A mode of a page says how many candidates of each weight it takes. Whatever a candidate is worth,
the best choice of a mode is its most valuable candidates of each weight; so the worth of all modes
follows from running sums over sorted candidates.
"""

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from linkplanner.bound.largest import Largest
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Modes", "modes_for", "run_places", "run_starts", "sorted_within"]

CLASSES: Final = 3
"""Different weights told apart on one page; more are merged, which only raises a bound."""


@dataclass(frozen=True, eq=False)
class Modes:
    """Modes of the pages K that have candidates, and where running sums stand.

    Slots: for each group (page and weight class) one for 0, 1, ... chosen candidates.
    """

    sources: Ints
    """int64[k]: places of the pages."""
    place: Ints
    """int64[m]: number of each candidate's page among them."""
    group: Ints
    """int64[m]: group of each candidate."""
    group_first: Ints
    """int64[g]: where each group begins when candidates are sorted by group."""
    group_most: Ints
    """int64[g]: most candidates of the group that a plan can take."""
    slot_first: Ints
    """int64[g + 1]: first slot of each group."""
    page: Ints
    """int64[modes]: page number of each mode; modes of a page stand together, 0 links first."""
    links: Floats
    """float64[modes]: links of each mode."""
    whole: Floats
    """float64[modes]: W and the added weight (at least the lowest of a class)."""
    first: Ints
    """int64[k]: first mode of each page."""
    parts: "csr_array"
    """[modes, slots]: the slots whose running sums a mode adds up."""
    back: "csr_array"
    """`parts` transposed."""
    best: Largest
    """The best of each group, from its slot of one link on."""

    def ranks(self, worth: Floats) -> Ints:
        """Place of each candidate in its group, best first."""
        order = sorted_within(self.group, -worth)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order)) - self.group_first[self.group[order]]
        return rank

    def sums(self, worth: Floats, rank: Ints) -> tuple[Ints, Ints, Floats]:
        """Candidates that any mode can take, their slots, and the running sum at each slot."""
        top = np.flatnonzero(rank < self.group_most[self.group])
        slot = self.slot_first[self.group[top]] + rank[top] + 1
        values = np.zeros(self.slot_first[-1])
        values[slot] = worth[top]
        total = np.cumsum(values)
        lengths = np.diff(self.slot_first)
        return top, slot, total - np.repeat(total[self.slot_first[:-1]], lengths)

    def best_sums(self, padded: Floats) -> Floats:
        """The running sum at each slot alone, for several worths at once: float64[c, slots].
        padded: float64[c, m + 1], -inf at the end of each row."""
        total = np.cumsum(self.best.of(padded), axis=1)
        lengths = np.diff(self.slot_first)
        return total - np.repeat(total[:, self.slot_first[:-1]], lengths, axis=1)

    def use(self, mass: Floats) -> Floats:
        """Per slot: sum of the mass of modes that take at least that many of its group."""
        share = self.back @ mass
        behind = np.cumsum(share[::-1])[::-1]
        after = np.append(behind, 0.0)[self.slot_first[1:]]
        return behind - np.repeat(after, np.diff(self.slot_first))


def modes_for(source: Ints, weight: Floats, total: Floats, limit: Ints, budget: int) -> Modes:
    """Modes of candidates by place of their source; total and limit are by place."""
    from scipy.sparse import csr_array

    sources, place = np.unique(source, return_inverse=True)
    classes, low = _classes(place, weight)
    key, group = np.unique(place * CLASSES + classes, return_inverse=True)
    group_page = key // CLASSES
    group_low = np.full(len(key), np.inf)
    np.minimum.at(group_low, group, low)
    size = np.bincount(group, minlength=len(key))
    most = np.minimum(np.minimum(limit[sources], budget), np.bincount(place))
    group_most = np.minimum(size, most[group_page])
    slot_first = np.concatenate([[0], np.cumsum(group_most + 1)])
    starts = np.searchsorted(group_page, np.arange(len(sources) + 1))
    shape = [(tuple(group_most[a:b]), int(m)) for a, b, m in zip(starts, starts[1:], most)]
    pages, counts, groups = _tables(shape, starts)
    rows, links, added = pages, counts.sum(axis=1), np.zeros(len(pages))
    mode, slot = [], []
    for c in range(counts.shape[1]):
        used = np.flatnonzero(counts[:, c] > 0)
        g = groups[used, c]
        added[used] += counts[used, c] * group_low[g]
        mode.append(used)
        slot.append(slot_first[g] + counts[used, c])
    first = np.searchsorted(rows, np.arange(len(sources)))
    where = (np.concatenate(mode), np.concatenate(slot))
    parts = csr_array((np.ones(len(where[0])), where), shape=(len(rows), int(slot_first[-1])))
    return Modes(
        sources, place, group, np.concatenate([[0], np.cumsum(size)[:-1]]), group_most, slot_first,
        rows, links.astype(np.float64), total[sources][rows] + added, first,
        parts, csr_array(parts.T),
        Largest(group, group_most, slot_first[:-1] + 1, int(slot_first[-1])),
    )  # fmt: skip


def _classes(place: Ints, weight: Floats) -> tuple[Ints, Floats]:
    """Class of each candidate among its page's weights (the heaviest CLASSES - 1 told apart, the
    rest together), and a weight that none of its class is below."""
    exact = weight.round(9)
    pair, at = np.unique(np.column_stack([place, -exact]), axis=0, return_inverse=True)
    page = pair[:, 0].astype(np.int64)
    rank = np.minimum(np.arange(len(page)) - run_starts(page), CLASSES - 1)
    classes = rank[at.ravel()]
    lowest = np.full((int(place.max(initial=-1)) + 1) * CLASSES, np.inf)
    np.minimum.at(lowest, place * CLASSES + classes, weight)
    return classes, lowest[place * CLASSES + classes]


def _tables(shape: list[tuple[tuple[int, ...], int]], starts: Ints) -> tuple[Ints, Ints, Ints]:
    """Page, counts by class and groups of every mode."""
    known: dict[tuple[tuple[int, ...], int], Ints] = {}
    pages, counts, groups = [], [], []
    for page, key in enumerate(shape):
        if key not in known:
            sizes, most = key
            listed = [c for c in product(*(range(s + 1) for s in sizes)) if sum(c) <= most]
            padded = np.zeros((len(listed), CLASSES), dtype=np.int64)
            padded[:, : len(sizes)] = listed
            known[key] = padded
        table = known[key]
        pages.append(np.full(len(table), page))
        counts.append(table)
        groups.append(np.broadcast_to(starts[page] + np.arange(CLASSES), table.shape))
    if not pages:
        none = np.zeros((0, CLASSES), dtype=np.int64)
        return np.zeros(0, dtype=np.int64), none, none
    return np.concatenate(pages), np.concatenate(counts), np.concatenate(groups)


def run_starts(group: Ints) -> Ints:
    """For sorted `group`: where the run of each entry begins."""
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    start = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    return np.repeat(start, np.diff(np.r_[start, len(group)]))


def sorted_within(group: Ints, score: Floats) -> Ints:
    """Order by group, then by score, least first."""
    order = np.argsort(score)
    if len(group) and group.max() < 1 << 16:  # numbers of 16 bits are sorted without comparing
        return order[np.argsort(group[order].astype(np.uint16), kind="stable")]
    return order[np.argsort(group[order], kind="stable")]


def run_places(group: Ints, score: Floats) -> Ints:
    """Rank of each entry within its group, highest score first, ties in order."""
    order = np.lexsort((-score, group))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - run_starts(group[order])
    return rank
