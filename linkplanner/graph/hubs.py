"""Hub pages: where one point of equity brings most to the priority pages."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkplanner.graph.link_graph import Floats, LinkGraph

__all__ = ["hubs"]


def hubs(
    graph: LinkGraph,
    equity: Floats,
    reach: Floats,
    priority: Floats,
    top: int = 50,
    able: NDArray[np.bool_] | None = None,
) -> pd.DataFrame:
    """Pages that are no priority pages, by reach: node, reach, equity, feeds, brings.

    feeds: priority pages it links to; brings: w.x that passes through it, equity times reach.
    equity, reach, priority: float64[n]; able: pages that may be named (default: all).
    """
    named = (priority <= 0) & (reach > 0) & (True if able is None else able)
    node = np.flatnonzero(named)
    best = node[np.argsort(-reach[node], kind="stable")[:top]]
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
