"""How long a what-if of the plan screen takes, and how good its quick plan is.

    python benchmarks/what_if.py [--pages 20000] [--links 30] [--priorities 25] [--json]

On a generated site: limits and weights changed (`plan/what_if.try_limits`), links ticked
(`what_if`), each against a fresh solve of the changed graph; the quick plan's gain against the one
that the optimiser finds with no hurry; and one networkx.pagerank of the same graph as a measure of
the machine.
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (("--pages", 20_000), ("--links", 30), ("--priorities", 25)):
        parser.add_argument(name, type=int, default=value)
    parser.add_argument("--no-networkx", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measured(options.pages, options.links, options.priorities)
    if not options.no_networkx:
        from benchmarks.plan import networkx_seconds
        from benchmarks.plan_models import random_model

        model = random_model(options.pages, options.priorities, options.links)
        found["networkx_pagerank"] = networkx_seconds(model)
    if options.json:
        print(json.dumps(found))
    else:
        for name, value in found.items():
            print(f"{name:28} {value:,.4g}")


def measured(pages: int, links: int, priorities: int) -> dict[str, Any]:
    """Seconds of the what-ifs, largest differences from fresh solves, share of the full gain."""
    from benchmarks.plan_models import random_model
    from linkplanner.graph.objective import goal_for
    from linkplanner.plan.optimise import optimise
    from linkplanner.plan.what_if import Changed, try_limits, what_if

    model = replace(random_model(pages, priorities, links), max_links=100)
    graph, able = model.graph(), np.ones(pages, dtype=bool)
    equity = graph.equity(model.seed, model.damping)
    goal = goal_for("balanced", model.priority, equity, able)
    began = time.perf_counter()
    plan = optimise(model, goal, equity, graph).links
    whole = time.perf_counter() - began
    heavy = int(np.argmax(model.priority))
    tries = [
        Changed(most, per_page, 10, 0.0, aim, weights)  # type: ignore[arg-type]
        for most in (25, 100, 150)
        for per_page in (2, 4)
        for aim in ("balanced", "total")
        for weights in ({}, {heavy: 9.0})
    ]
    seconds, error = [], 0.0
    for changed in tries:
        began = time.perf_counter()
        found = try_limits(model, changed, equity, graph, able, plan)
        seconds.append(time.perf_counter() - began)
        error = max(error, _difference(model, found.links, found.after))
    same = try_limits(model, Changed(100, 3, 10, 0.0, "balanced"), equity, graph, able)
    ticked = []
    for step in (2, 3, 5, 7):
        began = time.perf_counter()
        answer = what_if(model, plan[::step], graph)
        ticked.append(time.perf_counter() - began)
        error = max(error, _difference(model, plan[::step], answer.after))
    full = goal.value(_fresh(model, plan)) - goal.value(equity)
    return {
        "pages": pages, "candidates": len(model.cand_source),
        "limits_median_s": float(np.median(seconds)), "limits_worst_s": max(seconds),
        "ticks_median_s": float(np.median(ticked)), "ticks_worst_s": max(ticked),
        "largest_difference": error,
        "quick_gain_share": (goal.value(same.after) - goal.value(equity)) / full,
        "optimiser_s": whole,
    }  # fmt: skip


def _fresh(model: Any, links: Any) -> Any:
    """Equity with links, from a graph built anew with them in it."""
    ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
    graph = model.graph().with_links(*ends)
    return graph.equity(model.seed, model.damping, 1e-12)


def _difference(model: Any, links: Any, after: Any) -> float:
    """Largest relative difference from a fresh solve."""
    return float(np.max(np.abs(_fresh(model, links) - after) / np.maximum(after, 1e-9)))


if __name__ == "__main__":
    main()
