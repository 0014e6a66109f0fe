"""Ticks off repairs: addresses that answer again, redirects set, orphans that got links."""

from typing import Any

import numpy as np
import pandas as pd

from linkplanner.follow.known import Known
from linkplanner.follow.outcomes import FOUND_LIVE, NOT_SEEN, NOT_YET, OTHER_PAGE

__all__ = ["repair_findings"]


def repair_findings(tasks: pd.DataFrame, now: Known) -> pd.DataFrame:
    """Findings [found, found_detail, won] of repair tasks; page_url is the address to mend.

    - broken, redirect, canonical, blocked: done where the address leads to the page that was meant,
      answers again, or nothing points at it any more; another page where it leads elsewhere.
    - link to redirect: done where no page links to the redirecting address.
    - orphan: done where a page links there, or it is no longer for search engines.
    """
    sort = tasks["kind"].str.replace(r"^repair:\s*", "", regex=True).to_numpy()
    row = now.rows(tasks["page_url"])
    pointed = _pointed(tasks["page_url"], row, now)
    node = now.nodes_of(row)
    wanted = now.nodes_of(now.rows(tasks["target_url"]))
    rounds = pd.DataFrame({"row": row, "node": node, "wanted": wanted}).join(pointed)
    rounds["status"] = _status(row, now)
    rounds["usable"] = _usable(row, now)
    found = [_one(name, entry, now) for name, entry in zip(sort, rounds.itertuples(index=False))]
    frame = pd.DataFrame(found, columns=["found", "found_detail"]).astype("str")
    return frame.assign(won=False)


def _pointed(urls: pd.Series, row: np.ndarray, now: Known) -> pd.DataFrame:
    """How many pages link to each address (links), and live backlinks (backlinks)."""
    size = len(now["pages"])
    links = now["links"]
    there = links["target_id"].notna().to_numpy()
    source = links["source_id"].to_numpy(dtype=np.int64)[there]
    target = links["target_id"].to_numpy(dtype=np.float64, na_value=-1.0)[there].astype(np.int64)
    pairs = pd.DataFrame({"source": source, "target": target})[source != target].drop_duplicates()
    inner = np.bincount(pairs["target"].to_numpy(), minlength=max(size, 1))
    outer = now.live["target_url"].value_counts()
    known = np.where(row >= 0, inner[np.maximum(row, 0)] if size else 0, 0)
    named = now["pages"]["url"].reindex(row).fillna(urls.reset_index(drop=True)).to_numpy()
    backlinks = pd.Series(named).map(outer).fillna(0) + np.where(
        named != urls.to_numpy(), urls.map(outer).fillna(0).to_numpy(), 0
    )
    return pd.DataFrame({"links": known, "backlinks": backlinks.to_numpy()})


def _status(row: np.ndarray, now: Known) -> np.ndarray:
    status = now["pages"]["status"].astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(row >= 0, status[np.maximum(row, 0)] if len(status) else np.nan, np.nan)


def _usable(row: np.ndarray, now: Known) -> np.ndarray:
    flag = now["pages"]["indexable"].fillna(False).to_numpy(dtype=bool)
    return np.where(row >= 0, flag[np.maximum(row, 0)] if len(flag) else False, False)


def _one(sort: str, at: Any, now: Known) -> tuple[str, str]:
    row, node, links = int(at.row), int(at.node), int(at.links)
    if sort == "orphan":
        if row < 0 or not at.usable:
            return FOUND_LIVE, "The page is no longer one that search engines may show"
        return (FOUND_LIVE, f"{links:,} pages link there") if links else (NOT_YET, "")
    if sort == "link to redirect":
        return (NOT_YET, f"{links:,} pages still link there") if links else (
            FOUND_LIVE, "No page links to the redirect any more",
        )  # fmt: skip
    return _address(at, row, node, links, now)


def _address(at: Any, row: int, node: int, links: int, now: Known) -> tuple[str, str]:
    backlinks, wanted = int(at.backlinks), int(at.wanted)
    if row < 0:
        return (NOT_SEEN, "") if backlinks else (FOUND_LIVE, "Nothing points there any more")
    if node < 0:
        return (NOT_YET, "") if links or backlinks else (
            FOUND_LIVE, "Nothing points there any more",
        )  # fmt: skip
    url = str(now["pages"]["url"].iloc[node])
    if node == row:
        if np.isnan(at.status):
            return NOT_SEEN, ""
        return FOUND_LIVE, "It answers again"
    if wanted in (-1, node):
        return FOUND_LIVE, f"It leads to {url}"
    return OTHER_PAGE, f"It leads to {url}"
