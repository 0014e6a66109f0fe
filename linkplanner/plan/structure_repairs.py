"""Repairs of what the site itself decides: canonicals, noindex, chains, crowded and hidden pages.

Each row says what the page holds (`trapped`, points) and what mending it brings the priority pages
(`gain`, points of w.x): solved for where links go, to first order where a page comes to stand for
itself.
"""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.graph.structure import STRONG_SHARE
from linkplanner.plan.repairs import Flow
from linkplanner.plan.tie_in import wanting_links
from linkplanner.settings import EquitySettings, Settings
from linkplanner.site.kinds import helper_pages
from linkplanner.tables import REPAIRS

__all__ = ["structure_repairs"]

MOST: Final = 50
"""Repairs of one kind at most, those with most gain first."""
EXACT: Final = 20
"""Repairs of a kind whose gain is solved for; others get the first-order value."""
HOPS: Final = 10
"""Steps of a redirect chain that are followed."""
CONTENT: Final = 0
"""Code of the position content (tables.POSITIONS)."""
TIED_WORDS: Final = {
    "contextual orphan": "Stands only in menus and lists: link to it from related texts.",
    "deep page": "More clicks from the home page than a page that earns money should be: link to "
    "it from pages nearer to home.",
}


def structure_repairs(
    pages: pd.DataFrame, links: pd.DataFrame, facts: pd.DataFrame, flow: Flow, settings: Settings
) -> pd.DataFrame:
    """REPAIRS of the kinds contextual orphan, deep page, noindex, canonical elsewhere, crowded page
    and redirect chain. facts: page facts, one row a node."""
    if not len(flow.nodes.source):
        return REPAIRS.empty()
    carried = (flow.reach - flow.priority) / flow.damping  # P z
    frames = [
        _hidden(facts, settings),
        _noindex(pages, facts, flow, carried),
        _canonical_elsewhere(pages, links, facts, flow, settings.equity),
        _crowded(facts, flow, carried, settings.repairs.crowded_links),
        _chains(pages, links, facts, flow),
    ]
    return REPAIRS.conform(pd.concat(frames, ignore_index=True))


def _hidden(facts: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Pages in menus only, and priority pages far from home; sources come with the plan."""
    found = wanting_links(facts, settings.repairs)
    found = found[found["wants"].isin(list(TIED_WORDS))]
    depth = found["depth"].astype("str")
    words = found["wants"].map(TIED_WORDS)
    far = found["wants"] == "deep page"
    return _frame(
        found["wants"],
        found,
        0.0,
        0.0,
        words.where(~far, words + " It is " + depth + " clicks away."),
    )


def _noindex(pages: pd.DataFrame, facts: pd.DataFrame, flow: Flow, carried: Floats) -> pd.DataFrame:
    """Pages with noindex that get as much as usual pages: what links to them keep from others."""
    nodes = flow.nodes
    indexable = facts["indexable"].to_numpy(dtype=bool)
    usual = float(np.median(flow.equity[indexable])) if indexable.any() else 0.0
    held = ~indexable & (flow.equity >= usual) & ~helper_pages(facts["url"])
    held &= (facts["status"].fillna(200) == 200).to_numpy(dtype=bool)
    into = held[nodes.target]
    u, r, w = nodes.source[into], nodes.target[into], nodes.weight[into]
    left = np.maximum(nodes.total[u] - w, 1e-9)
    freed = flow.damping * flow.equity[u] * w * (carried[u] - flow.reach[r]) / left
    gain = np.bincount(r, weights=freed, minlength=nodes.pages)
    rows = np.flatnonzero(held & ((gain > 0) | (facts["backlinks"].to_numpy() > 0)))
    rows = rows[np.argsort(-gain[rows], kind="stable")][:MOST]
    for row in rows[:EXACT]:
        gain[row] = _without(flow, u[r == row], r[r == row], w[r == row])
    return _frame(
        "noindex", facts.iloc[rows], (1 - flow.damping) * flow.equity[rows],
        np.maximum(gain[rows], 0.0),
        "Holds equity, but search engines may not show it: let it be found, or link to it from "
        "fewer pages. The gain is that of taking the links to it out.",
    )  # fmt: skip


def _without(flow: Flow, source: Ints, target: Ints, weight: Floats) -> float:
    """Points of w.x that the priority pages gain where these links are taken out: a solve."""
    graph = flow.nodes.graph.without_links(source, target, weight)
    entering = flow.seed_rows[flow.nodes.page_id]
    after = graph.equity(entering, flow.damping, start=flow.equity)
    return float(flow.priority @ (after - flow.equity))


def _canonical_elsewhere(
    pages: pd.DataFrame,
    links: pd.DataFrame,
    facts: pd.DataFrame,
    flow: Flow,
    settings: EquitySettings,
) -> pd.DataFrame:
    """Pages that name another page of the site as their original though they are something else:
    what arrives goes to that page, and their own links count for nothing."""
    nodes = flow.nodes
    title = pages["title"].fillna("").str.casefold().str.strip().to_numpy()
    path = pages["url"].str.split("?", n=1).str[0].to_numpy()
    to = np.where(nodes.node >= 0, nodes.page_id[np.maximum(nodes.node, 0)], -1)
    named = pages["canonical"].notna().to_numpy(dtype=bool) & (to >= 0)
    named &= (to != np.arange(len(pages))) & (pages["status"].fillna(200) == 200).to_numpy(bool)
    other = (title != "") & (title[to] != "") & (title != title[to]) & (path != path[to])
    rows = np.flatnonzero(named & other)
    if not len(rows):
        return REPAIRS.empty()
    weights = links["position"].map(settings.position_weights).fillna(settings.leak_weight)
    own = _own_reach(links, weights, rows, flow)
    arriving, moved = _arriving(links, weights, rows, own, flow)
    gain = moved + flow.seed_rows[rows] * (own - flow.reach[nodes.node[rows]])
    kept = np.flatnonzero(gain > 1e-9)
    kept = kept[np.argsort(-gain[kept], kind="stable")][:MOST]
    found = pages.iloc[rows[kept]]
    inside = _counts(links, rows[kept], len(pages))
    frame = _frame(
        "canonical elsewhere", found.assign(links_in=inside, backlinks=0),
        flow.seed_rows[rows[kept]] + arriving[kept],
        gain[kept],
        "Names another page as its original though its title differs: let it name itself if it is "
        "a page of its own.",
    )  # fmt: skip
    return frame.assign(redirect_to=pages["url"].to_numpy()[to[rows[kept]]])


def _arriving(
    links: pd.DataFrame, weights: pd.Series, rows: Ints, own: Floats, flow: Flow
) -> tuple[Floats, Floats]:
    """Points that followed links bring each of `rows`, and what they gain where they stay there.

    own: reach that each row would have by itself. A page that links to the other page as well
    counts both once today; it would then have one link more.
    """
    nodes = flow.nodes
    marked = links["nofollow"] | links["ugc"] | links["sponsored"]
    there = (links["target_id"].notna() & ~marked).to_numpy(dtype=bool)
    every = pd.DataFrame(
        {
            "source": nodes.node[links["source_id"].to_numpy(dtype=np.int64)[there]],
            "row": links["target_id"].to_numpy(dtype=np.float64, na_value=-1)[there].astype(int),
            "weight": weights.to_numpy()[there],
        }
    )
    every["node"] = nodes.node[every["row"].to_numpy()]
    every = every[(every["source"] >= 0) & every["node"].isin(nodes.node[rows])]
    mine = every["row"].isin(rows).to_numpy()
    ends = every[mine].groupby(["source", "row", "node"], as_index=False)["weight"].max()
    straight = pd.MultiIndex.from_frame(every.loc[~mine, ["source", "node"]])
    both = pd.MultiIndex.from_frame(ends[["source", "node"]]).isin(straight)
    u, t = ends["source"].to_numpy(dtype=np.int64), ends["node"].to_numpy(dtype=np.int64)
    weight, total = ends["weight"].to_numpy(), np.maximum(nodes.total[u], 1e-9)
    at = pd.Series(np.arange(len(rows)), index=rows)[ends["row"]].to_numpy(dtype=np.int64)
    carried = (flow.reach[u] - flow.priority[u]) / flow.damping
    lift = np.where(
        both,
        weight * (own[at] - carried) / (total + weight),
        weight * (own[at] - flow.reach[t]) / total,
    )
    passed = flow.damping * flow.equity[u]
    size = len(rows)
    brought = np.bincount(at, weights=passed * weight / total, minlength=size)
    moved = np.bincount(at, weights=passed * lift, minlength=size)
    return brought.astype(np.float64), moved.astype(np.float64)


def _own_reach(links: pd.DataFrame, weights: pd.Series, rows: Ints, flow: Flow) -> Floats:
    """What a point on each of `rows` would bring through the row's own links."""
    mine = links["source_id"].isin(rows).to_numpy(dtype=bool)
    target = links["target_id"].to_numpy(dtype=np.float64, na_value=-1)[mine].astype(np.int64)
    node = np.where(target >= 0, flow.nodes.node[np.maximum(target, 0)], -1)
    marked = (links["nofollow"] | links["ugc"] | links["sponsored"]).to_numpy(dtype=bool)[mine]
    ends = pd.DataFrame(
        {
            "row": links["source_id"].to_numpy(dtype=np.int64)[mine],
            "target": np.where((node >= 0) & ~marked, target, -1),
            "node": np.where(marked, -1, node),
            "weight": weights.to_numpy()[mine],
        }
    )
    ends = ends.groupby(["row", "target", "node"], as_index=False)["weight"].max()
    at = ends["node"].to_numpy(dtype=np.int64)
    worth = np.where(at >= 0, flow.reach[np.maximum(at, 0)], 0.0) * ends["weight"]
    sums = ends.assign(worth=worth).groupby("row")[["worth", "weight"]].sum()
    share = (sums["worth"] / sums["weight"]).reindex(rows).fillna(0.0)
    return flow.damping * share.to_numpy(dtype=np.float64)


def _crowded(facts: pd.DataFrame, flow: Flow, carried: Floats, most: int) -> pd.DataFrame:
    """Strong pages with very many links: what the least useful ones outside the text take away."""
    count = facts["links_out"].to_numpy(dtype=np.int64)
    strong = flow.equity >= np.quantile(flow.equity, STRONG_SHARE)
    rows = np.flatnonzero(strong & (count > most))
    rows = rows[np.argsort(-flow.equity[rows] * count[rows], kind="stable")][:MOST]
    nodes = flow.nodes
    edges = np.flatnonzero(np.isin(nodes.source, rows) & (nodes.position != CONTENT))
    ends = pd.DataFrame(
        {
            "source": nodes.source[edges],
            "target": nodes.target[edges],
            "worth": flow.reach[nodes.target[edges]],
            "weight": nodes.weight[edges],
        }
    ).sort_values(["source", "worth"], kind="stable")
    spare = pd.Series(count - most, index=np.arange(len(count)))
    ends = ends[ends.groupby("source").cumcount() < ends["source"].map(spare)]
    sums = ends.assign(worth=ends["worth"] * ends["weight"]).groupby("source")[["worth", "weight"]]
    gone = sums.sum().reindex(rows).fillna(0.0)
    lost, weight = gone["worth"].to_numpy(), gone["weight"].to_numpy()
    left = np.maximum(nodes.total[rows] - weight, 1e-9)
    after = (nodes.total[rows] * carried[rows] - lost) / left
    gain = np.maximum(flow.damping * flow.equity[rows] * (after - carried[rows]), 0.0)
    for n in np.argsort(-gain, kind="stable")[:EXACT]:
        own = ends[ends["source"] == rows[n]]
        gain[n] = _without(flow, *(own[c].to_numpy() for c in ("source", "target", "weight")))
    words = [
        f"Has {count[row]:,} links, so each carries little: take out {count[row] - most:,} of "
        "those in menus and lists that lead to nothing that earns money."
        for row in rows
    ]
    return _frame("crowded page", facts.iloc[rows], 0.0, gain, words)


def _chains(
    pages: pd.DataFrame, links: pd.DataFrame, facts: pd.DataFrame, flow: Flow
) -> pd.DataFrame:
    """Redirects that lead to another redirect before they arrive."""
    row_of = pd.Series(np.arange(len(pages)), index=pages["url"].to_numpy())
    row_of = row_of[~row_of.index.duplicated()]
    next_row = pages["redirect_to"].map(row_of).fillna(-1).to_numpy(dtype=np.int64)
    twice = (next_row >= 0) & (next_row[np.maximum(next_row, 0)] >= 0) & (flow.nodes.node >= 0)
    rows = np.flatnonzero(twice)
    inside = _counts(links, rows, len(pages))
    rows, inside = rows[inside > 0][:MOST], inside[inside > 0][:MOST]
    urls = pages["url"].to_numpy()
    told = []
    for row in rows:
        way = [int(row)]
        while len(way) < HOPS and next_row[way[-1]] >= 0 and next_row[way[-1]] not in way:
            way.append(int(next_row[way[-1]]))
        told.append("Redirect straight to the last of: " + " → ".join(urls[n] for n in way[1:]))
    frame = _frame(
        "redirect chain", pages.iloc[rows].assign(links_in=inside, backlinks=0), 0.0, 0.0, told
    )
    final = flow.nodes.page_id[flow.nodes.node[rows]] if len(rows) else rows
    return frame.assign(redirect_to=urls[final])


def _counts(links: pd.DataFrame, rows: Ints, size: int) -> Ints:
    """Pages that link to each of `rows`."""
    pairs = links.loc[links["target_id"].isin(rows), ["source_id", "target_id"]].drop_duplicates()
    count = np.bincount(pairs["target_id"].to_numpy(dtype=np.int64), minlength=size)
    return np.asarray(count[rows])


def _frame(
    kind: object, found: pd.DataFrame, trapped: object, gain: object, detail: object
) -> pd.DataFrame:
    columns = {
        "kind": kind, "url": found["url"], "redirect_to": "", "links_in": found["links_in"],
        "backlinks": found["backlinks"], "trapped": trapped, "gain": gain, "detail": detail,
        "sources": "",
    }  # fmt: skip
    return pd.DataFrame(
        {name: np.asarray(v) if np.ndim(v) else v for name, v in columns.items()},  # type: ignore[arg-type, call-overload]
        index=range(len(found)),
    )
