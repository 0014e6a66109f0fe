"""One plan with its certificate: optimise, then tighten both from both sides while time lasts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.errors import Cancelled
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.plan.allowance import kept_links, spares
from linkplanner.plan.certify import Certificate, certificate_of
from linkplanner.plan.objective import Goal
from linkplanner.plan.optimise import Choice, optimise
from linkplanner.plan.problem import problem_for
from linkplanner.plan.prove import Known, prove

__all__ = ["Solution", "solve"]

GOOD_ENOUGH: Final = 0.9999
"""Certificate from which on nothing more is tried."""
FIRST_SECONDS: Final = 1.0
"""Time for the first bound, even where no more time is given."""
MANY: Final = 30_000
"""Candidates up to which a plan through hubs is also begun from the direct one."""
RETRY_SHARE: Final = 0.25
"""Share of the time that may go into plans begun from what the bound's prices would take."""
EXCHANGE_SECONDS: Final = 10.0
"""Time for exchanging links of the first plan at least; a third of what is given, if that is more.
Plans of 100 links take one to three seconds."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Solution:
    """A plan, the equity it leads to, and how close it is to the best."""

    choice: Choice
    after: Floats
    """x with the plan, from a fresh solve of the whole model."""
    certificate: Certificate


@dataclass
class _Best:
    """The best plan so far."""

    choice: Choice
    gain: float
    after: Floats


@dataclass
class _Run:
    """What one run works with."""

    model: Model
    goal: Goal
    equity: Floats
    graph: LinkGraph
    clock: Callable[[], float]
    should_stop: Callable[[], bool]

    def weighed(self, choice: Choice) -> _Best:
        """A plan with its gain, from a fresh solve; none where a protected page loses too much."""
        ends = (self.model.cand_source, self.model.cand_target, self.model.cand_weight)
        changed = self.graph.with_links(*(end[choice.links] for end in ends))
        after = changed.equity(self.model.seed, self.model.damping, start=self.equity)
        gain = self.goal.value(after) - self.goal.value(self.equity)
        return _Best(choice, gain if spares(self.model, after) else -np.inf, after)

    def begun_from(self, links: Ints, up: Callable[[], bool]) -> "_Best | None":
        """A plan that starts from some links, in order, as far as the limits allow; None where time
        is up before it is complete."""
        choice = self._other(self.model, up, links)
        return None if choice is None else self.weighed(choice)

    def begun_straight(self, up: Callable[[], bool]) -> "_Best | None":
        """Where links to hubs are candidates: a plan begun from the best one without them."""
        model = self.model
        straight = np.flatnonzero(model.priority[model.cand_target] > 0)
        straight = np.union1d(straight, kept_links(model))
        if len(straight) in (0, len(model.cand_source)) or len(model.cand_source) > MANY:
            return None
        first = self._other(model.only(straight), up)
        return None if first is None else self.begun_from(straight[first.links], up)

    def _other(
        self, model: Model, up: Callable[[], bool], start: Ints | None = None
    ) -> Choice | None:
        try:
            return optimise(model, self.goal, self.equity, self.graph, should_stop=up, start=start)
        except Cancelled:
            return None


def solve(
    model: Model,
    goal: Goal,
    equity: Floats,
    graph: LinkGraph,
    seconds: float = 30.0,
    progress: Progress = lambda done, total, message: None,
    should_stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] = time.monotonic,
) -> Solution:
    """The best plan found and its certificate; at most about `seconds` after the first plan.

    The first plan is always completed and gets a first bound; with more seconds both become
    better. Stops within a second or two when told to, with what is proven by then. Raises
    Cancelled when stopped before the first plan is there.
    """
    from threadpoolctl import threadpool_limits

    run = _Run(model, goal, equity, graph, clock, should_stop)
    with threadpool_limits(1, user_api="blas"):  # many small products: threads only wait
        patience = clock() + max(EXCHANGE_SECONDS, seconds / 3)
        first = optimise(
            model, goal, equity, graph, progress, should_stop, enough=lambda: clock() > patience
        )
        best = run.weighed(first)
        return _proven(run, best, seconds, progress)


def _proven(run: _Run, best: _Best, seconds: float, progress: Progress) -> Solution:
    """Bounds until time is up, and better plans on the way."""
    begun = run.clock()
    deadline = begun + max(seconds, FIRST_SECONDS)

    def left() -> float:
        return 0.0 if run.should_stop() else deadline - run.clock()

    def known() -> Known:
        return Known(best.choice.links, best.gain, best.after[run.goal.targets])

    if seconds > 0 and left() > 0:
        other = run.begun_straight(lambda: left() <= seconds / 2)
        best = other if other is not None and other.gain > best.gain else best
    problem = problem_for(run.model, run.goal, run.equity, run.graph)
    bound, method, spent = float("inf"), "", 0.0
    for turn, proof in enumerate(prove(problem, known, left)):
        bound, method = proof.bound, proof.method
        share = certificate_of(best.gain, bound, method).share
        progress(int(run.clock() - begun), int(max(seconds, FIRST_SECONDS)), _told(share))
        if share >= GOOD_ENOUGH:
            break
        now = run.clock()
        if seconds > 0 and left() > 0 and _is_turn(turn) and spent < RETRY_SHARE * seconds:
            other = run.begun_from(proof.wanted, lambda: left() <= 0)
            best = other if other is not None and other.gain > best.gain else best
            spent += run.clock() - now
    return Solution(best.choice, best.after, certificate_of(best.gain, bound, method))


def _is_turn(turn: int) -> bool:
    """Ever more rarely, as the prices change less: 0, 1, 2, 4, 8, ..."""
    return turn & (turn - 1) == 0


def _told(share: float) -> str:
    return f"Proving how good the plan is: at least {int(share * 1000) / 10:g} % of the best so far"
