"""Sparse rows as plain arrays: much cheaper than matrices where there are many small ones."""

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Row", "Rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One sparse row."""

    indices: np.ndarray
    """Its columns, sorted."""
    data: np.ndarray
    """Their values."""

    @property
    def nnz(self) -> int:
        """Values it has."""
        return len(self.indices)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that follow each other: row i stands at indptr[i]:indptr[i + 1]."""

    indices: np.ndarray
    data: np.ndarray
    indptr: np.ndarray

    @classmethod
    def of(cls, matrix: Any) -> "Rows":
        """The rows of a csr matrix, not copied."""
        return cls(matrix.indices, matrix.data, matrix.indptr)

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def nnz(self) -> int:
        """Values they have."""
        return len(self.indices)

    def row(self, at: int) -> Row:
        """One of them."""
        first, last = self.indptr[at], self.indptr[at + 1]
        return Row(self.indices[first:last], self.data[first:last])

    def part(self, first: int, stop: int) -> "Rows":
        """The rows first:stop."""
        ends = self.indptr[first : stop + 1]
        a, b = ends[0], ends[-1]
        return Rows(self.indices[a:b], self.data[a:b], ends - a)
