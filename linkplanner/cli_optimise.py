"""`python -m linkplanner optimise`: a plan from a saved model alone."""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from linkplanner import __version__
from linkplanner.errors import InputError
from linkplanner.settings import check_objective, check_route

if TYPE_CHECKING:
    from linkplanner.graph.link_graph import Floats
    from linkplanner.graph.model import Model
    from linkplanner.graph.objective import Goal
    from linkplanner.plan.optimise import Choice
    from linkplanner.plan.solve import Solution

__all__ = ["run_optimise"]


def run_optimise(options: argparse.Namespace) -> None:
    """Plans within the model's limits, or those given, and writes plan.csv, summary.json and
    model.npz with the plan in it."""
    from linkplanner.export.csv import write_bytes, write_csv
    from linkplanner.graph.model import Model
    from linkplanner.graph.objective import goal_for
    from linkplanner.plan.solve import solve

    path, out = Path(options.model), Path(options.out)
    if not path.is_file():
        raise InputError(f"“{options.model}” is no file; check the path.")
    out.mkdir(parents=True, exist_ok=True)
    model = _limited(Model.load(path), options)
    graph = model.graph()
    equity = graph.equity(model.seed, model.damping)
    goal = goal_for(
        check_objective(options.objective), model.priority, equity, np.ones(model.pages, dtype=bool)
    )
    solution = solve(model, goal, equity, graph, float(options.seconds))
    chosen = solution.choice.links
    summary = _summary(model, goal, equity, solution)
    write_csv(out / "plan.csv", _plan_table(model, solution.choice))
    write_bytes(out / "summary.json", json.dumps(summary, indent=2, ensure_ascii=False).encode())
    planned: dict[str, Any] = {
        "plan_source": model.cand_source[chosen],
        "plan_target": model.cand_target[chosen],
    }
    replace(model, **planned).save(out / "model.npz")
    print(f"{len(chosen):,} links. {summary['certificate_words']} Results are in {out}.")


def _plan_table(model: "Model", choice: "Choice") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rank": np.arange(1, len(choice.links) + 1),
            "source_url": model.url[model.cand_source[choice.links]],
            "target_url": model.url[model.cand_target[choice.links]],
            "weight": model.cand_weight[choice.links],
            "gain": choice.points,
            "gain_cumulative": np.cumsum(choice.points),
            "objective_gain": choice.objective,
        }
    )


def _summary(
    model: "Model", goal: "Goal", equity: "Floats", solution: "Solution"
) -> dict[str, Any]:
    """Figures of the plan; every one can be recomputed from the model."""
    certificate = solution.certificate
    before, reached = goal.value(equity), goal.value(solution.after)
    blocked = np.setdiff1d(np.flatnonzero(model.priority > 0), goal.targets)
    return {
        "objective": goal.name,
        "objective_before": before,
        "objective_after": reached,
        "gain": reached - before,
        "bound": certificate.bound,
        "certificate": certificate.share,
        "certificate_words": certificate.sentence(len(model.cand_source)),
        "bound_method": certificate.method,
        "points_before": float(model.priority @ equity),
        "points_after": float(model.priority @ solution.after),
        "links": len(solution.choice.links),
        "candidates": len(model.cand_source),
        "limits": {
            "max_links": model.max_links,
            "per_page": model.per_page,
            "per_target": model.per_target,
        },
        "blocked": model.url[blocked].tolist(),
        "versions": {"linkplanner": __version__, "model": model.version},
    }


def _limited(model: "Model", options: argparse.Namespace) -> "Model":
    """The model with the limits and route of the command line."""
    changes: dict[str, Any] = {}
    for name in ("max_links", "per_page", "per_target"):
        if (value := getattr(options, name)) is not None:
            changes[name] = value
    if "per_page" in changes:
        changes["page_capacity"] = None
    if "per_target" in changes:
        changes["target_capacity"] = None
    if check_route(options.route) == "direct":
        straight = model.priority[model.cand_target] > 0
        model = model.only(straight if model.cand_kept is None else straight | model.cand_kept)
    return replace(model, **changes)
