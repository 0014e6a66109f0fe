"""A policy of the pages, each link with the share of its page's equity, and prices that follow it.

With shares s_e of links e = (u, v) and A_er what a unit over e brings page r (bound/prices.py), the
prices at which no page would gain by other equity while all keep to their links are

    y_u = sum over links e of u of s_e (A_e.r + a q_v - (q - y)_u),    q = G y,

r what counts. A plan's links are such a policy, and so is what pages choose on average in a relaxed
problem, parts of links counted as parts.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.field import Field
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Policy"]

TOLERANCE: Final = 1e-4
"""Of solves on large sites; any prices are valid."""


class Policy:
    """Links by place with their shares, at most 1 in all on a page."""

    def __init__(self, field: Field, source: Ints, target: Ints, share: Floats) -> None:
        from scipy.sparse import csr_array

        self.field, self.source, self.target, self.share = field, source, target, share
        self.pages, row = np.unique(source, return_inverse=True)
        given = np.bincount(row, weights=share, minlength=len(self.pages))
        if field.influence is None:  # every node has a place
            total, mine = field.total.copy(), self.pages
            kept = np.maximum(1 - given, 1e-12)
            total[mine] = np.where(total[mine] > 0, total[mine] / kept, 1.0)
            weight = share * total[source]
            changed = field.graph.with_links(source, target, weight, total=total)
            self.changed = replace(field, graph=changed, total=total, _last={})
            return
        links = csr_array((share, (row, target)), shape=(len(self.pages), len(field.equity)))
        self.near = np.ascontiguousarray(field.influence[:, self.pages])
        change = given[:, None] * self.near[self.pages] - field.damping * (links @ self.near)
        change[np.arange(len(given)), np.arange(len(given))] += 1 - given
        self.inverse = np.linalg.inv(change)

    def moved(self, reward: Floats, reached: Floats, without: int = -1) -> Floats:
        """By place: what a unit of the page's equity brings more than today by its links. reached:
        G r; without: a page to which links count as if they brought nothing."""
        u, v = self.source, self.target
        brought = self.field.damping * reached[v] - (reached - reward)[u]
        brought = self.share * np.where(v == without, 0.0, brought)
        return np.bincount(u, weights=brought, minlength=len(reached)).astype(np.float64)

    def prices(self, moved: Floats) -> tuple[Floats, Floats]:
        """y and q = G y, by place, for what links bring before anything they bring is passed on:
        float64[r] or, for several rewards, float64[r, p]."""
        field, y = self.field, np.zeros(moved.shape)
        if field.influence is not None:
            y[self.pages] = prices = self.inverse @ moved[self.pages]
            return y, self.near @ prices
        graph, a = field.graph, field.damping
        q = self.changed.graph.reach(moved, a, TOLERANCE)
        flow = np.zeros(q.shape)
        graph.weigh(q, flow)
        scale = a * graph.scale
        flow *= scale if q.ndim == 1 else scale[:, None]
        y[self.pages] = (q - flow)[self.pages]
        return y, q
