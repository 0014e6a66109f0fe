"""The largest few of each group, for several scores at once and without their places.

Groups of about the same size stand side by side and are sorted as rows, which takes a tenth of the
time of sorting places.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Largest"]


@dataclass(frozen=True, eq=False)
class _Table:
    """Groups of about the same size, one a row."""

    members: Ints
    """int64[groups, width]: their entries, filled up with one that does not exist."""
    slot: Ints
    """int64[n]: where what is taken goes."""
    taken: NDArray[np.bool_]
    """bool[groups, most]: which of a row's largest these are."""

    def largest(self, padded: Floats) -> Floats:
        values = np.take(padded, self.members, axis=1)
        values.sort(axis=2)
        return np.asarray(values[:, :, : -self.taken.shape[1] - 1 : -1][:, self.taken])


class Largest:
    """Looks for the `most` largest of each group."""

    def __init__(self, group: Ints, most: Ints, slot_first: Ints, slots: int) -> None:
        """group: int64[m], of each entry; most, slot_first: int64[g], how many to take and where
        these begin in the answer, which has that many `slots`."""
        size = np.bincount(group, minlength=len(most))
        order, first = np.argsort(group, kind="stable"), np.cumsum(size) - size
        self.slots, self.tables = slots, []
        width = np.ceil(np.log2(np.maximum(size, 1))).astype(np.int64)
        for each in np.unique(width):
            groups = np.flatnonzero(width == each)
            column = np.arange(size[groups].max())
            inside = column < size[groups][:, None]
            at = np.where(inside, first[groups][:, None] + column, 0)
            members = np.where(inside, order[at], len(group))
            taken = np.arange(most[groups].max(initial=0)) < most[groups][:, None]
            slot = slot_first[groups][:, None] + np.arange(taken.shape[1])
            self.tables.append(_Table(members, slot[taken], taken))

    def of(self, padded: Floats) -> Floats:
        """float64[c, slots], 0 where nothing goes. padded: float64[c, m + 1], -inf at the end of
        each row."""
        found = np.zeros((len(padded), self.slots))
        for table in self.tables:
            found[:, table.slot] = table.largest(padded)
        return found
