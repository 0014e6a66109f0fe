"""Which pages changed since the last run, told by a number for each."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from linkplanner.text.documents import fits_plan
from linkplanner.text.phrases import CONTENT

__all__ = ["hashes", "page_marks"]


def hashes(values: Sequence[object]) -> np.ndarray:
    """A number for each value as text, the same in every run: uint64[values]."""
    texts = ["" if pd.isna(value) else str(value) for value in values]  # type: ignore[call-overload]
    return pd.util.hash_array(np.array(texts, dtype=object), categorize=False)


def page_marks(
    pages: pd.DataFrame,
    texts: pd.DataFrame,
    links: pd.DataFrame,
    keywords: Mapping[int, Sequence[str]],
) -> pd.Series:
    """A number that changes with whatever a page's links rest on: uint64 by page id.

    Its address, title, heading, language, keywords, text, whether it may be linked at all, the
    links in its text, and the words that links in texts call it by. Other links, and the order of
    rows, change nothing.
    """
    ids = pages["page_id"].to_numpy(dtype=np.int64)
    url = hashes(pages["url"])
    total = url.copy()
    fits = fits_plan(pages).tolist()
    said = [";".join(keywords.get(page, ())) for page in ids.tolist()]
    with np.errstate(over="ignore"):
        for n, values in enumerate((pages["title"], pages["h1"], pages["language"], fits, said)):
            total = total * np.uint64(0x9E3779B97F4A7C15) + hashes(values) + np.uint64(n)
        place = pd.Series(np.arange(len(ids)), index=ids)
        for frame, number in ((texts, _texts(texts)), *_links(links, url, place)):
            at = frame["page_id"].map(place)
            known = at.notna().to_numpy()
            np.add.at(total, at[known].to_numpy(dtype=np.int64), number[known])
    return pd.Series(total, index=ids)


def _texts(texts: pd.DataFrame) -> np.ndarray:
    return hashes(texts["text"])


def _links(
    links: pd.DataFrame, url: np.ndarray, place: pd.Series
) -> list[tuple[pd.DataFrame, np.ndarray]]:
    """Pages with a number for each of their links out, and for each of the links in."""
    rows = links.loc[links["position"].isin(CONTENT), ["source_id", "target_id", "anchor"]]
    words = hashes(rows["anchor"])
    at = rows["target_id"].map(place)
    target = np.where(at.notna(), url[at.fillna(0).to_numpy(dtype=np.int64)], 0) if len(url) else 0
    out = words * np.uint64(31) + np.asarray(target, dtype=np.uint64)
    return [
        (rows[["source_id"]].rename(columns={"source_id": "page_id"}), out),
        (rows[["target_id"]].rename(columns={"target_id": "page_id"}), words * np.uint64(17)),
    ]
