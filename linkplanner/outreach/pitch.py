"""Which page to pitch to a site: it passes much on, fits the site, and is worth linking to."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.outreach.angles import NONE
from linkplanner.site.kinds import helper_pages
from linkplanner.text.relevance import relevance_of

__all__ = ["Pitch", "pitch_pages"]

CHOICE: Final = 40
"""Pages looked at for a pitch, those with most reach."""
SELLING: Final = ("product", "service", "category")
"""Kinds of pages that editors link to reluctantly: pitched only where there is nothing else."""
FLOOR, FULL = 0.2, 40.0
"""Factor of an unrelated page, and relevance from which a page counts in full: as in the worth of a
backlink (quality.worth)."""


@dataclass(frozen=True)
class Pitch:
    """Pages worth pitching, with their words."""

    row: np.ndarray
    """int64: row of `pages`."""
    reach: np.ndarray
    text: list[str]
    angle: np.ndarray
    """Kind of page (outreach.angles), “other” where it shows none."""

    def choose(
        self, words: list[str], taken: list[frozenset[int]], corpus: list[str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """For each site (its words) the page with most reach times fit, and the fit 0 to 100.

        taken: rows that the site links to already. The row is -1 where nothing is left.
        """
        if not len(self.row) or not words:
            return np.full(len(words), -1), np.zeros(len(words))
        size = len(self.row)
        left = [text for text in words for _ in range(size)]
        fit = relevance_of(left, self.text * len(words), corpus or self.text)
        fit = fit.reshape(len(words), size)
        known = np.array([bool(text.strip()) for text in words])
        fit[~known] = FULL / 2
        score = self.reach * (FLOOR + (1 - FLOOR) * np.minimum(1.0, fit / FULL))
        for number, rows in enumerate(taken):
            score[number, np.isin(self.row, list(rows))] = -1.0
        best = score.argmax(axis=1)
        at = np.arange(len(words))
        return np.where(score[at, best] > 0, self.row[best], -1), fit[at, best]


def pitch_pages(
    pages: pd.DataFrame,
    reach_rows: np.ndarray,
    priority: np.ndarray,
    angle: np.ndarray,
    texts: pd.DataFrame,
) -> Pitch:
    """The pages worth pitching: indexable, with reach, no pages that sell unless there is nothing
    else; those that show an angle first.

    pages: table PAGES; reach_rows, priority (bool), angle: by row of `pages`; texts: table TEXTS.
    """
    usable = pages["indexable"].fillna(False).to_numpy(dtype=bool) & (reach_rows > 0)
    usable &= pages["node_id"].fillna(-1).to_numpy(dtype=np.int64) == np.arange(len(pages))
    usable &= ~helper_pages(pages["url"])
    reading = usable & ~priority & ~pages["kind"].isin([*SELLING, "home"]).to_numpy(dtype=bool)
    if reading.any():
        usable = reading
    worth = reach_rows * np.where(angle != NONE, 1.25, 1.0)
    rows = np.flatnonzero(usable)
    rows = rows[np.argsort(-worth[rows], kind="stable")][:CHOICE]
    said = dict(zip(texts["page_id"].astype("int64"), texts["text"].fillna("")))
    title = pages["title"].fillna(pages["h1"]).fillna("")
    text = [f"{title.iloc[row]}\n{said.get(int(row), '')[:2000]}" for row in rows]
    return Pitch(rows, reach_rows[rows], text, angle[rows])
