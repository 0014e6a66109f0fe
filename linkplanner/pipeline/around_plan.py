"""What stands around a plan: what limits hold back, articles with few links, topics, tie-ins."""

from collections.abc import Callable

import pandas as pd

from linkplanner.graph.model import Model
from linkplanner.graph.objective import Goal
from linkplanner.pipeline.advice import (
    change_by_section,
    few_links,
    group_words,
    links_in_texts,
    tied_in,
    weak_links,
)
from linkplanner.pipeline.plan_ground import PlanGround
from linkplanner.pipeline.texts import text_report
from linkplanner.plan.solve import Solution
from linkplanner.plan.waiting import room_after, swaps, waiting
from linkplanner.tables import PLAN

__all__ = ["around_plan"]


def around_plan(
    ground: PlanGround,
    model: Model,
    goal: Goal,
    solution: Solution,
    whole: bool,
    should_stop: Callable[[], bool],
) -> dict[str, pd.DataFrame]:
    """Frames beside `plan` by name: pages, suggestions, sections, waiting, weak_links, few_links,
    repairs; where `whole` also those of topics and anchors, few_links filled and orphans tied in.
    """
    links, after = solution.choice.links, solution.after
    pages = ground.facts.assign(equity_before=ground.equity, equity_after=after)
    room, worth = room_after(model, links, goal, after, ground.nodes.graph)
    frames = {
        "pages": pages,
        "suggestions": PLAN.empty(),
        "sections": change_by_section(pages),
        "waiting": waiting(room, group_words(model)),
        "weak_links": weak_links(swaps(room, worth, links_in_texts(ground)), model.url),
        "few_links": PLAN.empty(),
        "repairs": ground.analysis["repairs"],
    }
    if whole:
        frames["few_links"] = few_links(ground, (model, links), worth, should_stop)
        frames["repairs"] = tied_in(ground, worth)
        frames |= text_report(ground.analysis, ground.settings, ground.compared, should_stop)
    return frames
