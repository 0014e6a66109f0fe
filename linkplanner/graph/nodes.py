"""From the tables to the model's arrays: which pages are nodes, which links carry, what leaks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.settings import EquitySettings
from linkplanner.tables import POSITIONS
from linkplanner.urls import file_series

__all__ = ["NodeLinks", "node_links"]

Ints = NDArray[np.int64]
LEAK_COLUMNS: Final = ("source", "target_id", "cause", "weight", "position")
CODES: Final = {name: code for code, name in enumerate(POSITIONS)}
UNKNOWN: Final = CODES["unknown"]


@dataclass(frozen=True)
class NodeLinks:
    """The merged links between pages that answer themselves, and what leaves each of them."""

    page_id: Ints
    """int64[n]: row of `pages` of each node."""
    node: Ints
    """int64[rows of pages]: node each address resolves to, -1 where nothing answers."""
    source: Ints
    target: Ints
    weight: Floats
    """Merged followed links by node, no self links."""
    position: NDArray[np.int8]
    """int8: code (index in tables.POSITIONS) of where the heaviest of the merged links stands."""
    leaks: pd.DataFrame
    """What leaves: source (node), target_id (row of a broken or blocked page or of a file, -1
    elsewhere), cause (nofollow, external, broken, file, noindex), weight, position (code)."""
    total: Floats
    """float64[n]: weight of all links on a node, leaks included."""

    @property
    def pages(self) -> int:
        """Number of nodes."""
        return len(self.page_id)

    @cached_property
    def graph(self) -> LinkGraph:
        """The link graph over the nodes."""
        ends = (self.source, self.target, self.weight)
        return LinkGraph.from_links(*ends, self.pages, self.total, self.position)

    def to_rows(self, values: Floats) -> Floats:
        """Values by node spread to the rows of `pages`; 0 for addresses that are no node."""
        rows = np.zeros(len(self.node))
        rows[self.page_id] = values
        return rows


def node_links(pages: pd.DataFrame, links: pd.DataFrame, settings: EquitySettings) -> NodeLinks:
    """Applies the rules of the model (docs/method.md, "Which links carry") to the tables.

    pages, links: tables PAGES and LINKS. Link weights are taken from their position.
    """
    row_node = pages["node_id"].fillna(-1).to_numpy(dtype=np.int64)
    page_id = np.flatnonzero(row_node == np.arange(len(pages)))
    number = np.full(len(pages) + 1, -1, dtype=np.int64)
    number[page_id] = np.arange(len(page_id))
    node = number[row_node]
    ends = _ends(pages, links, node, row_node, settings)
    followed, leaving = _split(ends)
    linking = ends["source"].to_numpy(dtype=np.int64)
    leaving = pd.concat([leaving, _counted_leaks(pages, leaving, linking, page_id, settings)])
    if not settings.noindex_passes:
        silent = ~pages["indexable"].fillna(False).to_numpy(dtype=bool)[page_id]
        lost = followed[silent[followed["source"]]]
        followed = followed[~silent[followed["source"]]]
        leaving = pd.concat([leaving, lost.assign(target_id=-1, cause="noindex")])
    out = np.concatenate([followed["source"], leaving["source"]]).astype(np.int64)
    weight = np.concatenate([followed["weight"], leaving["weight"]])
    return NodeLinks(
        page_id=page_id,
        node=node,
        source=followed["source"].to_numpy(dtype=np.int64),
        target=followed["target"].to_numpy(dtype=np.int64),
        weight=followed["weight"].to_numpy(dtype=np.float64),
        position=followed["position"].to_numpy(dtype=np.int8),
        leaks=leaving[[*LEAK_COLUMNS]].reset_index(drop=True),
        total=np.bincount(out, weights=weight, minlength=len(page_id)).astype(np.float64),
    )


def _ends(
    pages: pd.DataFrame, links: pd.DataFrame, node: Ints, row_node: Ints, settings: EquitySettings
) -> pd.DataFrame:
    """Links by node: source, target (-1 where nothing answers), target_id, cause ('' if carried).

    Links on an address that resolves elsewhere count only where the page it resolves to has no
    links of its own: they are the same template seen twice.
    """
    source_id = links["source_id"].to_numpy(dtype=np.int64)
    target_id = links["target_id"].fillna(-1).to_numpy(dtype=np.int64)
    outside = target_id < 0
    target = np.where(outside, -1, node[np.maximum(target_id, 0)])
    file = file_series(pages["url"]).to_numpy(dtype=bool)[np.maximum(target_id, 0)]
    marked = (links["nofollow"] | links["ugc"] | links["sponsored"]).to_numpy(dtype=bool)
    causes = ["external", "file", "broken", "nofollow"]
    cause = np.select([outside, file, target < 0, marked], causes, "")
    own = row_node[source_id] == source_id
    speaks = np.zeros(len(pages), dtype=bool)
    speaks[source_id[own]] = True
    counts = (row_node[source_id] >= 0) & (own | ~speaks[np.maximum(row_node[source_id], 0)])
    weights = {**settings.position_weights}
    frame = pd.DataFrame(
        {
            "source": node[source_id],
            "target": target,
            "target_id": target_id,
            "cause": cause,
            "weight": links["position"].map(weights).fillna(weights["unknown"]).astype("float64"),
            "position": links["position"].map(CODES).fillna(UNKNOWN).astype("int8"),
        }
    )
    return frame[counts & (frame["source"] != frame["target"]).to_numpy()]


def _split(ends: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Followed links merged per pair at the highest weight, and leaking ones, each target once."""
    carried = ends["cause"] == ""
    followed = ends[carried]
    keys = [followed[name].to_numpy() for name in ("position", "weight", "target", "source")]
    followed = followed.iloc[np.lexsort(keys)].drop_duplicates(["source", "target"], keep="last")
    rest = ends[~carried]
    known = rest[rest["target_id"] >= 0].sort_values("weight", ascending=False, kind="stable")
    spot = known["target"].where(known["target"] >= 0, -2 - known["target_id"])
    known = known.assign(spot=spot).drop_duplicates(["source", "spot"])
    pairs = pd.MultiIndex.from_frame(followed[["source", "target"]])
    known = known[~pd.MultiIndex.from_frame(known[["source", "spot"]]).isin(pairs)]
    return followed, pd.concat([known.drop(columns="spot"), rest[rest["target_id"] < 0]])


def _counted_leaks(
    pages: pd.DataFrame,
    leaving: pd.DataFrame,
    sources: Ints,
    page_id: Ints,
    settings: EquitySettings,
) -> pd.DataFrame:
    """Leaks of pages whose links are known but of whose external or broken links only the count."""
    frames = []
    known = np.zeros(len(page_id), dtype=bool)
    known[sources] = True
    for column, cause in (("out_external", "external"), ("out_broken", "broken")):
        count = pages[column].fillna(0).to_numpy(dtype=np.float64)[page_id]
        listed = ~known  # pages without any known link say nothing
        listed[leaving.loc[leaving["cause"] == cause, "source"].to_numpy(dtype=np.int64)] = True
        source = np.flatnonzero((count > 0) & ~listed)
        weight = count[source] * settings.leak_weight
        frame = pd.DataFrame({"source": source, "target_id": -1, "cause": cause, "weight": weight})
        frames.append(frame.assign(position=UNKNOWN))
    return pd.concat(frames, ignore_index=True)
