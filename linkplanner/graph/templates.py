"""Finds the menus, headers and footers that many pages share, so that each is stored once.

Pages that share a menu form a class c with the template row B_c, and the link weights are

    A = S + C.B,      S = A - C.B the sparse remainder, C the class of each page.

S may be negative where a page lacks a link of its class (the page itself, an active menu item, a
pair that stands in the text at a higher weight), so the two are equal whatever class a page is put
in: finding classes well saves time and memory and never changes an answer.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import CompactMatrix, choose_unit, encode
from linkplanner.graph.rows import Rows
from linkplanner.graph.sift import Chooser, Sifted, link_keys, sift

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Factors", "find_factors"]

Floats = NDArray[np.float64]
Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FIRST_POSITION: Final = 3
LAST_POSITION: Final = 5
"""Codes of navigation, header and footer, 3 to 5: what a template holds."""
CLASS_PAGES: Final = 50
"""Pages that make a class: below, a template row saves less than its bookkeeping costs."""
MOST_CLASSES: Final = 4096
"""Classes kept, largest first."""
WIDE_CHUNK_LINKS: Final = 1 << 19
"""Links compared with their template in one step."""
SHARED_PARTS: Final = (4, 32)
"""Without positions: links to a page that this part of all pages link to may be a template's."""
WORTHWHILE: Final = 0.8
"""Factors are kept where they leave at most this part of the links over."""


@dataclass(frozen=True)
class Factors:
    """Link weights as S + C.B."""

    remainder: CompactMatrix
    """S: [pages, pages]."""
    page_class: NDArray[np.int32]
    """int32[pages]: class of each page, the number of classes where it is in none."""
    template: "csr_array"
    """B: float64[classes, pages]."""


def find_factors(rows: Rows) -> Factors | None:
    """The factors of the links, None where no templates are worth it.

    With positions, templates are sought in menus, headers and footers; without, in links to pages
    that a quarter or a thirty-second of all pages link to, whichever leaves least over.
    """
    if rows.pages < CLASS_PAGES:
        return None
    if rows.position is not None:
        return _factors(rows, _in_menus(rows.position), None)
    links_in = np.zeros(rows.pages, dtype=np.int64)
    for first in range(0, len(rows.target), 8 * WIDE_CHUNK_LINKS):
        some = rows.target[first : first + 8 * WIDE_CHUNK_LINKS]
        links_in += np.bincount(some, minlength=rows.pages)
    best: Factors | None = None
    for part in SHARED_PARTS:
        popular = links_in >= max(CLASS_PAGES, rows.pages // part)
        found = _factors(rows, _to_popular(rows.target, popular), best) if popular.any() else None
        best = found or best
    return best


def _in_menus(position: NDArray[np.int8]) -> Chooser:
    first, count = np.int8(FIRST_POSITION), LAST_POSITION - FIRST_POSITION + 1
    return lambda at: (position[at] - first).view(np.uint8) < count


def _to_popular(target: NDArray[np.int32], popular: Bools) -> Chooser:
    return lambda at: popular[target[at]]


def _factors(rows: Rows, chosen: Chooser, rival: Factors | None) -> Factors | None:
    """Factors with the chosen links as templates; None where these (or a rival's) leave less."""
    unit = choose_unit(rows.weight[:: max(1, len(rows.weight) // 1000)])
    for attempt in (unit, None):
        found = _in_units(rows, chosen, attempt)
        if isinstance(found, Factors):
            most = WORTHWHILE * len(rows.target) - found.template.nnz
            most = rival.remainder.nnz if rival else most
            return found if found.template.nnz and found.remainder.nnz < most else None
    return None


def _in_units(rows: Rows, chosen: Chooser, unit: float | None) -> Factors | None:
    """Factors with codes in the unit, None where it does not fit."""
    hashes = _target_hashes(rows.pages)
    sifted = sift(rows, chosen, hashes, unit)
    if sifted is None:
        return None
    signature = sifted.signature
    page_class, leaders = _classes(signature)
    exact = page_class < len(leaders)
    rest = np.flatnonzero(~exact & (signature != 0))
    template = _template(rows, leaders, chosen)
    if len(rest) >= max(CLASS_PAGES, exact.sum()):
        template, page_class[rest] = _with_common(rows, rest, template, chosen), len(leaders)
        extra = _differences(rows, rest, page_class, template, chosen)
    else:
        short = _one_short(signature, rest, template, signature[leaders], hashes, page_class)
        rest = rest[page_class[rest] == len(leaders)]
        page_class[rest] = _nearest(rows, rest, template, chosen)
        extra = short.and_also(_differences(rows, rest, page_class, template, chosen))
    page_class[signature == 0] = template.shape[0]
    remainder = _joined(sifted, extra, unit, rows.pages)
    return None if remainder is None else Factors(remainder, page_class, template)


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


def _target_hashes(pages: int) -> Hashes:
    """uint64[pages]: a random number for each page (splitmix64)."""
    z = np.arange(1, pages + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _classes(signature: Hashes) -> tuple[NDArray[np.int32], Ints]:
    """Class of each page (number of classes: none) and one page of each class."""
    order = np.argsort(signature)
    ordered = signature[order]
    begin = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    count = np.diff(np.append(begin, len(ordered)))
    large = np.flatnonzero((count >= CLASS_PAGES) & (ordered[begin] != 0))
    large = large[np.argsort(-count[large], kind="stable")][:MOST_CLASSES]
    number = np.full(len(begin), len(large), dtype=np.int32)
    number[large] = np.arange(len(large))
    page_class = np.empty(len(signature), dtype=np.int32)
    page_class[order] = np.repeat(number, count)
    return page_class, order[begin[large]]


def _template(rows: Rows, leaders: Ints, chosen: Chooser) -> "csr_array":
    from scipy.sparse import csr_array

    owner, places = _chosen_links(rows, leaders, chosen)
    shape = (len(leaders), rows.pages)
    return csr_array((rows.weight[places], (owner, rows.target[places])), shape=shape)


def _with_common(rows: Rows, rest: Ints, template: "csr_array", chosen: Chooser) -> "csr_array":
    """One more class, for pages whose menus all differ a little: what most of them share."""
    from scipy.sparse import csr_array, vstack

    target, weight = _common(rows, rest, chosen)
    row = csr_array((weight, target, np.array([0, len(target)])), shape=(1, rows.pages))
    return csr_array(vstack([template, row])) if template.shape[0] else row


def _chosen_links(rows: Rows, pages: Ints, chosen: Chooser) -> tuple[Ints, Ints]:
    """Template links of some pages: number of the page among these, and place of the link."""
    places, start = rows.of(pages)
    kept = np.flatnonzero(chosen(places))
    return np.searchsorted(start, kept, "right") - 1, places[kept]


def _nearest(rows: Rows, rest: Ints, template: "csr_array", chosen: Chooser) -> NDArray[np.int32]:
    """Class of each page left over: the largest that holds its rarest template link."""
    classes = template.shape[0]
    rank = np.full(rows.pages, np.iinfo(np.int64).max, dtype=np.int64)
    holders = np.bincount(template.indices, minlength=rows.pages).astype(np.int64)
    owner = np.repeat(np.arange(classes), np.diff(template.indptr))
    rank[template.indices[::-1]] = owner[::-1]  # classes are numbered from the largest
    rank += np.where(holders > 0, holders << 32, 0)
    found = np.full(len(rest), classes, dtype=np.int32)
    step = 1 + WIDE_CHUNK_LINKS * rows.pages // (len(rows.target) + 1)
    for first in range(0, len(rest), step):
        owner, places = _chosen_links(rows, rest[first : first + step], chosen)
        begin = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
        rarest = np.minimum.reduceat(rank[rows.target[places]], begin)
        held = rarest < np.iinfo(np.int64).max
        found[first + owner[begin[held]]] = rarest[held] & 0xFFFFFFFF
    return found


def _common(rows: Rows, rest: Ints, chosen: Chooser) -> tuple[NDArray[np.int32], Floats]:
    """Template targets and weights that more than half of the pages left over have in common."""
    count = np.zeros(rows.pages, dtype=np.int64)
    weight = np.zeros(rows.pages)
    step = 1 + WIDE_CHUNK_LINKS * rows.pages // (len(rows.target) + 1)
    for first in range(0, len(rest), step):
        _, places = _chosen_links(rows, rest[first : first + step], chosen)
        np.add.at(count, rows.target[places], 1)
        weight[rows.target[places]] = rows.weight[places]
    targets = np.flatnonzero(2 * count > len(rest)).astype(np.int32)
    return targets, weight[targets]


def _one_short(
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


def _differences(
    rows: Rows, pages: Ints, page_class: NDArray[np.int32], template: "csr_array", chosen: Chooser
) -> Extra:
    """Template links of some pages less the template row of each.

    A page that its class would not shorten is put in none, in place.
    """
    padded = _with_empty_row(template)
    extra = Extra(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0))
    step = 1 + WIDE_CHUNK_LINKS * rows.pages // (len(rows.target) + 1)
    for first in range(0, len(pages), step):
        extra = extra.and_also(
            _difference(rows, pages[first : first + step], page_class, padded, chosen)
        )
    return extra


def _difference(
    rows: Rows, pages: Ints, page_class: NDArray[np.int32], padded: "csr_array", chosen: Chooser
) -> Extra:
    from scipy.sparse import csr_array

    owner, places = _chosen_links(rows, pages, chosen)
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


def _joined(sifted: Sifted, extra: Extra, unit: float | None, pages: int) -> CompactMatrix | None:
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
