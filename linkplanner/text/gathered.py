"""Suggestions of different sources as one table, made without a second copy of them in memory."""

from typing import Any, Final

import numpy as np
import pandas as pd

__all__ = ["Gathered", "joined"]

_WORDS: Final = "reasons"
"""The column of words; all others hold numbers."""


class Gathered:
    """Takes up suggestions part by part and gives them in the order of sources.

    Every source has room for as many rows as it may get, so that a part is copied to its place once
    and forgotten; room that is never used is never touched and takes no memory.
    """

    def __init__(self, sources: np.ndarray, per_page: int) -> None:
        """sources: page ids; per_page: rows each may have."""
        self._sources, self._per_page = np.sort(sources), per_page
        self._used: np.ndarray = np.zeros(len(sources) * per_page, dtype=bool)
        self._columns: dict[str, np.ndarray] = {}
        self._known: dict[str, int] = {}

    def add(self, part: pd.DataFrame) -> None:
        """Takes up all suggestions of some sources; `rank` says which row is whose first."""
        source = np.searchsorted(self._sources, part["source_id"].to_numpy())
        at = source * self._per_page + part["rank"].to_numpy() - 1
        self._used[at] = True
        for name in part.columns:
            values = self._numbered(part[name]) if name == _WORDS else part[name].to_numpy()
            if name not in self._columns:
                self._columns[name] = np.empty(len(self._used), dtype=values.dtype)
            self._columns[name][at] = values

    def _numbered(self, reasons: pd.Series) -> np.ndarray:
        """Numbers of the reasons among all that were seen: int16, few hundred exist."""
        names = reasons.cat.categories
        number = [self._known.setdefault(name, len(self._known)) for name in names]
        return np.array(number, dtype=np.int16)[reasons.cat.codes.to_numpy()]

    def frame(self) -> pd.DataFrame | None:
        """All of them, the reasons a category; None where there are none. To be asked for once:
        the columns go over to the table."""
        if not self._columns or not self._used.any():
            return None
        whole = bool(self._used.all())
        columns: dict[str, Any] = {}
        for name in list(self._columns):
            values = self._columns.pop(name)
            columns[name] = values if whole else values[self._used]
        names = sorted(self._known)
        place = np.empty(len(names), dtype=np.int16)
        place[[self._known[name] for name in names]] = np.arange(len(names))
        columns[_WORDS] = pd.Categorical.from_codes(place[columns[_WORDS]], names)
        return pd.DataFrame(columns, copy=False)


def joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Suggestions of different sources as one table in the order of sources.

    The parts are used up column by column, so that no two whole copies stand in memory.
    """
    known = sorted({text for part in parts for text in part[_WORDS].cat.categories})
    order = np.argsort(np.concatenate([part["source_id"] for part in parts]), kind="stable")
    columns: dict[str, Any] = {}
    for name in list(parts[0].columns):
        values = [part.pop(name) for part in parts]
        if name == _WORDS:
            codes = [value.cat.set_categories(known).cat.codes.to_numpy() for value in values]
            columns[name] = pd.Categorical.from_codes(np.concatenate(codes)[order], known)
        else:
            columns[name] = np.concatenate([value.to_numpy() for value in values])[order]
    return pd.DataFrame(columns, copy=False)
