"""The one door to the compiled loops below scipy's own `@`.

They add a product to a vector that exists, where `@` makes a new one each time: blocks of a matrix
can then be multiplied one after the other in a core's own cache. scipy does not promise them, so
`tests/graph/test_kernels.py` compares each with `@`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["add_product", "add_transposed", "taken_rows"]

Values = NDArray[np.float64] | NDArray[np.uint64]
Places = NDArray[np.int32] | NDArray[np.int64]


def add_product(start: Places, column: Places, data: Values, x: Values, out: Values) -> None:
    """Adds M x to `out`: [rows] or [rows, k].

    start, column, data: M by rows; places may begin at any number, so a slice of a larger matrix's
    `start` will do. data, x and out are of one type, and arrays without gaps.
    """
    from scipy.sparse import _sparsetools as loops

    rows, columns = len(start) - 1, len(x)
    if x.ndim == 1:
        loops.csr_matvec(rows, columns, start, column, data, x, out)
    else:
        flat = x.reshape(-1), out.reshape(-1)
        loops.csr_matvecs(rows, columns, x.shape[1], start, column, data, *flat)


def add_transposed(start: Places, column: Places, data: Values, y: Values, out: Values) -> None:
    """Adds y M to `out`: [columns] or [columns, k]. Arguments as in `add_product`."""
    from scipy.sparse import _sparsetools as loops

    rows, columns = len(start) - 1, len(out)
    if y.ndim == 1:
        loops.csc_matvec(columns, rows, start, column, data, y, out)
    else:
        flat = y.reshape(-1), out.reshape(-1)
        loops.csc_matvecs(columns, rows, y.shape[1], start, column, data, *flat)


def taken_rows(
    start: NDArray[Any],
    column: NDArray[np.int32],
    data: NDArray[Any],
    rows: NDArray[Any],
    taken: NDArray[np.integer],
) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Columns and data of some rows, one after the other; `taken` tells where each begins."""
    from scipy.sparse import _sparsetools as loops

    columns, values = np.empty(taken[-1], dtype=np.int32), np.empty(taken[-1], dtype=data.dtype)
    if start.dtype == np.int32:
        chosen = rows.astype(np.int32)
        loops.csr_row_index(len(rows), chosen, start, column, data, columns, values)
        return columns, values
    place = np.arange(taken[-1]) + np.repeat(start[rows] - taken[:-1], np.diff(taken))
    return np.take(column, place, out=columns), np.take(data, place, out=values)
