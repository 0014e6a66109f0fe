"""Which kind of words a page's backlinks lack: brand, descriptive, the bare address, or other."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.text.phrases import is_generic

__all__ = ["anchor_kinds", "lacking_kind"]

USUAL: Final = {"brand": 0.40, "descriptive": 0.35, "address": 0.15, "generic": 0.10}
"""Shares of a profile that grew by itself, after the profiles of unadvertised pages that studies of
backlinks describe: mostly names, then words on the subject. A heuristic; nobody publishes it."""
LEAST: Final = 5
"""Links from which a page's own profile is judged; below that the whole site's is."""


def anchor_kinds(anchors: pd.Series, brand: str) -> np.ndarray:
    """Kind of each anchor: brand (holds the site's name), address, generic (empty or says nothing),
    else descriptive."""
    distinct = anchors.fillna("").astype("str")
    name = brand.casefold()

    def kind(text: str) -> str:
        plain = text.strip().casefold()
        if "://" in plain or plain.startswith("www.") or (name and plain.startswith(f"{name}.")):
            return "address"
        if name and name in plain.replace(" ", "").replace("-", ""):
            return "brand"
        return "generic" if not plain or is_generic(plain) else "descriptive"

    table = {text: kind(text) for text in distinct.unique()}
    return distinct.map(table).to_numpy(dtype=object)


def lacking_kind(rows: np.ndarray, kinds: np.ndarray, wanted: np.ndarray) -> list[str]:
    """For each row in `wanted` the kind furthest below its usual share among the links to it.

    rows, kinds: row of `pages` and kind of words of every live backlink. Generic words are never
    asked for.
    """
    counts = pd.crosstab(rows, kinds).reindex(columns=list(USUAL), fill_value=0)
    site = counts.sum()
    found = []
    for row in wanted:
        own = counts.loc[row] if row in counts.index else site * 0
        mix = own if own.sum() >= LEAST else site
        total = max(float(mix.sum()), 1.0)
        short = {k: USUAL[k] - mix[k] / total for k in USUAL if k != "generic"}
        found.append(max(short, key=short.__getitem__))
    return found
