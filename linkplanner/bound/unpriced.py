"""What candidates without prices of their own can bring to a single page, beside the goal.

For a page's measure t f' + x'_u (bound/narrow.py) a candidate e = (s, v) brings at most
most_e (t lift_e + arrives_v) - t l: what leaves page s is not below zero. With its slack
l - most_e lift_e that is most_e arrives_v - t slack_e, above zero where most_e / slack_e is above
t / arrives_v. So the candidates of each target stand in the order of most / slack, with running
sums, and a search in each gives the sum of all that count.
"""

from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = ["Unpriced"]

LISTED: Final = 400_000
"""Candidates in the lists at most; a question that would need more gets no answer."""


class Unpriced:
    """The candidates in such an order; those that pay for themselves come first."""

    def __init__(self, target: Ints, most: Floats, slack: Floats) -> None:
        """target: of each candidate, by place; most: flow over it at most, 0 for those with prices;
        slack: what a link costs beyond what it could bring the goal."""
        ratio = np.full(len(most), np.inf)
        np.divide(most, slack, out=ratio, where=slack > 0)
        ratio[most <= 0] = 0.0
        self.least = 0.0
        if len(ratio) > LISTED:
            place = len(ratio) - LISTED
            self.least = float(np.partition(ratio, place)[place])
        e = np.flatnonzero((ratio > self.least) | np.isinf(ratio))
        e = e[np.argsort(-ratio[e], kind="stable")]
        e = e[np.argsort(target[e], kind="stable")]
        self.ratio = ratio[e]
        self.targets = np.unique(target)  # also those with no candidate in the lists
        self.first = np.append(np.searchsorted(target[e], self.targets), len(e))
        self.most = np.concatenate([[0.0], np.cumsum(most[e])])
        self.slack = np.concatenate([[0.0], np.cumsum(slack[e])])

    def bring(self, arrives: Floats, times: Floats) -> Floats:
        """At most what they bring for several t: float64[c]. arrives: float64[c, r], by place."""
        if not len(self.targets):
            return np.zeros(len(times))
        there = np.maximum(arrives[:, self.targets], 0.0)
        with np.errstate(over="ignore"):  # nothing arrives there: no ratio is so large
            least = times[:, None] / np.maximum(there, 1e-200)
        last = self._above(least)
        first = self.first[:-1]
        found = there * (self.most[last] - self.most[first])
        found -= times[:, None] * (self.slack[last] - self.slack[first])
        unknown = np.any(least < self.least, axis=1)
        return np.where(unknown, np.inf, found.sum(axis=1))

    def _above(self, least: Floats) -> Ints:
        """Where the ratios of each target fall to `least`: int64[c, targets]."""
        low = np.broadcast_to(self.first[:-1], least.shape).copy()
        high = np.broadcast_to(self.first[1:], least.shape).copy()
        end = max(len(self.ratio) - 1, 0)
        while np.any(low < high):
            middle = (low + high) // 2
            more = (self.ratio[np.minimum(middle, end)] > least) & (low < high)
            low, high = np.where(more, middle + 1, low), np.where(more, high, middle)
        return low
