"""Second step of the main job: candidates, the plan, its sentences, tasks and figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from linkplanner import __version__
from linkplanner.graph.link_graph import LinkGraph
from linkplanner.graph.model import MODEL_VERSION, Model
from linkplanner.graph.nodes import NodeLinks
from linkplanner.pipeline.advice import (
    change_by_section,
    few_links,
    group_words,
    links_in_texts,
    tied_in,
    weak_links,
)
from linkplanner.pipeline.build_model import build_model
from linkplanner.pipeline.progress import Progress, no_progress
from linkplanner.pipeline.routes import route_figures, weigh_route
from linkplanner.pipeline.strategy import strategy
from linkplanner.pipeline.texts import Compared, compare_texts, placed, text_report
from linkplanner.plan.candidates import readable
from linkplanner.plan.decided import Decided
from linkplanner.plan.effort import link_minutes
from linkplanner.plan.link_effects import link_effects
from linkplanner.plan.objective import Goal, goal_for
from linkplanner.plan.optimise import Choice
from linkplanner.plan.solve import solve
from linkplanner.plan.tasks import tasks_from
from linkplanner.plan.verdict import NOTHING_SAID, Needs
from linkplanner.plan.waiting import room_after, swaps, waiting
from linkplanner.results import Analysis, PlanResult
from linkplanner.settings import Route, Settings
from linkplanner.tables import PAGES, PLAN

__all__ = ["make_plan", "pages_export"]

NOTHING_DECIDED = Decided()
QUICK_EFFECTS = 300_000
"""Links times pages up to which the quick run tells who loses by each link."""
SUGGESTIONS_PER_TARGET = 5
"""Pairs shown to check for each priority page where links are unknown."""


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
    pairs = _without(compared.for_route(settings.limits.route), analysis, decided)
    if not analysis.facts["has_links"]:
        return _suggest(analysis, settings, pairs, now, compared)
    nodes = analysis.nodes(settings.equity)
    facts = analysis["page_facts"]
    model, found = build_model(analysis, settings, nodes, pairs, decided)
    graph, equity = nodes.graph, facts["equity"].to_numpy()
    indexable = facts["indexable"].to_numpy(dtype=bool)
    goal = goal_for(settings.limits.objective, model.priority, equity, indexable)
    seconds = settings.limits.proof_seconds if thorough else 0.0
    solution = solve(model, goal, equity, graph, seconds, progress, should_stop)
    choice, certificate, after = solution.choice, solution.certificate, solution.after
    progress(2, 3, "Finding sentences")
    chosen = found.iloc[choice.links]
    plan = _plan_frame(analysis, settings, nodes, chosen, choice, compared)
    whole = thorough if whole is None else whole
    plan = _with_effects(plan, model, choice, equity, graph, settings, whole)
    pages = facts.assign(equity_before=equity, equity_after=after)
    room, worth = room_after(model, choice.links, goal, after, graph)
    frames = {
        "plan": plan,
        "pages": pages,
        "suggestions": PLAN.empty(),
        "sections": change_by_section(pages),
        "waiting": waiting(room, group_words(model)),
        "weak_links": weak_links(
            swaps(room, worth, links_in_texts(analysis, settings, nodes)), model.url
        ),
        "few_links": PLAN.empty(),
        "repairs": analysis["repairs"],
    }
    known = (model, choice.links)
    if whole:
        frames["few_links"] = few_links(
            analysis, settings, nodes, compared, decided, known, worth, should_stop
        )
        frames["repairs"] = tied_in(analysis, settings, nodes, compared, decided, worth)
        frames |= text_report(analysis, settings, compared, should_stop)
    frames["tasks"] = tasks_from(
        pd.concat([plan, frames["few_links"]], ignore_index=True), frames["repairs"],
        analysis["prospects"], settings.limits, now,
    )  # fmt: skip
    advice, told = strategy(analysis, settings, model, graph, pages, plan, said)
    frames |= advice
    summary = _summary(analysis, settings, goal, equity, after, model.priority)
    summary |= {"strategy": told, "foreign_pairs": _foreign_pairs(pairs, analysis, settings)}
    summary |= {
        "links": len(plan),
        "accepted_before": 0 if model.cand_kept is None else int(model.cand_kept.sum()),
        "candidates": len(found),
        "bound": certificate.bound,
        "certificate": certificate.share,
        "certificate_words": certificate.sentence(len(found)),
        "bound_method": certificate.method,
    }
    figures = route_figures(goal, model, equity, after, len(plan))
    summary["route"] = settings.limits.route
    summary["routes"] = {settings.limits.route: figures}
    if whole:
        progress(2, 3, "Trying the other way of the links")
        other = _other_route(analysis, settings, compared, decided, goal, known, should_stop)
        summary["routes"] |= other
    model = _with_plan(model, found, choice)
    return PlanResult(frames, summary, model)


def _other_route(
    analysis: Analysis,
    settings: Settings,
    compared: Compared,
    decided: Decided,
    goal: Goal,
    known: tuple[Model, np.ndarray],
    should_stop: Callable[[], bool],
) -> dict[str, Any]:
    """Figures of a quick plan by the route that was not chosen; empty where it was stopped."""
    name: Route = "direct" if settings.limits.route == "hubs" else "hubs"
    pairs = _without(compared.for_route(name), analysis, decided)
    nodes = analysis.nodes(settings.equity)
    model, _ = build_model(analysis, settings, nodes, pairs, decided)
    equity = analysis["page_facts"]["equity"].to_numpy()
    found = weigh_route(model, goal, equity, known, should_stop)
    return {name: found} if found else {}


def _with_effects(
    plan: pd.DataFrame,
    model: Model,
    choice: Choice,
    equity: np.ndarray,
    graph: LinkGraph,
    settings: Settings,
    whole: bool,
) -> pd.DataFrame:
    """PLAN with what each link brings alone, who loses, and the work; on large sites only in the
    whole run, since it takes seconds there."""
    plan = plan.assign(minutes=link_minutes(plan["action"], settings.limits))
    if not whole and len(plan) * model.pages > QUICK_EFFECTS:
        return PLAN.conform(plan)
    effects = link_effects(model, choice.links, equity, graph)
    return PLAN.conform(plan.assign(**{name: effects[name] for name in effects}))


def _without(pairs: pd.DataFrame, analysis: Analysis, decided: Decided) -> pd.DataFrame:
    """The pairs without those that people refused or set already."""
    if not decided.closed:
        return pairs
    urls = analysis["pages"]["url"]
    source = urls.iloc[pairs["source_id"].astype("int64")]
    target = urls.iloc[pairs["target_id"].astype("int64")]
    return pairs[decided.open(source, target)]


def _foreign_pairs(pairs: pd.DataFrame, analysis: Analysis, settings: Settings) -> int:
    """Pairs relevant enough that are left out because their pages are in different languages."""
    limits = settings.limits
    fitting = pairs[pairs["relevance"] >= limits.min_relevance]
    every = readable(fitting, analysis["pages"], replace(limits, same_language=False))
    return int((every & ~readable(fitting, analysis["pages"], limits)).sum())


def _with_plan(model: Model, found: pd.DataFrame, choice: Choice) -> Model:
    chosen = found.iloc[choice.links]
    return replace(
        model,
        plan_source=chosen["source"].to_numpy(dtype=np.int64),
        plan_target=chosen["target"].to_numpy(dtype=np.int64),
    )


def _plan_frame(
    analysis: Analysis,
    settings: Settings,
    nodes: NodeLinks,
    chosen: pd.DataFrame,
    choice: Choice,
    compared: Compared,
) -> pd.DataFrame:
    """PLAN in order of gain, each link with its sentence and words."""
    pairs = pd.DataFrame(
        {
            "source_id": nodes.page_id[chosen["source"].to_numpy(dtype=np.int64)],
            "target_id": nodes.page_id[chosen["target"].to_numpy(dtype=np.int64)],
            "relevance": chosen["relevance"].to_numpy(),
        }
    )
    plan = placed(analysis, settings, pairs, compared)
    plan["gain"], plan["objective_gain"] = choice.points, choice.objective
    plan["gain_cumulative"] = plan["gain"].cumsum()
    return PLAN.conform(plan)


def _suggest(
    analysis: Analysis,
    settings: Settings,
    pairs: pd.DataFrame,
    now: datetime,
    compared: Compared,
) -> PlanResult:
    """What can honestly be said without links: pairs that fit by title and path, no gains."""
    fitting = pairs[pairs["relevance"] >= settings.limits.min_relevance]
    fitting = fitting[readable(fitting, analysis["pages"], settings.limits)]
    fitting = fitting.sort_values("relevance", ascending=False, kind="stable")
    fitting = fitting.groupby("target_id", sort=False).head(SUGGESTIONS_PER_TARGET)
    fitting = fitting.head(settings.limits.max_links).reset_index(drop=True)
    shown = placed(analysis, settings, fitting, compared).assign(
        action="Check whether it is linked already"
    )
    tasks = tasks_from(
        PLAN.empty(), analysis["repairs"], analysis["prospects"], settings.limits, now
    )
    frames = {
        "plan": PLAN.empty(),
        "tasks": tasks,
        "pages": analysis["page_facts"].assign(
            equity_before=analysis["page_facts"]["equity"],
            equity_after=analysis["page_facts"]["equity"],
        ),
        "suggestions": PLAN.conform(shown),
    }
    equity = analysis["page_facts"]["equity"].to_numpy()
    priority = analysis["page_facts"]["priority"].to_numpy()
    indexable = analysis["page_facts"]["indexable"].to_numpy(dtype=bool)
    goal = goal_for(settings.limits.objective, priority, equity, indexable)
    summary = _summary(analysis, settings, goal, equity, equity, priority)
    nothing = {"links": 0, "candidates": 0, "bound": None, "certificate": None}
    return PlanResult(frames, summary | nothing, None)


def _summary(
    analysis: Analysis,
    settings: Settings,
    goal: Goal,
    before: np.ndarray,
    after: np.ndarray,
    priority: np.ndarray,
) -> dict[str, Any]:
    blocked = np.setdiff1d(np.flatnonzero(priority > 0), goal.targets)
    value, reached = goal.value(before), goal.value(after)
    return {
        "objective": goal.name,
        "objective_before": value,
        "objective_after": reached,
        "gain": reached - value,
        "points_before": float(priority @ before),
        "points_after": float(priority @ after),
        "blocked": analysis["page_facts"]["url"].iloc[blocked].tolist(),
        "provisional": analysis.facts["provisional"],
        "counts": analysis.facts["counts"],
        "balance": analysis.facts["balance"],
        "limits": {
            "max_links": settings.limits.max_links,
            "per_page": settings.limits.per_page,
            "per_target": settings.limits.per_target,
            "min_relevance": settings.limits.min_relevance,
        },
        "warnings": list(analysis.warnings),
        "versions": {"linkplanner": __version__, "model": MODEL_VERSION},
    }


def pages_export(analysis: Analysis, result: PlanResult) -> pd.DataFrame:
    """Every known address: the columns of PAGES, then seed, equity_before, equity_after, reach,
    depth, links_in, links_in_content, orphan and more; figures only for pages that answer."""
    shared = [name for name in PAGES.columns if name != "page_id" and name in result.pages]
    return analysis["pages"].merge(result.pages.drop(columns=shared), on="page_id", how="left")
