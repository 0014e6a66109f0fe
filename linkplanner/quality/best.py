"""The backlinks worth most, in a small table that a screen can open without reading all others."""

from typing import Final

import pandas as pd

__all__ = ["COLUMNS", "ROWS", "best_backlinks"]

COLUMNS: Final = (
    "source_domain", "authority", "relevance", "spam", "worth", "anchor", "target_url", "kind",
    "nofollow", "lost", "first_seen", "source_url", "vendors",
)  # fmt: skip
"""What a list of backlinks shows."""
ROWS: Final = 1000
"""As many as a table on screen holds; nobody reads further."""


def best_backlinks(backlinks: pd.DataFrame) -> pd.DataFrame:
    """The live links worth most, best first: `row` (in BACKLINKS) and COLUMNS."""
    live = backlinks.loc[~backlinks["lost"], ["worth"]]
    best = live.sort_values("worth", ascending=False, kind="stable").index[:ROWS]
    return backlinks.loc[best, list(COLUMNS)].rename_axis("row").reset_index()
