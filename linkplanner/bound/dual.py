"""What a bound is made of: ranges of equity that are proven, and the prices of one bound."""

from dataclasses import dataclass

import numpy as np

from linkplanner.bound.field import TOLERANCE
from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats

__all__ = ["Dual", "Ranges", "lifts"]


@dataclass(frozen=True, eq=False)
class Ranges:
    """What is proven of each place's equity under any plan that matters."""

    low: Floats
    high: Floats
    base: Floats | None = None
    """Most without the flows of new links to the page itself; None: no more than `high`."""
    least: Floats | None = None
    """Least without what first arrives over them; None: 0."""

    @property
    def without(self) -> Floats:
        """`base`, or `high` where it is not known."""
        return self.high if self.base is None else np.minimum(self.base, self.high)

    @property
    def rest(self) -> Floats:
        """`least`, or 0 where it is not known."""
        return np.zeros(len(self.high)) if self.least is None else np.minimum(self.least, self.high)


@dataclass(frozen=True, eq=False)
class Dual:
    """Prices, all by place: float64[r]; c by target of the goal."""

    equity: Floats
    """y; 0 where a page has no candidates."""
    link: float
    """l."""
    place: Floats
    """m, for every place; 0 where its limit cannot bind."""
    slope: Floats
    """c: float64[targets]."""
    flow: Floats
    """rho: float64[m], what pages pay for flows to them that they pass on; 0 elsewhere."""
    own: Floats | None = None
    """p of the balanced goal: float64[targets], on what new links bring; None: as c."""
    count: float = 0.0
    """t, on each link to a page of the balanced goal."""
    idle: Floats | None = None
    """float64[r]: on what pages have while they set no links; None: 0."""

    @property
    def still(self) -> Floats:
        """`idle` of every place."""
        return np.zeros(len(self.equity)) if self.idle is None else self.idle

    @property
    def arrival(self) -> Floats:
        """p."""
        return self.slope if self.own is None else self.own


def lifts(problem: Problem, dual: Dual, tolerance: float = TOLERANCE) -> Floats:
    """a q_v - phi_u of each candidate: what one unit of flow over it is worth at these prices."""
    reward = dual.equity.copy()
    np.add.at(reward, problem.targets, dual.slope)
    q = problem.field.reach(reward, tolerance)
    kept = q - reward
    return problem.field.damping * q[problem.target] - kept[problem.source]
