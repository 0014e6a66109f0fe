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

from linkplanner.bound.modes import run_places
from linkplanner.errors import Cancelled
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal
from linkplanner.plan.allowance import Groups, fitting, kept_links, protected_pages, spares
from linkplanner.plan.first_order import Slopes, slopes_of

__all__ = ["WIDE", "batched"]

WIDE: Final = 40_000_000
"""Pages times core pages from which batches are used: the core would take minutes."""
BATCHES: Final = 25
"""Batches of a plan: 25 solves of a graph are seconds even on 100,000 pages."""
LISTED: Final = 100
"""Candidates looked at for each link of the plan: those with most gain at the start."""
TO_ONE: Final = 4
"""Links to one target in one batch: each lowers the worth of the next in a balanced plan."""
SHORT: Final = 32
"""Protected pages looked at where a batch leaves several too little."""
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
    def __init__(
        self,
        model: Model,
        goal: Goal,
        equity: Floats,
        graph: LinkGraph,
        batches: int,
        should_stop: Callable[[], bool],
    ) -> None:
        self.should_stop = should_stop
        self.model, self.goal, self.equity, self.graph = model, goal, equity, graph
        self.out, self.into = model.source_limits(), model.target_limits()
        self.protected, self.kept = protected_pages(model), kept_links(model)
        self.size = max(1, -(-model.max_links // batches))
        everything = np.arange(len(model.cand_source))
        self.listed = everything
        gains = self._gains(self._start(), everything)
        most = max(LISTED * model.max_links, 50_000)
        if len(gains) > most:
            self.listed = np.sort(np.argpartition(-gains, most)[:most])
        self.groups = Groups.of(model, everything)

    def _start(self) -> _State:
        return _State(self.graph, self.equity, [], [], [])

    def _slopes(self, state: _State) -> Slopes:
        """What one more link brings the goal on top of the state."""
        slope = np.zeros(self.model.pages)
        slope[self.goal.targets] = self.goal.slope(state.equity[self.goal.targets])
        return slopes_of(state.graph, state.equity, slope, self.model.damping)

    def _gains(self, state: _State, links: Ints) -> Floats:
        """First-order gain in the goal of each link on top of the state."""
        model = self.model
        ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
        return self._slopes(state).links(*ends)

    def filled(self, state: _State, most: int, pool: Ints) -> _State:
        """Batch after batch from the pool until none gains or `most` links are chosen. Raises
        Cancelled when told to stop."""
        model = self.model
        while len(state.chosen) < most:
            if self.should_stop():
                raise Cancelled("The plan was stopped before it was complete.")
            out = np.bincount(model.cand_source[state.chosen], minlength=model.pages)
            into = np.bincount(model.cand_target[state.chosen], minlength=model.pages)
            u, v = model.cand_source[pool], model.cand_target[pool]
            free = (out[u] < self.out[u]) & (into[v] < self.into[v])
            free &= ~np.isin(pool, state.chosen)
            grouped = self.groups.room(state.chosen)
            if grouped is not None:
                free &= grouped[pool] > 0
            rest = pool[free]
            gains = self._gains(state, rest)
            size = min(self.size, most - len(state.chosen))
            picked = self._batch(
                rest, gains, into, size, None if grouped is None else grouped[rest]
            )
            if not len(picked):
                break
            after = self._with(state, rest[picked], gains[picked])
            if spares(model, after.equity):
                state = after
            else:  # the links that hurt a protected page leave the pool, and the batch is redone
                pool = np.setdiff1d(pool, self._harmful(state, after, rest, rest[picked]))
        return state

    def _harmful(self, state: _State, after: _State, rest: Ints, batch: Ints) -> Ints:
        """After a batch that leaves protected pages too little, to first order: the links of `rest`
        that one of these pages cannot bear even alone, and of the batch those that take most from
        it, as many as make up for what it lacks; at least one."""
        model, a = self.model, self.model.damping
        assert model.least_equity is not None
        least = model.least_equity[self.protected]
        lack = least - after.equity[self.protected]
        short = np.argsort(-lack / least, kind="stable")[:SHORT]
        short = short[lack[short] > 0]
        slope = np.zeros((model.pages, len(short)))
        slope[self.protected[short], np.arange(len(short))] = 1.0
        reach = state.graph.reach(slope, a)
        flow = (reach - slope) / a
        u, v, w = model.cand_source[rest], model.cand_target[rest], model.cand_weight[rest]
        push = a * state.equity[u] * w / (state.graph.total[u] + w)
        loss = -push[:, None] * (reach[v] - flow[u])
        spare = np.maximum((state.equity[self.protected] - least)[short], 0.0)
        banned = np.asarray((loss > spare).any(axis=1))
        here = np.flatnonzero(np.isin(rest, batch))
        for column in range(len(short)):
            order = here[np.argsort(-loss[here, column], kind="stable")]
            taken = np.cumsum(np.maximum(loss[order, column], 0.0))
            count = int(np.searchsorted(taken, lack[short[column]])) + 1
            banned[order[:count]] = True
        return rest[banned]

    def _batch(
        self, rest: Ints, gains: Floats, into: Ints, size: int, grouped: Ints | None
    ) -> Ints:
        """Places in `rest` of the next links: one a page, a few a target, best first."""
        good = np.flatnonzero(gains > 0)
        if len(good) > 50 * size + 1000:
            good = good[np.argpartition(-gains[good], 50 * size + 999)[: 50 * size + 1000]]
        first = run_places(self.model.cand_source[rest[good]], gains[good]) == 0
        good = good[first]
        target = self.model.cand_target[rest[good]]
        room = np.minimum(self.into[target] - into[target], TO_ONE if size > 1 else 1)
        good = good[run_places(target, gains[good]) < room]
        if grouped is not None and self.groups.group is not None:
            of = self.groups.group[rest[good]]
            good = good[run_places(of, gains[good]) < grouped[good]]
        return good[np.argsort(-gains[good], kind="stable")[:size]]

    def _with(self, state: _State, links: Ints, gains: Floats) -> _State:
        """The state after a batch: exact in all, shared out inside by first-order gains."""
        model, goal = self.model, self.goal
        ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
        graph = state.graph.with_links(*ends)
        after = graph.equity(model.seed, model.damping, start=state.equity)
        fair = len(gains) and gains.min() > 0
        share = gains / gains.sum() if fair else np.full(len(gains), 1 / max(len(gains), 1))
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
        """A state with these links as far as they gain, in order, after the kept ones."""
        begun = self._start()
        if len(self.kept):
            begun = self._with(begun, self.kept, self._gains(begun, self.kept))
        return self.filled(begun, len(np.union1d(links, self.kept)), links)

    def weakest(self, state: _State, count: int) -> set[int]:
        """Links whose removal costs least, to first order; kept ones stay."""
        model = self.model
        links = np.array(state.chosen, dtype=np.int64)
        links = links[~np.isin(links, self.kept)]
        slopes = self._slopes(state)
        u, v, w = model.cand_source[links], model.cand_target[links], model.cand_weight[links]
        carried = slopes.reach[v] - slopes.flow[u]
        lost = state.equity[u] * w / np.maximum(state.graph.total[u] - w, w) * carried
        return set(links[np.argsort(lost, kind="stable")[:count]].tolist())


def batched(
    model: Model,
    goal: Goal,
    equity: Floats,
    graph: LinkGraph,
    progress: Callable[[int, int, str], None],
    should_stop: Callable[[], bool],
    start: Ints | None = None,
    enough: Callable[[], bool] = lambda: False,
    batches: int = BATCHES,
    swaps: int = SWAPS,
) -> tuple[Ints, Floats, Floats]:
    """Links in order, with what each adds in points and in the goal. start: links to begin from;
    enough: asked once there is a plan, ends the search for better ones; batches: parts of a plan
    between two solves; swaps: rounds of taking weak links out. Raises Cancelled when told to stop
    before the first plan is there."""
    run = _Batches(model, goal, equity, graph, batches, should_stop)
    begun = fitting(model, []) if start is None else start
    begin = run.rebuilt(begun) if len(begun) else run._start()
    best = run.filled(begin, model.max_links, run.listed)
    value = goal.value(best.equity)
    run.should_stop = lambda: should_stop() or enough()
    for turn in range(swaps):
        progress(turn, swaps, "Trying other links")
        count = int(len(best.chosen) * SWAPPED)
        if run.should_stop() or count == 0:
            break
        gone = run.weakest(best, count)
        kept = np.array([e for e in best.chosen if e not in gone], dtype=np.int64)
        try:
            other = run.filled(run.rebuilt(kept), model.max_links, run.listed)
        except Cancelled:
            break
        reached = goal.value(other.equity)
        if reached <= value * (1 + 1e-9 * np.sign(value)):
            break
        best, value = other, reached
    links = np.array(best.chosen, dtype=np.int64)
    return links, np.array(best.points), np.array(best.objective)
