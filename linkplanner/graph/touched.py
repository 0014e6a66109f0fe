"""The first rounds of a what-if: they touch few pages, so only these pages' links are followed.

After a change of some rows the old answer x misses r = a x (P' - P), which is on the targets of
the changed pages alone; the next rounds' steps are r M', r M'^2 and so on. While these are sparse
they cost a part of a round each.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from linkplanner.graph.link_graph import LinkGraph

__all__ = ["Known", "first_steps"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEW: Final = 0.2
"""Most of all links that a sparse round follows: a link costs some three times as much in one."""
MOST_STEPS: Final = 2
"""A third, which follows a tenth of the links of 100,000 pages, saved less than it took."""


@dataclass(frozen=True)
class Known:
    """A solve of the graph that this one was changed from."""

    right: Floats
    damping: float
    answer: Floats
    total: Floats
    """The graph's total then."""
    changes: int
    """How many changes the graph had then."""


def first_steps(graph: "LinkGraph", known: Known) -> list[Floats]:
    """What the first rounds from `known.answer` move equity by: float64[n] each.

    Exact but for the error of the known answer itself.
    """
    changed = np.flatnonzero(graph.total != known.total)
    changed = np.union1d(changed, graph.changes.source[known.changes :])
    if not _few(graph, changed):
        return []
    after, before = np.zeros(graph.pages), np.zeros(graph.pages)
    flow = known.damping * known.answer[changed]
    after[changed] = np.divide(flow, graph.total[changed], where=graph.total[changed] > 0,
                               out=np.zeros(len(changed)))  # fmt: skip
    before[changed] = np.divide(flow, known.total[changed], where=known.total[changed] > 0,
                                out=np.zeros(len(changed)))  # fmt: skip
    step = np.zeros(graph.pages)
    _add_followed(graph, changed, after - before, step)
    graph.changes.add_gathered(after, 1.0, step)
    graph.changes.first(known.changes).add_gathered(-before, 1.0, step)
    steps = [step]
    scale = known.damping * graph.scale / graph.remainder.unit
    while len(steps) < MOST_STEPS:
        pages = np.flatnonzero(step)
        if not _few(graph, pages):
            break
        flow, step = step * scale, np.zeros(graph.pages)
        _add_followed(graph, pages, flow, step)
        graph.changes.add_gathered(flow, 1.0, step)
        steps.append(step)
    return steps


def _few(graph: "LinkGraph", pages: Ints) -> bool:
    start = graph.remainder.start
    links = int((start[pages + 1] - start[pages]).sum())
    return links + len(pages) <= FEW * (graph.remainder.nnz + graph.pages)


def _add_followed(graph: "LinkGraph", pages: Ints, flow: Floats, out: Floats) -> None:
    """Adds flow (S + C.B) to `out`, for a flow (float64[n]) that is 0 outside some pages."""
    matrix = graph.remainder
    begin = matrix.start[pages].astype(np.int64)
    count = matrix.start[pages + 1] - begin
    shift = np.repeat(begin - (np.cumsum(count) - count), count)
    place = np.arange(len(shift)) + shift
    carried = np.repeat(flow[pages] * matrix.unit, count) * matrix.code[place]
    out += np.bincount(matrix.column[place], carried, graph.pages)
    if graph.menus:
        menus = graph.menus
        held = np.bincount(menus.page_class[pages], flow[pages], menus.classes + 1)[:-1]
        out[menus.columns] += menus.column @ held
