"""A few weights on top of stored links: a what-if's links, and what a template overstates."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Changes"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Changes:
    """Weights from page to page."""

    source: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    target: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    weight: Floats = field(default_factory=lambda: np.zeros(0))

    def __len__(self) -> int:
        return len(self.weight)

    def and_also(self, source: Ints, target: Ints, weight: Floats) -> "Changes":
        """Both these and the given ones."""
        return Changes(
            np.concatenate([self.source, source]),
            np.concatenate([self.target, target]),
            np.concatenate([self.weight, weight]),
        )

    def first(self, count: int) -> "Changes":
        """The first ones."""
        return Changes(self.source[:count], self.target[:count], self.weight[:count])

    def add_weighed(self, z: Floats, unit: float, out: Floats) -> None:
        """Adds their matrix times z, in units, to `out`: float64[n] or [n, k]."""
        if len(self):
            weight = (self.weight / unit).reshape(-1, *[1] * (z.ndim - 1))
            np.add.at(out, self.source, weight * z[self.target])

    def add_gathered(self, y: Floats, unit: float, out: Floats) -> None:
        """Adds y times their matrix, in units, to `out`: float64[n] or [n, k]."""
        if len(self):
            weight = (self.weight / unit).reshape(-1, *[1] * (y.ndim - 1))
            np.add.at(out, self.target, weight * y[self.source])
