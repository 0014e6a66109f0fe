"""The overview's figures with their trend, and what to do first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from linkplanner.store.versions import Version
from linkplanner.ui.texts import common
from linkplanner.ui.texts import overview as say

__all__ = ["Figure", "figures", "share_after", "top_actions"]

OPEN: Final = ("suggested", "approved", "sent to editor")
"""States of tasks that are still to be done."""


@dataclass(frozen=True)
class Figure:
    """One health figure."""

    label: str
    """What it counts."""
    value: float | None
    """Now; None where it is not known."""
    unit: str
    """`share` for a part of what enters, `count` for a number."""
    better: str
    """`more` or `less`."""
    trend: tuple[float, ...]
    """Values of all versions remembered, oldest first, this one last."""
    help: str
    """What it means."""

    @property
    def text(self) -> str:
        """The value as shown."""
        if self.value is None:
            return common.UNKNOWN
        return f"{self.value:.1%}" if self.unit == "share" else f"{self.value:,.0f}"

    @property
    def change(self) -> str | None:
        """The change since the version before, None where there is none."""
        if len(self.trend) < 2 or self.value is None:
            return None
        by = self.trend[-1] - self.trend[-2]
        if abs(by) < (0.0005 if self.unit == "share" else 0.5):
            return None
        return say.change_of_share(by) if self.unit == "share" else f"{by:+,.0f}"


def figures(history: Sequence[Version]) -> list[Figure]:
    """The health figures of the newest version with the trend over all that are remembered."""
    rows = [_measured(version.facts) for version in history]
    found = []
    for place, (label, unit, better, text) in enumerate(say.MEASURES):
        values = [row[place] for row in rows]
        trend = tuple(float(v) for v in values if v is not None)
        found.append(Figure(label, values[-1], unit, better, trend, text))
    return found


def _measured(facts: dict[str, Any]) -> tuple[float | None, ...]:
    counts, balance = facts["counts"], facts["balance"]
    entered = float(balance["entered"]) or 1.0
    linked = bool(facts["has_links"])
    stays, other = float(balance["priority"]) / entered, float(balance["other"]) / entered
    return (
        stays if linked else None,
        max(0.0, 1 - stays - other) if linked else None,
        counts["orphans"] + counts["contextual_orphans"] if linked else None,
        counts["live_backlinks"],
        counts["referring_domains"],
    )


def share_after(facts: dict[str, Any], pages: pd.DataFrame) -> float | None:
    """Part of what enters that stays on priority pages once the plan's links are set.

    pages: the plan's pages with equity_before and equity_after. What stays is a fixed part of what
    passes through, so it grows with it; None where nothing stays today.
    """
    chosen = pages[pages["priority"] > 0]
    before = float(chosen["equity_before"].sum())
    balance = facts["balance"]
    if before <= 0 or not balance["entered"]:
        return None
    growth = float(chosen["equity_after"].sum()) / before
    return float(balance["priority"]) * growth / float(balance["entered"])


def top_actions(tasks: pd.DataFrame, most: int = 10) -> pd.DataFrame:
    """The open tasks of most gain, whatever their kind, with their place in the order."""
    todo = tasks[tasks["status"].isin(OPEN)]
    best = todo.sort_values("gain", ascending=False, kind="stable").head(most)
    return best.assign(rank=range(1, len(best) + 1)).reset_index(drop=True)
