"""The figures that a plan is summed up in."""

from typing import Any

import numpy as np

from linkplanner import __version__
from linkplanner.graph.model import MODEL_VERSION, Model
from linkplanner.graph.objective import Goal
from linkplanner.plan.solve import Solution
from linkplanner.results import Analysis
from linkplanner.settings import Settings

__all__ = ["figures_of", "of_solution"]


def figures_of(
    analysis: Analysis,
    settings: Settings,
    goal: Goal,
    before: np.ndarray,
    after: np.ndarray,
    priority: np.ndarray,
) -> dict[str, Any]:
    """JSON-able: the goal and points before and after, what is blocked, counts, limits."""
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


def of_solution(model: Model, solution: Solution) -> dict[str, Any]:
    """JSON-able figures of the links chosen and of the certificate."""
    candidates, certificate = len(model.cand_source), solution.certificate
    return {
        "links": len(solution.choice.links),
        "accepted_before": 0 if model.cand_kept is None else int(model.cand_kept.sum()),
        "candidates": candidates,
        "bound": certificate.bound,
        "certificate": certificate.share,
        "certificate_words": certificate.sentence(candidates),
        "bound_method": certificate.method,
    }
