"""Spam of a backlink, 0 to 100, as the sum of signals that are all shown.

A signal whose column is missing is silent. Signals over the whole profile count distinct sites and
pages, so neither the order of rows nor a repeated row changes a score.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from linkplanner.progress import Progress, no_progress
from linkplanner.quality.evidence import METHODS, Found
from linkplanner.quality.facts import Facts
from linkplanner.quality.signals import SIGNALS, Signal, weights

__all__ = ["SpamScores", "score_spam"]

SHOWN = 0.5
"""Points below which a signal is not named."""
ALL = slice(None)
"""Every row."""


@dataclass(frozen=True)
class SpamScores:
    """Spam of every backlink and where it comes from."""

    total: np.ndarray
    """float64[rows], 0 to 100."""
    points: pd.DataFrame
    """float32[rows, signals]: what each signal adds, before the sum is cut at 100."""
    found: dict[str, Found]
    """By signal, what was seen; `found[name].say(row)` puts it in words."""

    def reasons(self, most: int = 4, rows: slice = ALL) -> np.ndarray:
        """The heaviest signals of each row with evidence and points: object[rows]."""
        first = rows.indices(len(self.total))[0]
        values = self.points.iloc[rows].to_numpy()
        order = np.argsort(-values, axis=1, kind="stable")[:, :most]
        parts = np.full((len(values), order.shape[1]), None, dtype=object)
        for number, name in enumerate(self.points.columns):
            found, column = self.found[name], values[:, number]
            here, ranks = np.nonzero((order == number) & (column >= SHOWN)[:, None])
            parts[here, ranks] = [
                f"{found.say(first + r)} (+{column[r]:.0f})" for r in here.tolist()
            ]
        lines = np.empty(len(values), dtype=object)
        lines[:] = [", ".join(part for part in row if part) for row in parts]
        return lines


def score_spam(
    backlinks: pd.DataFrame,
    pages: pd.DataFrame,
    changed: Mapping[str, float] | None = None,
    *,
    brand: Sequence[str] = (),
    progress: Progress = no_progress,
) -> SpamScores:
    """Spam scores of the backlinks of one site.

    backlinks: table BACKLINKS (columns may lack); pages: table PAGES, whose own words and scripts
    are never held against a link, nor those of `brand`; changed: points by signal that the user
    edited.
    """
    points = weights(changed)
    facts = Facts(backlinks.reset_index(drop=True), pages, brand)
    found: dict[str, Found] = {}
    columns: dict[str, np.ndarray] = {}
    total = np.zeros(len(backlinks))
    for done, signal in enumerate(SIGNALS):
        progress(done, len(SIGNALS), f"Signs of spam: {signal.name.replace('_', ' ')}")
        found[signal.name] = METHODS[signal.name](facts)
        column = points[signal.name] * strength(found[signal.name].value, signal)
        columns[signal.name] = column.astype(np.float32)
        total += column
    table = pd.DataFrame(columns, index=pd.RangeIndex(len(backlinks)), copy=False)
    return SpamScores(np.clip(total, 0.0, 100.0), table, found)


def strength(value: np.ndarray, signal: Signal) -> np.ndarray:
    """0 up to `low`, 1 from `high`, rising between; 0 where unknown: float64[rows]."""
    known = np.nan_to_num(value.astype(np.float64), nan=-np.inf, posinf=np.inf, neginf=-np.inf)
    if not signal.log:
        return np.clip((known - signal.low) / (signal.high - signal.low), 0, 1)
    logs = np.log(np.maximum(known, 1e-9))
    low, high = math.log(signal.low), math.log(signal.high)
    return np.clip((logs - low) / (high - low), 0, 1)
