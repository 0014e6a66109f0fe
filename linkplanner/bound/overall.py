"""A bound from sums alone: what all new links bring, shared out among the priority pages at best.

New links bring N at most (bound/arrivals.py), so a total gains at most N times the most that a unit
placed at a target is worth, and priority pages have together at most

    X = what they have today + N max over targets v of (G 1)_v,  1 on priority pages,

never more than all equity, sum(s) / (1 - a). The balanced goal is then at most, for every t > 0,

    X / t + sum over priority pages of max over x <= high of [w log(x / today) - x / t].
"""

from typing import Final

import numpy as np

from linkplanner.bound.arrivals import Reached
from linkplanner.bound.problem import Problem

__all__ = ["overall"]

HALVINGS: Final = 100
"""Halvings of the range in which t is sought; any t is valid."""
ROOM: Final = 1 + 1e-6
"""Room for rounding and the tolerance of solves."""


def overall(problem: Problem, reached: Reached | None) -> float:
    """No plan gains more than this in the goal."""
    field, targets = problem.field, problem.targets
    weights, today = problem.goal.weights, field.equity[targets]
    everything = float(field.seed.sum()) / (1 - field.damping)
    ends = np.unique(problem.target)
    if not problem.balanced:
        most = float(weights.max(initial=0.0)) * everything - float(weights @ today)
        if reached is not None:
            most = min(most, reached.total * _worth(problem, weights, ends))
        return max(most, 0.0) * ROOM
    together, high = everything, np.full(len(targets), everything)
    if reached is not None:
        ones = np.ones(len(targets))
        together = min(together, today.sum() + reached.total * _worth(problem, ones, ends))
        high = np.minimum(high, reached.high[targets])
    low, top = np.log(1e-12 * everything), np.log(1e12 * everything / weights.min())
    for _ in range(HALVINGS):
        middle = 0.5 * (low + top)
        filled = float(np.minimum(weights * np.exp(middle), high).sum())
        low, top = (low, middle) if filled > together else (middle, top)
    t = float(np.exp(0.5 * (low + top)))
    at = np.minimum(weights * t, high)
    value = float((weights * np.log(at / today) - at / t).sum()) + together / t
    return value + (ROOM - 1) * float(weights.sum())


def _worth(problem: Problem, weights: np.ndarray, ends: np.ndarray) -> float:
    """Most that a unit at any of `ends` is worth."""
    reward = np.zeros(len(problem.field.equity))
    np.add.at(reward, problem.targets, weights)
    return float(problem.field.reach(reward)[ends].max(initial=0.0)) * ROOM
