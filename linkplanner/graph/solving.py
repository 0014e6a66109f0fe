"""Which way a graph is solved: one right-hand side, a few, many, or a what-if of a known answer."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linkplanner.errors import InputError
from linkplanner.graph.carrier import Carrier, write_out
from linkplanner.graph.coarse import Coarse, coarse_copy
from linkplanner.graph.halves import in_halves
from linkplanner.graph.norms import maxima, sums
from linkplanner.graph.polynomial import Room, apply, find_roots
from linkplanner.graph.solve import column_signs, fixed_point
from linkplanner.graph.sweeps import Slabs, sweep
from linkplanner.graph.touched import Known, changed_answer

if TYPE_CHECKING:
    from linkplanner.graph.link_graph import LinkGraph

__all__ = ["solve"]

Floats = NDArray[np.float64]

DENSE_PAGES: Final = 3000
"""Up to this many pages (I - aP) is factorised densely (72 MB, 0.6 s); beyond it is iterated."""
DENSE_COLUMNS: Final = 32
"""Right-hand sides above which factorising pays."""
BLOCK_VALUES: Final = 1 << 23
"""Numbers in one block of right-hand sides (64 MB); each block has at most BLOCK_COLUMNS."""
BLOCK_COLUMNS: Final = 32
"""Right-hand sides at once, at most."""
SWEEP_COLUMNS: Final = 64
"""The same for sweeps, which need fewer blocks: 64 took three quarters of the time of 32."""
MANY: Final = 8
"""Right-hand sides from which writing the shares out and finding a polynomial pays."""
FINE: Final = 1e-13
"""Below this tolerance rounding in the polynomial's residual would count: rounds are iterated."""


def solve(
    graph: "LinkGraph",
    right: ArrayLike,
    damping: float,
    tolerance: float,
    transposed: bool,
    start: Floats | None,
) -> Floats:
    """Equity (transposed) or reach for one or several right-hand sides: float64[n] or [n, k]."""
    b = np.asarray(right, dtype=np.float64)
    if b.shape[:1] != (graph.pages,):
        raise InputError(f"One value per page is needed: {graph.pages:,}, not {b.shape[0]:,}.")
    if not 0 <= damping < 1:
        raise InputError(f"Damping “{damping}” must be at least 0 and below 1.")
    if b.ndim == 1:
        return _one(graph, b, damping, tolerance, transposed, start)
    if b.shape[1] > DENSE_COLUMNS and graph.pages <= DENSE_PAGES:
        return _dense(graph, b, damping, transposed)
    if start is None and b.shape[1] >= MANY and tolerance >= FINE:
        return _many(graph, b, damping, tolerance, transposed)
    return _blocks(graph, b, damping, tolerance, transposed, start)


def _one(
    graph: "LinkGraph",
    b: Floats,
    damping: float,
    tolerance: float,
    transposed: bool,
    start: Floats | None,
) -> Floats:
    """One right-hand side; begins at the answer of the graph this one was changed from."""
    known = graph.known.get(transposed)
    if known and known.damping == damping and np.array_equal(known.right, b):
        found = None
        if start is None or np.array_equal(start, known.answer):
            start = known.answer
            coarse = _coarse(graph, damping)
            if transposed and coarse:
                found = changed_answer(graph, known, coarse, tolerance)
        x, missed = found or _iterate(graph, b, damping, tolerance, transposed, start)
    else:
        x, missed = _iterate(graph, b, damping, tolerance, transposed, start)
    graph.known[transposed] = Known(
        b.copy(), damping, x.copy(), graph.total, len(graph.changes), float(missed)
    )
    return x


def _blocks(
    graph: "LinkGraph",
    b: Floats,
    damping: float,
    tolerance: float,
    transposed: bool,
    start: Floats | None,
) -> Floats:
    solved = np.empty(b.shape)
    width = _width(graph.pages)
    for first in range(0, b.shape[1], width):
        block = slice(first, first + width)
        begin = None if start is None else np.ascontiguousarray(start[:, block])
        some = np.ascontiguousarray(b[:, block])
        solved[:, block], _ = _iterate(graph, some, damping, tolerance, transposed, begin)
    return solved


def _many(
    graph: "LinkGraph", b: Floats, damping: float, tolerance: float, transposed: bool
) -> Floats:
    """By sweeps where there is a small copy, by one polynomial otherwise."""
    carrier = _written_out(graph, damping, transposed)
    coarse, menus = _coarse(graph, damping), graph.menus
    halves = None
    if coarse and menus:
        halves = in_halves(carrier, menus.page_class, coarse.weight, transposed)
    if halves is None:
        return _by_polynomial(graph, carrier, b, damping, tolerance, transposed)
    del carrier  # its memory is the blocks' then: fresh memory costs as much as a round
    solved = np.empty(b.shape)
    width = min(_width(graph.pages, SWEEP_COLUMNS), b.shape[1])
    slabs = Slabs.of(graph.pages, width)
    for first in range(0, b.shape[1], width):
        block = slice(first, first + width)
        x = solved[:, block]
        if x.shape[1] < width:
            slabs = Slabs.of(*x.shape)
        done = sweep(halves, b[:, block], damping, tolerance, x, slabs)
        late = np.flatnonzero(~done) + first
        if len(late):
            solved[:, late] = _blocks(graph, b[:, late], damping, tolerance, transposed, None)
    return solved


def _by_polynomial(
    graph: "LinkGraph",
    carrier: Carrier,
    b: Floats,
    damping: float,
    tolerance: float,
    transposed: bool,
) -> Floats:
    """By one polynomial for all columns; what it leaves unfinished is iterated.

    In L1 residuals of k columns at random signs add up to sqrt(k) times one of them, in the maximum
    they may not add up at all.
    """
    norm = sums if transposed else maxima
    combined, factor = column_signs(b)
    usual = float(np.mean(norm(b) * np.abs(factor)))
    sums_up = np.sqrt(b.shape[1]) if transposed else 1.0
    roots = find_roots(carrier, combined, norm, tolerance * usual * sums_up / 2)
    if roots is None:
        return _blocks(graph, b, damping, tolerance, transposed, None)
    solved = np.empty(b.shape)
    width = min(_width(graph.pages), b.shape[1])
    room = Room.of(carrier, width)
    for first in range(0, b.shape[1], width):
        block = slice(first, first + width)
        scale = np.abs(factor[block])
        if len(scale) < width:
            room = Room.of(carrier, len(scale))
        x, rest = apply(carrier, np.multiply(b[:, block], scale, out=room.other), roots, room)
        done = damping * norm(rest) <= tolerance * (1 - damping) * norm(x)
        solved[:, block] = np.divide(x, scale, out=x)
        late = np.flatnonzero(~done) + first
        if len(late):
            begin = np.ascontiguousarray(solved[:, late])
            some = np.ascontiguousarray(b[:, late])
            solved[:, late], _ = _iterate(graph, some, damping, tolerance, transposed, begin)
    return solved


def _iterate(
    graph: "LinkGraph",
    b: Floats,
    damping: float,
    tolerance: float,
    transposed: bool,
    start: Floats | None,
) -> tuple[Floats, Floats]:
    """P contracts in L1 for equity, in the maximum for reach."""
    scale = damping * graph.scale
    scale = scale if b.ndim == 1 else scale[:, None]
    flow = np.empty(b.shape)

    def carried(x: Floats, out: Floats) -> None:
        graph.gather(np.multiply(x, scale, out=flow), out)

    def reached(z: Floats, out: Floats) -> None:
        flow.fill(0.0)
        graph.weigh(z, flow)
        out += np.multiply(flow, scale, out=flow)

    coarse = _coarse(graph, damping) if b.ndim == 1 else None
    if transposed:
        improve = coarse.add_carried if coarse else None
        return fixed_point(carried, b, damping, tolerance, sums, start, improve)
    improve = coarse.add_reached if coarse else None
    return fixed_point(reached, b, damping, tolerance, maxima, start, improve)


def _coarse(graph: "LinkGraph", damping: float) -> Coarse | None:
    """The small copy of the graph, made once for it and what is changed from it."""
    if graph.menus is None:
        return None
    if damping not in graph.copies:
        scale = damping * graph.scale / graph.remainder.unit
        graph.copies[damping] = coarse_copy(graph.remainder, graph.menus, scale)
    return graph.copies[damping]


def _written_out(graph: "LinkGraph", damping: float, transposed: bool) -> Carrier:
    scale = damping * graph.scale / graph.remainder.unit
    changes = graph.changes_of(np.arange(graph.pages))
    return write_out(graph.remainder, graph.menus, changes, scale, transposed)


def _dense(graph: "LinkGraph", b: Floats, damping: float, transposed: bool) -> Floats:
    import scipy.linalg

    system = np.eye(graph.pages) - damping * graph.shares.toarray()
    return scipy.linalg.solve(system.T if transposed else system, b, overwrite_a=True)


def _width(pages: int, most: int = BLOCK_COLUMNS) -> int:
    return int(np.clip(BLOCK_VALUES // max(1, pages), 1, most))
