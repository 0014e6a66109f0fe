"""Which pages' ranges a bound rests on.

At its prices a page may choose equity anywhere in its range, and the bound counts its best choice.
Say its equity were what the choices of all pages come to, z: then only its links would be left to
choose, and the bound would be lower by

    max over modes and x in {low, high} of [x (V - y) - l |mode|]
    + y z - max over modes of [z V - l |mode|].

That is what a narrower range of this page could bring at these prices by its own choice. Where its
most h falls to z, so does the most that its links can carry: priority pages gain that much less by
them beyond what they pay (bound/inflow.py), and places at its targets cost more. Both are counted
in the part 1 - z / h.
"""

from typing import Final

import numpy as np

from linkplanner.bound.prices import Answer
from linkplanner.bound.relaxed import Relaxed, answer_of
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["resting"]

ROUGH: Final = 1e-5
"""Tolerance of the solve: this only settles an order."""


def resting(state: Relaxed) -> Ints:
    """Pages (places) with candidates, those first whose range the bound rests on most."""
    answer = answer_of(state)
    sources, ranges = state.prices.modes.sources, state.ranges
    known = _brought(state, answer)[sources]
    known = np.clip(known, ranges.low[sources], ranges.high[sources])
    cost = _own(state, known) + _onward(state, answer, known)
    return sources[np.argsort(-cost, kind="stable")]


def _own(state: Relaxed, known: Floats) -> Floats:
    """What a page's range costs by its own choice: float64[k]."""
    prices, dual = state.prices, state.dual
    modes, k, worth = prices.modes, prices.modes.sources, prices.worth(dual)
    sums = modes.sums(worth, modes.ranks(worth))[2]
    unit = (modes.parts @ sums) / prices.whole
    fixed = np.maximum.reduceat(unit * known[modes.page] - dual.link * modes.links, modes.first)
    found: Floats = prices.page_values(worth, dual) + dual.equity[k] * known - fixed
    return found


def _onward(state: Relaxed, answer: Answer, known: Floats) -> Floats:
    """What its most costs by the pages that it links to: float64[k]."""
    prices, dual, problem = state.prices, state.dual, state.prices.problem
    paid = dual.place[problem.target] * answer.flow / prices.most
    gained = answer.uses.surplus(answer.using, len(paid))
    each = np.bincount(problem.source, gained + paid, minlength=len(problem.field.equity))
    k = prices.modes.sources
    found: Floats = each[k] * (1 - known / np.maximum(state.ranges.high[k], 1e-300))
    return found


def _brought(state: Relaxed, answer: Answer) -> Floats:
    """Equity of each place with what all pages choose."""
    problem, flow = state.prices.problem, answer.flow
    field, size = problem.field, len(problem.field.equity)
    left = np.bincount(problem.source, weights=flow, minlength=size).astype(np.float64)
    came = np.bincount(problem.target, weights=flow, minlength=size).astype(np.float64)
    moved = field.spread(field.damping * came - left, ROUGH)
    return np.asarray(field.equity + moved + left)
