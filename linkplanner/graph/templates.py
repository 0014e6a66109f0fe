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

from linkplanner.graph.compact import CompactMatrix, choose_unit
from linkplanner.graph.leftovers import chosen_links, differences, in_steps, joined, one_short
from linkplanner.graph.rows import Rows
from linkplanner.graph.sift import Chooser, sift

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
COUNTED_LINKS: Final = 1 << 22
"""Links whose targets are counted in one step."""
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
    for first in range(0, len(rows.target), COUNTED_LINKS):
        some = rows.target[first : first + COUNTED_LINKS]
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
        extra = differences(rows, rest, page_class, template, chosen)
    else:
        short = one_short(signature, rest, template, signature[leaders], hashes, page_class)
        rest = rest[page_class[rest] == len(leaders)]
        page_class[rest] = _nearest(rows, rest, template, chosen)
        extra = short.and_also(differences(rows, rest, page_class, template, chosen))
    page_class[signature == 0] = template.shape[0]
    remainder = joined(sifted, extra, unit, rows.pages)
    return None if remainder is None else Factors(remainder, page_class, template)


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

    owner, places = chosen_links(rows, leaders, chosen)
    shape = (len(leaders), rows.pages)
    return csr_array((rows.weight[places], (owner, rows.target[places])), shape=shape)


def _with_common(rows: Rows, rest: Ints, template: "csr_array", chosen: Chooser) -> "csr_array":
    """One more class, for pages whose menus all differ a little: what most of them share."""
    from scipy.sparse import csr_array, vstack

    target, weight = _common(rows, rest, chosen)
    row = csr_array((weight, target, np.array([0, len(target)])), shape=(1, rows.pages))
    return csr_array(vstack([template, row])) if template.shape[0] else row


def _nearest(rows: Rows, rest: Ints, template: "csr_array", chosen: Chooser) -> NDArray[np.int32]:
    """Class of each page left over: the largest that holds its rarest template link."""
    classes = template.shape[0]
    rank = np.full(rows.pages, np.iinfo(np.int64).max, dtype=np.int64)
    holders = np.bincount(template.indices, minlength=rows.pages).astype(np.int64)
    owner = np.repeat(np.arange(classes), np.diff(template.indptr))
    rank[template.indices[::-1]] = owner[::-1]  # classes are numbered from the largest
    rank += np.where(holders > 0, holders << 32, 0)
    found = np.full(len(rest), classes, dtype=np.int32)
    for first, some in in_steps(rows, rest):
        owner, places = chosen_links(rows, some, chosen)
        begin = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
        rarest = np.minimum.reduceat(rank[rows.target[places]], begin)
        held = rarest < np.iinfo(np.int64).max
        found[first + owner[begin[held]]] = rarest[held] & 0xFFFFFFFF
    return found


def _common(rows: Rows, rest: Ints, chosen: Chooser) -> tuple[NDArray[np.int32], Floats]:
    """Template targets and weights that more than half of the pages left over have in common."""
    count = np.zeros(rows.pages, dtype=np.int64)
    weight = np.zeros(rows.pages)
    for _, some in in_steps(rows, rest):
        _, places = chosen_links(rows, some, chosen)
        np.add.at(count, rows.target[places], 1)
        weight[rows.target[places]] = rows.weight[places]
    targets = np.flatnonzero(2 * count > len(rest)).astype(np.int32)
    return targets, weight[targets]
