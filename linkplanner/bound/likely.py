"""Better prices, sought over the candidates that could count: a tenth or fifth of all.

At given prices a candidate e = (u, v) left out costs nothing where some price rho_e on its flow
(bound/inflow.py) is at once so high that page v would not use it, a_e s_v with s_v the most that
a unit of equity is worth to v, and so low that page u is no better off with the link it pays for.
Candidates for which there is no such price, or nearly none, are looked at; all others get theirs in
closed form, and the bound is then evaluated over all. Those that would cost something after all
join the next time (column generation, turned round).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.bound.descent import descend
from linkplanner.bound.dual import Dual
from linkplanner.bound.prices import Prices
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["descended_among"]

MARGIN: Final = 0.3
"""Parts of a link's price by which a page may be worse off with a candidate that is looked at."""
COSTS: Final = 0.001
"""Parts of it that a candidate left out may cost before it joins."""


def descended_among(
    prices: Prices,
    dual: Dual,
    known: NDArray[np.bool_],
    left: Callable[[], float],
    turns: Sequence[tuple[float, int]],
) -> tuple[float, Dual, NDArray[np.bool_]]:
    """The least bound seen and its prices, and which candidates were looked at.

    known: bool[m], those that were looked at before; turns: heat and steps of each descent.
    """
    looked, best = known, (prices.value(dual), dual)
    for heat, steps in turns:
        if left() <= 0:
            break
        looked = looked | _near(prices, dual)
        among = np.flatnonzero(looked)
        few = prices.only(among)
        _, found = descend(few, _of(few, dual, among), left, (heat,), steps)
        dual, costly = _for_all(prices, few, found, among)
        looked = looked | costly
        value = prices.value(dual)
        if value < best[0]:
            best = value, dual
    return *best, looked


def _near(prices: Prices, dual: Dual) -> NDArray[np.bool_]:
    """Candidates that are taken, or could soon be; the best of every page at least."""
    best = prices.page_values(prices.worth(dual), dual)[prices.modes.place]
    worth = prices.worth(replace(dual, flow=_unused(prices, prices, dual)))
    near = prices.forced(dual, worth, prices.supply(dual)) > best - MARGIN * dual.link
    return np.asarray(near | (prices.modes.ranks(worth) == 0))


def _unused(prices: Prices, few: Prices, dual: Dual) -> Floats:
    """float64[m]: prices at which no page would use what candidates bring it. dual: of `few`, which
    has the same pages."""
    modes, rows, inflow = few.modes, few.inflow.rows, prices.inflow
    unit, _ = few.units(dual)
    page = modes.page[rows]
    could = few.high[rows] * unit[rows] - few.cost_of(dual)[rows]
    open_ = could > few.page_values(few.worth(dual), dual)[page]
    most = np.zeros(len(modes.sources))
    np.maximum.at(most, page[open_], unit[rows[open_]])
    flow = np.zeros(len(prices.most))
    flow[inflow.links] = inflow.brings * most[inflow.page]
    return flow


def _of(few: Prices, dual: Dual, among: Ints) -> Dual:
    """The prices that a bound over some candidates has, too."""
    place = np.zeros(len(dual.place))
    place[few.capped] = dual.place[few.capped]
    return replace(dual, place=place, flow=dual.flow[among])


def _for_all(
    prices: Prices, few: Prices, found: Dual, among: Ints
) -> tuple[Dual, NDArray[np.bool_]]:
    """Prices over all candidates, and which of those left out cost something there."""
    out = np.ones(len(prices.most), dtype=bool)
    out[among] = False
    free, unused = np.zeros(len(out)), _unused(prices, few, found)
    free[among] = unused[among] = found.flow
    at = replace(found, flow=free)
    best = few.page_values(few.worth(found), found)[prices.modes.place]
    supply = prices.supply(replace(found, flow=unused))
    room = best - prices.forced(at, prices.worth(at), supply)
    flow = np.where(out, np.clip(room / prices.most, 0.0, unused), free)
    short = (unused - flow) * prices.most + np.maximum(-room, 0.0)
    return replace(found, flow=flow), out & (short > COSTS * found.link)
