"""A working core of which only some pages have rows: enough where all candidates are between these.

A link from u to v reads and changes rows of the core by the rows of u and v alone; of the other
pages of a core (priority pages and protected ones that no candidate touches) only columns count.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from linkplanner.bound.side_by_side import side_by_side
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.nodes import Ints
from linkplanner.plan.core import Core

__all__ = ["core_of_rows"]

BLOCK: Final = 128
"""Rows between two looks at the clock, dealt out to all cores: 13 to 16 ms a row and core with
100,000 pages, 36 ms by 8 rows; six times their 100 MB are in use."""
TOLERANCE: Final = 1e-10
"""Of rows: a plan's gain comes from a solve of the whole graph in the end."""


def core_of_rows(
    graph: LinkGraph,
    equity: Floats,
    pages: Ints,
    others: Ints,
    damping: float,
    left: Callable[[], float],
    least: int = 0,
) -> tuple[Core, Ints]:
    """The core on `pages` (the most important first) and `others`, and the pages that have their
    rows: the first ones, as many as there is time for. least: rows without which the core is of no
    use; where it shows that there is no time for them no more are made.
    """
    nodes = np.union1d(pages, others)
    influence = np.zeros((len(nodes), len(nodes)))

    def solved(some: Ints) -> None:
        units = np.zeros((graph.pages, len(some)))
        units[some, np.arange(len(some))] = 1.0
        rows = graph.equity(units, damping, TOLERANCE)[nodes]
        influence[np.searchsorted(nodes, some)] = rows.T

    done, whole = 0, left()
    while done < len(pages) and left() > 0:
        if done and (least - done) * (whole - left()) > done * left():
            break
        block = pages[done : done + BLOCK]
        side_by_side(solved, block)
        done += len(block)
    entered = float(equity @ (1 - damping * graph.kept))
    core = Core(nodes, equity[nodes], influence, graph.total[nodes], damping, entered)
    return core, pages[:done]
