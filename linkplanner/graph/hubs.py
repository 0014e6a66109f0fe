"""Hub pages: where one point of equity brings most to the priority pages."""

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats, LinkGraph

__all__ = ["hubs"]


def hubs(
    graph: LinkGraph, equity: Floats, reach: Floats, priority: Floats, top: int = 50
) -> pd.DataFrame:
    """Pages that are no priority pages, by reach: node, reach, equity, feeds, brings.

    feeds: priority pages it links to; brings: w.x that passes through it, equity times reach.
    equity, reach, priority: float64[n].
    """
    able = np.flatnonzero((priority <= 0) & (reach > 0))
    best = able[np.argsort(-reach[able], kind="stable")[:top]]
    linked = graph.rows(best)
    linked.data = np.ones_like(linked.data)
    return pd.DataFrame(
        {
            "node": best,
            "reach": reach[best],
            "equity": equity[best],
            "feeds": np.asarray(linked @ (priority > 0).astype(np.float64)).astype(np.int64),
            "brings": equity[best] * reach[best],
        }
    )
