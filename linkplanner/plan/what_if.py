"""What if only some links of a plan were set: the whole model solved again, in well under a second.

Also the plan's curve: where further links stop being worth their work.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints

__all__ = ["WhatIf", "knee", "links_of", "what_if"]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The site with some links set."""

    before: Floats
    after: Floats
    """float64[n]: equity of each page without and with them."""
    points: float
    """What they bring the priority pages, in points of w.x."""
    losers: Ints
    """Pages that lose, most first."""


def what_if(model: Model, links: Ints, graph: LinkGraph | None = None) -> WhatIf:
    """The model with candidates `links` (numbers) set. graph: the model's, where it is at hand."""
    graph = model.graph() if graph is None else graph
    before = graph.equity(model.seed, model.damping)
    ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
    after = graph.with_links(*ends).equity(model.seed, model.damping, start=before)
    change = after - before
    worst = np.argsort(change, kind="stable")
    worst = worst[change[worst] < -1e-9 * np.maximum(before[worst], 1e-12)]
    return WhatIf(before, after, float(model.priority @ change), worst)


def links_of(model: Model, pairs: pd.DataFrame) -> Ints:
    """Numbers of the candidates that join source_url and target_url of each row, where there are
    any."""
    known = pd.DataFrame(
        {
            "source_url": model.url[model.cand_source],
            "target_url": model.url[model.cand_target],
            "number": np.arange(len(model.cand_source)),
        }
    )
    joined = pairs[["source_url", "target_url"]].astype("str").merge(known.astype(
        {"source_url": "str", "target_url": "str"}), on=["source_url", "target_url"])  # fmt: skip
    return joined["number"].to_numpy(dtype=np.int64)


def knee(cumulative: Floats) -> int:
    """Number of links after which the curve bends most: the point farthest above the straight line
    from none to all (Satopaa et al. 2011, "Finding a kneedle in a haystack"); 0 without links."""
    count = len(cumulative)
    if count == 0 or cumulative[-1] <= 0:
        return 0
    line = cumulative[-1] * np.arange(1, count + 1) / count
    return int(np.argmax(cumulative - line)) + 1
