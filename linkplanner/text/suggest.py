"""Which pages a page should link to from its text: several signals added up, with reasons."""

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.crew import Crew, until_stopped
from linkplanner.errors import Cancelled
from linkplanner.text.documents import MENTION_WEIGHT, fits_plan, to_score
from linkplanner.text.gathered import Gathered
from linkplanner.text.signals import SIGNALS, Signals

__all__ = [
    "SUGGESTIONS",
    "WEIGHTS",
    "WEIGHTS_WITHOUT_LINKS",
    "fused",
    "source_blocks",
    "suggest",
    "suggest_for",
    "text_relevance",
    "weights_for",
]

SUGGESTIONS: Final = [
    "source_id",
    "target_id",
    "rank",
    "relevance",
    "reasons",
    *SIGNALS,
]
"""Columns of what `suggest` gives."""

WEIGHTS: Final[dict[str, float]] = {
    "tfidf": 5.8,
    "passage": 1.9,
    "mention": 1.2,
    "anchors": 2.0,
    "neighbours": 2.0,
    "linked": 0.3,
    "pagerank": 1.7,
    "popular": 3.2,
    "company": 1.8,
    "cocited": 0.9,
    "distance": 0.55,
}
"""What each signal counts where the site's own text links are known. From a conditional logit over
the hidden links of the four development sites, the links' words present and blanked counted alike;
each site was measured with weights fitted on the other three, see docs/benchmarks.md, and those
four fits differ little. The likeness to the target's title adds nothing beside the others here, nor
does nearness in the order of addresses beside the learned distance."""

WEIGHTS_WITHOUT_LINKS: Final[dict[str, float]] = {
    "tfidf": 4.9,
    "title": 1.0,
    "passage": 2.5,
    "mention": 2.6,
    "order": 1.5,
}
"""The same where no text links are known, fitted without any."""

BLOCK: Final = 256
"""Sources worked on at once; bounds the memory at about 12 x BLOCK x pages numbers."""
SMALL_BLOCK: Final = 64
"""The same on a large site, where a block is compared with the pages listed for any of it."""
LEAST: Final = 0.05
"""Weighted value from which a signal is named as a reason."""
SHOWN: Final = 3
"""Reasons named for one suggestion."""

REASONS: Final = {
    "tfidf": "the two pages are about the same things",
    "title": "the text speaks of what the target is called",
    "anchors": "the text holds words that other pages link to it with",
    "passage": "one paragraph fits it well",
    "neighbours": "similar pages link to it",
    "linked": "it is like pages linked here already",
    "pagerank": "it is near by links",
    "mention": "the text mentions it without a link",
    "order": "it stands next to it in the site's order",
    "popular": "many pages link to it",
    "company": "one paragraph fits what other pages say beside links to it",
    "cocited": "pages that link to the same pages link to it",
}


def suggest(
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    per_page: int = 50,
    keywords: Mapping[int, Sequence[str]] | None = None,
    *,
    signals: Signals | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
    sources: Collection[int] | None = None,
) -> pd.DataFrame:
    """The best targets of each page that its text does not link to yet.

    pages, texts, links: tables PAGES, TEXTS, LINKS; a link outside the text does not count as
    linked. keywords: phrases of targets by page id. Gives the columns `SUGGESTIONS`, sorted by
    source and rank: relevance 0 to 100, up to three reasons in words, and what each signal adds.
    Only pages that answer themselves and may be indexed, never a page to itself. Stopped early it
    gives what is done so far. signals: of the same tables and keywords, where they are at hand.
    sources: ids of the pages asked about; all where None.
    """
    if int(fits_plan(pages).sum()) < 2 or per_page < 1:
        return _none()
    signals = signals or Signals(pages, texts, links, keywords or {})
    return suggest_for(signals, per_page, sources, progress=progress, should_stop=should_stop)


def suggest_for(
    signals: Signals,
    per_page: int,
    sources: Collection[int] | None = None,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    should_stop: Callable[[], bool] = lambda: False,
    crew: Crew | None = None,
) -> pd.DataFrame:
    """The same where the signals are at hand. crew: processes whose state is a `text.shared.Shared`
    with these signals."""
    done = 0
    total = len(signals.ids) if sources is None else len(sources)
    ids = signals.ids if sources is None else np.intersect1d(signals.ids, list(sources))
    gathered = Gathered(ids, min(per_page, len(signals.ids)))
    blocks = source_blocks(signals, sources)
    asked = ((rows, per_page) for rows in blocks)
    found: Iterator[pd.DataFrame]
    if crew is None:
        found = (_block(signals, *some) for some in until_stopped(asked, should_stop))
    else:
        found = crew.each(_of_shared, asked, should_stop)
    with contextlib.suppress(Cancelled):
        for part in found:
            gathered.add(part)
            done = min(total, done + (SMALL_BLOCK if signals.large else BLOCK))
            progress(done, total)
    frame = gathered.frame()
    signals.tidy()
    return _none() if frame is None else frame


def _of_shared(shared: Any, asked: tuple[np.ndarray, int]) -> pd.DataFrame:
    """The suggestions of one part of the sources, in a process of a crew."""
    return _block(shared.signals, *asked)


def source_blocks(signals: Signals, sources: Collection[int] | None = None) -> Iterator[np.ndarray]:
    """The sources, or some of them, in parts to work on at once: places in `signals.ids`."""
    order, size = signals.in_order, SMALL_BLOCK if signals.large else BLOCK
    if sources is not None:
        order = order[np.isin(signals.ids[order], list(sources))]
    for first in range(0, len(order), size):
        yield order[first : first + size]


def weights_for(signals: Signals) -> dict[str, float]:
    """The weights that fit what is known of the site."""
    return WEIGHTS if signals.linked.nnz else WEIGHTS_WITHOUT_LINKS


def fused(scores: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    """Weighted sum of the signals: float32[sources, targets]."""
    total: np.ndarray = np.zeros_like(scores["tfidf"])
    for name, weight in weights.items():
        total += weight * scores[name]
    return total


def text_relevance(scores: Mapping[str, np.ndarray]) -> np.ndarray:
    """Relevance 0 to 100 by text alone; the signals are square roots already."""
    cosine = np.maximum(scores["tfidf"], scores["title"]).astype(np.float64) ** 2
    score = to_score(cosine)
    mention: np.ndarray = scores["mention"].astype(np.float64) ** 2
    return np.asarray(score + (100.0 - score) * MENTION_WEIGHT * mention)


def _block(signals: Signals, rows: np.ndarray, per_page: int) -> pd.DataFrame:
    listed = signals.shortlist(rows)
    columns = None if listed is None else np.unique(listed[1])
    scores = signals.block(rows, columns)
    columns = np.arange(len(signals.ids)) if columns is None else columns
    weights = weights_for(signals)
    total = fused(scores, weights)
    closed = ~_evidence(scores)
    closed |= rows[:, None] == columns[None, :]
    if listed is not None:  # what was listed for another source is none of this one's
        other = np.ones(closed.shape, dtype=bool)
        other[listed[0], np.searchsorted(columns, listed[1])] = False
        closed |= other
    closed |= signals.linked[rows].tocsr()[:, columns].toarray() > 0
    total[closed] = -1.0
    row, column = _best(total, signals.ids[columns], per_page)
    relevance = np.round(text_relevance({k: scores[k][row, column][None] for k in scores})[0], 2)
    frame = pd.DataFrame(
        {
            "source_id": signals.ids[rows[row]],
            "target_id": signals.ids[columns[column]],
            "rank": np.arange(len(row)) - np.searchsorted(row, row) + 1,
            "relevance": _in_order(relevance, row),
        }
    )
    for name in SIGNALS:
        added = weights.get(name, 0.0) * scores[name][row, column]
        frame[name] = np.round(added.astype(np.float64), 4).astype(np.float32)
    return frame.assign(reasons=_reasons(frame))[SUGGESTIONS]


def _evidence(scores: Mapping[str, np.ndarray]) -> np.ndarray:
    """Pairs for which something speaks beside popularity and order: bool[sources, targets]."""
    found: np.ndarray = np.zeros(scores["tfidf"].shape, dtype=bool)
    for name in SIGNALS:
        if name in REASONS and name not in ("popular", "order"):
            found |= scores[name] > 0
    return found


def _best(total: np.ndarray, ids: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the largest positive values of each row, largest first.

    Values are rounded, and equal ones go by page id, so that the order of pages is irrelevant.
    """
    most = min(most, total.shape[1])
    spare = min(total.shape[1], most + 10)
    near = np.argpartition(-total, spare - 1, axis=1)[:, :spare]
    value = np.round(np.take_along_axis(total, near, axis=1), 4)
    order = np.lexsort((ids[near], -value), axis=1)[:, :most]
    column = np.take_along_axis(near, order, axis=1)
    kept = np.take_along_axis(value, order, axis=1) > 0
    row = np.broadcast_to(np.arange(len(total))[:, None], column.shape)
    return row[kept], column[kept]


def _none() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in SUGGESTIONS}).astype(
        {"source_id": "int64", "target_id": "int64", "rank": "int64", "reasons": "category"}
    )


def _in_order(relevance: np.ndarray, source: np.ndarray) -> np.ndarray:
    """The text relevances of each source's suggestions, dealt out again in the order of rank."""
    return relevance[np.lexsort((-relevance, source))]


def _reasons(frame: pd.DataFrame) -> pd.Categorical:
    """The strongest signals of each suggestion in words, joined by "; ": a few hundred different
    values for millions of rows."""
    values = frame[list(REASONS)].to_numpy(dtype=np.float32)
    order = np.argsort(-values, axis=1, kind="stable")[:, :SHOWN]
    strong = np.take_along_axis(values, order, axis=1) >= LEAST
    code = (np.where(strong, order + 1, 0) * (len(REASONS) + 1) ** np.arange(SHOWN)).sum(axis=1)
    _, first, number = np.unique(code, return_index=True, return_inverse=True)
    words = np.array(list(REASONS.values()), dtype=object)
    joined = ["; ".join(words[order[at][strong[at]]]) for at in first.tolist()]
    return pd.Categorical(pd.Series(joined, dtype="str").to_numpy()[number])
