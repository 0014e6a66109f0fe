"""Communities of a weighted graph by Louvain's method, in little memory and easy to stop.

Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of communities in large networks, 2008.
The same steps in the same order as `networkx.community.louvain_communities`, on arrays: a graph of
100,000 nodes and a million ties is some 30 MB instead of a gigabyte of dictionaries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import numpy as np

__all__ = ["communities"]

GAIN: Final = 1e-7
"""Modularity that a further level must bring."""
LOOKED: Final = 2000
"""Nodes visited between two looks at the stop button: about 20 ms."""


@dataclass(frozen=True)
class _Graph:
    """Node i is tied to nodes[ends[i]:ends[i + 1]], both ways; a tie to itself is named once."""

    ends: np.ndarray
    nodes: np.ndarray
    weights: np.ndarray

    @property
    def size(self) -> int:
        return len(self.ends) - 1

    @property
    def rows(self) -> np.ndarray:
        """The node that each tie starts from."""
        return np.repeat(np.arange(self.size), np.diff(self.ends))

    @property
    def degrees(self) -> np.ndarray:
        """Weight of each node's ties, those to itself twice."""
        rows, loop = self.rows, self.nodes == self.rows
        total: np.ndarray = np.bincount(rows, self.weights, minlength=self.size)
        return total + np.bincount(rows[loop], self.weights[loop], minlength=self.size)


def communities(
    ties: Any, resolution: float, seed: int, should_stop: Callable[[], bool] = lambda: False
) -> np.ndarray | None:
    """The community of each node, numbered from 0; None where it was stopped.

    ties: csr[nodes, nodes], symmetric, nothing on the diagonal; its rows are visited in an order
    shuffled with the seed, so the same ties and seed give the same communities.
    """
    ties = ties.tocsr()
    ties.sort_indices()
    graph = _Graph(ties.indptr, ties.indices, ties.data.astype(np.float64))
    found = np.arange(graph.size)
    weight = float(graph.degrees.sum()) / 2
    if not weight:
        return found
    random = Random(seed)
    before = _modularity(graph, found, weight, resolution)
    while True:
        moved = _one_level(graph, weight, resolution, random, should_stop)
        if moved is None:
            return None
        found = moved[found]
        now = _modularity(graph, moved, weight, resolution)
        if now - before <= GAIN:
            return found
        before, graph = now, _merged(graph, moved)


def _one_level(
    graph: _Graph,
    weight: float,
    resolution: float,
    random: Random,
    should_stop: Callable[[], bool],
) -> np.ndarray | None:
    """Moves every node to the neighbouring community that gains most, until none moves."""
    degrees = graph.degrees.tolist()
    ends, nodes, weights = graph.ends.tolist(), graph.nodes, graph.weights
    community, total = list(range(graph.size)), list(degrees)
    order = list(range(graph.size))
    random.shuffle(order)
    moves, visited, square = 1, 0, 2 * weight**2
    while moves:
        moves = 0
        for node in order:
            visited += 1
            if visited % LOOKED == 0 and should_stop():
                return None
            first, last = ends[node], ends[node + 1]
            mine, degree = community[node], degrees[node]
            near: dict[int, float] = {}
            pairs = zip(nodes[first:last].tolist(), weights[first:last].tolist(), strict=True)
            for other, tie in pairs:
                if other != node:
                    there = community[other]
                    near[there] = near.get(there, 0.0) + tie
            total[mine] -= degree
            cost = resolution * (total[mine] * degree) / square - near.get(mine, 0.0) / weight
            best, most = mine, 0.0
            for there, tied in near.items():
                gain = cost + tied / weight - resolution * (total[there] * degree) / square
                if gain > most:
                    best, most = there, gain
            total[best] += degree
            if best != mine:
                community[node] = best
                moves += 1
    return np.unique(np.array(community, dtype=np.int64), return_inverse=True)[1]


def _once(graph: _Graph) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both ends and the weight of each tie, each once."""
    rows = graph.rows
    kept = graph.nodes >= rows
    return rows[kept], graph.nodes[kept], graph.weights[kept]


def _modularity(graph: _Graph, found: np.ndarray, weight: float, resolution: float) -> float:
    one, other, tie = _once(graph)
    inside = float(tie[found[one] == found[other]].sum())
    degrees = np.bincount(found, graph.degrees)
    return inside / weight - resolution * float((degrees**2).sum()) / (2 * weight) ** 2


def _merged(graph: _Graph, found: np.ndarray) -> _Graph:
    """Each community as one node, tied to others in the order in which their ties were met."""
    one, other, tie = _once(graph)
    size = int(found.max()) + 1
    low, high = np.minimum(found[one], found[other]), np.maximum(found[one], found[other])
    keys, met, number = np.unique(low * size + high, return_index=True, return_inverse=True)
    weights = np.bincount(number, tie)
    low, high = np.divmod(keys, size)
    apart = low != high
    rows = np.concatenate([low, high[apart]])
    nodes = np.concatenate([high, low[apart]])
    order = np.lexsort((np.concatenate([met, met[apart]]), rows))
    ends = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))])
    return _Graph(ends, nodes[order], np.concatenate([weights, weights[apart]])[order])
