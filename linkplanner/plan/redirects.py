"""Which page a dead address should redirect to, by the words of its path."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.urls import path_words

__all__ = ["best_redirects"]

LEAST_LIKENESS: Final = 0.3
"""Cosine of the path words below which no page is named; the user picks one."""


def best_redirects(pages: pd.DataFrame, node: np.ndarray) -> pd.Series:
    """For rows of `pages` that answer nothing (node < 0): the indexable row whose address words
    are most alike. Missing where none reaches LEAST_LIKENESS."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    dead = np.flatnonzero(node < 0)
    usable = np.flatnonzero(pages["indexable"].fillna(False).to_numpy(dtype=bool))
    words = [path_words(url) for url in pages["url"].iloc[np.concatenate([dead, usable])]]
    if len(dead) == 0 or not any(words[: len(dead)]) or not any(words[len(dead) :]):
        return pd.Series(dtype="float64")
    matrix = TfidfVectorizer(token_pattern=r"\w+").fit_transform(words)
    alike = matrix[: len(dead)] @ matrix[len(dead) :].T
    found = {}
    for i, row in enumerate(dead):
        line = alike[[i]]
        if line.nnz and line.max() >= LEAST_LIKENESS:
            found[int(row)] = int(usable[line.indices[line.data.argmax()]])
    return pd.Series(found, dtype="float64")
