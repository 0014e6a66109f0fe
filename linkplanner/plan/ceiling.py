"""The most that links can do without a limit on the whole plan: a decision process, solved exactly.

Each page takes its best set of at most k candidates. With the values z of all pages fixed the best
set maximises (W (Pz) + sum w_e z_v) / (W + sum w_e), found by Dinkelbach's iteration; with the sets
fixed z is one solve. The two alternate until nothing changes (policy iteration; Csaji, Jungers and
Blondel 2014). The value bounds every plan within the limits per page, whatever its length.

All of it runs on the core (plan/core.py). With K the pages that take links, c_e = w_e / (W + sum w)
and d_u = sum w / (W + sum w), a row of a D G is M_u = a sum c_e G_v - d_u (G_u - e_u), and

    z' = z + G_:K y,      (I - M_KK) y = q,      q_u = a sum c_e z_v - d_u (z_u - r_u).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.core import Core

__all__ = ["Ceiling", "Options", "best_sets", "ceiling", "top_of_group"]

MAX_ROUNDS: Final = 60
"""Rounds of policy iteration; 4 to 8 are usual."""


@dataclass(frozen=True)
class Options:
    """Candidate links by place in the core, with the limit of each place."""

    source: Ints
    target: Ints
    weight: Floats
    limit: Ints
    """int64[r]: most candidates a page may take."""


@dataclass(frozen=True)
class Ceiling:
    """The best choice without a budget."""

    gain: float
    """At least what any plan within the limits per page gains: an upper bound."""
    value: Floats
    """z*: float64[r], at least the z of any such plan."""
    taken: Ints
    """Numbers of the candidates that the best choice takes."""


def ceiling(core: Core, options: Options, reward: Floats) -> Ceiling:
    """Solves the process for rewards r on the core (float64[r]; they may be negative).

    What policy iteration left open, max(Tz - z)+ / (1-a) for every unit that enters, is added, so
    the result is a bound even where it stopped early.
    """
    before = core.influence @ reward
    flow = (before - reward) / core.damping
    value, taken, gain = before, np.zeros(0, dtype=np.int64), 0.0
    for _ in range(MAX_ROUNDS):
        better = best_sets(core.total, flow, value, options)
        if np.array_equal(better, taken):
            break
        taken = better
        value, flow, gain = _evaluate(core, options, reward, before, taken)
    slack = _slack(core, options, reward, value, flow)
    return Ceiling(gain + slack * core.entered, value + slack, taken)


def best_sets(total: Floats, flow: Floats, value: Floats, options: Options) -> Ints:
    """Per page the set of at most `limit` candidates with the highest ratio; none where none helps.

    total: W; flow: (Pz)_u; value: z. Dinkelbach: with theta the ratio so far, the best set holds
    the largest positive w_e (z_v - theta).
    """
    u, v, w = options.source, options.target, options.weight
    theta, chosen = flow.copy(), np.zeros(0, dtype=np.int64)
    tiny = 1e-13 * (np.abs(value).max(initial=0.0) + 1e-300)
    for _ in range(40):
        score = w * (value[v] - theta[u])
        picked = top_of_group(u, score, options.limit, score > tiny)
        ratio = _ratio(total, flow, value, options, picked)
        better = ratio > theta + tiny
        if not better.any():
            break
        chosen = np.sort(np.concatenate([chosen[~better[u[chosen]]], picked[better[u[picked]]]]))
        theta = np.where(better, ratio, theta)
    return chosen


def _ratio(total: Floats, flow: Floats, value: Floats, options: Options, taken: Ints) -> Floats:
    """(W (Pz) + sum w z_v) / (W + sum w) per page, (Pz) where nothing is taken."""
    u, v, w = options.source[taken], options.target[taken], options.weight[taken]
    weight = np.bincount(u, weights=w, minlength=len(total))
    worth = np.bincount(u, weights=w * value[v], minlength=len(total))
    whole = total + weight
    return np.divide(total * flow + worth, whole, out=flow.copy(), where=weight > 0)


def _evaluate(
    core: Core, options: Options, reward: Floats, before: Floats, taken: Ints
) -> tuple[Floats, Floats, float]:
    """z', (P z') with the old P, and the gain, when the taken links are set."""
    u, v, w = options.source[taken], options.target[taken], options.weight[taken]
    pages, place = np.unique(u, return_inverse=True)
    weight = np.bincount(place, weights=w, minlength=len(pages))
    whole = core.total[pages] + weight
    spread = np.zeros((len(pages), len(core.pages)))
    np.add.at(spread, (place, v), w)
    spread *= (core.damping / whole)[:, None]
    given = weight / whole
    rows = core.influence[pages]
    inner = spread @ core.influence[:, pages] - given[:, None] * rows[:, pages]
    inner[np.arange(len(pages)), np.arange(len(pages))] += given
    pushed = spread @ before - given * (before[pages] - reward[pages])
    lift = np.linalg.solve(np.eye(len(pages)) - inner, pushed)
    value = before + core.influence[:, pages] @ lift
    flow = (value - reward) / core.damping
    linked = np.bincount(place, weights=w * value[v], minlength=len(pages))
    own = core.total[pages]
    flow[pages] = np.divide(
        whole * flow[pages] - linked, own, out=np.zeros(len(pages)), where=own > 0
    )
    return value, flow, float(core.equity[pages] @ lift)


def _slack(core: Core, options: Options, reward: Floats, value: Floats, flow: Floats) -> float:
    """max(Tz - z)+ / (1-a), 0 below rounding."""
    taken = best_sets(core.total, flow, value, options)
    improved = reward + core.damping * _ratio(core.total, flow, value, options, taken)
    touched = np.bincount(options.source, minlength=len(value)) > 0
    excess = np.where(touched, improved - value, 0.0).max(initial=0.0)
    scale = np.abs(value).max(initial=0.0)
    return float(excess) / (1 - core.damping) if excess > 1e-11 * scale else 0.0


def top_of_group(group: Ints, score: Floats, limit: Ints, allowed: np.ndarray) -> Ints:
    """Sorted numbers of each group's best `limit` entries among the allowed ones."""
    listed = np.flatnonzero(allowed)
    order = listed[np.lexsort((-score[listed], group[listed]))]
    return np.sort(order[_rank(group[order]) < limit[group[order]]])


def _rank(group: Ints) -> Ints:
    """Place of each entry within its run of equal values, from 0."""
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    start = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    size = np.diff(np.r_[start, len(group)])
    return np.arange(len(group)) - np.repeat(start, size)
