"""Figures and warnings of an analysis, for the screens and summary.json."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from linkplanner.crawl.scope import may_be_asked
from linkplanner.graph.flow import balance
from linkplanner.plan.repairs import Flow
from linkplanner.site.assemble import Site

if TYPE_CHECKING:
    from linkplanner.crawl.reader import PagesRead
    from linkplanner.read.reading import Reading

__all__ = ["fact_sheet", "provisional_share", "warnings_of"]


def provisional_share(
    site: Site, pages_read: "PagesRead | None", readings: Sequence["Reading"]
) -> float | None:
    """Share of the known pages that were read, where links come from reading pages only and some
    pages were left; None where nothing is left.

    Left are pages that the sitemap lists or a link leads to that programs may follow, and that were
    not asked for. Files, buttons and what only nofollow links name are none.
    """
    if pages_read is None or not pages_read.doubts or any(r.kind == "links" for r in readings):
        return None
    pages, followed = site.pages, site.links[~site.links["nofollow"]]
    asked = pages_read.pages.loc[pages_read.pages["status"].notna(), "url"]
    read = pages["url"].isin(asked)
    named = pages["in_sitemap"].fillna(False) | pages["page_id"].isin(followed["target_id"])
    left = pages["indexable"].fillna(False) & ~read & named & pages["url"].map(may_be_asked)
    seen = int((read & pages["indexable"].fillna(False)).sum())
    share = seen / max(1, seen + int(left.sum()))
    return None if share >= 0.995 else share


def fact_sheet(
    site: Site,
    frames: dict[str, pd.DataFrame],
    flow: Flow,
    scale: float,
    provisional: float | None,
    now: datetime,
) -> dict[str, Any]:
    backlinks, facts = site.backlinks, frames["page_facts"]
    live = backlinks[~backlinks["lost"]]
    return {
        "domain": site.domain,
        "created": now.isoformat(timespec="seconds"),
        "has_links": bool(len(flow.nodes.source)),
        "provisional": provisional,
        "points_per_worth": scale,
        "balance": balance(
            flow.nodes, flow.equity, flow.seed_rows, flow.priority, flow.damping
        ).to_dict(),
        "counts": {
            "addresses": len(site.pages),
            "pages": flow.nodes.pages,
            "indexable": int(facts["indexable"].sum()),
            "links": len(site.links),
            "followed_links": len(flow.nodes.source),
            "texts": len(site.texts),
            "backlinks": len(backlinks),
            "live_backlinks": len(live),
            "referring_domains": int(live["source_domain"].nunique()),
            "matched_backlinks": int(backlinks["page_id"].notna().sum()),
            "unmatched_targets": len(site.unmatched),
            "orphans": int(facts["orphan"].sum()),
            "contextual_orphans": int(facts["contextual_orphan"].sum()),
            "priorities": len(frames["priorities"]),
            "repairs": len(frames["repairs"]),
        },
        "left_out": {k: v for k, v in site.left_out.items() if v},
    }


def warnings_of(site: Site, facts: dict[str, Any]) -> list[str]:
    counts, found = facts["counts"], []
    if not facts["has_links"]:
        found.append(
            "No internal links are known, so nothing can be said about where equity flows. Read "
            "your pages or add a crawl export (Screaming Frog: Bulk Export > Links > All Inlinks)."
        )
    if counts["unmatched_targets"]:
        found.append(
            f"{counts['unmatched_targets']:,} addresses that other sites link to are among no "
            "pages your files name; they stand under Backlinks, “Unknown targets”, and what they "
            "bring is not counted."
        )
    found += _search_console_warnings(site)
    if counts["backlinks"] and counts["referring_domains"] < 10:
        found.append(
            f"Only {counts['referring_domains']:,} live referring domains: the model rests on its "
            "floor. For a new site, backlinks come first."
        )
    if not counts["backlinks"] and not len(site.targets):
        found.append(
            "No backlinks were given; every indexable page starts with the same points. Add a "
            "backlink export to see where equity really enters."
        )
    if facts["provisional"] is not None:
        found.append(
            f"Only {facts['provisional']:.0%} of the pages that are known have been read, so every "
            "figure is provisional. Read the others too."
        )
    return found


def _search_console_warnings(site: Site) -> list[str]:
    """What rests on Search Console's counts instead of links."""
    found = []
    if len(site.targets):
        found.append(
            f"What enters {len(site.targets):,} pages is estimated from Search Console's "
            "counts of linking sites; an Ahrefs, Semrush, Majestic or Moz export makes it exact."
        )
    aimless = int(site.backlinks["target_url"].isna().sum())
    if aimless and not len(site.targets):
        found.append(
            f"{aimless:,} backlinks name no target page (Search Console, Latest links), so they "
            "count for the home page. Add the report Links > External links > Top linked pages."
        )
    return found
