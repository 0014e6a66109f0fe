"""What competitors' pages get from their backlinks, scored as ours are."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.authority import authority
from linkplanner.quality.spam import score_spam
from linkplanner.quality.worth import diminished, link_worth
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, PAGES
from linkplanner.urls import fold_series

__all__ = ["COLUMNS", "rival_pages"]

COLUMNS: Final = ("url", "competitor", "links", "domains", "worth")
PAGES_OF_ONE: Final = 500
"""Pages of one competitor that are kept, those with most worth first."""
LINKS_OF_ONE: Final = 100_000
"""Links of one competitor that are scored, those of the strongest sites first."""


def rival_pages(competitors: Sequence[pd.DataFrame], settings: QualitySettings) -> pd.DataFrame:
    """One row a competitor's page: url, competitor, links, domains (live), worth.

    competitors: backlinks with the column competitor. The worth is that of link_worth after
    diminishing over the competitor's site; what its pages say is not known, so the relevance of
    every link is the one assumed for ordinary links.
    """
    found = []
    for frame in competitors:
        if not len(frame) or "target_url" not in frame:
            continue
        for name, part in frame.groupby("competitor", sort=True):
            found.append(_of_one(part, str(name), settings))
    if not found:
        return pd.DataFrame(
            {"url": pd.Series(dtype="str"), "competitor": pd.Series(dtype="str"),
             "links": pd.Series(dtype="int64"), "domains": pd.Series(dtype="int64"),
             "worth": pd.Series(dtype="float64")}
        )  # fmt: skip
    return pd.concat(found, ignore_index=True)[list(COLUMNS)]


def _of_one(links: pd.DataFrame, name: str, settings: QualitySettings) -> pd.DataFrame:
    live = BACKLINKS.conform(links.reset_index(drop=True))
    live = live[~live["lost"] & live["target_url"].notna()].reset_index(drop=True)
    live["authority"] = authority(live, settings)["authority"].to_numpy()
    live = live.nlargest(LINKS_OF_ONE, "authority").reset_index(drop=True)
    live["relevance"] = np.nan
    live["spam"] = np.asarray(score_spam(live, PAGES.empty(), settings.signal_points).total)
    live["worth"] = link_worth(live, settings)
    live["brought"] = diminished(live, settings.domain_decay)
    live["page"] = fold_series(live["target_url"]).to_numpy()  # one page, however it is written
    order = live.sort_values("brought", ascending=False, kind="stable")
    pages = order.groupby("page").agg(
        url=("target_url", "first"), links=("worth", "size"), domains=("source_domain", "nunique"),
        worth=("brought", "sum"),
    )  # fmt: skip
    best = pages.nlargest(PAGES_OF_ONE, "worth").reset_index(drop=True)
    return best.assign(competitor=name)
