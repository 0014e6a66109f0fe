"""Proven upper bounds on the gain of any plan within the limits, from the mode programme.

The linear relaxation is a bound; branch and bound (HiGHS) tightens it and often finds a better
plan on the way. HiGHS works with absolute tolerances: everything is scaled by the most equity a
page can have, presolve is off for whole numbers, every row is given SLACK so that no branch is
lost to rounding, and an integer bound below a known plan is thrown away.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.programme import Programme, Question

__all__ = ["Bound", "Question", "branch", "programme_for", "relax", "relaxed_bound"]

SAFETY: Final = 1e-7
"""Relative addition to the solver's answer: HiGHS' own feasibility tolerance."""


SLACK: Final = 1e-6
"""Slack of every row in branch and bound, which only raises the bound: HiGHS' own tolerance for
whole-number problems. Without it a known plan came out as impossible (docs/decisions.md)."""


@dataclass(frozen=True)
class Bound:
    """An upper bound and what it rests on."""

    gain: float
    """No plan within the limits gains more, in the goal."""
    method: str
    """linear relaxation, or ceiling where no budget binds."""


def programme_for(question: Question, plan_equity: Floats) -> Programme | None:
    """The programme of a question, None where there is nothing to choose."""
    if len(question.options.source) == 0 or len(question.targets) == 0 or question.max_links <= 0:
        return None
    return Programme(question, plan_equity)


def relaxed_bound(question: Question, plan_equity: Floats, seconds: float = 60.0) -> Bound:
    """The linear relaxation's bound; infinite where the solver did not finish in time."""
    programme = programme_for(question, plan_equity)
    return Bound(0.0, "nothing to choose") if programme is None else relax(programme, seconds)


def relax(programme: Programme, seconds: float) -> Bound:
    """Optimum of the linear relaxation; infinite where it was not reached in time."""
    from scipy.optimize import linprog

    equal, equal_to, above, at_most = programme.matrices()
    result = linprog(
        -programme.cost,
        A_ub=above,
        b_ub=at_most,
        A_eq=equal,
        b_eq=equal_to,
        bounds=np.column_stack(programme.bounds()),
        method="highs-ipm",  # 9 s where the simplex method took over 60 (1,064 candidates)
        options={"time_limit": max(seconds, 0.1)},
    )
    value = -float(result.fun) if result.status == 0 else float("inf")
    return Bound(_raised(value, programme), "linear relaxation")


def branch(programme: Programme, seconds: float, known: float) -> tuple[Bound, Ints | None]:
    """Branch and bound for some seconds: its bound, and the candidates of its best plan, if any.

    known: gain of a known plan; a bound below it is a solver's slip and becomes infinite.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    equal, equal_to, above, at_most = programme.matrices()
    low, high = programme.bounds()
    rows: list[Any] = [
        LinearConstraint(equal, equal_to - SLACK, equal_to + SLACK),
        LinearConstraint(above, np.full(len(at_most), -np.inf), at_most + SLACK),
    ]
    result = milp(
        -programme.cost,
        integrality=programme.whole(),
        bounds=Bounds(low, high),
        constraints=rows,
        options={"time_limit": max(seconds, 0.1), "presolve": False, "mip_rel_gap": 1e-4},
    )
    dual = getattr(result, "mip_dual_bound", None)
    value = -float(dual) if dual is not None and np.isfinite(dual) else float("inf")
    tolerance = 1e-9 * max(known, float(np.abs(programme.q.goal.weights).sum()))
    if result.status not in (0, 1) or value < known - tolerance:
        value = float("inf")
    links = None if result.x is None else programme.chosen(np.asarray(result.x))
    return Bound(_raised(value, programme), "branch and bound"), links


def _raised(value: float, programme: Programme) -> float:
    """The value plus the solver's tolerance, never below 0."""
    scale = max(abs(value), 1e-9 * float(np.abs(programme.q.goal.weights).sum()))
    return max(value, 0.0) + SAFETY * scale
