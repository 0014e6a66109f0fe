"""Pages whose menu is not quite their class's: what the remainder holds for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import CompactMatrix, encode
from linkplanner.graph.rows import Rows
from linkplanner.graph.sift import Chooser, Sifted, link_keys

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Extra", "chosen_links", "differences", "in_steps", "joined", "one_short"]

Floats = NDArray[np.float64]
Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WIDE_CHUNK_LINKS: Final = 1 << 19
"""Links compared with their template in one step."""


@dataclass(frozen=True)
class Extra:
    """Links that the remainder holds because a page's menu is not quite its class's."""

    page: Ints
    target: NDArray[np.int32]
    weight: Floats
    """Below 0 for a link of the class that the page lacks."""

    def and_also(self, other: "Extra") -> "Extra":
        """Both."""
        return Extra(
            np.concatenate([self.page, other.page]),
            np.concatenate([self.target, other.target]),
            np.concatenate([self.weight, other.weight]),
        )


def in_steps(rows: Rows, pages: Ints) -> Iterator[tuple[int, Ints]]:
    """Some pages at a time, of WIDE_CHUNK_LINKS links or so, with the number of the first."""
    step = 1 + WIDE_CHUNK_LINKS * rows.pages // (len(rows.target) + 1)
    for first in range(0, len(pages), step):
        yield first, pages[first : first + step]


def chosen_links(rows: Rows, pages: Ints, chosen: Chooser) -> tuple[Ints, Ints]:
    """Template links of some pages: number of the page among these, and place of the link."""
    places, start = rows.of(pages)
    kept = np.flatnonzero(chosen(places))
    return np.searchsorted(start, kept, "right") - 1, places[kept]


def one_short(
    signature: Hashes,
    rest: Ints,
    template: "csr_array",
    whole: Hashes,
    hashes: Hashes,
    page_class: NDArray[np.int32],
) -> Extra:
    """Pages that lack one link of a class (the page itself, an active item): found by signature.

    whole: signature of each class. Their class is set in `page_class`, in place.
    """
    owner = np.repeat(np.arange(template.shape[0]), np.diff(template.indptr))
    lacking = whole[owner] - link_keys(template.indices, template.data, hashes)
    order = np.argsort(lacking)
    at = np.searchsorted(lacking, signature[rest], sorter=order)
    link = order[np.minimum(at, len(order) - 1)] if len(order) else np.zeros(len(rest), np.int64)
    found = lacking[link] == signature[rest] if len(order) else np.zeros(len(rest), np.bool_)
    page, link = rest[found], link[found]
    page_class[page] = owner[link]
    return Extra(page, template.indices[link], -template.data[link])


def differences(
    rows: Rows, pages: Ints, page_class: NDArray[np.int32], template: "csr_array", chosen: Chooser
) -> Extra:
    """Template links of some pages less the template row of each.

    A page that its class would not shorten is put in none, in place.
    """
    padded = _with_empty_row(template)
    extra = Extra(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0))
    for _, some in in_steps(rows, pages):
        extra = extra.and_also(_difference(rows, some, page_class, padded, chosen))
    return extra


def _difference(
    rows: Rows, pages: Ints, page_class: NDArray[np.int32], padded: "csr_array", chosen: Chooser
) -> Extra:
    from scipy.sparse import csr_array

    owner, places = chosen_links(rows, pages, chosen)
    start = np.searchsorted(owner, np.arange(len(pages) + 1))
    shape = (len(pages), rows.pages)
    links = csr_array((rows.weight[places], rows.target[places], start), shape=shape)
    difference = links - padded[page_class[pages]]
    difference.eliminate_zeros()
    longer = np.diff(difference.indptr) > np.diff(start)
    if longer.any():
        page_class[pages[longer]] = padded.shape[0] - 1
        return _difference(rows, pages, page_class, padded, chosen)
    page = np.repeat(pages, np.diff(difference.indptr))
    return Extra(page, difference.indices.astype(np.int32, copy=False), difference.data)


def _with_empty_row(template: "csr_array") -> "csr_array":
    """The template with a row for pages in no class."""
    from scipy.sparse import csr_array

    start = np.append(template.indptr, template.indptr[-1])
    shape = (template.shape[0] + 1, template.shape[1])
    return csr_array((template.data, template.indices, start), shape=shape)


def joined(sifted: Sifted, extra: Extra, unit: float | None, pages: int) -> CompactMatrix | None:
    """S: the links beside the templates and, at the end of each page's, the extra ones."""
    code = encode(extra.weight, unit)
    if code is None:
        return None
    order = np.argsort(extra.page, kind="stable")
    more = np.concatenate([[0], np.cumsum(np.bincount(extra.page, minlength=pages))])
    start = sifted.start + more
    page = extra.page[order]
    place = sifted.start[page + 1] + np.arange(len(page))
    column, codes = sifted.column, sifted.code
    if len(page):
        old = np.ones(start[-1], dtype=np.bool_)
        old[place] = False
        column = _filled(old, column, place, extra.target[order])
        codes = _filled(old, codes, place, code[order])
    small = start.astype(np.int32) if start[-1] < 2**31 else start
    return CompactMatrix(small, column, codes, unit or 1.0, pages)


def _filled(
    old: Bools, left: NDArray[np.generic], place: Ints, right: NDArray[np.generic]
) -> np.ndarray:
    """Entries of `left` where `old` is set, in their order, and those of `right` at its places."""
    both = np.empty(len(old), dtype=left.dtype)
    both[old] = left
    both[place] = right
    return both
