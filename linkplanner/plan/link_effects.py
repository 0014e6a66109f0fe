"""What each planned link does alone: its gain, and which pages pay for it."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints

__all__ = ["link_effects"]

CELLS: Final = 15_000_000
"""Pages times ends of links at once: 120 MB."""
MOST: Final = 150_000_000
"""Pages times ends of all links up to which losers are worked out: 500 links on 100,000 pages take
about 20 s."""
NAMED: Final = 3
"""Losers named with a link."""
ALIKE: Final = 7
"""Places after the point to which losses that are the same agree, however they were solved."""
LEAST: Final = 1e-9
"""Relative loss below which a page counts as untouched."""


def link_effects(
    model: Model,
    links: Ints,
    equity: Floats,
    graph: LinkGraph,
    progress: Callable[[int, int, str], None] = lambda done, total, message: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> pd.DataFrame:
    """Per link [gain_alone, loss, losers]: points of w.x were it the only one, points of equity
    that other pages lose together, and the pages that lose most.

    Exact: a link changes x by a x_u D / (1 - a D_u) with D = d G (plan/core.py). Missing values
    where the site is too large for a row of G per end of a link, and after being told to stop.
    """
    found = [_effects(model, links[:0], equity, graph)]
    step = max(1, CELLS // (2 * max(model.pages, 1)))
    order = np.lexsort((model.cand_target[links], model.cand_source[links]))
    few = 2 * len(links) * model.pages <= MOST
    for first in range(0, len(links) if few else 0, step):
        if should_stop():
            break
        progress(first, len(links), "Working out which pages lose")
        part = order[first : first + step]
        found.append(_effects(model, links[part], equity, graph).set_axis(part))
    return pd.concat(found).reindex(np.arange(len(links)))


def _effects(model: Model, links: Ints, equity: Floats, graph: LinkGraph) -> pd.DataFrame:
    source, target = model.cand_source[links], model.cand_target[links]
    weight = model.cand_weight[links]
    ends = np.unique(np.concatenate([source, target]))
    rows = _rows(graph, ends, model.damping)
    at = np.searchsorted(ends, np.column_stack([source, target]))
    found = [
        _effect(model, equity, graph, rows[i], rows[j], int(u), float(w))
        for (i, j), u, w in zip(at, source, weight)
    ]
    columns = {"gain_alone": "float64", "loss": "float64", "losers": "object"}
    return pd.DataFrame(found, columns=list(columns)).astype(columns)


def _rows(graph: LinkGraph, nodes: Ints, damping: float) -> Floats:
    """Rows of G = (I - aP)^-1: float64[len(nodes), n]."""
    if not len(nodes):
        return np.zeros((0, graph.pages))
    units = np.zeros((graph.pages, len(nodes)))
    units[nodes, np.arange(len(nodes))] = 1.0
    return np.ascontiguousarray(graph.equity(units, damping).T)


def _effect(
    model: Model, equity: Floats, graph: LinkGraph, own: Floats, onto: Floats, u: int, weight: float
) -> tuple[float, float, str]:
    """Gain, loss and losers of one link from u; own and onto: rows of G of its ends."""
    a, share = model.damping, weight / (graph.total[u] + weight)
    spread = own.copy()
    spread[u] -= 1.0
    change = share * (onto - spread / a) if graph.total[u] > 0 else onto
    delta = a * equity[u] / (1 - a * change[u]) * change
    lost = np.where(delta < -LEAST * np.maximum(equity, 1e-12), -delta, 0.0)
    worst = np.argsort(-np.round(lost, ALIKE), kind="stable")[:NAMED]  # pages alike: by number
    named = [f"{model.url[page]} ({lost[page]:.3f})" for page in worst if lost[page] > 5e-4]
    more = int((lost > 5e-4).sum()) - len(named)
    tail = f" and {more:,} more" if more > 0 else ""
    return float(model.priority @ delta), float(lost.sum()), ", ".join(named) + tail
