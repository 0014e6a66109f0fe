"""What can honestly be said where the links of a site are not known."""

from datetime import datetime
from typing import Final

import pandas as pd

from linkplanner.graph.objective import goal_for
from linkplanner.pipeline.plan_figures import figures_of
from linkplanner.pipeline.texts import Compared, placed
from linkplanner.plan.candidates import readable
from linkplanner.plan.tasks import tasks_from
from linkplanner.results import Analysis, PlanResult
from linkplanner.settings import Settings
from linkplanner.tables import PLAN

__all__ = ["suggestions"]

PER_TARGET: Final = 5
"""Pairs shown to check for each priority page where links are unknown."""


def suggestions(
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
    fitting = fitting.groupby("target_id", sort=False).head(PER_TARGET)
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
    summary = figures_of(analysis, settings, goal, equity, equity, priority)
    nothing = {"links": 0, "candidates": 0, "bound": None, "certificate": None}
    return PlanResult(frames, summary | nothing, None)
