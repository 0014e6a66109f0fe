"""From raw link arrays, in any order, to links grouped by their page and checked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linkplanner.errors import InputError

__all__ = ["Rows", "check_links", "group_links"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHUNK_LINKS: Final = 1 << 16
"""Links looked at in one step: what is worked on stays in a core's own cache (2 MB at most)."""
INFINITE: Final = int(np.float64(np.inf).view(np.uint64))
"""Bits of infinity. As whole numbers those of finite weights of 0 and more are below, those of
negative weights and of no number at all above: one comparison instead of three."""


@dataclass(frozen=True)
class Rows:
    """Links grouped by source page, without self links."""

    start: Ints
    """int64[pages + 1]: place of each page's first link."""
    target: NDArray[np.int32]
    weight: Floats
    position: NDArray[np.int8] | None

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.start) - 1

    def chunks(self, links: int = CHUNK_LINKS) -> Iterator[tuple[int, int]]:
        """Ranges of pages of about that many links each."""
        marks = np.arange(0, self.start[-1], links)
        edges = np.unique(np.append(np.searchsorted(self.start, marks), [0, self.pages]))
        yield from zip(edges[:-1].tolist(), edges[1:].tolist())

    def of(self, pages: Ints) -> tuple[Ints, Ints]:
        """Places of the links of some pages; where each page's begin among these, and the end."""
        count = self.start[pages + 1] - self.start[pages]
        start = np.concatenate([[0], np.cumsum(count)])
        return np.arange(start[-1]) + np.repeat(self.start[pages] - start[:-1], count), start


def group_links(
    source: ArrayLike, target: ArrayLike, weight: ArrayLike, pages: int, position: ArrayLike | None
) -> Rows:
    """The links as rows, self links left out.

    source, target: int[m]; weight: float[m] >= 0; position: int8[m] or None. Links that are
    grouped by ascending page already (a crawl's are) are used in place. Raises InputError.
    """
    u, v = _numbers(source), _numbers(target)
    w = np.ascontiguousarray(weight, dtype=np.float64)
    p = None if position is None else np.asarray(position, dtype=np.int8)
    if not len(u) == len(v) == len(w):
        raise InputError("source, target and weight must have the same length.")
    if p is not None and len(p) != len(u):
        raise InputError("source, target and position must have the same length.")
    place, alike = _walked(u, v, w, pages)
    if alike:
        kept = u != v
        u, v, w, p = u[kept], v[kept], w[kept], None if p is None else p[kept]
        place, _ = _walked(u, v, w, pages)
    if place is None:
        return _sorted(u, v, w, p, pages)
    count = np.zeros(pages + 1, dtype=np.int64)
    count[u[place].astype(np.int64) + 1] = np.diff(np.append(place, len(u)))
    start = np.cumsum(count)
    return Rows(start, np.ascontiguousarray(v, dtype=np.int32), w, p)


def check_links(
    source: NDArray[np.integer], target: NDArray[np.integer], weight: Floats, pages: int
) -> None:
    """Raises InputError where lengths differ, a page is unknown or a weight is no weight."""
    if not len(source) == len(target) == len(weight):
        raise InputError("source, target and weight must have the same length.")
    for ends in (source, target):
        if len(ends) and (ends.min() < 0 or ends.max() >= pages):
            raise InputError(f"A link names a page outside 0 to {pages - 1}.")
    if len(weight) and not (weight.min() >= 0 and np.isfinite(weight.max())):
        raise InputError("A link's weight must be a finite number, not negative.")


def _numbers(values: ArrayLike) -> NDArray[np.integer]:
    numbers = np.asarray(values)
    return numbers if numbers.dtype.kind in "iu" else numbers.astype(np.int64)


def _walked(
    u: NDArray[np.integer], v: NDArray[np.integer], w: Floats, pages: int
) -> tuple[Ints | None, bool]:
    """Where runs of one page begin, None where pages do not ascend; whether one links to itself.

    Checks the links on the way (`check_links` says what is wrong), so that each is read once.
    """
    places: list[Ints] | None = [np.zeros(min(1, len(u)), dtype=np.int64)]
    alike = False
    for first in range(0, len(u), CHUNK_LINKS):
        last = min(first + CHUNK_LINKS, len(u))
        some = u[first:last], v[first:last], w[first:last]
        if _suspicious(*some, pages):
            check_links(*some, pages)
        alike = alike or bool((some[0] == some[1]).any())
        if places is not None:
            stop = min(last, len(u) - 1)
            begin = np.flatnonzero(u[first + 1 : stop + 1] != u[first:stop]) + first + 1
            places.append(begin)
            if not (u[begin] > u[begin - 1]).all():
                places = None
    return (None if places is None else np.concatenate(places)), alike


def _suspicious(u: NDArray[np.integer], v: NDArray[np.integer], w: Floats, pages: int) -> bool:
    """Whether a link may be wrong: numbers below 0 are large ones when read without a sign."""
    ends = max(_unsigned(u).max(), _unsigned(v).max())
    return bool(ends >= pages or w.view(np.uint64).max() >= INFINITE)


def _unsigned(numbers: NDArray[np.integer]) -> NDArray[np.unsignedinteger]:
    return numbers.view(f"u{numbers.dtype.itemsize}")


def _sorted(
    u: NDArray[np.integer],
    v: NDArray[np.integer],
    w: Floats,
    p: NDArray[np.int8] | None,
    pages: int,
) -> Rows:
    """Links in any order: scipy's linear-time grouping, through the places of the links."""
    from scipy.sparse import coo_array

    place = np.arange(len(u), dtype=np.int32 if len(u) < 2**31 else np.int64)
    links = coo_array((place, (u, v)), shape=(pages, pages))
    links.has_canonical_format = True  # keeps scipy from adding the places of repeated links
    grouped = links.tocsr()
    order = grouped.data
    target = grouped.indices.astype(np.int32, copy=False)
    return Rows(grouped.indptr.astype(np.int64), target, w[order], None if p is None else p[order])
