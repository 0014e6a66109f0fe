"""What pages keep at least: as if all that new links carry were lost.

With Q the old links under a plan, each page's diluted by its new ones, and g_u the share of equity
that page u's new links carry, let x~ = h (I - aQ)^-1: equity if nothing came over new links. Then
x~ <= x, x~ <= x', and exactly

    x_v - x~_v = sum_u x~_u g_u (G_uv - [u = v])  <=  sum_u x_u g_u (G_uv - [u = v]),

with g_u at most j w / (W_u + j w) for j links of the page's heaviest weight w. So with its j-th
link page u takes at most the j-th step of that from v, and a plan at most the B largest steps.
"""

from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.plan.problem import Problem

__all__ = ["left_over"]

CELLS: Final = 4_000_000
"""Steps times pages in one block: 32 MB."""
ROUNDING: Final = 1e-9


def left_over(problem: Problem) -> Floats:
    """At most what each place has under any plan, also without what new links carry; 0 where G is
    not at hand."""
    field, x = problem.field, problem.field.equity
    if field.influence is None or not len(problem.source):
        return np.zeros(len(x))
    pages, row = np.unique(problem.source, return_inverse=True)
    weight = np.zeros(len(pages))
    np.maximum.at(weight, row, problem.weight)
    most = np.minimum(np.minimum(problem.limit[pages], np.bincount(row)), problem.max_links)
    at = np.repeat(np.arange(len(pages)), most)
    j = np.arange(len(at)) - np.repeat(np.cumsum(most) - most, most) + 1.0
    w, total = weight[at], field.total[pages[at]]
    given = j * w / (total + j * w)
    before = np.where(j > 1, (j - 1) * w / np.maximum(total + (j - 1) * w, 1e-300), 0.0)
    step = x[pages[at]] * (given - before)
    lost = np.zeros(len(x))
    width = max(1, CELLS // max(len(at), 1))
    for first in range(0, len(x), width):
        part = slice(first, first + width)
        there = field.influence[pages, part].copy()
        own = np.flatnonzero((pages >= first) & (pages < first + there.shape[1]))
        there[own, pages[own] - first] -= 1
        table = step[:, None] * there[at]
        if len(table) > problem.max_links:
            place = len(table) - problem.max_links
            table = np.partition(table, place, axis=0)[place:]
        lost[part] = table.sum(axis=0)
    return np.asarray(np.maximum(x * (1 - ROUNDING) - lost * (1 + ROUNDING), 0.0))
