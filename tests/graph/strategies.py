"""Random small graphs with leaks, dangling pages and cycles."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from linkplanner.graph.link_graph import LinkGraph


@dataclass(frozen=True)
class Case:
    """A graph with seeds and priorities."""

    graph: LinkGraph
    seed: NDArray[np.float64]
    priority: NDArray[np.float64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: NDArray[np.float64]

    def dense(self, damping: float = 0.85) -> NDArray[np.float64]:
        """I - aP."""
        return np.eye(self.graph.pages) - damping * self.graph.shares.toarray()


@st.composite
def graphs(draw: st.DrawFn, leaks: bool = True, most: int = 9) -> Case:
    """A Case of 2 to `most` pages."""
    n = draw(st.integers(2, most))
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=4 * n, unique=True
        )
    )
    pairs = [(u, v) for u, v in pairs if u != v]
    weight = draw(
        st.lists(st.sampled_from([0.1, 0.2, 0.4, 1.0]), min_size=len(pairs), max_size=len(pairs))
    )
    source = np.array([u for u, _ in pairs], dtype=np.int64)
    target = np.array([v for _, v in pairs], dtype=np.int64)
    total = np.bincount(source, weights=np.array(weight, dtype=float), minlength=n).astype(float)
    if leaks:
        total = total + np.array(
            draw(st.lists(st.sampled_from([0, 0, 0.5, 3]), min_size=n, max_size=n))
        )
    seed = np.array(draw(st.lists(st.floats(0.01, 10), min_size=n, max_size=n)))
    priority = np.array(draw(st.lists(st.sampled_from([0, 0, 1, 2.5]), min_size=n, max_size=n)))
    priority[draw(st.integers(0, n - 1))] = 1.0
    graph = LinkGraph.from_links(source, target, np.array(weight), n, total)
    return Case(graph, seed, priority, source, target, np.array(weight))
