"""What a plan is for: how the equity of priority pages becomes one number."""

from dataclasses import dataclass

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.settings import Objective

__all__ = ["Goal", "goal_for"]


@dataclass(frozen=True)
class Goal:
    """An objective over the priority pages that can be fed.

    total: f = sum w x. balanced: f = sum w log x, which no single page can win alone.
    """

    name: Objective
    targets: Ints
    """Nodes of the priority pages that count."""
    weights: Floats
    """Their weights, as stored in the model."""

    def value(self, equity: Floats) -> float:
        """f at equity float64[n]."""
        at = equity[self.targets]
        if self.name == "total":
            return float(self.weights @ at)
        return float(self.weights @ np.log(at))

    def slope(self, at: Floats) -> Floats:
        """df/dx of the targets at their equity `at`. As f is concave, f' - f <= slope.(x' - x)."""
        return self.weights if self.name == "total" else self.weights / at

    def change(self, at: Floats, after: Floats) -> Floats:
        """f(after) - f(at) for rows of `after`: float64[k, targets] -> float64[k]."""
        if self.name == "total":
            return (after - at) @ self.weights
        return np.log(np.maximum(after, 1e-300) / at) @ self.weights


def goal_for(name: Objective, priority: Floats, equity: Floats, indexable: np.ndarray) -> Goal:
    """The goal over priority pages that are indexable and, where balanced, have equity at all."""
    counts = (priority > 0) & indexable
    if name == "balanced":
        counts &= equity > 0
    targets = np.flatnonzero(counts)
    return Goal(name, targets, priority[targets])
