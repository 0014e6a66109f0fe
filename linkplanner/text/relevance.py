"""Which pages belong together, 0 to 100: what they say, what is said of them, how they link."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.errors import Cancelled
from linkplanner.text.documents import (
    TITLE_REPEATS,
    fits_plan,
    page_documents,
    page_languages,
    to_score,
)
from linkplanner.text.signals import Signals
from linkplanner.text.suggest import fused, source_blocks, text_relevance, weights_for
from linkplanner.text.tokens import Lexicon, guess_language
from linkplanner.text.vectors import TermSpace, count_terms, similar_pairs

__all__ = [
    "TITLE_REPEATS",
    "candidate_pairs",
    "fits_plan",
    "page_documents",
    "page_languages",
    "relevance_of",
    "to_score",
]

LEAST_WEIGHT: Final = 3.0
"""Weight of a word of every text beside the 5 to 10 of a rare one, where texts of different sites
are compared. On 742 real backlinks the order of links is the same with 0 to 10 (.79 to .78 of pairs
of a flagged and an unflagged link in the right order); the scores spread best around 3."""


def candidate_pairs(
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    targets: Sequence[int],
    keywords: Mapping[int, Sequence[str]],
    *,
    per_target: int,
    signals: Signals | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> pd.DataFrame:
    """The pages that fit each target best: frame [source_id, target_id, relevance 0 to 100].

    Only pages that `fits_plan`; never a page with itself; only pairs with relevance above 0. Sorted
    by target, then relevance falling, then source. Relevance is measured on the texts: the larger
    of the cosine of the two documents and of the source with the target's description (title,
    heading, keywords) through `to_score`; then a mention of the target in the source's text closes
    up to `documents.MENTION_WEIGHT` of what is missing to 100. Which source gets which of a
    target's values is decided by all signals of `suggest`: the best-ranked source the largest one.
    So the values keep their meaning, and the order is the one that finds editors' links best.
    Memory grows with the sparse vectors, one block of sources, and sources times targets.
    signals: of the same tables and keywords, where they are at hand. Raises Cancelled when stopped.
    """
    able = pages.loc[fits_plan(pages), "page_id"].to_numpy(dtype=np.int64)
    known = set(able.tolist())
    wanted = np.array([t for t in dict.fromkeys(int(t) for t in targets) if t in known])
    if len(able) < 2 or not len(wanted) or per_target < 1:
        return _pairs_frame([], [], [])
    signals = signals or Signals(pages, texts, links, keywords)
    columns = pd.Series(np.arange(len(able)), index=able)[wanted].to_numpy()
    order = np.empty((len(wanted), len(able)), dtype=np.float32)
    score = np.empty((len(wanted), len(able)), dtype=np.float32)
    for rows in source_blocks(signals):
        if should_stop():
            raise Cancelled("Stopped while texts were compared.")
        values = signals.block(rows, columns)
        order[:, rows] = fused(values, weights_for(signals)).T
        score[:, rows] = text_relevance(values).T
    score[np.arange(len(wanted)), columns] = 0.0
    found = [
        _best(able, t, _dealt(able, row, by), per_target)
        for t, row, by in zip(wanted, score, order, strict=True)
    ]
    return _pairs_frame(*(np.concatenate(part) for part in zip(*found, strict=True)))


def _dealt(able: np.ndarray, score: np.ndarray, order: np.ndarray) -> np.ndarray:
    """The values of `score` above 0, dealt out to the same pages in the order of `order`."""
    here = np.flatnonzero(score > 0)
    dealt: np.ndarray = np.zeros(len(score), dtype=np.float64)
    best = np.lexsort((able[here], -np.round(order[here], 4)))
    dealt[here[best]] = -np.sort(-score[here])
    return dealt


def _best(
    able: np.ndarray, target: int, score: np.ndarray, most: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    score = np.round(score, 2)
    order = np.lexsort((able, -score))[:most]
    order = order[score[order] > 0]
    return able[order], np.full(len(order), target), score[order]


def _pairs_frame(source: Any, target: Any, relevance: Any) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source_id": np.asarray(source, dtype=np.int64),
            "target_id": np.asarray(target, dtype=np.int64),
            "relevance": np.asarray(relevance, dtype=np.float64),
        }
    )


def relevance_of(
    left: Sequence[str],
    right: Sequence[str],
    corpus: Sequence[str],
    *,
    language: str = "",
) -> np.ndarray:
    """Relevance of left[i] to right[i], 0 to 100: float64[pairs].

    corpus: the texts that tell how common a word is. A text is compared once however often it
    stands in the lists. All are stemmed alike, in `language` or what `right` is mostly written in:
    names must stay the same whatever the language around them. Words that stand in every text keep
    the weight `LEAST_WEIGHT`: texts of different sites are compared, and that all of them name the
    same place or brand is what makes them relevant.
    """
    lexicon = Lexicon()
    code = language or guess_language("\n".join(text[:400] for text in right[:10]))

    def counts(texts: Sequence[str]) -> Any:
        return count_terms([lexicon.encode(text, code) for text in texts])

    space = TermSpace(counts(corpus), least=LEAST_WEIGHT)
    sides = []
    for texts in (left, right):
        number, unique = pd.factorize(pd.Series(list(texts), dtype=object))
        sides.append(space.transform(counts(unique.tolist()))[number])
    return to_score(similar_pairs(*sides))
