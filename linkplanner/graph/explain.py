"""Where one page's equity comes from: links, entering pages and the paths between, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.errors import InputError
from linkplanner.graph.link_graph import Floats, LinkGraph

__all__ = ["Explanation", "explain"]

LONGEST_PATH: Final = 12
"""Links of a path shown: 0.85 to the 12th leaves a seventh, what comes from further is little."""


@dataclass(frozen=True)
class Explanation:
    """One page's equity taken apart, in points."""

    page: int
    equity: float
    seed: float
    """What the page's own backlinks (and the floor) bring it; the rest comes over links."""
    links: pd.DataFrame
    """Largest links: node, points, part (of the page's equity)."""
    other_links: float
    """Points over all links that are not listed."""
    sources: pd.DataFrame
    """Pages at which most of it entered: node, points, part, path (tuple of nodes from there to the
    page along which most of it comes), path_points."""
    other_sources: float
    """Points that entered at pages that are not listed."""

    def sentence(self, names: Sequence[str]) -> str:
        """One sentence for a reader; names: what to call each node."""
        if self.equity <= 0:
            return f"No equity reaches {names[self.page]}: no backlink and no link brings any."
        own = f"{_percent(self.seed, self.equity)} entered at the page itself"
        if self.links.empty:
            name = names[self.page]
            return f"{name} has {self.equity:.2f} points, all its own: no page links to it."
        over = [
            f"{names[int(node)]} ({_percent(points, self.equity)})"
            for node, points in zip(self.links["node"][:3], self.links["points"][:3])
        ]
        text = f"Of {self.equity:.2f} points {own}; most of the rest comes over links from "
        text += _joined(over)
        away = self.sources[self.sources["node"] != self.page]
        if len(away):
            first = away.iloc[0]
            way = " → ".join(names[node] for node in first["path"])
            text += f"; {_percent(first['points'], self.equity)} entered at {way}"
        return text + "."


def explain(
    graph: LinkGraph,
    equity: Floats,
    seed: Floats,
    page: int,
    damping: float = 0.85,
    top: int = 10,
) -> Explanation:
    """Takes a page's equity apart: x_v = s_v + a sum_u x_u P_uv = sum_u s_u N_uv, N = (I - aP)^-1.

    equity, seed: float64[n], equity solved for that seed. One solve. Raises InputError for a page
    that is none.
    """
    if not 0 <= page < graph.pages:
        raise InputError(f"There is no page {page} among {graph.pages:,}.")
    total = np.where(graph.total > 0, graph.total, 1.0)
    over = damping * equity * graph.links_to(page) / total
    unit = np.zeros(graph.pages)
    unit[page] = 1.0
    reach = graph.reach(unit, damping)
    entered = seed * reach
    links, sources = _largest(over, top), _largest(entered, top)
    paths = [_path(graph, reach, int(node), page, damping) for node in sources["node"]]
    sources["path"] = [path for path, _ in paths]
    sources["path_points"] = [
        float(seed[path[0]]) * share * float(reach[page]) for path, share in paths
    ]
    whole = float(equity[page])
    for frame in (links, sources):
        frame["part"] = frame["points"] / whole if whole > 0 else 0.0
    return Explanation(
        page=page,
        equity=whole,
        seed=float(seed[page]),
        links=links,
        other_links=float(over.sum() - links["points"].sum()),
        sources=sources,
        other_sources=float(entered.sum() - sources["points"].sum()),
    )


def _largest(points: Floats, top: int) -> pd.DataFrame:
    best = np.argsort(-points, kind="stable")[:top]
    best = best[points[best] > 0]
    return pd.DataFrame({"node": best, "points": points[best]})


def _path(
    graph: LinkGraph, reach: Floats, begin: int, page: int, damping: float
) -> tuple[tuple[int, ...], float]:
    """From `begin` always along the link over which most goes on to the page, and its share."""
    path, share = [begin], 1.0
    while path[-1] != page and len(path) <= LONGEST_PATH:
        row = graph.rows(np.array([path[-1]]))
        if not row.nnz:
            break
        carried = damping * row.data / graph.total[path[-1]]
        carries = carried * reach[row.indices]
        carries[np.isin(row.indices, path)] = 0.0  # a path, not a round trip
        best = int(carries.argmax())
        if carries[best] <= 0:
            break
        path.append(int(row.indices[best]))
        share *= float(carried[best])
    return tuple(path), share if path[-1] == page else 0.0


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f}%"


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
