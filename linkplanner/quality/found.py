"""What one spam signal sees: a value by row, and the words to show it."""

from dataclasses import dataclass

import numpy as np

__all__ = ["Found", "small"]


def small(values: np.ndarray) -> np.ndarray:
    """Numbers in half the memory: float32, with what is out of its range at its ends."""
    limit = np.finfo(np.float32).max
    return np.clip(np.asarray(values, dtype=np.float64), -limit, limit).astype(np.float32)


@dataclass(frozen=True)
class Found:
    """What one signal sees."""

    value: np.ndarray
    """float32[rows]: how much of it, nan where unknown."""
    template: str
    """The evidence in words, with a place for what is shown."""
    shown: np.ndarray
    """[rows]: what is put there."""

    def say(self, row: int) -> str:
        """The evidence of one row."""
        return self.template.format(self.shown[row])

    @classmethod
    def of(cls, value: np.ndarray, template: str) -> "Found":
        """A value that is its own evidence."""
        kept = small(value)
        return cls(kept, template, kept)

    @classmethod
    def where(cls, seen: np.ndarray, template: str, shown: np.ndarray) -> "Found":
        """A fact that holds or not."""
        return cls(small(seen), template, shown)
