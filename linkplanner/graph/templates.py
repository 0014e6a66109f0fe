"""Finds the menus, headers and footers that many pages share, so that each is stored once.

Pages that share a menu form a class c with the template row B_c, and the link weights are

    A = S + C.B,      S = A - C.B the sparse remainder, C the class of each page.

S may be negative where a page lacks a link of its class (the page itself, an active menu item, a
pair that stands in the text at a higher weight), so the two are equal whatever class a page is put
in: finding classes well saves time and memory and never changes an answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import Codes, CompactMatrix, choose_unit, encode

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Factors", "Rows", "find_factors"]

Floats = NDArray[np.float64]
Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Chooser = Callable[[slice | Ints], Bools]
"""Which of the links in a range (or at some places) may belong to a template."""

FIRST_POSITION: Final = 3
LAST_POSITION: Final = 5
"""Codes of navigation, header and footer, 3 to 5: what a template holds."""
CLASS_PAGES: Final = 50
"""Pages that make a class: below, a template row saves less than its bookkeeping costs."""
MOST_CLASSES: Final = 4096
"""Classes kept, largest first."""
CHUNK_LINKS: Final = 1 << 15
"""Links hashed in one step: what is worked on, 1 MB, stays in a core's own cache."""
WIDE_CHUNK_LINKS: Final = 1 << 19
"""Links compared with their template in one step."""
SHARED_PARTS: Final = (4, 32)
"""Without positions: links to a page that this part of all pages link to may be a template's."""
MIX: Final = np.uint64(0x9E3779B97F4A7C15)
"""Odd multiplier (2^64 over the golden ratio): mixes a link's weight into its hash, so that two
targets that swap weights are told apart."""
WORTHWHILE: Final = 0.8
"""Factors are kept where they leave at most this part of the links over."""


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
    signature = _signatures(rows, chosen, _target_hashes(rows.pages))
    page_class, leaders = _classes(signature)
    exact = page_class < len(leaders)
    rest = np.flatnonzero(~exact & (signature != 0))
    template = _template(rows, leaders, chosen)
    if len(rest) >= max(CLASS_PAGES, exact.sum()):
        template, page_class[rest] = _with_common(rows, rest, template, chosen), len(leaders)
    elif len(leaders):
        page_class[rest] = _nearest(rows, rest, template, chosen)
    if not template.nnz:
        return None
    page_class[signature == 0] = template.shape[0]
    most = rival.remainder.nnz if rival else WORTHWHILE * len(rows.target) - template.nnz
    unit = choose_unit(rows.weight[:: max(1, len(rows.weight) // 1000)])
    for attempt in (unit, None):
        remainder = _remainder(rows, exact, page_class, template, chosen, attempt)
        if remainder is not None:
            return Factors(remainder, page_class, template) if remainder.nnz < most else None
    return None


def _target_hashes(pages: int) -> Hashes:
    """uint64[pages]: a random number for each page (splitmix64)."""
    z = np.arange(1, pages + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _signatures(rows: Rows, chosen: Chooser, hashes: Hashes) -> Hashes:
    """uint64[pages]: sum of the hashes of a page's template links, weights included."""
    signature = np.zeros(rows.pages, dtype=np.uint64)
    chunks = list(rows.chunks())
    most = max(int(rows.start[last] - rows.start[first]) for first, last in chunks)
    keys, spare = np.empty(most, dtype=np.uint64), np.empty(most, dtype=np.uint64)
    masks = np.empty(most, dtype=np.int64)
    for first, last in chunks:
        begin, end = int(rows.start[first]), int(rows.start[last])
        key, mask, at = keys[: end - begin], masks[: end - begin], slice(begin, end)
        np.take(hashes, rows.target[at], out=key, mode="clip")  # targets were checked
        np.add(key, rows.weight[at].view(np.uint64), out=key)
        np.multiply(key, MIX, out=key)
        np.right_shift(key, np.uint64(32), out=spare[: end - begin])
        np.bitwise_xor(key, spare[: end - begin], out=key)
        np.copyto(mask, chosen(at).view(np.int8))
        np.negative(mask, out=mask)
        np.bitwise_and(key, mask.view(np.uint64), out=key)
        signature[first:last] = _row_sums(key, rows.start[first : last + 1] - begin)
    return signature


def _row_sums(values: NDArray[np.uint64], start: Ints) -> NDArray[np.uint64]:
    """Sum of the values of each row; rows without any give 0."""
    sums = np.zeros(len(start) - 1, dtype=values.dtype)
    filled = start[1:] > start[:-1]
    if len(values):
        sums[filled] = np.add.reduceat(values, start[:-1][filled])
    return sums


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


def _remainder(
    rows: Rows,
    exact: Bools,
    page_class: NDArray[np.int32],
    template: "csr_array",
    chosen: Chooser,
    unit: float | None,
) -> CompactMatrix | None:
    """S: what is beside the template on pages that match their class exactly, the difference to
    it on the others. None where the unit does not fit.

    A page that its class would not shorten is put in none, in place.
    """
    padded = _with_empty_row(template)
    columns: list[NDArray[np.int32]] = []
    codes: list[Codes] = []
    count = np.zeros(rows.pages + 1, dtype=np.int64)
    for first, last in rows.chunks(WIDE_CHUNK_LINKS):
        places, length = _beside(rows, first, last, exact, chosen)
        column, weight = rows.target[places], rows.weight[places]
        pages = first + np.flatnonzero(~exact[first:last])
        if len(pages):
            other = _difference(rows, pages, page_class, padded)
            length[pages - first] = np.diff(other.indptr)
            mixed = np.repeat(exact[first:last], length)
            column = _merged(mixed, column, other.indices)
            weight = _merged(mixed, weight, other.data)
        code = encode(weight, unit)
        if code is None:
            return None
        count[first + 1 : last + 1] = length
        columns.append(column)
        codes.append(code)
    start = np.cumsum(count)
    small = start.astype(np.int32) if start[-1] < 2**31 else start
    parts = (np.concatenate(columns), np.concatenate(codes))
    return CompactMatrix(small, *parts, unit or 1.0, rows.pages)


def _with_empty_row(template: "csr_array") -> "csr_array":
    """The template with a row for pages in no class."""
    from scipy.sparse import csr_array

    start = np.append(template.indptr, template.indptr[-1])
    shape = (template.shape[0] + 1, template.shape[1])
    return csr_array((template.data, template.indices, start), shape=shape)


def _beside(rows: Rows, first: int, last: int, exact: Bools, chosen: Chooser) -> tuple[Ints, Ints]:
    """Places of the links outside the template on exact pages, and their number on each page."""
    begin, end = int(rows.start[first]), int(rows.start[last])
    start = rows.start[first : last + 1] - begin
    kept = ~chosen(slice(begin, end))
    if not exact[first:last].all():
        kept &= np.repeat(exact[first:last], np.diff(start))
    places = np.flatnonzero(kept)
    return places + begin, np.diff(np.searchsorted(places, start))


def _merged(first: Bools, left: NDArray[np.generic], right: NDArray[np.generic]) -> np.ndarray:
    """Entries of `left` where `first` is set, of `right` elsewhere, each in their order."""
    both = np.empty(len(first), dtype=left.dtype)
    both[first], both[~first] = left, right
    return both


def _difference(
    rows: Rows, pages: Ints, page_class: NDArray[np.int32], padded: "csr_array"
) -> "csr_array":
    """The links of some pages less the template row of each."""
    from scipy.sparse import csr_array

    places, start = rows.of(pages)
    shape = (len(pages), rows.pages)
    links = csr_array((rows.weight[places], rows.target[places], start), shape=shape)
    difference = links - padded[page_class[pages]]
    difference.eliminate_zeros()
    longer = np.diff(difference.indptr) > np.diff(start)
    if longer.any():
        page_class[pages[longer]] = padded.shape[0] - 1
        return _difference(rows, pages, page_class, padded)
    return difference
