"""From raw link arrays, in any order, to links grouped by their page and checked."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linkplanner.errors import InputError
from linkplanner.graph.templates import CHUNK_LINKS, Rows

__all__ = ["check_links", "group_links"]

Floats = NDArray[np.float64]


def group_links(
    source: ArrayLike, target: ArrayLike, weight: ArrayLike, pages: int, position: ArrayLike | None
) -> Rows:
    """The links as rows, self links left out.

    source, target: int[m]; weight: float[m] >= 0; position: int8[m] or None. Links that are
    grouped by ascending page already (a crawl's are) are used in place. Raises InputError.
    """
    u, v = _numbers(source), _numbers(target)
    w = np.asarray(weight, dtype=np.float64)
    p = None if position is None else np.asarray(position, dtype=np.int8)
    check_links(u, v, w, pages)
    if p is not None and len(p) != len(u):
        raise InputError("source, target and position must have the same length.")
    place, grouped, alike = _runs(u, v)
    if alike:
        kept = u != v
        u, v, w, p = u[kept], v[kept], w[kept], None if p is None else p[kept]
        place, grouped, _ = _runs(u, v)
    if not grouped:
        return _sorted(u, v, w, p, pages)
    ends = np.append(place, len(u))
    start = ends[np.searchsorted(u[place], np.arange(pages + 1))]
    return Rows(start, v.astype(np.int32, copy=False), w, p)


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


def _runs(u: NDArray[np.integer], v: NDArray[np.integer]) -> tuple[NDArray[np.int64], bool, bool]:
    """Where runs of one page begin; whether runs ascend; whether a page links to itself."""
    places = [np.zeros(min(1, len(u)), dtype=np.int64)]
    alike = False
    for first in range(0, len(u), CHUNK_LINKS):
        last = min(first + CHUNK_LINKS, len(u))
        alike = alike or bool((u[first:last] == v[first:last]).any())
        stop = min(last, len(u) - 1)
        places.append(np.flatnonzero(u[first + 1 : stop + 1] != u[first:stop]) + first + 1)
    place = np.concatenate(places)
    heads = u[place]
    return place, bool((heads[1:] > heads[:-1]).all()), alike


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
