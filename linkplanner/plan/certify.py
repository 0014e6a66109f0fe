"""The certificate of a plan: its gain over a proven upper bound on any plan within the limits."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.plan.bound import Bound
from linkplanner.plan.ceiling import Options, ceiling, top_of_group
from linkplanner.plan.core import build_core
from linkplanner.plan.objective import Goal
from linkplanner.plan.programme import Question

__all__ = ["Certificate", "question_for", "share_of", "simple_bound"]

CORE_PAGES: Final = 2500
"""Pages up to which a bound is computed (one 50 MB core); larger sites are told so."""
LEAST_GAIN: Final = 1e-12
"""Below this a gain or bound counts as none."""


@dataclass(frozen=True)
class Certificate:
    """How close a plan is to the best possible one, for its goal, limits and candidates."""

    bound: float | None
    """No plan within the limits gains more; None where it was not computed."""
    share: float | None
    """gain / bound: never above 1, 1 where the bound is 0."""
    method: str
    """What the bound rests on."""

    def sentence(self, candidates: int) -> str:
        """The certificate in plain words."""
        if self.share is None:
            return "How close this plan is to the best possible one was not computed at this size."
        return (
            f"This plan brings at least {_percent(self.share)} of what the best choice among the "
            f"{candidates:,} suitable links could bring within the same limits and goal."
        )


def _percent(share: float) -> str:
    """Rounded down, so that nothing is claimed that was not proven."""
    return f"{int(share * 1000) / 10:g} %"


def question_for(model: Model, goal: Goal, equity: Floats, graph: LinkGraph) -> Question | None:
    """What the bound is asked about; None where the site is too large for one core."""
    nodes = np.unique(np.concatenate([model.cand_source, model.cand_target, goal.targets]))
    if len(nodes) > CORE_PAGES:
        return None
    core = build_core(graph, equity, nodes, model.damping)
    options = Options(
        core.at(model.cand_source),
        core.at(model.cand_target),
        model.cand_weight,
        model.source_limits()[core.pages],
    )
    target_limit = model.target_limits()[core.pages]
    return Question(core, options, goal, core.at(goal.targets), target_limit, model.max_links)


def share_of(gain: float, bound: Bound) -> Certificate:
    """Certificate of a gain under a bound."""
    if bound.gain <= LEAST_GAIN:
        return Certificate(max(bound.gain, gain, 0.0), 1.0, bound.method)
    return Certificate(bound.gain, float(min(1.0, max(0.0, gain) / bound.gain)), bound.method)


def simple_bound(question: Question, plan: Floats) -> Bound:
    """Bound from the values of the ceiling alone (docs/method.md, "Certificate").

    For a linear goal c: the sum of the B best, at most k a page, of
    a x_u w_e (z*_v - (Pz)_u) / (W_u + w_e). For the balanced goal c = w / x at the plan's x, and
    by concavity no plan is better than it by more than sum c x0 + bound_c - sum w.
    """
    core, goal, at = question.core, question.goal, question.targets
    reward = np.zeros(len(core.pages))
    reward[at] = goal.slope(plan)
    best = ceiling(core, question.options, reward)
    linear = min(best.gain, _best_terms(question, reward, best.value))
    if goal.name == "total":
        return Bound(linear, "value bound")
    today = core.equity[at]
    reached = float(goal.weights @ np.log(plan / today))
    gap = float(goal.weights @ (today / plan)) + linear - float(goal.weights.sum())
    return Bound(reached + max(gap, 0.0), "value bound")


def _best_terms(question: Question, reward: Floats, value: Floats) -> float:
    """Sum of the best terms, at most the limit a page and the budget in all."""
    core, options = question.core, question.options
    before = core.influence @ reward
    flow = (before - reward) / core.damping
    u, v, w = options.source, options.target, options.weight
    push = core.damping * core.equity[u] / (core.total[u] + w)
    term = push * w * (value[v] - flow[u])
    picked = top_of_group(u, term, options.limit, term > 0)
    best = np.sort(term[picked])[::-1][: question.max_links]
    return float(best.sum())
