"""Sites that link to competitors and not here, from competitor exports of any vendor."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.quality.authority import authority
from linkplanner.quality.spam import score_spam
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, DOMAINS, PAGES

__all__ = ["link_gap", "stack_competitors"]

LOOKED_AT: Final = 2000
"""Sites whose best link is scored for spam: those with most competitors, then authority."""


def stack_competitors(
    backlinks: Sequence[pd.DataFrame], domains: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Links and domains of competitors in one frame: BACKLINKS and competitor; a domain report has
    no addresses. Lost and nofollow links are left out."""
    frames = []
    for frame in backlinks:
        part = BACKLINKS.conform(frame).assign(competitor=frame["competitor"].to_numpy())
        marked = part["lost"] | part["nofollow"] | part["ugc"] | part["sponsored"]
        frames.append(part[~marked.to_numpy(dtype=bool)])
    for frame in domains:
        part = DOMAINS.conform(frame).assign(competitor=frame["competitor"].to_numpy())
        named = part[~part["lost"].to_numpy(dtype=bool)].rename(columns={"domain": "source_domain"})
        frames.append(BACKLINKS.conform(named).assign(competitor=named["competitor"].to_numpy()))
    empty = BACKLINKS.empty().assign(competitor=pd.Series(dtype="str"))
    return pd.concat([empty, *frames], ignore_index=True)


def link_gap(
    theirs: pd.DataFrame, linking: set[str], own: str, settings: QualitySettings
) -> pd.DataFrame:
    """One row a site that links to a competitor and not here, most competitors first.

    theirs: as `stack_competitors` makes it. linking: domains that link here already; own: the
    site's domain. Gives source_domain, source_url, source_title, target_url, competitors,
    competitor_names, authority, spam.
    """
    named = theirs["source_domain"].notna() & (theirs["source_domain"] != own)
    there = theirs[named & ~theirs["source_domain"].isin(linking)]
    there = there[~there["source_domain"].isin(theirs["competitor"].unique())]
    if not len(there):
        return pd.DataFrame(
            columns=["source_domain", "source_url", "source_title", "target_url", "competitors",
                     "competitor_names", "authority", "spam"]
        )  # fmt: skip
    there = there.reset_index(drop=True)
    there["authority"] = authority(there, settings)["authority"].to_numpy()
    groups = there.groupby("source_domain")["competitor"]
    many = groups.nunique()
    names = groups.agg(lambda n: ", ".join(sorted(set(n))[:5]))
    order = there.assign(known=there["source_url"].notna())
    best = order.sort_values(["authority", "known"], ascending=False, kind="stable")
    best = best.drop_duplicates("source_domain").drop(columns="known")
    best["competitors"] = best["source_domain"].map(many).astype("int64")
    best["competitor_names"] = best["source_domain"].map(names)
    best = best.sort_values(["competitors", "authority"], ascending=False, kind="stable")
    best = best.head(LOOKED_AT).reset_index(drop=True)
    best["spam"] = _spam(best)
    return best


def _spam(best: pd.DataFrame) -> np.ndarray:
    """Spam score of each site's best link, judged without any page of ours."""
    rows = BACKLINKS.conform(best.drop(columns="page_id"))
    return np.asarray(score_spam(rows, PAGES.empty()).total)
