"""What broken, redirected and unlinked pages cost, and what mending each brings, in one unit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from linkplanner.graph.flow import trapped
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints, NodeLinks
from linkplanner.tables import REPAIRS
from linkplanner.urls import file_series

__all__ = ["Flow", "by_gain", "find_repairs"]

NAMED = 5
"""Linking pages named with one address."""
EXACT_REPAIRS = 60
"""Broken targets whose gain is re-solved exactly; further ones get the first-order value."""


@dataclass(frozen=True)
class Flow:
    """The solved model that repairs are priced in."""

    nodes: NodeLinks
    seed_rows: Floats
    """Points that enter each row of `pages`."""
    equity: Floats
    reach: Floats
    priority: Floats
    damping: float


def find_repairs(
    pages: pd.DataFrame, links: pd.DataFrame, backlinks: pd.DataFrame, flow: Flow, best: pd.Series
) -> pd.DataFrame:
    """REPAIRS, most gain first.

    best: for rows of `pages` that answer nothing, the row to redirect to (see `text`), missing
    where none fits.
    """
    counts = _counts(pages, links, backlinks)
    frames = [
        _broken(pages, links, flow, counts, best),
        _redirected_links(pages, links, flow, counts),
        _orphans(pages, flow, counts),
    ]
    return by_gain(pd.concat(frames, ignore_index=True))


def by_gain(repairs: pd.DataFrame) -> pd.DataFrame:
    """REPAIRS, most gain first."""
    found = REPAIRS.conform(repairs)
    return found.sort_values(["gain", "trapped"], ascending=False, ignore_index=True, kind="stable")


def _counts(pages: pd.DataFrame, links: pd.DataFrame, backlinks: pd.DataFrame) -> pd.DataFrame:
    """links_in (distinct source pages) and live backlinks per row of `pages`."""
    pairs = links[["source_id", "target_id"]].dropna().drop_duplicates()
    pairs = pairs[pairs["source_id"] != pairs["target_id"]]
    live = backlinks.loc[~backlinks["lost"], "page_id"].dropna()
    size = len(pages)
    return pd.DataFrame(
        {
            "links_in": np.bincount(pairs["target_id"].to_numpy(dtype=np.int64), minlength=size),
            "backlinks": np.bincount(live.to_numpy(dtype=np.int64), minlength=size),
        }
    )


def _broken(
    pages: pd.DataFrame, links: pd.DataFrame, flow: Flow, counts: pd.DataFrame, best: pd.Series
) -> pd.DataFrame:
    entering = flow.seed_rows + counts["backlinks"].to_numpy()
    held = trapped(flow.nodes, flow.equity, flow.seed_rows, flow.damping)
    gone = (flow.nodes.node < 0) & ~file_series(pages["url"]).to_numpy(dtype=bool)
    gone |= (pages["status"].fillna(200) >= 400).to_numpy(dtype=bool)
    dead = gone & ((counts.sum(axis=1) > 0).to_numpy() | (held > 0))
    rows = np.flatnonzero(dead)
    rows = rows[np.argsort(-held[rows], kind="stable")]
    to = best.reindex(rows).fillna(-1).to_numpy(dtype=np.int64)
    told = [_broken_kind(row, entering[i]) for i, row in zip(rows, _records(pages, rows))]
    return pd.DataFrame(
        {
            "kind": [kind for kind, _ in told],
            "url": pages["url"].to_numpy()[rows],
            "redirect_to": np.where(to >= 0, pages["url"].to_numpy()[to], ""),
            "links_in": counts["links_in"].to_numpy()[rows],
            "backlinks": counts["backlinks"].to_numpy()[rows],
            "trapped": held[rows],
            "gain": _redirect_gains(flow, rows, to, held),
            "detail": [detail for _, detail in told],
            "sources": _linking(pages, links, rows),
        }
    )


def _records(pages: pd.DataFrame, rows: Ints) -> list[dict[str, Any]]:
    names = ["status", "redirect_to", "canonical"]
    return pages.iloc[rows][names].to_dict("records")  # type: ignore[return-value]


def _linking(pages: pd.DataFrame, links: pd.DataFrame, rows: Ints) -> list[str]:
    """Pages whose links lead to each row, the first few, a line each."""
    pairs = links.loc[links["target_id"].isin(rows), ["source_id", "target_id"]]
    pairs = pairs.drop_duplicates().astype("int64")
    pairs = pairs[pairs.groupby("target_id").cumcount() < NAMED]
    urls = pages["url"].to_numpy()[pairs["source_id"].to_numpy()]
    by = pairs.assign(url=urls).groupby("target_id")["url"].agg("\n".join)
    return by.reindex(rows).fillna("").tolist()


def _broken_kind(row: dict[str, Any], entering: float) -> tuple[str, str]:
    """Kind of the trap and what to do about it. entering: points or backlinks from outside; where
    there are none the site's own links are all that needs mending."""
    status = 200 if pd.isna(row["status"]) else int(row["status"])
    if isinstance(row["redirect_to"], str):
        return (
            "redirect",
            "Redirects in a circle, off the site or to a dead end: point it to a live page.",
        )
    if 300 <= status < 400:
        return "redirect", "Redirects to where no file names: crawl the site to see where it leads."
    if status >= 400 and entering <= 0:
        return (
            "link to broken",
            f"Answers {status}: change the links to the page that replaces it, or take them out.",
        )
    if status >= 400:
        return (
            "broken",
            f"Answers {status}: redirect it for good (301) to the page that replaces it.",
        )
    if isinstance(row["canonical"], str):
        return "canonical", f"Names {row['canonical']} as its original, which is on another site."
    return "blocked", "No answer, or closed to crawlers: open it, or link to another page."


def _redirect_gains(flow: Flow, rows: Ints, to: Ints, held: Floats) -> Floats:
    """Gain in w.x of redirecting each broken row to its page: exact for the first ones."""
    target = np.where(to >= 0, flow.nodes.node[np.maximum(to, 0)], -1)
    gains = np.where(target >= 0, held[rows] * flow.reach[np.maximum(target, 0)], 0.0)
    before = float(flow.priority @ flow.equity)
    seeds = flow.seed_rows[flow.nodes.page_id]
    for i in np.flatnonzero(target >= 0)[:EXACT_REPAIRS]:
        graph = _redirected(flow.nodes, int(rows[i]), int(target[i]))
        entering = seeds.copy()
        entering[target[i]] += flow.seed_rows[rows[i]]
        after = graph.equity(entering, flow.damping, start=flow.equity)
        gains[i] = float(flow.priority @ after) - before
    return gains


def _redirected(nodes: NodeLinks, row: int, target: int) -> LinkGraph:
    """The graph in which links to a broken row arrive at node `target`; totals stay as they are
    unless a page links to both, which then counts once at the higher weight."""
    graph = nodes.graph
    leak = nodes.leaks[(nodes.leaks["target_id"] == row) & (nodes.leaks["source"] != target)]
    source = leak["source"].to_numpy(dtype=np.int64)
    weight = leak["weight"].to_numpy()
    if len(source) == 0:
        return graph
    added = np.maximum(weight - graph.links_to(target)[source], 0.0)
    total = graph.total.copy()
    np.add.at(total, source, added - weight)
    return graph.with_links(source, np.full(len(source), target), added, total=total)


def _redirected_links(
    pages: pd.DataFrame, links: pd.DataFrame, flow: Flow, counts: pd.DataFrame
) -> pd.DataFrame:
    """Internal links that take a detour over a redirect: no equity is lost, time is."""
    node = pages["node_id"].fillna(-1).to_numpy(dtype=np.int64)
    status = pages["status"].fillna(200).to_numpy(dtype=np.int64)
    moved = (node >= 0) & (node != np.arange(len(pages))) & (status >= 300) & (status < 400)
    rows = np.flatnonzero(moved & (counts["links_in"] > 0).to_numpy())
    return pd.DataFrame(
        {
            "kind": "link to redirect",
            "url": pages["url"].to_numpy()[rows],
            "redirect_to": pages["url"].to_numpy()[node[rows]],
            "links_in": counts["links_in"].to_numpy()[rows],
            "backlinks": counts["backlinks"].to_numpy()[rows],
            "trapped": 0.0,
            "gain": 0.0,
            "detail": "Link straight to the final page; redirects cost visitors time.",
            "sources": _linking(pages, links, rows),
        }
    )


def _orphans(pages: pd.DataFrame, flow: Flow, counts: pd.DataFrame) -> pd.DataFrame:
    """Indexable pages that no page links to, where links are known at all."""
    linked = np.bincount(flow.nodes.target, minlength=flow.nodes.pages) > 0
    usable = pages["indexable"].fillna(False).to_numpy(dtype=bool)[flow.nodes.page_id]
    home = (pages["kind"] == "home").to_numpy()[flow.nodes.page_id]
    alone = np.flatnonzero(~linked & usable & ~home) if len(flow.nodes.source) else np.zeros(0, int)
    rows = flow.nodes.page_id[alone]
    return pd.DataFrame(
        {
            "kind": "orphan",
            "url": pages["url"].to_numpy()[rows],
            "redirect_to": "",
            "links_in": 0,
            "backlinks": counts["backlinks"].to_numpy()[rows],
            "trapped": 0.0,
            "gain": 0.0,
            "detail": "No page links here: link to it from related pages, or take it down.",
        }
    )
