"""Suggestions after an edit: only the pages that it touches are looked at again."""

from collections.abc import Callable, Collection
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.gathered import joined
from linkplanner.text.signals import SIGNALS, Signals
from linkplanner.text.suggest import fused, source_blocks, suggest_for, weights_for

__all__ = ["refreshed"]

SLACK: Final = 0.02
"""How much below the last one of a list a changed page may stay and still have its source looked at
again: other words' rarity moved a little, too."""


def refreshed(
    before: pd.DataFrame,
    signals: Signals,
    changed: Collection[int],
    per_page: int = 50,
    *,
    sources: Collection[int] | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> pd.DataFrame:
    """The suggestions of `suggest` after the pages `changed` got other texts or links.

    before: what `suggest` gave with the same per_page; signals: of the tables as they are now;
    sources: the pages asked about, all where None. Made anew are the lists of the changed pages, of
    pages on whose lists they stand, of pages on whose lists they now belong, and of pages that
    `before` does not know. The others stay as they were: that the rarity of every word moves a
    little with every edit is left to the next whole run. Stopped early, what is not done yet stays.
    """
    known = set(signals.ids.tolist())
    asked = known if sources is None else known & set(sources)
    gone = ~(before["source_id"].isin(asked) & before["target_id"].isin(known)).to_numpy()
    touched = set(before.loc[gone | before["target_id"].isin(changed), "source_id"].tolist())
    touched |= set(changed)
    touched |= asked - set(before["source_id"].tolist())
    rest = asked - touched
    touched |= _newly_fitting(before, signals, [p for p in changed if p in known], per_page, rest)
    fresh = suggest_for(signals, per_page, sorted(touched & asked), should_stop=should_stop)
    done = set(fresh["source_id"].tolist()) if should_stop() else touched
    kept = before[before["source_id"].isin(asked - done)].copy()
    return joined([part for part in (kept, fresh) if len(part)] or [fresh])


def _newly_fitting(
    before: pd.DataFrame,
    signals: Signals,
    changed: list[int],
    per_page: int,
    sources: Collection[int],
) -> set[int]:
    """The sources on whose list a changed page would stand by its score."""
    if not changed or not sources:
        return set()
    total = before[list(SIGNALS)].sum(axis=1)
    by = total.groupby(before["source_id"])
    last = by.min().where(by.size() >= per_page, 0.0).reindex(signals.ids).fillna(0.0).to_numpy()
    columns = np.flatnonzero(np.isin(signals.ids, changed))
    found: set[int] = set()
    for rows in source_blocks(signals, sources):
        score = fused(signals.block(rows, columns), weights_for(signals)).max(axis=1)
        near = score > np.maximum(last[rows] - SLACK, 0.0)
        found |= set(signals.ids[rows[near]].tolist())
    return found
