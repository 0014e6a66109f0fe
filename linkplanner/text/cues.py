"""Words that announce a link on this site ("see", "previous post"), learned from its own links."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from linkplanner.text.word_runs import WordRuns

__all__ = ["Cues"]

LEAST_LINKED: Final = 50
"""Sentences with a link that must be known before anything is learned."""
SMOOTHING: Final = 5.0
"""Sentences that a word is credited with at the site's average before it is seen."""
SCALE: Final = 3.0
"""Sum of log odds at which a sentence counts as a clear announcement."""


class Cues:
    """Log odds of a link for the words of a sentence."""

    def __init__(self, linked: Iterable[tuple[WordRuns, np.ndarray]]) -> None:
        """linked: passages with the numbers of their sentences that hold a link."""
        held: list[np.ndarray] = []
        free: list[np.ndarray] = []
        known = 0
        for passage, sentences in linked:
            mark = np.zeros(len(passage.sentences) + 1, dtype=bool)
            mark[sentences] = True
            known += int(mark.sum())
            pair = np.unique(np.column_stack([passage.sentence_of, passage.ids]), axis=0)
            pair = pair[pair[:, 0] >= 0]
            inside = mark[pair[:, 0]]
            held.append(pair[inside, 1])
            free.append(pair[~inside, 1])
        self._odds = np.zeros(1)
        if known >= LEAST_LINKED:
            self._odds = _log_odds(np.concatenate(held), np.concatenate(free))

    def of(self, passage: WordRuns) -> np.ndarray:
        """How clearly each sentence announces a link, -1 to 1: float64[sentences]."""
        inside = passage.sentence_of >= 0
        ids, owner = passage.ids[inside], passage.sentence_of[inside]
        odds = np.where(ids < len(self._odds), self._odds[np.minimum(ids, len(self._odds) - 1)], 0)
        total = np.bincount(owner, odds, minlength=len(passage.sentences))
        number = np.bincount(owner, minlength=len(passage.sentences))
        return np.asarray(np.tanh(total / np.sqrt(np.maximum(number, 1)) / SCALE * 3))


def _log_odds(held: np.ndarray, free: np.ndarray) -> np.ndarray:
    size = int(max(held.max(initial=0), free.max(initial=0))) + 1
    with_link = np.bincount(held, minlength=size).astype(np.float64)
    without = np.bincount(free, minlength=size).astype(np.float64)
    share = with_link.sum() / max(1.0, with_link.sum() + without.sum())
    rate = (with_link + SMOOTHING * share) / (with_link + without + SMOOTHING)
    average = np.log(share / (1.0 - share)) if 0 < share < 1 else 0.0
    return np.asarray(np.log(rate / (1.0 - rate + 1e-9)) - average)
