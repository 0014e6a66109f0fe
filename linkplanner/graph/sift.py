"""One pass over all links: what each page's menu is, as one number, and the links beside menus."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.compact import Codes, encode
from linkplanner.graph.kernels import add_product
from linkplanner.graph.rows import Rows

__all__ = ["Chooser", "Sifted", "link_keys", "sift"]

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Chooser = Callable[[slice | Ints], Bools]
"""Which of the links in a range (or at some places) may belong to a template."""

HALF: Final = np.uint64(32)
ODD: Final = np.uint64(1)


@dataclass(frozen=True)
class Sifted:
    """Menus as signatures, and what is beside them by rows."""

    signature: Hashes
    """uint64[pages]: sum of the keys of a page's template links, whatever their order; 0 for a
    page without any."""
    start: Ints
    """int64[pages + 1]: place of each page's first link beside its template."""
    column: NDArray[np.int32]
    code: Codes
    """Weights in units (compact.py)."""


def sift(rows: Rows, chosen: Chooser, hashes: Hashes, unit: float | None) -> Sifted | None:
    """Parts the links into chosen ones and others; None where the unit does not fit the others.

    hashes: a random number for each page as a target (uint64[pages]).
    """
    signature = np.zeros(rows.pages, dtype=np.uint64)
    count = np.zeros(rows.pages + 1, dtype=np.int64)
    # room for all links: what is not written to takes no memory and is given back at the end
    column = np.empty(len(rows.target), dtype=np.int32)
    codes = np.empty(len(rows.target), dtype=np.float64 if unit is None else np.int8)
    filled = 0
    chunks = list(rows.chunks())
    most = max((int(rows.start[last] - rows.start[first]) for first, last in chunks), default=0)
    spare, masks = np.empty(most, dtype=np.uint64), np.empty(most, dtype=np.uint64)
    for first, last in chunks:
        begin, end = int(rows.start[first]), int(rows.start[last])
        start = rows.start[first : last + 1] - begin
        target, weight = rows.target[begin:end], rows.weight[begin:end]
        inside = chosen(slice(begin, end))
        key, mask = spare[: end - begin], masks[: end - begin]
        np.copyto(mask, inside)
        _mixed(weight, key)
        np.multiply(key, mask, out=key)
        np.bitwise_or(key, mask, out=key)
        add_product(start.astype(np.int32), target, key, hashes, signature[first:last])
        beside = np.flatnonzero(np.logical_not(inside, out=inside))
        code = encode(weight[beside], unit)
        if code is None:
            return None
        place = slice(filled, filled + len(beside))
        np.take(target, beside, out=column[place], mode="clip")
        codes[place] = code
        filled = place.stop
        count[first + 1 : last + 1] = np.diff(np.searchsorted(beside, start))
    column.resize(filled, refcheck=False)
    codes.resize(filled, refcheck=False)
    return Sifted(signature, np.cumsum(count), column, codes)


def link_keys(target: NDArray[np.integer], weight: NDArray[np.float64], hashes: Hashes) -> Hashes:
    """What each of some template links adds to its page's signature: uint64[links]."""
    key = np.empty(len(weight), dtype=np.uint64)
    _mixed(weight, key)
    return (key | ODD) * hashes[target]


def _mixed(weight: NDArray[np.float64], out: Hashes) -> None:
    """A factor for each weight: its bits, the upper half once more on the lower one.

    Round weights differ in a few upper bits alone, and multiplied by a hash these would reach the
    top of the product only: two targets that swap weights 0.5 and 1.0 would often look alike.
    """
    bits = weight.view(np.uint64)
    np.right_shift(bits, HALF, out=out)
    np.bitwise_xor(out, bits, out=out)
