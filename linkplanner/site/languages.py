"""Which pages say the same in another language, and which are written in different ones."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from linkplanner.site.pages import PageIndex

__all__ = ["foreign_pairs", "same_page", "version_groups"]


def version_groups(alternates: pd.DataFrame, index: PageIndex, size: int) -> pd.Series:
    """Int64 per row of `pages` (`size` of them): the first row of its group of language versions.

    alternates: ALTERNATES, what pages name by hreflang. Only pairs that name each other count, as
    search engines do it: many sites name one home page on every page. Missing: no other version.
    """
    ends = pd.DataFrame(
        {"one": index.find(alternates["url"]), "other": index.find(alternates["target_url"])}
    ).dropna()
    one, other = (ends[name].to_numpy(dtype=np.int64) for name in ("one", "other"))
    apart = one != other
    named = csr_matrix((np.ones(apart.sum()), (one[apart], other[apart])), shape=(size, size))
    both = named.minimum(named.T)
    _, group = connected_components(both, directed=False)
    first = np.full(int(group.max(initial=-1)) + 1, size)
    np.minimum.at(first, group, np.arange(size))
    alone = np.bincount(group, minlength=len(first)) == 1
    return pd.Series(first[group], dtype="Int64").mask(alone[group])


def same_page(pages: pd.DataFrame, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Boolean per pair of rows of `pages`: language versions of one page."""
    if "version_of" not in pages:  # kept by an earlier version
        return np.zeros(len(source), dtype=bool)
    group = pages["version_of"].fillna(-1).to_numpy(dtype=np.int64)
    return (group[source] >= 0) & (group[source] == group[target])


def foreign_pairs(pages: pd.DataFrame, source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Boolean per pair of rows of `pages`: both languages are known and differ.

    Regions do not count: en-GB and en-US are one language.
    """
    tags = pages["language"].str.extract(r"^\s*([A-Za-z]{2,3})(?![A-Za-z])", expand=False)
    code, _ = pd.factorize(tags.str.lower())
    return (code[source] >= 0) & (code[target] >= 0) & (code[source] != code[target])
