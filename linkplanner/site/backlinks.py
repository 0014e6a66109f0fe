"""Merges backlinks of several exports and joins them to pages."""

from collections.abc import Sequence

import pandas as pd

from linkplanner.site.pages import PageIndex
from linkplanner.tables import BACKLINKS

__all__ = ["join_backlinks", "merge_backlinks", "unmatched_targets"]


def merge_backlinks(
    frames: Sequence[pd.DataFrame], own: frozenset[str]
) -> tuple[pd.DataFrame, dict[str, int]]:
    """One row per source and target address with every vendor's metrics, and what was left out.

    Rows from the site's own domain are no backlinks. A link counts as lost only where every
    source that reports it says so; the newest sighting and the oldest discovery are kept.
    """
    stacked = pd.concat([BACKLINKS.empty(), *frames], ignore_index=True)
    usable = stacked["source_url"].notna() & ~stacked["source_domain"].isin(own)
    foreign = stacked[usable]
    keys = ["source_url", "target_url"]
    repeated = foreign.duplicated(keys, keep=False)
    merged = foreign[repeated].sort_values("lost", kind="stable")
    groups = merged.groupby(keys, sort=False, dropna=False)
    first = groups.first()
    for column, how in (
        ("lost", "min"),
        ("nofollow", "min"),
        ("first_seen", "min"),
        ("last_seen", "max"),
    ):
        first[column] = groups[column].agg(how)
    first["vendors"] = groups["vendors"].agg(lambda v: ";".join(sorted(set(v.dropna()))))
    result = pd.concat([foreign[~repeated], first.reset_index()], ignore_index=True)
    left_out = {
        "from the site itself": int((~usable).sum()),
        "repeated": len(foreign) - len(result),
    }
    return BACKLINKS.conform(result), left_out


def join_backlinks(backlinks: pd.DataFrame, index: PageIndex) -> pd.DataFrame:
    """The backlinks with `page_id` of the row of `pages` they point at."""
    return backlinks.assign(page_id=index.find(backlinks["target_url"]))


def unmatched_targets(backlinks: pd.DataFrame) -> pd.DataFrame:
    """Target addresses that no page matches: url, backlinks, live, referring_domains."""
    lost = backlinks[backlinks["page_id"].isna() & backlinks["target_url"].notna()]
    groups = lost.assign(live=~lost["lost"]).groupby("target_url")
    counted = groups.agg(
        backlinks=("source_url", "size"),
        live=("live", "sum"),
        referring_domains=("source_domain", "nunique"),
    )
    counted = counted.sort_values(["live", "backlinks"], ascending=False)
    return counted.rename_axis("url").reset_index()
