"""Where the words of existing links stand in a text: taken out of it, and what stands around."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from linkplanner.text.tokens import BREAK, STOP

__all__ = ["cut_runs"]

AROUND: Final = 25
"""Words before and after a link, in its paragraph, that speak of what it leads to."""
_BYTES: Final = 4


def cut_runs(
    ids: np.ndarray, runs: Sequence[np.ndarray], lines: Sequence[bool]
) -> tuple[np.ndarray, list[np.ndarray]]:
    """A text with the first place of each run of words turned into line ends, longest run first,
    and the words around each of those places.

    ids, runs: word numbers; stop words are skipped on both sides. A run given twice takes two
    places. lines: whether a run counts only where it is a whole line. What is around a whole line,
    or a run that stands nowhere, is empty.
    """
    place = np.flatnonzero(ids != STOP)
    words = np.concatenate([[BREAK], ids[place], [BREAK]]).astype(np.int32)
    left = bytearray(words.tobytes())
    around = [np.empty(0, dtype=np.int32)] * len(runs)
    for n in sorted(range(len(runs)), key=lambda n: -len(runs[n])):
        run = runs[n][runs[n] != STOP]
        if lines[n]:
            run = np.concatenate([[BREAK], run[run != BREAK], [BREAK]])
        if (run >= 0).any():
            at = _first(left, run.astype(np.int32).tobytes())
            if at >= 0:
                if not lines[n]:
                    around[n] = _around(words, at, at + len(run))
                ends = np.full(len(run), BREAK, dtype=np.int32).tobytes()
                left[_BYTES * at : _BYTES * at + len(ends)] = ends
    free = ids.copy()
    free[place] = np.frombuffer(left, dtype=np.int32)[1:-1]
    return free, around


def _first(words: bytearray, run: bytes) -> int:
    """The first place of a run, -1 where it stands nowhere."""
    at = words.find(run)
    while at >= 0 and at % _BYTES:
        at = words.find(run, at + 1)
    return at // _BYTES


def _around(words: np.ndarray, first: int, stop: int) -> np.ndarray:
    """The words before and after a run up to the line's ends, a line end between them."""
    before = words[max(0, first - AROUND) : first]
    after = words[stop : stop + AROUND]
    ends = np.flatnonzero(before == BREAK)
    before = before[ends[-1] + 1 :] if len(ends) else before
    ends = np.flatnonzero(after == BREAK)
    after = after[: ends[0]] if len(ends) else after
    return np.concatenate([before, [BREAK], after, [BREAK]]).astype(np.int32)
