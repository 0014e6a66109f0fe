"""Which words of a sentence an editor linked to a page, whatever they are: for measuring only."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from linkplanner.text.passages import Passage
from linkplanner.text.rows import Row
from linkplanner.text.scoring import Mention, Scorer
from linkplanner.text.wanted import Wanted
from linkplanner.text.word_runs import Span

__all__ = ["guess_words"]

POINTING: Final = 1.5
"""What words that point ("previous article") count beside words that name the target; between 1 and
2 the share of right words moves by .02."""
LEAST_WORTH: Final = 0.4
"""Words that name the target less than this give way to a run that shares its vocabulary."""
COST: Final = 0.35
"""What each word of such a run costs, beside 1 for its most telling word."""
LONGEST: Final = 6
"""Longest run, in words that are not stop words."""


def guess_words(
    source: int,
    passage: Passage,
    target: int,
    goal: Wanted,
    mentions: list[Mention],
    scorer: Scorer,
    terms: np.ndarray,
) -> dict[int, Span]:
    """By sentence, the words that most likely carry the link, descriptive or not.

    terms: the columns of the vectors. To be called after the page was scored.
    """
    best: dict[int, Mention] = {}
    for mention in mentions:
        best.setdefault(mention.span.sentence, mention)
    pointers = scorer.pointers(source, target)
    company = scorer.company(target)
    column = np.searchsorted(terms, passage.ids)
    found: dict[int, Span] = {}
    for at in range(len(passage.sentences)):
        worth = best[at].worth if at in best else 0.0
        sure, first, last = pointers.get(at, (0.0, 0, 0))
        span = passage.span(first, last) if POINTING * np.sqrt(sure) > worth else None
        if span is None and worth >= LEAST_WORTH:
            span = _longest(best[at].span, mentions)
        if span is None:
            span = _run(passage, at, column, [goal.body, goal.description, company])
        if span is None and at in best:
            span = best[at].span
        if span is not None:
            found[at] = span
    return found


def _longest(span: Span, mentions: list[Mention]) -> Span:
    """The longest place with words of the target around one."""
    around = [m.span for m in mentions if m.span.start <= span.start and m.span.end >= span.end]
    return max(around, key=lambda wide: (wide.end - wide.start, -wide.start))


def _run(
    passage: Passage, sentence: int, column: np.ndarray, vectors: Sequence[Row | None]
) -> Span | None:
    """The run of words of a sentence that shares most with the vectors, at a cost for each word."""
    inside = np.flatnonzero(passage.sentence_of == sentence)
    if not len(inside):
        return None
    here, size = column[inside], len(inside)
    number = np.array([int((passage.ids == word).sum()) for word in passage.ids[inside]])
    worth = sum(_values(v, here) for v in vectors if v is not None) / np.sqrt(number)
    if worth.max(initial=0.0) <= 0.0:
        return None
    total = np.concatenate([[0.0], np.cumsum(worth / worth.max() - COST)])
    runs = [(i, j) for i in range(size) for j in range(i + 1, min(size, i + LONGEST) + 1)]
    for first, stop in sorted(runs, key=lambda run: total[run[0]] - total[run[1]]):
        span = passage.span(int(inside[first]), int(inside[stop - 1]))
        if total[stop] <= total[first] or span is not None:
            return span
    return None


def _values(vector: Row, column: np.ndarray) -> np.ndarray:
    """The values of a sparse row in some columns."""
    if not vector.nnz:
        return np.zeros(len(column))
    at = np.minimum(np.searchsorted(vector.indices, column), vector.nnz - 1)
    return np.where(vector.indices[at] == column, vector.data[at], 0.0)
