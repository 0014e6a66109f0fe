"""Chooses the links: greedy by exact gain, one at a time, then exchanges until none helps."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from linkplanner.errors import Cancelled
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal
from linkplanner.plan.allowance import Groups, Guard, fitting, kept_links, protected_pages
from linkplanner.plan.batches import WIDE, batched
from linkplanner.plan.core import Core, build_core
from linkplanner.plan.first_order import slopes_of

__all__ = ["Choice", "Search", "optimise", "search_for"]

CORE_PAGES = 2500
"""Pages in the working core: 50 MB of influence, 6 ms a step."""
EXCHANGE_ROUNDS = 12
"""Rounds of taking links out and filling up again; gains stopped after 3 to 8 in trials."""
BLOCK = 64
"""Candidates whose exact gain is taken at once."""
EXCHANGE_SHARES = (0.1, 0.25, 0.5)
"""Shares of the links taken out in turn (design: a tenth to a half)."""
POOL = 6000
"""Candidates looked at for every link; of more, these many are picked anew now and then."""
REFRESHED = 10
"""Links after which they are picked anew."""
SINGLY = 12
"""Links that are taken out of a state one by one; for more it is made anew, in two products."""
LEAST_GAIN = 1e-10
"""Gain below this share of the objective's scale counts as none."""


@dataclass(frozen=True)
class Choice:
    """A plan by candidate number, in the order to set the links."""

    links: Ints
    """Numbers of the chosen candidates."""
    points: Floats
    """Gain of each in that order, in points of w.x over all priority pages."""
    objective: Floats
    """Gain of each in that order, in the goal."""


def optimise(
    model: Model,
    goal: Goal,
    equity: Floats,
    graph: LinkGraph,
    progress: Callable[[int, int, str], None] = lambda done, total, message: None,
    should_stop: Callable[[], bool] = lambda: False,
    start: Ints | None = None,
    enough: Callable[[], bool] = lambda: False,
    search: "Search | None" = None,
) -> Choice:
    """The plan for the model's limits and the goal; `equity` is x before it.

    start: numbers of candidates to begin from, as far as the limits allow, instead of none. Links
    that the model keeps are in every plan. Where a start leaves a protected page too little, so
    may the result: see `spares`. search: what `search_for` gives for the same, if it is at hand.

    enough: asked while links are exchanged; once true the best plan so far is taken.

    Deterministic, but for what time allows. Stops early, with what it has, when the exchange is
    cancelled; raises Cancelled when the first greedy pass is.
    """
    if model.max_links <= 0 or len(model.cand_source) == 0 or len(goal.targets) == 0:
        return Choice(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    search = search_for(model, goal, equity, graph) if search is None else search
    begun = fitting(model, [] if start is None else start.tolist())
    if search is None:
        return Choice(*batched(model, goal, equity, graph, progress, should_stop, begun, enough))
    begin = np.flatnonzero(np.isin(search.listed, begun)).tolist()
    chosen = search.fill(begin, model.max_links, progress, should_stop)
    chosen = search.exchange(chosen, progress, lambda: should_stop() or enough())
    return search.in_order(chosen)


def search_for(model: Model, goal: Goal, equity: Floats, graph: LinkGraph) -> "Search | None":
    """The search in the model's working core; None where there is nothing to choose or the core
    would take minutes."""
    if model.max_links <= 0 or len(model.cand_source) == 0 or len(goal.targets) == 0:
        return None
    most = len(np.union1d(model.cand_source, np.union1d(model.cand_target, goal.targets)))
    if model.pages * min(most, CORE_PAGES) > WIDE:
        return None
    listed = _shortlist(model, goal, equity, graph)
    ends = (model.cand_source[listed], model.cand_target[listed])
    nodes = np.concatenate([*ends, goal.targets, protected_pages(model)])
    return Search(model, goal, listed, build_core(graph, equity, nodes, model.damping))


def _shortlist(model: Model, goal: Goal, equity: Floats, graph: LinkGraph) -> Ints:
    """Candidates worth a place in the core: those with most to give, to first order, as many as
    the core has room for the pages of."""
    slope = np.zeros(model.pages)
    slope[goal.targets] = goal.slope(equity[goal.targets])
    u, v = model.cand_source, model.cand_target
    first = slopes_of(graph, equity, slope, model.damping).links(u, v, model.cand_weight)
    first[kept_links(model)] = np.inf
    order = np.argsort(-first, kind="stable")
    there = np.union1d(goal.targets, protected_pages(model))
    ends = np.stack([u[order], v[order]], axis=1).ravel()  # a link's two pages side by side
    pages, at = np.unique(ends, return_index=True)
    new = np.zeros(len(ends), dtype=bool)
    new[at[~np.isin(pages, there)]] = True
    held = len(there) + np.cumsum(new.reshape(-1, 2).sum(axis=1))
    count = int(np.searchsorted(held, CORE_PAGES, side="right"))
    return np.sort(order[: max(count, len(kept_links(model)), 1)])


class Search:
    """Greedy filling and exchange over one shortlist of candidates."""

    def __init__(self, model: Model, goal: Goal, listed: Ints, core: Core) -> None:
        self.goal, self.listed, self.base = goal, listed, core
        self.u = core.at(model.cand_source[listed])
        self.v = core.at(model.cand_target[listed])
        self.w = model.cand_weight[listed]
        self.targets = core.at(goal.targets)
        self.all_weights = model.priority[core.pages]
        self.source_limit = model.source_limits()[core.pages]
        self.target_limit = model.target_limits()[core.pages]
        self.max_links = model.max_links
        self.groups, self.guard = Groups.of(model, listed), Guard.of(model, core)
        self.kept = np.isin(listed, kept_links(model))

    def fill(
        self,
        chosen: list[int],
        most: int,
        progress: Callable[[int, int, str], None] = lambda done, total, message: None,
        should_stop: Callable[[], bool] = lambda: False,
        core: Core | None = None,
    ) -> list[int]:
        """Adds the best link one at a time to `chosen` until none gains or the limits are met.

        core: the state with `chosen` in it; follows the new links.
        """
        core = self.core_with(chosen) if core is None else core
        chosen = list(chosen)
        pool, turn = None, 0
        while len(chosen) < most:
            if should_stop():
                raise Cancelled("The plan was stopped before it was complete.")
            free = self.open(chosen)
            if len(free) > POOL:  # of very many only the best are looked at again every time
                if pool is None or turn % REFRESHED == 0:
                    likely = self._upper(core, free)
                    pool = free[np.argpartition(-likely, POOL)[:POOL]]
                free = np.intersect1d(pool, free, assume_unique=True)
            turn += 1
            best, gain = self._best(core, free)
            if best < 0 and pool is not None and turn % REFRESHED != 1:
                turn, pool = 0, None
                continue
            if best < 0 or gain <= LEAST_GAIN * self.scale():
                break
            core.apply(self.u[best], self.v[best], self.w[best])
            chosen.append(best)
            progress(len(chosen), most, "Choosing links")
        return chosen

    def exchange(
        self,
        chosen: list[int],
        progress: Callable[[int, int, str], None] = lambda done, total, message: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> list[int]:
        """Takes out the links that are missed least and fills up again, while that gains."""
        best, core, value = chosen, self.core_with(chosen), self.value(chosen)
        for turn in range(EXCHANGE_ROUNDS):
            improved = False
            for share in EXCHANGE_SHARES:
                progress(turn, EXCHANGE_ROUNDS, "Trying other links")
                if should_stop():
                    return best
                gone = self._least(core, best, max(1, round(share * len(best))))
                trial, reached, after = self.refilled(core, best, gone, should_stop)
                if reached > value + LEAST_GAIN * self.scale():
                    best, value, core, improved = trial, reached, after, True
            if not improved:
                break
        return best

    def completed(self, links: Ints, should_stop: Callable[[], bool]) -> Ints:
        """Candidates of the model filled up and exchanged until none helps; as they were where told
        to stop before that."""
        chosen = np.flatnonzero(np.isin(self.listed, links)).tolist()
        try:
            chosen = self.fill(chosen, self.max_links, should_stop=should_stop)
        except Cancelled:
            return links
        return self.listed[self.exchange(chosen, should_stop=should_stop)]

    def refilled(
        self,
        core: Core,
        chosen: list[int],
        gone: Collection[int],
        should_stop: Callable[[], bool],
        first: Ints | None = None,
    ) -> tuple[list[int], float, Core]:
        """The plan without some links, with `first` as far as they fit, filled up again; its value
        and state. core: the state with `chosen`, left as it is. As it was where told to stop."""
        kept = [e for e in chosen if e not in gone]
        if len(gone) > SINGLY:
            after = self.core_with(kept)
        else:
            after = core.copy()
            for e in gone:
                after.apply(self.u[e], self.v[e], -self.w[e])
        for e in () if first is None else first.tolist():
            if len(kept) < self.max_links and e in self.open(kept):
                after.apply(self.u[e], self.v[e], self.w[e])
                kept.append(e)
        try:
            trial = self.fill(kept, self.max_links, should_stop=should_stop, core=after)
        except Cancelled:
            return chosen, -np.inf, core
        return trial, self._worth(after), after

    def in_order(self, chosen: list[int]) -> Choice:
        """The chosen links, best next link first, with what each adds in that order."""
        core, rest = self.base.copy(), np.array(sorted(chosen), dtype=np.int64)
        order, points, objective = [], [], []
        while len(rest):
            slope = self.goal.slope(core.equity[self.targets])
            gains = core.gains(self.u[rest], self.v[rest], self.w[rest], self.targets, slope)
            best = int(rest[np.argmax(gains)])
            before, value = core.equity @ self.all_weights, core.equity[self.targets].copy()
            core.apply(self.u[best], self.v[best], self.w[best])
            order.append(best)
            points.append(float(core.equity @ self.all_weights - before))
            objective.append(float(self.goal.change(value, core.equity[self.targets][None, :])[0]))
            rest = rest[rest != best]
        places = self.listed[np.array(order, dtype=np.int64)]
        return Choice(places, np.array(points), np.array(objective))

    def core_with(self, chosen: list[int]) -> Core:
        core = self.base.copy()
        core.apply_all(self.u[chosen], self.v[chosen], self.w[chosen])
        return core

    def value(self, chosen: list[int]) -> float:
        return self._worth(self.core_with(chosen))

    def _worth(self, core: Core) -> float:
        """Gain of a state in the goal; -inf where a protected page has too little."""
        if not self.guard.holds(core):
            return -np.inf
        before = self.base.equity[self.targets]
        return float(self.goal.change(before, core.equity[self.targets][None, :])[0])

    def scale(self) -> float:
        at = self.base.equity[self.targets]
        return float(np.abs(self.goal.slope(at)) @ np.abs(at)) or 1.0

    def open(self, chosen: list[int]) -> Ints:
        """Candidates that the limits still allow."""
        out = np.bincount(self.u[chosen], minlength=len(self.source_limit))
        into = np.bincount(self.v[chosen], minlength=len(self.target_limit))
        free = (out < self.source_limit)[self.u] & (into < self.target_limit)[self.v]
        free[chosen] = False
        room = self.groups.room(chosen)
        if room is not None:
            free &= room > 0
        return np.flatnonzero(free)

    def gains(self, core: Core, links: Ints) -> Floats:
        """Gain of each link on its own, in the goal's slope at the state."""
        slope = self.goal.slope(core.equity[self.targets])
        return core.gains(self.u[links], self.v[links], self.w[links], self.targets, slope)

    def _best(self, core: Core, free: Ints) -> tuple[int, float]:
        """The free candidate with the largest exact gain; ties go to the lowest number.

        The gain under the goal's slope is an upper bound of the gain (the goal is concave), also
        with the bend at the link's own target taken into account, so
        exact gains are taken in that order until the bound falls below the best found.
        """
        if len(free) == 0:
            return -1, 0.0
        at = core.equity[self.targets]
        bound = self._upper(core, free)
        if self.goal.name == "total" and not self.guard:
            best = int(np.argmax(bound))
            return int(free[best]), float(bound[best])
        found, gain, order = -1, -np.inf, np.argsort(-bound, kind="stable")
        start, size = 0, BLOCK
        while start < len(order) and bound[order[start]] > max(gain, 0.0):
            picked = free[order[start : start + size]]
            start += size
            if self.guard:  # where it forbids the best ones it forbids many: look at more at once
                size = min(4 * size, 64 * BLOCK)
                ends = (self.u[picked], self.v[picked], self.w[picked])
                picked = picked[self.guard.allows(core, *ends)]
            if not len(picked):
                continue
            ends = (self.u[picked], self.v[picked], self.w[picked])
            exact = self.goal.change(at, core.equity_after(*ends, self.targets))
            best = int(np.argmax(exact))
            if exact[best] > gain:
                found, gain = int(picked[best]), float(exact[best])
        return found, gain

    def _upper(self, core: Core, links: Ints) -> Floats:
        """An upper bound on the gain of each link; exact where the goal is the total."""
        return self.gains(core, links) + self._curved(core, links)

    def _curved(self, core: Core, links: Ints) -> Floats:
        """What the goal's bend takes, at a link's own target alone, off its gain in the slope."""
        if self.goal.name == "total":
            return np.zeros(len(links))
        weight = np.zeros(len(core.pages))
        weight[self.targets] = self.goal.weights
        v = self.v[links]
        more = core.own_changes(self.u[links], v, self.w[links]) / core.equity[v]
        return weight[v] * (np.log1p(np.maximum(more, -1 + 1e-12)) - more)

    def _least(self, core: Core, chosen: list[int], count: int) -> set[int]:
        """The `count` links whose removal costs least; kept ones stay."""
        links = np.array([e for e in chosen if not self.kept[e]], dtype=np.int64)
        if not len(links):
            return set()
        at = core.equity[self.targets]
        after = core.equity_after(self.u[links], self.v[links], -self.w[links], self.targets)
        order = np.argsort(-self.goal.change(at, after), kind="stable")
        return set(links[order[:count]].tolist())
