"""Chooses links on large sites: batches of the best next links, with a fresh solve after each.

Where the working core (plan/core.py) would need thousands of solves, the gain of a link is taken
to first order, a x_u w/(W_u + w) (z_v - (Pz)_u), from the equity and reach that the links chosen
so far lead to. What a batch gains is exact, from the solve after it; inside a batch it is shared
out in proportion to the first-order gains.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.errors import Cancelled
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.plan.modes import run_places
from linkplanner.plan.objective import Goal

__all__ = ["WIDE", "batched"]

WIDE: Final = 40_000_000
"""Pages times core pages from which batches are used: the core would take minutes."""
BATCHES: Final = 25
"""Batches of a plan: 25 solves of a graph are seconds even on 100,000 pages."""
LISTED: Final = 100
"""Candidates looked at for each link of the plan: those with most gain at the start."""
TO_ONE: Final = 4
"""Links to one target in one batch: each lowers the worth of the next in a balanced plan."""
SWAPS: Final = 3
"""Rounds of taking the weakest links out and filling up again."""
SWAPPED: Final = 0.15
"""Share of the links taken out in a round."""


@dataclass
class _State:
    """Where a plan in the making stands."""

    graph: LinkGraph
    equity: Floats
    chosen: list[int]
    points: list[float]
    objective: list[float]


class _Batches:
    def __init__(self, model: Model, goal: Goal, equity: Floats, graph: LinkGraph) -> None:
        self.model, self.goal, self.equity, self.graph = model, goal, equity, graph
        self.out, self.into = model.source_limits(), model.target_limits()
        self.size = max(1, -(-model.max_links // BATCHES))
        everything = np.arange(len(model.cand_source))
        self.listed = everything
        gains = self._gains(self._start(), everything)
        most = max(LISTED * model.max_links, 50_000)
        if len(gains) > most:
            self.listed = np.sort(np.argpartition(-gains, most)[:most])

    def _start(self) -> _State:
        return _State(self.graph, self.equity, [], [], [])

    def _gains(self, state: _State, links: Ints) -> Floats:
        """First-order gain in the goal of each link on top of the state."""
        model, a = self.model, self.model.damping
        slope = np.zeros(model.pages)
        slope[self.goal.targets] = self.goal.slope(state.equity[self.goal.targets])
        reach = state.graph.reach(slope, a)
        flow = (reach - slope) / a
        u, v, w = model.cand_source[links], model.cand_target[links], model.cand_weight[links]
        push = a * state.equity[u] * w / (state.graph.total[u] + w)
        return push * (reach[v] - flow[u])

    def filled(self, state: _State, most: int, pool: Ints) -> _State:
        """Batch after batch from the pool until none gains or `most` links are chosen."""
        model = self.model
        while len(state.chosen) < most:
            out = np.bincount(model.cand_source[state.chosen], minlength=model.pages)
            into = np.bincount(model.cand_target[state.chosen], minlength=model.pages)
            u, v = model.cand_source[pool], model.cand_target[pool]
            free = (out[u] < self.out[u]) & (into[v] < self.into[v])
            free &= ~np.isin(pool, state.chosen)
            rest = pool[free]
            gains = self._gains(state, rest)
            picked = self._batch(rest, gains, into, min(self.size, most - len(state.chosen)))
            if not len(picked):
                break
            state = self._with(state, rest[picked], gains[picked])
        return state

    def _batch(self, rest: Ints, gains: Floats, into: Ints, size: int) -> Ints:
        """Places in `rest` of the next links: one a page, a few a target, best first."""
        good = np.flatnonzero(gains > 0)
        if len(good) > 50 * size + 1000:
            good = good[np.argpartition(-gains[good], 50 * size + 999)[: 50 * size + 1000]]
        first = run_places(self.model.cand_source[rest[good]], gains[good]) == 0
        good = good[first]
        target = self.model.cand_target[rest[good]]
        room = np.minimum(self.into[target] - into[target], TO_ONE if size > 1 else 1)
        good = good[run_places(target, gains[good]) < room]
        return good[np.argsort(-gains[good], kind="stable")[:size]]

    def _with(self, state: _State, links: Ints, gains: Floats) -> _State:
        """The state after a batch: exact in all, shared out inside by first-order gains."""
        model, goal = self.model, self.goal
        ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
        graph = state.graph.with_links(*ends)
        after = graph.equity(model.seed, model.damping, start=state.equity)
        share = gains / gains.sum()
        points = float(model.priority @ (after - state.equity))
        change = goal.value(after) - goal.value(state.equity)
        return _State(
            graph,
            after,
            state.chosen + links.tolist(),
            state.points + (points * share).tolist(),
            state.objective + (change * share).tolist(),
        )

    def rebuilt(self, links: Ints) -> _State:
        """A state with exactly these links, in order of their gains."""
        return self.filled(self._start(), len(links), links)

    def weakest(self, state: _State, count: int) -> set[int]:
        """Links whose removal costs least, to first order."""
        model, links = self.model, np.array(state.chosen, dtype=np.int64)
        slope = np.zeros(model.pages)
        slope[self.goal.targets] = self.goal.slope(state.equity[self.goal.targets])
        reach = state.graph.reach(slope, model.damping)
        flow = (reach - slope) / model.damping
        u, v, w = model.cand_source[links], model.cand_target[links], model.cand_weight[links]
        lost = state.equity[u] * w / np.maximum(state.graph.total[u] - w, w) * (reach[v] - flow[u])
        return set(links[np.argsort(lost, kind="stable")[:count]].tolist())


def batched(
    model: Model,
    goal: Goal,
    equity: Floats,
    graph: LinkGraph,
    progress: Callable[[int, int, str], None],
    should_stop: Callable[[], bool],
    start: Ints | None = None,
) -> tuple[Ints, Floats, Floats]:
    """Links in order, with what each adds in points and in the goal. start: links to begin from."""
    run = _Batches(model, goal, equity, graph)
    begin = run._start() if start is None or not len(start) else run.rebuilt(start)
    if should_stop():
        raise Cancelled("The plan was stopped before it was complete.")
    best = run.filled(begin, model.max_links, run.listed)
    value = goal.value(best.equity)
    for turn in range(SWAPS):
        progress(turn, SWAPS, "Trying other links")
        count = int(len(best.chosen) * SWAPPED)
        if should_stop() or count == 0:
            break
        gone = run.weakest(best, count)
        kept = np.array([e for e in best.chosen if e not in gone], dtype=np.int64)
        other = run.filled(run.rebuilt(kept), model.max_links, run.listed)
        reached = goal.value(other.equity)
        if reached <= value * (1 + 1e-9 * np.sign(value)):
            break
        best, value = other, reached
    links = np.array(best.chosen, dtype=np.int64)
    return links, np.array(best.points), np.array(best.objective)
