"""A what-if's equity from the answer known before: what a change adds is followed where it goes.

After a change of some rows the known answer x misses r = a x (P' - P), on the targets of the
changed pages alone. A round moves x by e = r + what the small copy expects r to bring, and leaves

    r' = r - e + e M,      M = a P'

(residual push; Andersen, Chung and Lang 2006). Most of e stands on few pages, so a round leaves
the small entries for later and follows the links of the others. r is carried exactly, small entries
and all, so |r| a/(1-a) bounds the error as in plain rounds; what the known answer itself missed is
bounded by the solve that found it, and added.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from linkplanner.graph.coarse import Coarse

if TYPE_CHECKING:
    from linkplanner.graph.link_graph import LinkGraph

__all__ = ["Known", "changed_answer", "missed_at_first"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PLAIN: Final = 2
"""First rounds, without the small copy: it says little of a change on a dozen pages."""
LEAVE_PLAIN: Final = 0.05
"""Part of what these rounds may leave for later."""
LEAVE: Final = 0.2
"""Part of what later rounds may leave: 0.05 to 0.25 took about as long."""
LEAVE_LAST: Final = 0.75
"""Part of what may be missed in the end that a round may leave: the last one follows few links."""
FEW: Final = 0.5
"""Most of all links that are picked out: a picked link costs one and a half times as much."""
PICKED: Final = 4
"""First rounds that pick pages out; then what is missed is spread too evenly."""
LAST: Final = 0.4
"""Where this part of what is missed were enough, a round picks pages out: it may be the last."""
SAMPLE: Final = 64
"""One page in so many tells which entries are small."""
SLACK: Final = 0.2
"""Least part of the tolerance that the known answer must leave, for this way to be shorter."""
MOST_ROUNDS: Final = 30
"""Rounds before giving up; generated sites took 6 to 11."""


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
    missed: float
    """Bound of what the answer misses, |b + M x - x|."""


def changed_answer(
    graph: "LinkGraph", known: Known, coarse: Coarse, tolerance: float
) -> tuple[Floats, float] | None:
    """Equity of a changed graph and the bound of what it misses; None where rounds are shorter."""
    damping, x = known.damping, known.answer.copy()
    part = tolerance * (1 - damping)
    allowed = part * float(np.abs(x).sum())
    enough = allowed - known.missed
    if enough < SLACK * allowed:
        return None
    rest = missed_at_first(graph, known)
    if rest is None:
        return None
    scale, step = damping * graph.scale, np.empty(graph.pages)
    for count in range(MOST_ROUNDS):
        left = float(np.abs(rest, out=step).sum())
        if left * damping <= enough:
            x += rest
            missed = known.missed + left * damping
            if missed <= part * float(np.abs(x).sum()):
                return x, missed
            x -= rest
        np.copyto(step, rest)
        if count >= PLAIN:
            coarse.add_carried(rest, step)
        pages = None
        if count < PLAIN:
            pages = np.flatnonzero(rest)
            pages = pages[np.abs(rest[pages]) > LEAVE_PLAIN * left / len(pages)]
        elif count < PICKED or LAST * left <= enough:
            pages = _large(step, max(LEAVE * left, LEAVE_LAST * enough))
        _move(graph, step, scale, pages, x, rest)
    return None


def missed_at_first(graph: "LinkGraph", known: Known) -> Floats | None:
    """r = a x (P' - P): float64[n]; None where too much changed for it to be sparse.

    Exact but for the error of the known answer itself.
    """
    changed = np.flatnonzero(graph.total != known.total)
    changed = np.union1d(changed, graph.changes.source[known.changes :])
    if not _few(graph, changed):
        return None
    after, before, rest = (np.zeros(graph.pages) for _ in range(3))
    flow = known.damping * known.answer[changed]
    for flows, total in ((after, graph.total[changed]), (before, known.total[changed])):
        flows[changed] = np.divide(flow, total, where=total > 0, out=np.zeros(len(changed)))
    _follow(graph, changed, (after[changed] - before[changed]) * graph.remainder.unit, rest)
    graph.changes.add_gathered(after, 1.0, rest)
    graph.changes.first(known.changes).add_gathered(-before, 1.0, rest)
    return rest


def _move(
    graph: "LinkGraph", step: Floats, scale: Floats, pages: Ints | None, x: Floats, rest: Floats
) -> None:
    """Adds the step, or its part on some pages, to x and what that changes to the rest."""
    if pages is not None and _few(graph, pages):
        moved = step[pages]
        x[pages] += moved
        rest[pages] -= moved
        moved *= scale[pages]
        _follow(graph, pages, moved, rest)
        flow = np.zeros(graph.pages)
        flow[pages] = moved
        graph.changes.add_gathered(flow, graph.remainder.unit, rest)
    else:
        x += step
        rest -= step
        step *= scale
        graph.gather(step, rest)


def _large(step: Floats, leave: float) -> Ints:
    """Pages whose entries are not among the small ones that come to about `leave` in all."""
    size = np.abs(step)
    ordered = np.sort(size[::SAMPLE])
    small = int(np.searchsorted(np.cumsum(ordered), leave / SAMPLE, "right"))
    return np.flatnonzero(size > (ordered[small - 1] if small else 0.0))


def _few(graph: "LinkGraph", pages: Ints) -> bool:
    start = graph.remainder.start
    links = int((start[pages + 1] - start[pages]).sum())
    return links + len(pages) <= FEW * (graph.remainder.nnz + graph.pages)


def _follow(graph: "LinkGraph", pages: Ints, flow: Floats, out: Floats) -> None:
    """Adds flow (S + C.B), in units, to `out`; flow: float64[len(pages)]."""
    graph.remainder.transposed_times_some(pages, flow, out)
    if graph.menus:
        menus = graph.menus
        held = np.bincount(menus.page_class[pages], flow, menus.classes + 1)[:-1]
        out[menus.columns] += menus.column @ (held / graph.remainder.unit)
