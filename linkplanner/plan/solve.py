"""One plan with its certificate: optimise, then tighten both from both sides while time lasts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.bound.problem import Problem, problem_for
from linkplanner.bound.prove import Known, prove
from linkplanner.errors import Cancelled
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal
from linkplanner.plan.allowance import fitting, kept_links, spares
from linkplanner.plan.certify import Certificate, certificate_of
from linkplanner.plan.inside import BEYOND, FEW_BEYOND, Planned, inside
from linkplanner.plan.optimise import Choice, optimise, search_for
from linkplanner.plan.relays import offer_relays
from linkplanner.plan.variations import Variations

__all__ = ["Solution", "solve"]

GOOD_ENOUGH: Final = 0.9999
"""Certificate from which on nothing more is tried."""
FIRST_SECONDS: Final = 1.0
"""Time for the first bound, even where no more time is given."""
MANY: Final = 150_000
"""Candidates up to which a plan through hubs is also begun from the direct one."""
NO_GAIN: Final = 1e9
"""What a plan that must not be is short of any other."""
EXCHANGE_SECONDS: Final = 10.0
"""Time for exchanges where no time is given for a proof. Plans of 100 links take one to three."""
EXCHANGE_SHARE: Final = 0.05
"""Share of the time that may go into exchanges before the first bound."""
BATCH_SECONDS: Final = 10.0
"""The same on a large site, where one round of exchanges takes seconds."""
HUGE: Final = 1_000_000
"""Candidates from which a plan is not begun again from what prices would take: it takes longer than
a bound, and gained nothing in trials."""
TRIED_SHARE: Final = 0.2
"""Share of the time after the first bound that goes into better plans; less each time none is
found."""
VAIN: Final = 2
"""Times in a row without a better plan that still make that share smaller: to a third of it."""
NARROW: Final = 1500
"""Pages in a search's core above which better plans are sought inside as well: on 5,000 pages 500
links gained 262.1 after 4 s there and 264.3 after 20, in the whole core 258.4 after 50."""
RELAYED_SHARE: Final = 0.1
"""Share of it that may go into plans begun from a decision process; a few seconds mostly do."""
INSIDE_SECONDS: Final = 60.0
"""Time from which the search inside follows soon enough that the first plan needs no exchanges: it
began after 22 to 34 seconds on 100,000 and 5,000 pages, and with 60 gained 133.7 and 263.8 there
where three minutes gained 134.4 and 264.5."""
QUICK_LINKS: Final = 100
"""Links up to which the first plan of a large site is made better inside, not by exchanges in
batches: it is as quick, and with 25 to 100 links gained 3 to 22 % where they gained up to 0.7 %."""
QUICK_TIMES: Final = 1.5
"""How much longer than the first filling that may take; exchanges took 1 to 2 times as long."""
LARGE_SHARE: Final = 0.1
"""The same where plans are sought inside, once they were begun anew: there bounds need the time."""
LARGEST_SHARE: Final = 0.03
"""The same after the second bound where there is no search over the whole site: with .1 plans came
out .1 % better and bounds, with two thirds of a round less, .5 % higher."""
INSIDE_SHARE: Final = 0.5
"""The same on a large site, where rows of a few hundred pages come first: 5 to 10 seconds."""

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
    deadline: float
    large: bool = False
    """Whether there is no search over the whole site."""
    narrow: bool = False
    """Whether better plans are sought inside: where the search is slow, or there is none."""
    quick: float = 0.0
    """Seconds for a search inside it before the first bound."""
    vain: int = 0
    """Times in a row that no better plan was found."""

    def left(self) -> float:
        """Seconds left; 0 where told to stop."""
        return 0.0 if self.should_stop() else self.deadline - self.clock()

    def until(self, moment: float) -> Callable[[], float]:
        """Seconds left before a moment, at most those left in all."""
        return lambda: min(self.left(), moment - self.clock())

    def weighed(self, choice: Choice) -> _Best:
        """A plan with its gain, from a fresh solve; none where a protected page loses too much."""
        ends = (self.model.cand_source, self.model.cand_target, self.model.cand_weight)
        changed = self.graph.with_links(*(end[choice.links] for end in ends))
        after = changed.equity(self.model.seed, self.model.damping, start=self.equity)
        gain = self.goal.value(after) - self.goal.value(self.equity)
        return _Best(choice, gain if spares(self.model, after) else -np.inf, after)

    def straight(self, enough: Callable[[], bool]) -> "Ints | None":
        """Where links to hubs are candidates: the links of the best plan without them."""
        model = self.model
        straight = np.flatnonzero(model.priority[model.cand_target] > 0)
        straight = np.union1d(straight, kept_links(model))
        if len(straight) in (0, len(model.cand_source)) or len(model.cand_source) > MANY:
            return None
        few = model.only(straight)
        first = optimise(few, self.goal, self.equity, self.graph, enough=enough)
        return straight[first.links]


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
    """The best plan found in about `seconds` and its certificate.

    The first plan is always completed and gets a first bound; with more seconds both become
    better. Stops within a second or two when told to, with what is proven by then. Raises
    Cancelled when stopped before the first plan is there.
    """
    from threadpoolctl import threadpool_limits

    began = clock()
    run = _Run(model, goal, equity, graph, clock, should_stop, began + seconds)
    with threadpool_limits(1, user_api="blas"):  # many small products: threads only wait
        search = search_for(model, goal, equity, graph)
        share = EXCHANGE_SHARE * seconds if seconds > 0 else EXCHANGE_SECONDS
        run.large = search is None
        run.narrow = search is None or len(search.base.pages) > NARROW
        if run.narrow and seconds >= INSIDE_SECONDS:  # exchanges are quicker inside
            share = 0.0
        elif search is None:
            share = min(0.5 * seconds, BATCH_SECONDS)
        patience = began + max(FIRST_SECONDS, share)
        quick = run.large and seconds > 0 and model.max_links <= QUICK_LINKS
        choice = optimise(
            model, goal, equity, graph, progress, should_stop, search=search,
            enough=lambda: quick or clock() > patience,
        )  # fmt: skip
        run.quick = max(FIRST_SECONDS, QUICK_TIMES * (clock() - began)) if quick else 0.0
        variations = None if search is None else Variations(search, choice.links)
        if variations is not None and not should_stop():
            again = clock() + max(FIRST_SECONDS, share)
            straight = run.straight(lambda: clock() > again)
            if straight is not None:  # a plan through hubs is never below the direct one
                variations.offer(straight)
                choice = variations.choice()
        return _proven(run, run.weighed(choice), variations, seconds, progress)


def _proven(
    run: _Run, best: _Best, variations: "Variations | None", seconds: float, progress: Progress
) -> Solution:
    """Bounds until time is up, and better plans on the way."""
    begun = run.clock()
    run.deadline = max(run.deadline, begun + FIRST_SECONDS)

    def known() -> Known:
        gain = best.gain if np.isfinite(best.gain) else -NO_GAIN
        return Known(best.choice.links, gain, best.after[run.goal.targets])

    problem = problem_for(run.model, run.goal, run.equity, run.graph)
    if run.quick > 0:
        none = np.zeros(0, dtype=np.int64)
        variations = _inside(run, best, problem, none, run.until(begun + run.quick), FEW_BEYOND)
        best = _better(run, best, variations)
    bound, method, since = float("inf"), "", run.clock()
    for turn, proof in enumerate(prove(problem, known, run.left)):
        bound, method = proof.bound, proof.method
        share = certificate_of(best.gain, bound, method).share
        progress(int(run.clock() - begun), int(max(seconds, FIRST_SECONDS)), _told(share))
        if share >= GOOD_ENOUGH:
            break
        if seconds > 0 and run.left() > 0:
            if turn == 0:
                variations = _begun_again(run, best, problem, variations, proof.wanted)
            best = _varied(run, best, variations, proof.wanted, turn, run.clock() - since)
            since = run.clock()
    else:
        if run.large and variations is not None and run.left() > 0:  # no bound needs the time
            until = run.until(run.clock() + TRIED_SHARE * run.left())
            variations.better(until, np.zeros(0, dtype=np.int64))
            best = _better(run, best, variations)
    return Solution(best.choice, best.after, certificate_of(best.gain, bound, method))


def _begun_again(
    run: _Run, best: _Best, problem: Problem, variations: "Variations | None", wanted: Ints
) -> "Variations | None":
    """Plans begun from a decision process, offered to the variations; where the site is too large
    for these, to some among the most promising candidates."""
    share = INSIDE_SHARE if run.narrow else RELAYED_SHARE
    until = run.until(run.clock() + share * run.left())
    if run.narrow:
        return _inside(run, best, problem, wanted, until) or variations
    if variations is not None:
        offer_relays(run.model, problem, variations, best.after[problem.field.pages], until)
    return variations


def _inside(
    run: _Run,
    best: _Best,
    problem: Problem,
    wanted: Ints,
    left: Callable[[], float],
    beyond: int = BEYOND,
) -> "Variations | None":
    known = Planned(best.choice.links, best.gain, best.after)
    return inside(run.model, problem, run.equity, known, wanted, left, beyond)


def _better(run: _Run, best: _Best, variations: "Variations | None") -> _Best:
    """The variations' plan where it really is better."""
    if variations is None or not variations.value > best.gain + 1e-9 * abs(best.gain):
        return best
    tried = run.weighed(variations.choice())
    return tried if tried.gain > best.gain else best


def _varied(
    run: _Run,
    best: _Best,
    variations: "Variations | None",
    wanted: Ints,
    turn: int,
    spent: float,
) -> _Best:
    """The best plan after some more tries. spent: seconds that the last bound took."""
    now = run.clock()
    if variations is None:
        if turn & (turn - 1) or len(run.model.cand_source) > HUGE:  # at 0, 1, 2, 4, 8, ...
            return best
        start = fitting(run.model, wanted.tolist())
        enough = run.until(now + TRIED_SHARE * run.left())
        try:
            other = optimise(
                run.model, run.goal, run.equity, run.graph, should_stop=lambda: run.left() <= 0,
                start=start, enough=lambda: enough() <= 0,
            )  # fmt: skip
        except Cancelled:
            return best
        tried = run.weighed(other)
        return tried if tried.gain > best.gain else best
    share = (LARGE_SHARE if run.narrow else TRIED_SHARE) / (1 + min(run.vain, VAIN))
    slice_ = max(spent * share / (1 - share), 0.05 * run.left() if turn == 0 else 0.0)
    if run.large:  # the next bound takes as long as all that is left may be
        slice_ = 0.05 * run.left() if turn == 0 else LARGEST_SHARE * spent
    left = run.until(now + slice_)
    if turn & (turn - 1) == 0:
        variations.offer(fitting(run.model, wanted.tolist()))
    variations.better(left, wanted)
    found = _better(run, best, variations)
    run.vain = 0 if found is not best else run.vain + 1
    return found


def _told(share: float) -> str:
    return f"Proving how good the plan is: at least {int(share * 1000) / 10:g}% of the best so far"
