"""What each planned link does alone: its gain, and which pages pay for it."""

from typing import Final

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints

__all__ = ["link_effects"]

CELLS: Final = 15_000_000
"""Pages times ends of links up to which losers are worked out: 120 MB, seconds."""
NAMED: Final = 3
"""Losers named with a link."""
LEAST: Final = 1e-9
"""Relative loss below which a page counts as untouched."""


def link_effects(model: Model, links: Ints, equity: Floats, graph: LinkGraph) -> pd.DataFrame:
    """Per link [gain_alone, loss, losers]: points of w.x were it the only one, points of equity
    that other pages lose together, and the pages that lose most.

    Exact: a link changes x by a x_u D / (1 - a D_u) with D = d G (plan/core.py). Missing values
    where the site is too large for a row of G per end of a link.
    """
    source, target = model.cand_source[links], model.cand_target[links]
    weight = model.cand_weight[links]
    ends = np.unique(np.concatenate([source, target]))
    if len(ends) * model.pages > CELLS:
        nothing = {"gain_alone": np.nan, "loss": np.nan, "losers": None}
        return pd.DataFrame(nothing, index=range(len(links)))
    rows = _rows(graph, ends, model.damping)
    at = np.searchsorted(ends, np.column_stack([source, target]))
    found = [
        _effect(model, equity, graph, rows[i], rows[j], int(u), float(w))
        for (i, j), u, w in zip(at, source, weight)
    ]
    return pd.DataFrame(found, columns=["gain_alone", "loss", "losers"])


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
    worst = np.argsort(-lost, kind="stable")[:NAMED]
    named = [f"{model.url[page]} ({lost[page]:.3f})" for page in worst if lost[page] > 5e-4]
    more = int((lost > 5e-4).sum()) - len(named)
    tail = f" and {more:,} more" if more > 0 else ""
    return float(model.priority @ delta), float(lost.sum()), ", ".join(named) + tail
