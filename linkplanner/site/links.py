"""Turns link rows by address into the `links` table by row of `pages`."""

from collections.abc import Sequence

import pandas as pd

from linkplanner.site.pages import PageIndex
from linkplanner.tables import LINK_ROWS, LINKS, PAGE_ROWS
from linkplanner.urls import bare_host_series

__all__ = ["join_links", "rows_of_ends", "stack_links"]


def stack_links(frames: Sequence[pd.DataFrame], own: frozenset[str]) -> tuple[pd.DataFrame, int]:
    """All link rows that start on an own page, and how many rows did not."""
    stacked = pd.concat([LINK_ROWS.empty(), *frames], ignore_index=True)
    starts = bare_host_series(stacked["source_url"]).isin(own).to_numpy()
    return stacked[starts].drop_duplicates(ignore_index=True), int((~starts).sum())


def rows_of_ends(links: pd.DataFrame) -> pd.DataFrame:
    """PAGE_ROWS for both ends of the links: sources answered 200, targets as they were seen."""
    sources = pd.DataFrame({"url": links["source_url"].drop_duplicates(), "status": 200})
    targets = links[["target_url", "target_status"]].dropna(subset="target_url")
    targets = targets.sort_values("target_status", na_position="last").drop_duplicates("target_url")
    targets = targets.rename(columns={"target_url": "url", "target_status": "status"})
    rows = pd.concat([sources.astype({"status": "Int64"}), targets], ignore_index=True)
    rows["blocked"] = rows["status"] == 0
    rows["source"] = "links"
    return PAGE_ROWS.conform(rows)


def join_links(
    links: pd.DataFrame,
    index: PageIndex,
    own: frozenset[str],
    position_weights: dict[str, float],
) -> pd.DataFrame:
    """The `links` table. A link that leaves the site has no `target_id`, one row per foreign
    address and page, at its strongest position."""
    frame = links.copy()
    frame["position"] = frame["position"].where(
        frame["position"].isin(list(position_weights)), "unknown"
    )
    frame["weight"] = frame["position"].map(position_weights).astype("float64")
    frame["source_id"] = index.find(frame["source_url"])
    inside = bare_host_series(frame["target_url"]).isin(own)
    frame["target_id"] = index.find(frame["target_url"].where(inside))
    outside = frame[~inside].sort_values("weight", ascending=False, kind="stable")
    repeated = outside.duplicated(["source_id", "target_url"]) & outside["target_url"].notna()
    kept = pd.concat([frame[inside], outside[~repeated]])
    kept = kept[kept["source_id"].notna()].sort_index()
    return LINKS.conform(kept.reset_index(drop=True))
