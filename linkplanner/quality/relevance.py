"""How much the linking text and the linked page speak of the same thing, 0 to 100."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.tables import LINKS
from linkplanner.text.relevance import page_documents, relevance_of
from linkplanner.urls import path_words

__all__ = ["backlink_relevance"]

CORPUS: Final = 20_000
"""Texts from which the commonness of words is learned; more changes the weights little."""
BANDS: Final = (
    (35.0, "same topic"),
    (15.0, "related topic"),
    (5.0, "loosely related"),
    (0.0, "other topic"),
)
"""Least relevance of each name. A title and a few words around a link share little even with the
page they praise: the median of one export's unflagged links against a short text is 20."""


def backlink_relevance(
    backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame
) -> pd.DataFrame:
    """Relevance and its reason: frame [relevance 0 to 100 or missing, reason str].

    TF-IDF cosine of source title, anchor and surrounding text with the linked page's title (five
    times), heading and text; the words of its path where there is no text. Missing where the target
    or every word of the source is unknown: nothing is invented.
    """
    left = _source_texts(backlinks)
    right = _target_texts(backlinks, pages, texts)
    known = (left != "") & (right != "")
    score = np.full(len(backlinks), np.nan)
    pairs = pd.DataFrame({"left": left[known], "right": right[known]})
    unique = pairs.drop_duplicates().sort_values(["left", "right"], ignore_index=True)
    if len(unique):
        corpus = _sample(unique["right"]) + _sample(unique["left"])
        unique["score"] = relevance_of(unique["left"].tolist(), unique["right"].tolist(), corpus)
        score[known] = pairs.merge(unique, on=["left", "right"], how="left")["score"].to_numpy()
    names = np.full(len(score), "relevance unknown", dtype=object)
    for limit, name in reversed(BANDS):
        names[score >= limit] = name
    return pd.DataFrame({"relevance": score.round(1), "reason": pd.Series(names, dtype="str")})


def _sample(texts: pd.Series) -> list[str]:
    """Evenly spaced distinct texts in sorted order, so that the order of rows is irrelevant."""
    distinct = sorted(texts.unique().tolist())
    return distinct[:: max(1, -(-len(distinct) // CORPUS))]


def _source_texts(backlinks: pd.DataFrame) -> np.ndarray:
    """Title, anchor and text around the link, one a line; path words where all are missing."""
    parts = ["source_title", "anchor", "left_context", "right_context"]
    filled = [backlinks[part].fillna("").astype("str") for part in parts]
    joined = filled[0].str.cat(filled[1:], sep="\n").str.strip().to_numpy(dtype=object)
    bare = np.flatnonzero(joined == "")
    if len(bare):
        joined[bare] = [_path(url) for url in backlinks["source_url"].iloc[bare]]
    return joined


def _path(url: object) -> str:
    try:
        return path_words(url) if isinstance(url, str) else ""
    except ValueError:
        return ""


def _target_texts(backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame) -> np.ndarray:
    """Document of the linked page by row; the target's path words where the page is unknown."""
    documents = page_documents(pages, texts, LINKS.empty())
    node = pages.set_index("page_id")["node_id"]
    page = backlinks["page_id"].map(node)
    found = page.map(documents).astype(object)
    bare = found.isna() | (found == "")
    if bare.any():
        urls = backlinks.loc[bare, "target_url"]
        table = {url: _path(url) for url in urls.dropna().unique()}
        found[bare] = [table.get(url, "") for url in urls]
    return found.to_numpy(dtype=object)
