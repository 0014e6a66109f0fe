"""Which page a dead address should redirect to, by the words of address, title and anchors."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.site.kinds import sections
from linkplanner.urls import path_words

__all__ = ["best_redirects"]

LEAST_LIKENESS: Final = 0.3
"""Cosine of the words below which no page is named; the user picks one."""
ELSEWHERE: Final = 0.4
"""Factor for pages of another section: an article is best replaced by an article."""
ANCHORS: Final = 10
"""Anchors of links to a page that are looked at."""


def best_redirects(
    pages: pd.DataFrame, node: np.ndarray, links: pd.DataFrame, backlinks: pd.DataFrame
) -> pd.Series:
    """For rows of `pages` that answer nothing (node < 0): the indexable row that is most alike by
    the words of address and title, and of the anchors that lead there. Missing where none reaches
    LEAST_LIKENESS."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    dead = np.flatnonzero(node < 0)
    usable = np.flatnonzero(pages["indexable"].fillna(False).to_numpy(dtype=bool))
    words = _words(pages, np.concatenate([dead, usable]), links, backlinks)
    if len(dead) == 0 or not any(words[: len(dead)]) or not any(words[len(dead) :]):
        return pd.Series(dtype="float64")
    matrix = TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True).fit_transform(words)
    alike = matrix[: len(dead)] @ matrix[len(dead) :].T
    section = sections(pages["url"]).to_numpy()
    found = {}
    for i, row in enumerate(dead):
        line = alike[[i]]
        near = usable[line.indices]
        score = line.data * np.where(section[near] == section[row], 1.0, ELSEWHERE)
        if len(near) and score.max() >= LEAST_LIKENESS:
            found[int(row)] = int(near[score.argmax()])
    return pd.Series(found, dtype="float64")


def _words(
    pages: pd.DataFrame, rows: np.ndarray, links: pd.DataFrame, backlinks: pd.DataFrame
) -> list[str]:
    """Words of each row: its path twice, its title, a few of the anchors that lead to it."""
    anchors = pd.concat(
        [
            links[["target_id", "anchor"]].rename(columns={"target_id": "page_id"}),
            backlinks[["page_id", "anchor"]],
        ]
    ).dropna()
    anchors = anchors[anchors["page_id"].isin(rows)].drop_duplicates()
    said = anchors.groupby("page_id").head(ANCHORS).groupby("page_id")["anchor"].agg(" ".join)
    titles = pages["title"].fillna("")
    return [
        " ".join([*[path_words(pages["url"].iloc[row])] * 2, titles.iloc[row], said.get(row, "")])
        for row in rows
    ]
