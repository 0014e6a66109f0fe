"""The few words that name a group of pages."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.phrases import clean, title_parts
from linkplanner.text.signals import Signals
from linkplanner.text.tokens import STOP
from linkplanner.urls import path_words

__all__ = ["label_of"]

WORDS: Final = 3
"""Most words of one name."""
NAMES: Final = 3
"""Names joined to a label."""
LONGER: Final = 1.3
"""What a name of several words counts more than one word that stands in as many titles."""
_LINE: Final = re.compile(r"\S+")


def label_of(signals: Signals, rows: pd.DataFrame, group: list[int]) -> str:
    """Words of the titles of a group that other titles of the site lack, joined by commas.

    Class TF-IDF over runs of one to three words of titles and headings; a run whose words stand in
    a better one already is left out. rows: PAGES in the order of the signals.
    """
    score: Counter[tuple[int, ...]] = Counter()
    spelled: dict[tuple[int, ...], Counter[str]] = {}
    named = rows.iloc[group][["title", "h1", "url"]].itertuples(index=False)
    for page, names in zip(group, named, strict=True):
        for run, words in set(_runs(signals, page, *names)):
            score[run] += 1
            spelled.setdefault(run, Counter())[words] += 1
    if not score:
        return ""
    size, everywhere = len(signals.ids), signals.frequency
    least = 2 if len(group) > 2 else 1
    ranked = sorted(
        (
            -n / len(group) * min(np.log((size + 1) / everywhere(word)) for word in run)
            * (LONGER if len(run) > 1 else 1.0),
            run,
        )
        for run, n in score.items()
        if n >= least or len(score) < NAMES
    )  # fmt: skip
    chosen: list[tuple[int, ...]] = []
    for worth, run in ranked:
        if worth < 0 and not set(run) & {word for other in chosen for word in other}:
            chosen.append(run)
        if len(chosen) == NAMES:
            break
    return ", ".join(_spelling(spelled[run]) for run in chosen)


def _spelling(seen: Counter[str]) -> str:
    return min(seen, key=lambda words: (-seen[words], words))


def _runs(
    signals: Signals, page: int, title: object, h1: object, url: str
) -> Iterator[tuple[tuple[int, ...], str]]:
    """Runs of words of a page's title and heading, as numbers and as written."""
    code = signals.code(page)
    title = title if isinstance(title, str) else ""
    parts = [*title_parts(title), clean(title)] if title else []
    names = [*parts[:3], clean(h1)] if parts or isinstance(h1, str) else []
    for name in names or [path_words(url)]:
        ids, starts, ends = signals.lexicon.encode_spans(name, code)
        for size in range(1, WORDS + 1):
            for at in range(len(ids) - size + 1):
                run = ids[at : at + size]
                if (run > STOP).all() and not name[starts[at] : ends[at + size - 1]].isdigit():
                    yield tuple(run.tolist()), name[starts[at] : ends[at + size - 1]].casefold()
