"""What one more link brings, to first order: for counts and lists, never for the plan's gains."""

from dataclasses import dataclass

import numpy as np

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints

__all__ = ["Slopes", "slopes_of"]


@dataclass(frozen=True, eq=False)
class Slopes:
    """The model at one state, ready to price many links."""

    equity: Floats
    """x: float64[n]."""
    reach: Floats
    """z under the reward."""
    flow: Floats
    """P z: what a page's links lead to on average."""
    total: Floats
    """W."""
    damping: float

    def links(self, source: Ints, target: Ints, weight: Floats) -> Floats:
        """a x_u w/(W_u + w) (z_v - (Pz)_u): gain of each link on its own."""
        share = weight / np.maximum(self.total[source] + weight, 1e-12)
        return self.damping * self.equity[source] * share * (self.reach[target] - self.flow[source])

    def rows(self, source: Ints, lost: Floats, gone: Ints, target: Ints, weight: Floats) -> Floats:
        """Gain of giving page `source` a link to `target` and taking `lost` of the weight of its
        link to `gone`: a x_u (D z)_u."""
        total = self.total[source]
        after = np.maximum(total - lost + weight, 1e-12)
        worth = total * self.flow[source] - lost * self.reach[gone] + weight * self.reach[target]
        return self.damping * self.equity[source] * (worth / after - self.flow[source])


def slopes_of(graph: LinkGraph, equity: Floats, reward: Floats, damping: float) -> Slopes:
    """The slopes of reward.x (float64[n]) at a graph and its equity; one solve."""
    reach = graph.reach(reward, damping)
    return Slopes(equity, reach, (reach - reward) / damping, graph.total, damping)
