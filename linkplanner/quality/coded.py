"""A text column as numbers of its distinct values, so that each value is looked at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["Coded"]


@dataclass(frozen=True)
class Coded:
    """A column of texts; missing ones are ''."""

    codes: np.ndarray
    """int64[rows]: number of each row's value."""
    values: list[str]
    """The distinct values."""

    @classmethod
    def of(cls, column: pd.Series) -> "Coded":
        """A column of texts or missing values, coded."""
        filled = column.fillna("").astype("str")
        codes, values = pd.factorize(filled)
        return cls(codes.astype(np.int64), [str(value) for value in values])

    def spread(self, values: Any, dtype: Any = None) -> np.ndarray:
        """One given value for each distinct text, by row."""
        if dtype is None:
            column = np.empty(len(self.values), dtype=object)
            column[:] = list(values)
        else:
            column = np.fromiter(values, dtype=dtype, count=len(self.values))
        return column[self.codes]

    def map(self, change: Callable[[str], object]) -> np.ndarray:
        """A function of the text, by row: object[rows]."""
        return self.spread(change(value) for value in self.values)

    def measure(self, size: Callable[[str], float]) -> np.ndarray:
        """A number for the text, by row: float64[rows]."""
        return self.spread((size(value) for value in self.values), np.float64)
