"""A sparse matrix stored small: whole multiples of a unit where the weights allow it.

Link weights are usually few round numbers (1.0, 0.5, 0.4, 0.2, 0.1), so one byte a link holds how
many times a unit such as 0.1 fits. Products turn a block of bytes into float64 in the processor's
cache and sum in float64: five bytes a link are read from memory instead of twelve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.kernels import add_product, add_transposed, taken_rows

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["CompactMatrix", "choose_unit", "encode"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[Any]

BLOCK: Final = 1 << 16
"""Links multiplied at once: half a MB of float64 stays in a core's own cache."""
UNITS: Final = (0.1, 0.05, 0.02, 0.01)
"""Units tried, largest first."""
EXACT: Final = 1e-15
"""A weight is a multiple of a unit where it differs by less than this part of 1."""


def choose_unit(weight: Floats) -> float | None:
    """The largest unit that the weights (a sample is enough) are multiples of; None: none is."""
    return next((unit for unit in UNITS if encode(weight, unit) is not None), None)


def encode(weight: Floats, unit: float | None) -> Codes | None:
    """Weights as int8 multiples of the unit; None where one is no multiple or too large.

    Without a unit they are kept as they are.
    """
    if unit is None:
        return weight
    multiple = np.rint(weight * (1 / unit))
    if len(weight) and not (
        np.abs(multiple).max() <= 127 and np.abs(multiple * unit - weight).max() < EXACT
    ):
        return None
    return multiple.astype(np.int8)


@dataclass(frozen=True)
class CompactMatrix:
    """float64[rows, columns] by rows, as codes times a unit."""

    start: NDArray[np.integer]
    """int[rows + 1]: place of each row's first entry."""
    column: NDArray[np.int32]
    code: Codes
    """int8 multiples of the unit, or float64 weights where the unit is 1."""
    unit: float
    columns: int

    @classmethod
    def from_csr(cls, matrix: "csr_array") -> "CompactMatrix":
        """The same matrix, stored small where its weights allow it."""
        weight = np.asarray(matrix.data, dtype=np.float64)
        unit = choose_unit(weight[:: max(1, len(weight) // 1000)])
        code = encode(weight, unit)
        if unit is None or code is None:
            unit, code = 1.0, weight
        column = np.asarray(matrix.indices, dtype=np.int32)
        return cls(matrix.indptr, column, code, unit, matrix.shape[1])

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.start) - 1

    @property
    def nnz(self) -> int:
        """Number of entries."""
        return len(self.column)

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays."""
        return self.start.nbytes + self.column.nbytes + self.code.nbytes

    def to_csr(self) -> "csr_array":
        """As scipy's matrix of float64."""
        from scipy.sparse import csr_array

        shape = (self.rows, self.columns)
        return csr_array((self.code * self.unit, self.column, self.start), shape=shape)

    def rows_of(self, rows: Ints) -> "csr_array":
        """Some rows as scipy's matrix: float64[len(rows), columns]."""
        from scipy.sparse import csr_array

        start = np.concatenate([[0], np.cumsum(self.start[rows + 1] - self.start[rows])])
        column, code = taken_rows(self.start, self.column, self.code, rows, start)
        return csr_array((code * self.unit, column, start), shape=(len(rows), self.columns))

    def times(self, x: Floats, out: Floats) -> None:
        """Adds M x / unit to `out`: float64[rows] or [rows, k]."""
        for first, last, start, column, weight in self._blocks():
            add_product(start, column, weight, x, out[first:last])

    def transposed_times(self, y: Floats, out: Floats) -> None:
        """Adds y M / unit to `out`: float64[columns] or [columns, k]."""
        for first, last, start, column, weight in self._blocks():
            add_transposed(start, column, weight, y[first:last], out)

    def transposed_times_some(self, rows: Ints, y: Floats, out: Floats) -> None:
        """Adds y M / unit to `out`, for y (float64[len(rows)]) on some rows alone."""
        count = self.start[rows + 1] - self.start[rows]
        marks = np.arange(0, count.sum(), BLOCK)
        edges = np.unique(np.append(np.searchsorted(np.cumsum(count), marks), len(rows)))
        for first, last in zip([0, *edges[:-1].tolist()], edges.tolist()):
            start = np.concatenate([[0], np.cumsum(count[first:last])]).astype(np.int32)
            column, code = taken_rows(self.start, self.column, self.code, rows[first:last], start)
            add_transposed(start, column, code.astype(np.float64), y[first:last], out)

    @cached_property
    def _ranges(self) -> list[tuple[int, int, int, int]]:
        """First and last row of each block, and the places of its links."""
        if not self.nnz:
            return []
        marks = np.arange(0, self.nnz, BLOCK)
        edges = np.append(np.searchsorted(self.start, marks, "right") - 1, self.rows)
        edges[0] = 0
        edges = np.unique(edges)
        row, place = edges.tolist(), self.start[edges].tolist()
        return list(zip(row[:-1], row[1:], place[:-1], place[1:]))

    @cached_property
    def _most(self) -> int:
        return max((end - begin for *_, begin, end in self._ranges), default=0)

    def _blocks(
        self,
    ) -> Iterator[tuple[int, int, NDArray[np.int32], NDArray[np.int32], Floats]]:
        """Row ranges with their places (from 0), columns and float64 weights."""
        if not self.nnz:
            return
        buffer = np.empty(self._most)
        for first, last, begin, end in self._ranges:
            start = (self.start[first : last + 1] - begin).astype(np.int32, copy=False)
            weight = buffer[: end - begin]
            np.copyto(weight, self.code[begin:end])
            yield first, last, start, self.column[begin:end], weight
