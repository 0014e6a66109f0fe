"""Prices from a decision process in which a page pays for its links at every visit.

With a price l of a link, page u pays l / high_u for each of its links whenever equity visits it;
the best choice of links and its values z follow from policy iteration (Csáji, Jungers and Blondel
2014). Then y_u = z_u - r_u - a (P z)_u is what u gains by its links, no page's part of the bound is
above zero, and the bound is y.x + l B: a good start for the descent however wide the ranges are.

With what a page could well have in place of high_u its links are a good start for a plan: chains
of links that pay only together are found at once, which no greedy step does.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from linkplanner.bound.brought import brought
from linkplanner.bound.dual import Dual
from linkplanner.bound.prices import Prices
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["by_visits", "links_by_visits"]


def by_visits(
    prices: Prices,
    slope: Floats,
    link: float,
    rounds: int = 8,
    left: Callable[[], float] = lambda: np.inf,
) -> Dual:
    """Prices for a price of a link; the goal has these slopes. left: seconds left; whatever is
    found by then is valid, as all prices are."""
    cost = link * prices.modes.links / np.maximum(prices.high, 1e-300)
    return _settled(prices, slope, link, cost, rounds, left)[0]


def links_by_visits(
    prices: Prices,
    slope: Floats,
    link: float,
    equity: Floats,
    left: Callable[[], float] = lambda: np.inf,
) -> Ints:
    """Candidates that pages take when they pay link / equity (by place) for each at every visit."""
    modes = prices.modes
    cost = link * modes.links / np.maximum(equity[modes.sources][modes.page], 1e-12)
    return _settled(prices, slope, link, cost, 8, left)[1]


def _settled(
    prices: Prices,
    slope: Floats,
    link: float,
    cost: Floats,
    rounds: int,
    left: Callable[[], float],
) -> tuple[Dual, Ints]:
    """Prices and chosen links after policy iteration. cost: of each mode at every visit."""
    problem, modes = prices.problem, prices.modes
    field, size = problem.field, len(problem.field.equity)
    none = np.zeros(size)
    reward = none.copy()
    np.add.at(reward, problem.targets, slope)
    dual = Dual(none, link, none, slope, np.zeros(len(prices.most)))
    links = np.zeros(0, dtype=np.int64)
    for _ in range(rounds):
        if left() <= 0:
            break
        unit, rank = prices.units(dual)
        unit = unit - cost
        best = np.maximum.reduceat(unit, modes.first)
        if np.all(best <= 1e-6 * np.abs(dual.equity[modes.sources]) + 1e-15):
            break
        chosen, links = _chosen(prices, unit, best, rank)
        paid = reward.copy()
        paid[modes.sources] -= cost[chosen]
        ends = (problem.source[links], problem.target[links], problem.weight[links])
        gained = brought(field, *ends, reward, paid)
        equity = none.copy()
        equity[modes.sources] = gained[modes.sources]
        dual = replace(dual, equity=equity)
    return dual, links


def _chosen(prices: Prices, unit: Floats, best: Floats, rank: Ints) -> tuple[Ints, Ints]:
    """The best mode of each page, and the candidates that it takes."""
    modes = prices.modes
    hits = np.flatnonzero(unit >= best[modes.page])
    mode = hits[np.unique(modes.page[hits], return_index=True)[1]]
    slots = modes.parts[mode].indices
    group = np.searchsorted(modes.slot_first, slots, side="right") - 1
    count = np.zeros(len(modes.group_most), dtype=np.int64)
    count[group] = slots - modes.slot_first[group]
    return mode, np.flatnonzero(rank < count[modes.group])
