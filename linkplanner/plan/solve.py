"""One plan with its certificate: optimise, then tighten both from both sides while time lasts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.plan.bound import Bound, branch, programme_for, relax
from linkplanner.plan.certify import Certificate, question_for, share_of, simple_bound
from linkplanner.plan.objective import Goal
from linkplanner.plan.optimise import Choice, optimise
from linkplanner.plan.programme import Programme

__all__ = ["Solution", "solve"]

PROGRAMME_SIZE: Final = 4_000_000
"""Source pages times candidates up to which the programme is built (its dense part, 30 MB)."""
GOOD_ENOUGH: Final = 0.999
"""Certificate from which on nothing more is tried."""

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Solution:
    """A plan, the equity it leads to, and how close it is to the best."""

    choice: Choice
    after: Floats
    """x with the plan, from a fresh solve of the whole model."""
    certificate: Certificate


@dataclass
class _Run:
    """What one run works with."""

    model: Model
    goal: Goal
    equity: Floats
    graph: LinkGraph
    deadline: float
    clock: Callable[[], float]
    should_stop: Callable[[], bool]

    def left(self) -> float:
        """Seconds left; 0 when the user has stopped."""
        return 0.0 if self.should_stop() else self.deadline - self.clock()

    def gain(self, choice: Choice) -> tuple[float, Floats]:
        """Gain of a plan in the goal, and the equity with it, from a fresh solve."""
        ends = (self.model.cand_source, self.model.cand_target, self.model.cand_weight)
        changed = self.graph.with_links(*(end[choice.links] for end in ends))
        after = changed.equity(self.model.seed, self.model.damping, start=self.equity)
        return self.goal.value(after) - self.goal.value(self.equity), after


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

    The first plan is always completed. With 0 seconds the certificate is the value bound, valid
    but loose. Raises Cancelled when stopped before the first plan is there.
    """
    choice = optimise(model, goal, equity, graph, progress, should_stop)
    run = _Run(model, goal, equity, graph, clock() + seconds, clock, should_stop)
    gain, after = run.gain(choice)
    question = question_for(model, goal, equity, graph)
    if question is None:
        return Solution(choice, after, Certificate(None, None, "not computed"))
    if len(model.cand_source) == 0 or len(goal.targets) == 0 or model.max_links <= 0:
        return Solution(choice, after, share_of(gain, Bound(0.0, "nothing to choose")))
    bound = simple_bound(question, after[goal.targets])
    size = len(np.unique(model.cand_source)) * len(model.cand_source)
    if seconds > 0 and size <= PROGRAMME_SIZE:
        progress(0, 1, "Proving how good the plan is")
        programme = programme_for(question, after[goal.targets])
        if programme is not None:
            bound = min(bound, relax(programme, run.left()), key=lambda b: b.gain)
            return _branched(run, programme, choice, after, bound)
    return Solution(choice, after, share_of(gain, bound))


def _branched(
    run: _Run, programme: Programme, choice: Choice, after: Floats, bound: Bound
) -> Solution:
    """Branch and bound for the time left; its plan is taken up where it is better."""
    gain = run.gain(choice)[0]
    if run.left() > 1.0 and gain < GOOD_ENOUGH * bound.gain:
        tighter, links = branch(programme, run.left(), gain)
        bound = min(bound, tighter, key=lambda b: b.gain)
        if links is not None:
            other = _taken_up(run, links)
            reached, moved = run.gain(other)
            if reached > gain:
                choice, gain, after = other, reached, moved
    return Solution(choice, after, share_of(gain, bound))


def _taken_up(run: _Run, links: Ints) -> Choice:
    """A plan that starts from the programme's choice, as far as the limits allow."""
    model = run.model
    out, into = model.source_limits().copy(), model.target_limits().copy()
    kept = []
    for link in links[: model.max_links]:
        u, v = model.cand_source[link], model.cand_target[link]
        if out[u] > 0 and into[v] > 0:
            out[u] -= 1
            into[v] -= 1
            kept.append(link)
    start = np.array(kept, dtype=np.int64)
    return optimise(model, run.goal, run.equity, run.graph, start=start)
