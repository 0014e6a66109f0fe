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

from linkplanner.bound.problem import Problem
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["left_over"]

CELLS: Final = 4_000_000
"""Steps times pages in one block: 32 MB."""
COLUMNS: Final = 64
"""Columns of G that are solved at once where G is not at hand."""
ROUNDING: Final = 1e-9


def left_over(problem: Problem, places: Ints | None = None) -> Floats:
    """At most what each place has under any plan, also without what new links carry. places: which
    are looked at; None: all where G is at hand, else none. 0 where not looked at."""
    field, x = problem.field, problem.field.equity
    if places is None:
        places = np.arange(len(x) if field.influence is not None else 0)
    found = np.zeros(len(x))
    if not len(problem.source) or not len(places):
        return found
    at, step = _steps(problem)
    pages = np.unique(at)
    row = np.searchsorted(pages, at)
    width = max(1, CELLS // max(len(at), 1))
    if field.influence is None:
        width = min(width, COLUMNS)
    for first in range(0, len(places), width):
        part = places[first : first + width]
        there = field.onto(part)[pages]
        own = np.flatnonzero(np.isin(part, pages))
        there[np.searchsorted(pages, part[own]), own] -= 1
        table = step[:, None] * there[row]
        if len(table) > problem.max_links:
            place = len(table) - problem.max_links
            table = np.partition(table, place, axis=0)[place:]
        lost = np.maximum(table, 0.0).sum(axis=0)
        found[part] = np.maximum(x[part] * (1 - ROUNDING) - lost * (1 + ROUNDING), 0.0)
    return found


def _steps(problem: Problem) -> tuple[Ints, Floats]:
    """For each link that a page can set: the page, and how much more equity than with one link
    less it hands to new links at most."""
    pages, row = np.unique(problem.source, return_inverse=True)
    weight = np.zeros(len(pages))
    np.maximum.at(weight, row, problem.weight)
    most = np.minimum(np.minimum(problem.limit[pages], np.bincount(row)), problem.max_links)
    at = np.repeat(np.arange(len(pages)), most)
    j = np.arange(len(at)) - np.repeat(np.cumsum(most) - most, most) + 1.0
    w, total = weight[at], problem.field.total[pages[at]]
    given = j * w / (total + j * w)
    before = np.where(j > 1, (j - 1) * w / np.maximum(total + (j - 1) * w, 1e-300), 0.0)
    return pages[at], problem.field.equity[pages[at]] * (given - before)
