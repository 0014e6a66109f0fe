"""Visitors that a backlink may send, beside its worth and never mixed into it.

    possible visits = monthly search visits of the linking page x share of readers who click

The share is a heuristic, not a measurement: 1 % of readers follow a link in the text, 0.2 % one
outside it, none a lost one. Only Ahrefs' exports tell the visits of the linking page; elsewhere
the potential is unknown, not zero.
"""

import numpy as np
import pandas as pd

from linkplanner.settings import QualitySettings

__all__ = ["referral_potential"]


def referral_potential(
    backlinks: pd.DataFrame, traffic: pd.DataFrame, settings: QualitySettings
) -> pd.DataFrame:
    """Frame [page_visits, possible_visits, target_sessions], one row a backlink, nan where unknown.

    traffic: table TRAFFIC; sessions of the linked page come from analytics.
    """
    visits = backlinks["ahrefs_page_traffic"].to_numpy(dtype=np.float64)
    outside = ~backlinks["in_content"].fillna(True).to_numpy(dtype=bool)
    share = np.where(outside, settings.click_share_outside, settings.click_share)
    share = np.where(backlinks["lost"].to_numpy(dtype=bool), 0.0, share)
    sessions = traffic.dropna(subset=["url", "sessions"]).groupby("url")["sessions"].sum()
    return pd.DataFrame(
        {
            "page_visits": visits,
            "possible_visits": visits.clip(min=0) * share,
            "target_sessions": backlinks["target_url"].map(sessions).astype(np.float64),
        },
        index=backlinks.index,
    )
