"""The planning problem as bounds see it: candidates and limits by place in a field."""

from dataclasses import dataclass, replace

import numpy as np

from linkplanner.bound.field import Field, field_for
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal

__all__ = ["Problem", "problem_for"]


@dataclass(frozen=True, eq=False)
class Problem:
    """Over which plans a bound is to hold."""

    field: Field
    """The model before any plan."""
    source: Ints
    target: Ints
    """Ends of the candidates, by place."""
    weight: Floats
    limit: Ints
    """int64[r]: most new links from each place."""
    target_limit: Ints
    """int64[r]: most new links to each place."""
    goal: Goal
    targets: Ints
    """Places of the goal's priority pages."""
    max_links: int

    @property
    def balanced(self) -> bool:
        """Whether the goal is the sum of w log x."""
        return self.goal.name == "balanced"

    def only(self, keep: Ints) -> "Problem":
        """The problem with some candidates alone."""
        ends = (self.source[keep], self.target[keep], self.weight[keep])
        return replace(self, source=ends[0], target=ends[1], weight=ends[2])


def problem_for(model: Model, goal: Goal, equity: Floats, graph: LinkGraph) -> Problem:
    """The problem of a model; equity is x before any plan. Candidates keep their numbers."""
    nodes = np.concatenate([model.cand_source, model.cand_target, goal.targets])
    field = field_for(graph, equity, model.seed, nodes, model.damping)
    return Problem(
        field,
        field.at(model.cand_source),
        field.at(model.cand_target),
        model.cand_weight,
        model.source_limits()[field.pages],
        model.target_limits()[field.pages],
        goal,
        field.at(goal.targets),
        model.max_links,
    )
