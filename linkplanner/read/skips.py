"""Rows that are left out: how many for each reason, and the first of each as it stood."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

__all__ = ["Skips"]

LENGTH: Final = 120
"""Longest example in characters."""


class Skips(Counter[str]):
    """Counts by reason, with an example each."""

    def __init__(self, *told: Any) -> None:
        """Empty, or with the counts of a mapping; `examples` is taken over where it has some."""
        self.examples: dict[str, str] = {}
        super().__init__(*told)

    def add(self, reason: str, number: int = 1, example: str | Sequence[str] = "") -> None:
        """Counts rows; `example` is the cell that shows why, or the cells of the first row."""
        if number <= 0:
            return
        self[reason] += number
        if reason not in self.examples:
            text = " ".join((example if isinstance(example, str) else ", ".join(example)).split())
            text = "".join(c if c.isprintable() else "\ufffd" for c in text[: 4 * LENGTH])
            self.examples[reason] = text if len(text) <= LENGTH else text[: LENGTH - 1] + "…"

    def update(self, *told: Any, **counts: int) -> None:
        """Adds the counts of a mapping; of reasons that are new, its examples."""
        super().update(*told, **counts)
        for other in told:
            for reason, example in getattr(other, "examples", {}).items():
                self.examples.setdefault(reason, example)

    def shown(self) -> dict[str, str]:
        """Examples of the reasons that count, without the empty ones."""
        return {r: text for r, text in self.examples.items() if text and self[r] > 0}
