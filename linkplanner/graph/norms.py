"""Norms of the columns of a block: sums for equity, maxima for reach; the model contracts in both.

A copy of a whole block would be memory that is touched once, so some rows are taken at a time.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["maxima", "sums"]

Floats = NDArray[np.float64]

PIECE_VALUES: Final = 1 << 16
"""Numbers of a block taken at once."""


def sums(values: Floats) -> Floats:
    """Sum of the absolute values: of a vector, or of each column (float64[k])."""
    if values.ndim == 1:
        return np.abs(values).sum()
    return np.sum([np.abs(part).sum(axis=0) for part in _pieces(values)], axis=0)


def maxima(values: Floats) -> Floats:
    """Largest absolute value: of a vector, or of each column (float64[k])."""
    if values.ndim == 1:
        return np.abs(values).max(initial=0.0)
    return np.max([np.abs(part).max(axis=0) for part in _pieces(values)], axis=0, initial=0.0)


def _pieces(values: Floats) -> Iterator[Floats]:
    step = max(1, PIECE_VALUES // max(1, values.shape[1]))
    return (values[at : at + step] for at in range(0, len(values), step))
