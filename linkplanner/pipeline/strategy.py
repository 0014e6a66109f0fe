"""Third step of the main job: verdicts, pages to pitch, and which lever moves more."""

from typing import Any

import numpy as np
import pandas as pd

from linkplanner.bound.ceilings import ceilings
from linkplanner.bound.problem import Problem, problem_for
from linkplanner.bound.ranges import first_ranges
from linkplanner.graph.link_graph import Floats, LinkGraph
from linkplanner.graph.model import Model
from linkplanner.graph.nodes import Ints
from linkplanner.graph.objective import Goal
from linkplanner.plan.effort import link_minutes
from linkplanner.plan.next_backlink import best_landing, good_link, pitches
from linkplanner.plan.verdict import (
    NOTHING_SAID,
    Needs,
    Reckoning,
    needs,
    site_verdict,
    verdicts,
)
from linkplanner.results import Analysis
from linkplanner.settings import Settings

__all__ = ["strategy"]

PAGES: int = 200
"""Priority pages that get a verdict at most, by weight and equity."""


def strategy(
    analysis: Analysis,
    settings: Settings,
    model: Model,
    graph: LinkGraph,
    pages: pd.DataFrame,
    plan: pd.DataFrame,
    said: Needs = NOTHING_SAID,
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Frames `verdicts` and `pitches`, and facts for the summary.

    pages: page facts with equity_before and equity_after; plan: PLAN.
    """
    chosen = settings.strategy
    points, counted = good_link(
        analysis["backlinks"], float(analysis.facts.get("points_per_worth") or 0.0), chosen
    )
    reach = pages["reach"].to_numpy(dtype=np.float64)
    listed = pitches(pages, reach, points)
    rows = _priority_rows(pages)
    reckoning = _reckoned(pages, model, graph, rows, points)
    found = verdicts(
        pages, plan, analysis["priorities"], reckoning, needs(pages, rows, chosen), chosen, said
    )
    best = float(listed["value"].max()) if len(listed) else 0.0
    gain = float(plan["gain"].sum()) if len(plan) else 0.0
    hours = float(link_minutes(plan["action"], settings.limits).sum()) / 60
    domains = int(analysis.facts["counts"]["referring_domains"])
    code, words = site_verdict(found, gain, hours, best, domains, chosen)
    return {"verdicts": found, "pitches": listed}, {
        "verdict": code,
        "verdict_words": words,
        "good_link_points": points,
        "good_links_counted": counted,
        "plan_in_good_links": gain / best if best > 0 else None,
        "best_pitch_gain": best,
        "plan_hours": hours,
    }


def _priority_rows(pages: pd.DataFrame) -> Ints:
    weight = pages["priority"].to_numpy(dtype=np.float64)
    rows = np.flatnonzero(weight > 0)
    if len(rows) > PAGES:
        order = np.lexsort((-pages["equity"].to_numpy()[rows], -weight[rows]))
        rows = np.sort(rows[order[:PAGES]])
    return rows


def _reckoned(
    pages: pd.DataFrame, model: Model, graph: LinkGraph, rows: Ints, points: float
) -> Reckoning:
    onto = graph.influence(rows, model.damping)
    landing = best_landing(pages, onto, rows)
    return Reckoning(
        rows=rows,
        ceiling=_ceilings(pages, model, graph, rows),
        returns=onto[rows, np.arange(len(rows))],
        landing=landing,
        landing_returns=onto[landing, np.arange(len(rows))],
        link_points=points,
    )


def _ceilings(pages: pd.DataFrame, model: Model, graph: LinkGraph, rows: Ints) -> Floats:
    """Most equity of each priority page under any links within the limits: the decision process
    for that page alone, and what the limits per target and in all allow."""
    equity = pages["equity_before"].to_numpy(dtype=np.float64)
    if len(model.cand_source) == 0:
        return equity[rows]
    goal = Goal("total", rows, np.ones(len(rows)))
    problem: Problem = problem_for(model, goal, equity, graph)
    high = first_ranges(problem).high[problem.targets]
    alone = ceilings(problem, problem.targets)
    return np.minimum(high, alone)
