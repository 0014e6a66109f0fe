"""Which pages' ranges a bound rests on.

At its prices a page may choose equity anywhere in its range, and the bound counts its best choice.
Say its equity were what the choices of all pages come to, z: then only its links would be left to
choose, and the bound would be lower by

    max over modes and x in {low, high} of [x (V - y) - l |mode|]
    + y z - max over modes of [z V - l |mode|].

That is what a narrower range of this page could bring at these prices.
"""

from typing import Final

import numpy as np

from linkplanner.bound.relaxed import Relaxed, answer_of
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["resting"]

ROUGH: Final = 1e-5
"""Tolerance of the solve: this only settles an order."""


def resting(state: Relaxed) -> Ints:
    """Pages (places) with candidates, those first whose range the bound rests on most."""
    order = np.argsort(-_regret(state), kind="stable")
    return state.prices.modes.sources[order]


def _regret(state: Relaxed) -> Floats:
    """What a page's range costs: float64[k]."""
    prices, dual = state.prices, state.dual
    modes, ranges = prices.modes, prices.ranges
    k, worth = modes.sources, prices.worth(dual)
    known = np.clip(_brought(state)[k], ranges.low[k], ranges.high[k])
    sums = modes.sums(worth, modes.ranks(worth))[2]
    unit = (modes.parts @ sums) / prices.whole
    fixed = np.maximum.reduceat(unit * known[modes.page] - dual.link * modes.links, modes.first)
    found: Floats = prices.page_values(worth, dual) + dual.equity[k] * known - fixed
    return found


def _brought(state: Relaxed) -> Floats:
    """Equity of each place with what all pages choose."""
    problem, flow = state.prices.problem, answer_of(state).flow
    field, size = problem.field, len(problem.field.equity)
    left = np.bincount(problem.source, weights=flow, minlength=size).astype(np.float64)
    came = np.bincount(problem.target, weights=flow, minlength=size).astype(np.float64)
    moved = field.spread(field.damping * came - left, ROUGH)
    return np.asarray(field.equity + moved + left)
