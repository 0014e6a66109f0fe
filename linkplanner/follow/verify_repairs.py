"""Ticks off repairs: addresses that answer, redirects set, pages that got links or fewer."""

from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner.follow.known import Known
from linkplanner.follow.outcomes import FOUND_LIVE, NOT_SEEN, NOT_YET, OTHER_PAGE
from linkplanner.settings import RepairSettings

__all__ = ["repair_findings"]

USUAL: Final = RepairSettings()


def repair_findings(
    tasks: pd.DataFrame, now: Known, settings: RepairSettings = USUAL
) -> pd.DataFrame:
    """Findings [found, found_detail, won] of repair tasks; page_url is the address to mend.

    - broken, redirect, canonical, blocked: done where the address leads to the page that was meant,
      answers again, or nothing points at it any more; another page where it leads elsewhere.
    - link to redirect, link to broken: done where no page links to the address any more (a broken
      one may also answer again).
    - redirect chain: done where the address leads straight to its page, or nothing points at it.
    - orphan, contextual orphan, deep page: done where a page (its text) links there, the page is
      near enough to home, or it is no longer for search engines.
    - noindex: done where the page may be found or no page links there; canonical elsewhere: where
      the page stands for itself; crowded page: where it has no more links than the setting.
    """
    sort = tasks["kind"].str.replace(r"^repair:\s*", "", regex=True).to_numpy()
    row = now.rows(tasks["page_url"])
    pointed = _pointed(tasks["page_url"], row, now)
    node = now.nodes_of(row)
    wanted = now.nodes_of(now.rows(tasks["target_url"]))
    rounds = pd.DataFrame({"row": row, "node": node, "wanted": wanted}).join(pointed)
    rounds["status"] = _status(row, now)
    rounds["usable"] = _usable(row, now)
    rounds["straight"] = _straight(row, now)
    rounds = rounds.join(_facts(node, now))
    found = [
        _one(name, entry, now, settings)
        for name, entry in zip(sort, rounds.itertuples(index=False))
    ]
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


def _straight(row: np.ndarray, now: Known) -> np.ndarray:
    """bool: the address is sent on in one step, or not at all."""
    to = now.rows(now["pages"]["redirect_to"].reindex(row).reset_index(drop=True))
    return (to < 0) | (to == now.nodes_of(row))


def _facts(node: np.ndarray, now: Known) -> pd.DataFrame:
    """What the model knows of each page; NaN where it knows nothing."""
    facts = now.frames.get("page_facts")
    names = ["links_in_content", "links_out", "depth"]
    if facts is None:
        return pd.DataFrame(np.nan, index=range(len(node)), columns=names)
    known = facts.drop_duplicates("page_id").set_index("page_id").reindex(columns=names)
    return known.reindex(node).astype("Float64").astype("float64").reset_index(drop=True)


def _one(sort: str, at: Any, now: Known, settings: RepairSettings) -> tuple[str, str]:
    row, node, links = int(at.row), int(at.node), int(at.links)
    if sort in ("orphan", "contextual orphan", "deep page"):
        return _tied_in(sort, at, row, links, settings)
    if sort in ("link to redirect", "link to broken"):
        if sort == "link to broken" and node >= 0 and node == row and links:
            return FOUND_LIVE, "It answers again"
        return (NOT_YET, f"{links:,} pages still link there") if links else (
            FOUND_LIVE, "No page links there any more",
        )  # fmt: skip
    if sort == "redirect chain":
        if not links and not int(at.backlinks):
            return FOUND_LIVE, "Nothing points there any more"
        done = node >= 0 and bool(at.straight)
        return (FOUND_LIVE, "It leads straight to its page") if done else (NOT_YET, "")
    if sort in ("noindex", "canonical elsewhere", "crowded page"):
        return _own_choice(sort, at, row, node, links, settings)
    return _address(at, row, node, links, now)


def _tied_in(sort: str, at: Any, row: int, links: int, settings: RepairSettings) -> tuple[str, str]:
    if row < 0 or not at.usable:
        return FOUND_LIVE, "The page is no longer one that search engines may show"
    if sort == "orphan":
        return (FOUND_LIVE, f"{links:,} pages link there") if links else (NOT_YET, "")
    if sort == "contextual orphan":
        found = at.links_in_content
        if np.isnan(found):
            return NOT_SEEN, ""
        return (FOUND_LIVE, f"{found:,.0f} texts link there") if found else (NOT_YET, "")
    if np.isnan(at.depth):
        return NOT_SEEN, ""
    near = at.depth <= settings.deep_clicks
    return FOUND_LIVE if near else NOT_YET, f"{at.depth:.0f} clicks from the home page"


def _own_choice(
    sort: str, at: Any, row: int, node: int, links: int, settings: RepairSettings
) -> tuple[str, str]:
    if row < 0:
        return NOT_SEEN, ""
    if sort == "crowded page":
        if np.isnan(at.links_out):
            return NOT_SEEN, ""
        few = at.links_out <= settings.crowded_links
        return FOUND_LIVE if few else NOT_YET, f"{at.links_out:,.0f} links"
    if sort == "noindex" and (at.usable or node != row):
        return FOUND_LIVE, "It may be found" if at.usable else "It leads to another page"
    if sort == "canonical elsewhere" and node == row:
        return FOUND_LIVE, "It stands for itself"
    if not links and not int(at.backlinks):
        return FOUND_LIVE, "Nothing points there any more"
    return NOT_YET, ""


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
