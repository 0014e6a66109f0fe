"""Prices from a decision process in which a page pays for its links at every visit.

With a price l of a link, page u pays l / high_u for each of its links whenever equity visits it;
the best choice of links and its values z follow from policy iteration (Csáji, Jungers and Blondel
2014). Then y_u = z_u - r_u - a (P z)_u is what u gains by its links, no page's part of the bound is
above zero, and the bound is y.x + l B: a good start for the descent however wide the ranges are.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints
from linkplanner.plan.prices import Dual, Prices

__all__ = ["by_visits"]


def by_visits(
    prices: Prices,
    slope: Floats,
    link: float,
    rounds: int = 8,
    left: Callable[[], float] = lambda: np.inf,
) -> Dual:
    """Prices for a price of a link; the goal has these slopes. left: seconds left; whatever is
    found by then is valid, as all prices are."""
    problem, modes = prices.problem, prices.modes
    field, size = problem.field, len(problem.field.equity)
    graph, none = field.graph, np.zeros(size)
    nodes = field.pages
    reward = np.zeros(graph.pages)
    np.add.at(reward, nodes[problem.targets], slope)
    cost = link * modes.links / np.maximum(prices.high, 1e-300)
    dual = Dual(none, link, none, slope, np.zeros(len(prices.most)))
    for _ in range(rounds):
        if left() <= 0:
            break
        unit, rank = prices.units(dual)
        unit = unit - cost
        best = np.maximum.reduceat(unit, modes.first)
        if np.all(best <= 1e-6 * np.abs(dual.equity[modes.sources]) + 1e-15):
            break
        chosen, links = _chosen(prices, unit, best, rank)
        ends = (nodes[problem.source[links]], nodes[problem.target[links]])
        changed = graph.with_links(*ends, problem.weight[links])
        paid = reward.copy()
        paid[nodes[modes.sources]] -= cost[chosen]
        reach = changed.reach(paid, field.damping)
        old = np.zeros(graph.pages)
        graph.weigh(reach, old)
        gained = (reach - reward - field.damping * graph.scale * old)[nodes]
        equity = none.copy()
        equity[modes.sources] = gained[modes.sources]
        dual = replace(dual, equity=equity)
    return dual


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
