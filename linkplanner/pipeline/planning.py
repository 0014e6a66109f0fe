"""Second step of the main job: candidates, the plan, its sentences, tasks and figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from linkplanner.graph.model import Model
from linkplanner.graph.objective import goal_for
from linkplanner.pipeline.around_plan import around_plan
from linkplanner.pipeline.build_model import build_model
from linkplanner.pipeline.plan_figures import figures_of, of_solution
from linkplanner.pipeline.plan_ground import PlanGround, foreign_pairs_among, undecided
from linkplanner.pipeline.progress import Progress, no_progress
from linkplanner.pipeline.routes import other_route, route_figures
from linkplanner.pipeline.strategy import strategy
from linkplanner.pipeline.suggestions import suggestions
from linkplanner.pipeline.texts import Compared, compare_texts, placed
from linkplanner.plan.decided import Decided
from linkplanner.plan.effort import link_minutes
from linkplanner.plan.link_effects import link_effects
from linkplanner.plan.optimise import Choice
from linkplanner.plan.solve import solve
from linkplanner.plan.tasks import tasks_from
from linkplanner.plan.verdict import NOTHING_SAID, Needs
from linkplanner.results import Analysis, PlanResult
from linkplanner.settings import Settings
from linkplanner.tables import PAGES, PLAN

__all__ = ["make_plan", "pages_export"]

NOTHING_DECIDED = Decided()
QUICK_EFFECTS = 300_000
"""Links times pages up to which the quick run tells who loses by each link."""


def make_plan(
    analysis: Analysis,
    settings: Settings | None = None,
    progress: Progress = no_progress,
    should_stop: Callable[[], bool] = lambda: False,
    now: datetime | None = None,
    thorough: bool = True,
    decided: Decided = NOTHING_DECIDED,
    compared: Compared | None = None,
    said: Needs = NOTHING_SAID,
    whole: bool | None = None,
) -> PlanResult:
    """Plans internal links for the priority pages of the analysis, inside the settings' limits.

    decided: links that people accepted, which stay in the plan and count against its limits, and
    those they refused or set already, which are not planned again.
    thorough: spend the setting's seconds on a better plan and a tight certificate.
    whole: also articles with few links, pages to tie in, topics and the other route; where None,
    as thorough says.
    said: what the user said of the needs of priority pages, for the verdicts.
    compared: what `compare_texts` gave for the same analysis and settings, where it is at hand.

    Where no links are known nothing is invented: the result holds suggestions without gains.
    Raises Cancelled when stopped before a first plan is complete.
    """
    settings, now = settings or Settings(), now or datetime.now(UTC)
    progress(0, 3, "Comparing texts")
    compared = compared or compare_texts(analysis, settings, should_stop)
    pairs = undecided(compared.for_route(settings.limits.route), analysis, decided)
    if not analysis.facts["has_links"]:
        return suggestions(analysis, settings, pairs, now, compared)
    ground = PlanGround(analysis, settings, compared, decided, analysis.nodes(settings.equity))
    model, found = build_model(analysis, settings, ground.nodes, pairs, decided)
    graph, equity = ground.nodes.graph, ground.equity
    goal = goal_for(settings.limits.objective, model.priority, equity, ground.indexable)
    seconds = settings.limits.proof_seconds if thorough else 0.0
    solution = solve(model, goal, equity, graph, seconds, progress, should_stop)
    progress(2, 3, "Finding sentences")
    whole = thorough if whole is None else whole
    plan = _plan_frame(ground, found.iloc[solution.choice.links], solution.choice)
    plan = _with_work(plan, settings)
    if whole or len(plan) * model.pages <= QUICK_EFFECTS:
        links = solution.choice.links
        plan = _with_effects(plan, link_effects(model, links, equity, graph, progress, should_stop))
    frames = around_plan(ground, model, goal, solution, whole, should_stop) | {"plan": plan}
    frames["tasks"] = tasks_from(
        pd.concat([plan, frames["few_links"]], ignore_index=True), frames["repairs"],
        analysis["prospects"], settings.limits, now,
    )  # fmt: skip
    advice, told = strategy(analysis, settings, model, graph, frames["pages"], plan, said)
    summary = figures_of(analysis, settings, goal, equity, solution.after, model.priority)
    summary |= of_solution(model, solution) | {"strategy": told}
    summary["foreign_pairs"] = foreign_pairs_among(pairs, analysis, settings)
    summary["route"] = settings.limits.route
    summary["routes"] = {
        settings.limits.route: route_figures(goal, model, equity, solution.after, len(plan))
    }
    if whole:
        progress(2, 3, "Trying the other way of the links")
        known = (model, solution.choice.links)
        summary["routes"] |= other_route(ground, goal, known, should_stop)
    model = _with_plan(model, found, solution.choice)
    return PlanResult(frames | advice, summary, model)


def _with_work(plan: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """PLAN with the work on each link and what an hour of it brings."""
    minutes = link_minutes(plan["action"], settings.limits)
    hours = np.where(minutes > 0, minutes / 60, np.nan)
    rate = plan["gain"] / hours
    return PLAN.conform(plan.assign(minutes=minutes, gain_per_hour=rate))


def _with_effects(plan: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    """PLAN with what each link brings alone and who loses; on large sites only in the whole run,
    since it takes seconds there."""
    return PLAN.conform(plan.assign(**{name: effects[name] for name in effects}))


def _with_plan(model: Model, found: pd.DataFrame, choice: Choice) -> Model:
    chosen = found.iloc[choice.links]
    return replace(
        model,
        plan_source=chosen["source"].to_numpy(dtype=np.int64),
        plan_target=chosen["target"].to_numpy(dtype=np.int64),
    )


def _plan_frame(ground: PlanGround, chosen: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """PLAN in order of gain, each link with its sentence and words."""
    page_id = ground.nodes.page_id
    pairs = pd.DataFrame(
        {
            "source_id": page_id[chosen["source"].to_numpy(dtype=np.int64)],
            "target_id": page_id[chosen["target"].to_numpy(dtype=np.int64)],
            "relevance": chosen["relevance"].to_numpy(),
        }
    )
    plan = placed(ground.analysis, ground.settings, pairs, ground.compared)
    plan["gain"], plan["objective_gain"] = choice.points, choice.objective
    plan["gain_cumulative"] = plan["gain"].cumsum()
    return PLAN.conform(plan)


def pages_export(analysis: Analysis, result: PlanResult) -> pd.DataFrame:
    """Every known address: the columns of PAGES, then seed, equity_before, equity_after, reach,
    depth, links_in, links_in_content, orphan and more; figures only for pages that answer."""
    shared = [name for name in PAGES.columns if name != "page_id" and name in result.pages]
    return analysis["pages"].merge(result.pages.drop(columns=shared), on="page_id", how="left")
