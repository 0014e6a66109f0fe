"""Texts without the words that carry a link already, and what stands around those words."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.phrases import CONTENT
from linkplanner.text.runs import cut_runs
from linkplanner.text.tokens import Lexicon

__all__ = ["unlinked"]

COMPANY: Final = 40
"""Links to a page whose surroundings speak of it."""

OFTEN: Final = 1000
"""Pages between two looks at the stop button."""


def unlinked(
    bodies: Sequence[np.ndarray],
    ids: np.ndarray,
    codes: Sequence[str],
    lexicon: Lexicon,
    pages: pd.DataFrame,
    links: pd.DataFrame,
    check: Callable[[], None] = lambda: None,
) -> tuple[list[np.ndarray], list[list[np.ndarray]]]:
    """The encoded texts with the words that carry a link taken out; and for each page what stands
    around the links to it on others.

    A link outside the text counts where its words are a whole line: a list, a teaser. check: called
    between some pages.
    """
    free = list(bodies)
    company: dict[int, list[np.ndarray]] = defaultdict(list)
    said = _said(ids, codes, lexicon, pages, links, check)
    for done, n in enumerate(sorted(said, key=lambda n: int(ids[n]))):
        if done % OFTEN == 0:
            check()
        runs, lines, targets = zip(*said[n], strict=True)
        free[n], around = cut_runs(free[n], runs, lines)
        for to, words, out in zip(targets, around, lines, strict=True):
            if to >= 0 and not out and len(words) and len(company[to]) < COMPANY:
                company[to].append(words)
    return free, [company.get(n, []) for n in range(len(ids))]


def _said(
    ids: np.ndarray,
    codes: Sequence[str],
    lexicon: Lexicon,
    pages: pd.DataFrame,
    links: pd.DataFrame,
    check: Callable[[], None],
) -> dict[int, list[tuple[np.ndarray, bool, int]]]:
    """By source row, its links: encoded words, whether it stands outside the text, target row."""
    rows = links[["source_id", "target_id", "anchor", "position"]]
    rows = rows.dropna(subset=["source_id", "anchor", "position"])
    node = pages.set_index("page_id")["node_id"]
    place = pd.Series(np.arange(len(ids)), index=ids)
    ends = [rows[name].map(node).map(place) for name in ("source_id", "target_id")]
    rows = rows.assign(row=ends[0], to=ends[1].fillna(-1)).dropna(subset="row")
    outside = ~rows["position"].isin(CONTENT).to_numpy()
    said: dict[int, list[tuple[np.ndarray, bool, int]]] = defaultdict(list)
    columns = (rows["row"].astype(int), rows["to"].astype(int), rows["anchor"], outside)
    for done, (n, to, anchor, out) in enumerate(zip(*columns, strict=True)):
        if done % (10 * OFTEN) == 0:
            check()
        said[n].append((lexicon.encode(anchor, codes[n]), bool(out), to))
    return said
