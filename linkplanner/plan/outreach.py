"""Backlinks worth asking for: lost ones to win back, with what each would bring."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.tables import PROSPECTS

__all__ = ["lost_backlinks"]

MOST: Final = 50
"""Lost backlinks listed at most, the most valuable first."""
SPAM_LIMIT: Final = 40.0
"""Lost backlinks with a spam score above this are not worth a mail."""


def lost_backlinks(
    backlinks: pd.DataFrame, potential: np.ndarray, reach_rows: np.ndarray, pages: pd.DataFrame
) -> pd.DataFrame:
    """PROSPECTS of kind 'lost backlink': one per source domain, most gain first.

    potential: points each backlink would bring if it were live again (float64[backlinks]).
    reach_rows: reach per row of `pages`; 0 where nothing answers.
    """
    row = backlinks["page_id"].fillna(-1).to_numpy(dtype=np.int64)
    gain = potential * np.append(reach_rows, 0.0)[row]  # the last is for those that match no page
    live = set(backlinks.loc[~backlinks["lost"], "source_domain"].dropna())
    wanted = (
        backlinks["lost"].to_numpy(dtype=bool)
        & (gain > 0)
        & (backlinks["spam"].fillna(0) <= SPAM_LIMIT).to_numpy()
        & ~backlinks["source_domain"].isin(live).to_numpy()
    )
    rows = np.flatnonzero(wanted)
    rows = rows[np.argsort(-gain[rows], kind="stable")]
    lost = backlinks.iloc[rows].assign(gain=gain[rows], seed_gain=potential[rows])
    lost = lost.drop_duplicates("source_domain").head(MOST)
    target = pages["url"].to_numpy()[lost["page_id"].to_numpy(dtype=np.int64)]
    reason = (
        "Ask " + lost["source_domain"] + " to set the lost link to " + target
        + " again; it stood on " + lost["source_url"] + "."
    )  # fmt: skip
    frame = lost.assign(kind="lost backlink", page_url=target, reason=reason)
    return PROSPECTS.conform(frame)
