"""Two imports of one site against each other: what came, what went, what it is worth.

Links, pages and domains are told apart by 64-bit hashes of their addresses; at a million addresses
the chance that two share one is below 1 in 10 million.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from linkplanner import frames_on_disk
from linkplanner.follow.known import Known
from linkplanner.quality.worth import diminished
from linkplanner.settings import Settings

__all__ = ["Comparison", "compare"]

ROWS: Final = 5000
"""Rows of one list that are kept, the most valuable first; the counts are of all."""
_LINK_COLUMNS: Final = ("source_domain", "source_url", "target_url", "anchor", "nofollow",
                        "authority", "spam", "points")  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What differs between two imports."""

    frames: Mapping[str, pd.DataFrame]
    """new_backlinks, lost_backlinks, new_domains, lost_domains, new_pages, gone_pages, new_orphans,
    broken, priority_pages, spam; each at most ROWS rows, with `points` where worth is known."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Counts and sums over all rows, and what was comparable: backlinks, pages, links (bool)."""

    def save(self, folder: Path) -> None:
        """Writes all frames and facts into a new folder."""
        frames_on_disk.save(folder, self.frames, self.facts)

    @classmethod
    def load(cls, folder: Path) -> "Comparison":
        """Reads what `save` wrote. Raises InputError."""
        frames, facts = frames_on_disk.load(folder)
        return cls(frames, facts)


def compare(before: Known, after: Known, settings: Settings | None = None) -> Comparison:
    """What came and went between two analyses of one site.

    Backlinks are compared where both hold some from one vendor at least, and only those of common
    vendors; pages and links where both know links from inside the site. What only one of them can
    know is not called new or lost.
    """
    settings = settings or Settings()
    backlinks, links_facts = _backlinks(before, after, settings)
    pages, pages_facts = _pages(before, after)
    equity, equity_facts = _equity(before, after)
    return Comparison(
        {**backlinks, **pages, "priority_pages": equity},
        {**links_facts, **pages_facts, **equity_facts},
    )


def _backlinks(
    before: Known, after: Known, settings: Settings
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    common = _vendors(before) & _vendors(after)
    old, new = (_live_of(known, common, settings) for known in (before, after))
    old_key, new_key = (_pair_keys(frame) for frame in (old, new))
    came, went = ~np.isin(new_key, old_key), ~np.isin(old_key, new_key)
    came_sites = ~_member(new["source_domain"], old["source_domain"])
    went_sites = ~_member(old["source_domain"], new["source_domain"])
    spam = came & came_sites & (new["spam"].fillna(0) >= settings.follow.spam_score).to_numpy()
    facts = {
        "backlinks": bool(common),
        "backlinks_before": len(old),
        "backlinks_after": len(new),
        "new_backlinks": int(came.sum()),
        "lost_backlinks": int(went.sum()),
        "points_new": float(new["points"].to_numpy()[came].sum()),
        "points_lost": float(old["points"].to_numpy()[went].sum()),
        "points_backlinks_before": float(old["points"].sum()),
        "points_backlinks_after": float(new["points"].sum()),
        "new_domains": int(new.loc[came_sites, "source_domain"].nunique()),
        "lost_domains": int(old.loc[went_sites, "source_domain"].nunique()),
        "spam_domains": int(new.loc[spam, "source_domain"].nunique()),
    }
    frames = {
        "new_backlinks": _top(new[came]),
        "lost_backlinks": _top(old[went]),
        "new_domains": _by_site(new[came_sites]),
        "lost_domains": _by_site(old[went_sites]),
        "spam": _by_site(new[spam], "links"),
    }
    return frames, facts


def _vendors(known: Known) -> set[str]:
    names = known["backlinks"]["vendors"].dropna().unique()
    return {vendor for joined in names for vendor in str(joined).split(";") if vendor}


def _live_of(known: Known, vendors: set[str], settings: Settings) -> pd.DataFrame:
    """Live backlinks that one of the vendors reports, with `points`: worth after diminishing."""
    frame = known["backlinks"]
    told = frame["vendors"].map(
        {name: bool(set(str(name).split(";")) & vendors) for name in frame["vendors"].unique()}
    )
    keep = told.fillna(False).to_numpy(dtype=bool) & ~frame["lost"].to_numpy(dtype=bool)
    frame = frame[keep].reset_index(drop=True)
    scale = float(known.facts.get("points_per_worth") or 0.0)
    scale = scale if np.isfinite(scale) else 0.0
    return frame.assign(points=diminished(frame, settings.quality.domain_decay) * scale)


def _keys(texts: pd.Series) -> np.ndarray:
    """uint64 hash of each text; missing ones share one."""
    return pd.util.hash_array(texts.fillna("").to_numpy(dtype=object), categorize=False)


def _pair_keys(frame: pd.DataFrame) -> np.ndarray:
    return _keys(frame["source_url"]) * np.uint64(0x9E3779B97F4A7C15) + _keys(frame["target_url"])


def _member(these: pd.Series, those: pd.Series) -> np.ndarray:
    return these.isin(those.dropna().unique()).to_numpy(dtype=bool)


def _top(frame: pd.DataFrame) -> pd.DataFrame:
    rows = frame["points"].nlargest(ROWS).index
    return frame.loc[rows, [c for c in _LINK_COLUMNS if c in frame]].reset_index(drop=True)


def _by_site(frame: pd.DataFrame, order: str = "points") -> pd.DataFrame:
    """One row a linking site: domain, links, points, authority, spam, anchor (the commonest)."""
    groups = frame.groupby("source_domain", sort=False)
    sites = groups.agg(
        links=("source_url", "size"),
        points=("points", "sum"),
        authority=("authority", "max"),
        spam=("spam", "max"),
        anchor=("anchor", "first"),
    )
    sites = sites.rename_axis("domain").reset_index()
    return sites.nlargest(ROWS, order, keep="first").reset_index(drop=True)


def _pages(before: Known, after: Known) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    both = bool(before.facts.get("has_links")) and bool(after.facts.get("has_links"))
    old, new = before["page_facts"], after["page_facts"]
    if not both:
        old, new = old.iloc[:0], new.iloc[:0]
    came, went = ~_member(new["url"], old["url"]), ~_member(old["url"], new["url"])
    orphans = new[new["orphan"].to_numpy(dtype=bool) & ~came]
    was = set(old.loc[old["orphan"].to_numpy(dtype=bool), "url"])
    orphans = orphans[~orphans["url"].isin(was)]
    broken = _new_traps(before, after, both)
    columns = ["url", "title", "kind", "links_in", "links_in_content", "equity"]
    frames = {
        "new_pages": new.loc[came & new["indexable"].to_numpy(dtype=bool), columns],
        "gone_pages": old.loc[went, columns],
        "new_orphans": orphans[columns],
        "broken": broken,
    }
    frames = {name: frame.reset_index(drop=True).head(ROWS) for name, frame in frames.items()}
    facts = {
        "pages": both,
        "new_pages": int((came & new["indexable"].to_numpy(dtype=bool)).sum()),
        "gone_pages": int(went.sum()),
        "new_orphans": len(orphans),
        "new_broken": len(broken),
        "trapped_new": float(broken["trapped"].sum()),
    }
    return frames, facts


def _new_traps(before: Known, after: Known, both: bool) -> pd.DataFrame:
    """Addresses that answer nothing now, are linked to, and were no such trap before."""
    traps = ["broken", "link to broken", "redirect", "canonical", "blocked"]
    new = after["repairs"]
    new = new[new["kind"].isin(traps)] if both else new.iloc[:0]
    old = before["repairs"]
    known = old.loc[old["kind"].isin(traps), "url"]
    columns = ["url", "kind", "links_in", "backlinks", "trapped", "redirect_to"]
    return new.loc[~new["url"].isin(known), columns].reset_index(drop=True)


def _equity(before: Known, after: Known) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Priority pages of now with their equity before and after, largest fall first."""
    new = after["page_facts"]
    new = new[new["priority"] > 0][["url", "title", "priority", "equity"]]
    old = before["page_facts"].set_index("url")["equity"]
    frame = new.rename(columns={"equity": "equity_after"})
    frame["equity_before"] = frame["url"].map(old[~old.index.duplicated()]).astype("float64")
    frame["change"] = frame["equity_after"] - frame["equity_before"]
    frame["share"] = frame["change"] / frame["equity_before"].where(frame["equity_before"] > 0)
    weighted = [
        float((frame["priority"] * frame[name].fillna(0)).sum())
        for name in ("equity_before", "equity_after")
    ]
    frame = frame.sort_values("change", ignore_index=True)
    return frame, {"points_priority_before": weighted[0], "points_priority_after": weighted[1]}
