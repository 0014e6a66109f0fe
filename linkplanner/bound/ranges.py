"""How much equity a page can have under any plan within the limits: first, valid, cheap ranges.

A new link is a jump. Whatever the plan, the chance that one unit at page v jumps again before it is
gone is at most J_v, found by one solve in which every page hands its largest possible share to new
links, and at most the sum of the B largest a share_e G_vu. So all new links together carry at most
N = (B largest a share_e x_u) / (1 - max J), and no page gets more than x_u + N max_v G_vu. From
there the flow to each target, at most its limit's largest flows, is carried through the old links
again and again: each round is valid because the one before was.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from linkplanner.bound.arrivals import Reached, reachable
from linkplanner.bound.ceilings import PAGES, ceilings, floors
from linkplanner.bound.dilution import left_over
from linkplanner.bound.dual import Ranges
from linkplanner.bound.inflow import entries
from linkplanner.bound.modes import run_places
from linkplanner.bound.movable import Movable
from linkplanner.bound.problem import Problem
from linkplanner.bound.process import Process
from linkplanner.bound.single_pages import SinglePages
from linkplanner.graph.link_graph import Floats
from linkplanner.graph.nodes import Ints

__all__ = [
    "fed_again",
    "first_ranges",
    "shares",
    "tightened",
    "within_own",
]

ROUNDS: Final = 30
"""Rounds of carrying flows; they settle after 10 to 20."""
MATRIX: Final = 600_000_000
"""Candidates times pages up to which each page's own worst budget is looked up, in blocks."""
SOLVED: Final = 10_000_000
"""Pages times targets up to which one solve is made for each target."""
BLOCK: Final = 16
"""Rows of G at once."""
LOOKED: Final = 64
"""Pages of a large site whose least is looked at: a column of G each."""
CEILING_CELLS: Final = 120_000_000
"""Candidates times targets up to which targets' ceilings are computed."""
CEILING_TIME: Final = (0.35, 2.5)
"""Part of the time left, and at least how many seconds, that may go into them: nothing else brings
the first bound down as far."""
WIDE: Final = 500_000
"""Candidates from which ranges are not carried through the old links again and again."""
ROOM: Final = 1 + 1e-9
"""Room for rounding."""


def shares(problem: Problem) -> Floats:
    """Most of its page's equity that each link can carry: w / (W + w)."""
    return problem.weight / (problem.field.total[problem.source] + problem.weight)


def _largest(values: Floats, count: int) -> float:
    """Sum of the `count` largest positive values."""
    if len(values) > count:
        values = np.partition(values, len(values) - count)[len(values) - count :]
    return float(np.maximum(values, 0.0).sum())


def first_ranges(
    problem: Problem,
    left: Callable[[], float] = lambda: np.inf,
    reached: Reached | None = None,
) -> Ranges:
    """Ranges for any plan within the limits; wider where `left` tells that time is up. reached:
    what is known of all that new links can bring."""
    field, x, a = problem.field, problem.field.equity, problem.field.damping
    share = shares(problem)
    slot = np.flatnonzero(run_places(problem.source, share) < problem.limit[problem.source])
    source, slot_share = problem.source[slot], share[slot]
    if reached is not None and field.influence is None and len(share) > WIDE:
        low = _least(problem, _given(problem, source, slot_share))
        high = np.minimum(reached.high, reachable(problem)) * ROOM
        return Ranges(low, high, reached.base * ROOM, low)
    jump, most, low = _jumps(problem, source, slot_share, left)
    entry = a * _largest(slot_share * x[source], problem.max_links)
    carried = entry / (1 - jump)
    high = np.minimum(x + carried * most, x.sum() + carried / (1 - a))
    if reached is not None:
        high = np.minimum(high, reached.high)
    high = _under_ceilings(problem, np.minimum(high, reachable(problem)), left)
    wide = len(problem.source) > WIDE
    keep = np.zeros(0, dtype=np.int64)
    for _ in range(3 if wide else ROUNDS):
        if wide and left() <= 0:
            break
        flow = a * share * high[problem.source]
        if not wide:
            keep = run_places(problem.target, flow)
        into = np.minimum(_to_targets(problem, flow, keep, wide), high)  # part of what it has
        carried = min(carried, a * _largest(slot_share * high[source], problem.max_links))
        better = np.minimum(x + field.spread(into), x + carried * most)
        if np.all(better >= high * (1 - 1e-4)):
            break
        high = np.minimum(high, better * ROOM)
    low = np.maximum(low, left_over(problem))
    base = None if reached is None else reached.base * ROOM
    return Ranges(low, np.maximum(high * ROOM, low), base, low)


def _to_targets(problem: Problem, flow: Floats, rank: Ints, wide: bool) -> Floats:
    """Most that new links bring each place: its limit's largest flows, at most the budget's."""
    size = len(problem.field.equity)
    cap = np.minimum(problem.target_limit, problem.max_links)
    if wide:  # sorting millions again would take longer than it gains: the largest times the limit
        top = np.zeros(size)
        np.maximum.at(top, problem.target, flow)
        return top * cap
    inside = rank < cap[problem.target]
    brought = np.bincount(problem.target[inside], weights=flow[inside], minlength=size)
    return brought.astype(np.float64)


def _under_ceilings(problem: Problem, high: Floats, left: Callable[[], float]) -> Floats:
    """Ranges lowered to what each target can have at most without a budget."""
    targets = np.unique(problem.target)
    if len(problem.source) * len(targets) > CEILING_CELLS:
        return high
    found, began = high.copy(), left()
    time = max(CEILING_TIME[0] * began, min(CEILING_TIME[1], began))
    targets = targets[np.argsort(-problem.field.equity[targets], kind="stable")]

    def rest() -> float:
        return left() if np.isinf(began) else time - (began - left())

    top = ceilings(problem, targets, rest)
    found[targets] = np.minimum(found[targets], top * ROOM)
    return found


def _jumps(
    problem: Problem,
    source: Ints,
    share: Floats,
    left: Callable[[], float] = lambda: np.inf,
) -> tuple[float, Floats, Floats]:
    """max J over the targets, max_v G_vu over the targets v: float64[r], and the equity of each
    place when every page hands its largest share elsewhere and nothing comes back, the least."""
    field, a, size = problem.field, problem.field.damping, len(problem.field.equity)
    given = _given(problem, source, share)
    diluted = field.diluted(given)
    reward = np.zeros(len(diluted.pages))
    reward[field.pages if field.influence is not None else np.arange(size)] = a * given
    places = field.pages if field.influence is not None else np.arange(size)
    chance = diluted.reach(reward)[places]
    low = _least(problem, given)
    targets = np.unique(problem.target)
    many = len(targets) * len(field.pages) > SOLVED or left() <= 0
    if field.influence is None and many:
        units = np.zeros(len(field.pages))
        units[targets] = 1.0
        most = np.minimum(field.spread(units), 1 / (1 - a * a))  # their sum, one solve for all
        return (
            min(float(chance[targets].max()) * ROOM, a),
            most * ROOM,
            low,
        )
    most, jump = np.zeros(size), 0.0
    for first in range(0, len(targets), BLOCK):
        part = targets[first : first + BLOCK]
        rows = field.from_places(part)
        np.maximum(most, rows.max(axis=0), out=most)
        for row, v in zip(rows, part):
            own = a * _largest(share * row[source], problem.max_links)
            jump = max(jump, min(float(chance[v]), own))
    return min(jump * ROOM, a), most, low


def _given(problem: Problem, source: Ints, share: Floats) -> Floats:
    """Largest share of its equity that each page can hand to new links. source, share: by slot."""
    total, size = problem.field.total, len(problem.field.equity)
    weight = np.bincount(source, weights=_slot_weight(problem, source, share), minlength=size)
    return np.divide(weight, total + weight, out=np.zeros(size), where=weight > 0)


def _least(problem: Problem, given: Floats) -> Floats:
    """Equity when every page hands that share elsewhere and nothing comes back."""
    field = problem.field
    places = field.pages if field.influence is not None else np.arange(len(field.equity))
    low = field.diluted(given).spread(field.seed)[places] / ROOM
    return np.minimum(low, field.equity)


def _slot_weight(problem: Problem, source: Ints, share: Floats) -> Floats:
    """Weight of links from their share: w = share W / (1 - share); any positive one where W = 0."""
    total = problem.field.total[source]
    return np.where(share < 1, share * total / np.maximum(1 - share, 1e-15), 1.0)


def within_own(problem: Problem, ranges: Ranges, places: Ints, left: Callable[[], float]) -> Ranges:
    """Ranges narrowed to the most and the least that each of `places` can have with the budget;
    takes long, so it is for after the first bound and for the pages on which that rests."""
    if len(places) == 0:
        return ranges
    began = left()
    if problem.field.graph.pages > PAGES:
        return _one_by_one(problem, ranges, places, lambda: left() - 0.2 * began)
    top = ceilings(problem, places, lambda: left() - 0.5 * began, ranges.high)
    high, low = ranges.high.copy(), ranges.low.copy()
    high[places] = np.minimum(high[places], top * ROOM)
    least = floors(problem, places, left, high)
    low[places] = np.maximum(low[places], least / ROOM)
    return replace(ranges, low=np.minimum(low, high), high=high)


def _one_by_one(
    problem: Problem, ranges: Ranges, places: Ints, left: Callable[[], float]
) -> Ranges:
    """The same for few pages of a large site."""
    process = Process(problem, ranges.high)
    high, low = SinglePages().highs(process, ranges.high, places, left), ranges.low
    if problem.field.influence is None:
        low = np.maximum(low, left_over(problem, places[:LOOKED]))
    return replace(ranges, low=np.minimum(low, high), high=high)


def tightened(problem: Problem, ranges: Ranges, rounds: int = 3) -> Ranges:
    """Ranges of the pages with candidates by their own worst choice of B links, both ways, and
    what pages have without the flows of new links to them."""
    sources, cells = np.unique(problem.source), _cells(problem)
    if cells > MATRIX:
        return ranges
    rounds = rounds if cells < 0.2 * MATRIX else min(rounds, 2)
    movable, x, whole = Movable(problem), problem.field.equity, _lift(problem)
    for turn in range(rounds):
        before = ranges.high
        if turn == 0 or turn == rounds - 1:
            high, moved = before.copy(), movable.most(sources, whole, before)
            high[sources] = np.minimum(high[sources], (x[sources] + moved) * ROOM)
            ranges = replace(ranges, high=high)
        ranges = fed_again(problem, ranges, movable)
        if np.all(ranges.high >= before * (1 - 1e-3)):
            break
    lost = movable.most(sources, lambda pages: -whole(pages), ranges.high)
    low = ranges.low.copy()
    low[sources] = np.maximum(low[sources], (x[sources] - lost) / ROOM)
    return replace(ranges, low=np.minimum(np.maximum(low, 0.0), ranges.high))


def fed_again(problem: Problem, ranges: Ranges, movable: Movable | None = None) -> Ranges:
    """What pages have without the flows of new links to them, and with these, from the ranges of
    all others; as they were where a site is too large for it."""
    if _cells(problem) > MATRIX:
        return ranges
    x, high, base = problem.field.equity, ranges.high.copy(), ranges.without.copy()
    fed = np.intersect1d(problem.source, problem.target)
    movable = Movable(problem) if movable is None else movable
    moved = movable.most(fed, _lift(problem, others=True), high)
    base[fed] = np.minimum(base[fed], (x[fed] + moved) * ROOM)
    flow = entries(problem) * shares(problem) * high[problem.source]
    brought = _to_targets(problem, flow, run_places(problem.target, flow), False)
    high[fed] = np.minimum(high[fed], (base + brought)[fed] * ROOM)
    return replace(ranges, low=np.minimum(ranges.low, high), high=high, base=base)


def _cells(problem: Problem) -> float:
    """Candidates times pages that set links; without end where influence is not at hand."""
    if problem.field.influence is None:
        return np.inf
    return float(len(problem.source) * len(np.unique(problem.source)))


def _lift(problem: Problem, others: bool = False) -> Callable[[Ints], Floats]:
    """A of all candidates for some pages: float64[pages, m]; others: 0 for links to the page."""
    field = problem.field

    def lift(pages: Ints) -> Floats:
        assert field.influence is not None
        column = field.influence[:, pages].T.copy()
        arrives = field.damping * column
        column[np.arange(len(pages)), pages] -= 1.0
        found = np.take(arrives, problem.target, axis=1)
        found -= np.take(column, problem.source, axis=1)
        if others:
            found[problem.target == pages[:, None]] = 0.0
        return found

    return lift
