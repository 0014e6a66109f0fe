"""How good a plan is, how far from the best it can be, and against what: one run a model.

    python benchmarks/plan.py MODEL.npz ... [--links 25] [--seconds 60] [--json]
    python benchmarks/plan.py --random 1000:20,10000:50 --sample --sites FOLDER_OF_ARCHIVES
    python benchmarks/plan.py --matrix --links 25,100,500 --networkx --json > all.json
    python benchmarks/plan.py --join one.json two.json

--matrix: generated sites of 1,000 to 100,000 pages with 5, 50 and 500 priority pages. A matrix can
be run in parts, by --pages, --links, --goals and --routes, and be put together with --join, which
prints a table and the summary.

Rows of each model, route and goal: linkplanner's plan with its certificate; the spreadsheet rule
(links to priority pages from the pages with most equity first); greedy by first gains without
re-solves; random links; and where few plans are possible the true optimum by trying all. The time
of one networkx.pagerank of the same graph stands beside.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from math import comb
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FIRST_SECONDS = 1.0
"""Time of the run that shows what a user sees first."""
MOST_TRIED = 20_000
"""Plans tried for the true optimum at most."""


def main() -> None:
    """Runs what the arguments ask for."""
    options = _arguments()
    if options.join:
        rows = [row for path in options.join for row in json.loads(Path(path).read_text())["rows"]]
        print(table(rows), json.dumps(summary(rows), indent=1), sep="\n\n")
        return
    rows = []
    for name, model in models(options):
        pagerank = networkx_seconds(model) if options.networkx else None
        for route in options.routes.split(","):
            for goal in options.goals.split(","):
                for links in map(int, options.links.split(",")):
                    row = {"model": name, "networkx": pagerank}
                    row |= measured(model, route, goal, links, options.seconds, options.cpu)
                    rows.append(row)
                    if not options.json:
                        show(row)
    if options.json:
        print(json.dumps({"rows": rows, "summary": summary(rows)}))
    else:
        print(json.dumps(summary(rows), indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("models", nargs="*", metavar="MODEL.npz")
    add("--random", default="", help="generated sites, as PAGES:PRIORITIES,...")
    add("--matrix", action="store_true", help="generated sites of all sizes and priorities")
    add("--pages", default="1000,5000,20000,100000", help="sizes of the matrix")
    add("--priorities", default="5,50,500", help="priority pages of the matrix")
    add("--page-links", type=int, default=30, help="about the links on a page of generated sites")
    add("--sources", type=int, default=200, help="candidates drawn for each target there")
    add("--join", nargs="+", metavar="JSON", help="print what earlier runs gave, as one table")
    add("--sample", action="store_true", help="the sample project")
    add("--sites", help="folder of archives of built sites (tar.xz)")
    add("--links", default="25", help="budgets, comma-separated")
    add("--routes", default="direct,hubs")
    add("--goals", default="total,balanced")
    add("--seconds", type=float, default=30.0, help="time for plan and proof")
    add("--cpu", action="store_true", help="count processor time, for a machine that is busy")
    add("--networkx", action="store_true", help="also time networkx.pagerank")
    add("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def models(options: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    """Names and models, one at a time."""
    from benchmarks.plan_models import archive_model, random_model, sample_model
    from linkplanner.graph.model import Model

    for path in options.models:
        yield Path(path).stem, Model.load(Path(path))
    sizes = options.pages.split(",") if options.matrix else []
    matrix = [f"{n}:{k}" for n in sizes for k in options.priorities.split(",")]
    for item in filter(None, [*options.random.split(","), *matrix]):
        pages, priorities = map(int, item.split(":"))
        site = random_model(pages, priorities, options.page_links, options.sources)
        yield f"random {pages:,} pages, {priorities} priorities", site
    if options.sample:
        yield "sample", sample_model()
    if options.sites:
        for path in sorted(Path(options.sites).glob("*.tar.xz")):
            yield path.name.split(".")[0], archive_model(path)


def measured(
    model: Any, route: str, name: str, links: int, seconds: float, cpu: bool = False
) -> dict[str, Any]:
    """One model, route, goal and budget."""
    from linkplanner.graph.objective import goal_for
    from linkplanner.plan.solve import solve

    changes: dict[str, Any] = {"max_links": links}
    if route == "direct":
        model = model.only(model.priority[model.cand_target] > 0)
    model = replace(model, **changes)
    graph = model.graph()
    equity = graph.equity(model.seed, model.damping)
    goal = goal_for(name, model.priority, equity, np.ones(model.pages, dtype=bool))  # type: ignore[arg-type]
    clock = time.process_time if cpu else time.perf_counter
    began = clock()
    first = solve(model, goal, equity, graph, FIRST_SECONDS, clock=clock)
    quick = clock() - began
    began = clock()
    found = solve(model, goal, equity, graph, seconds, clock=clock) if seconds > 0 else first
    taken = clock() - began
    ours = goal.value(found.after) - goal.value(equity)
    others = peers(model, goal, equity, graph)
    row = {
        "route": route, "goal": name, "links": links, "pages": model.pages,
        "candidates": len(model.cand_source), "priorities": len(goal.targets), "gain": ours,
        "first_certificate": first.certificate.share, "first_seconds": quick,
        "certificate": found.certificate.share, "seconds": taken,
        "method": found.certificate.method,
    }  # fmt: skip
    row |= others
    best = true_optimum(model, goal, equity, graph)
    if best is not None:
        row["optimum"] = best
        assert found.certificate.bound >= best * (1 - 1e-9) - 1e-9, "the bound is below the optimum"
    return row


def gain_of(model: Any, goal: Any, equity: Any, graph: Any, links: Any) -> float:
    """Exact gain of a plan."""
    ends = (model.cand_source[links], model.cand_target[links], model.cand_weight[links])
    after = graph.with_links(*ends).equity(model.seed, model.damping)
    return float(goal.value(after) - goal.value(equity))


def allowed(model: Any, order: Any) -> Any:
    """Links in an order, as far as the limits allow."""
    out, into = model.source_limits().copy(), model.target_limits().copy()
    kept: list[int] = []
    for link in order.tolist():
        if len(kept) >= model.max_links:
            break
        u, v = model.cand_source[link], model.cand_target[link]
        if out[u] > 0 and into[v] > 0:
            out[u] -= 1
            into[v] -= 1
            kept.append(link)
    return np.array(kept, dtype=np.int64)


def peers(model: Any, goal: Any, equity: Any, graph: Any) -> dict[str, float]:
    """Gain of the three other ways to choose, on the same candidates and limits."""
    slope = np.zeros(model.pages)
    slope[goal.targets] = goal.slope(equity[goal.targets])
    reach = graph.reach(slope, model.damping)
    flow = (reach - slope) / model.damping
    u, v, w = model.cand_source, model.cand_target, model.cand_weight
    first = equity[u] * w / (graph.total[u] + w) * (reach[v] - flow[u])
    to_priority = np.flatnonzero(model.priority[v] > 0)
    spreadsheet = to_priority[np.argsort(-equity[u[to_priority]], kind="stable")]
    greedy = np.argsort(-first, kind="stable")[: 200 * model.max_links]
    random = np.random.default_rng(7).permutation(len(u))[: 200 * model.max_links]
    orders = {"spreadsheet": spreadsheet, "no_resolves": greedy, "random": random}
    return {
        name: gain_of(model, goal, equity, graph, allowed(model, order))
        for name, order in orders.items()
    }


def true_optimum(model: Any, goal: Any, equity: Any, graph: Any) -> float | None:
    """The best of all plans, where there are few."""
    count = len(model.cand_source)
    if sum(comb(count, k) for k in range(min(model.max_links, count) + 1)) > MOST_TRIED:
        return None
    best = 0.0
    for size in range(1, min(model.max_links, count) + 1):
        for chosen in combinations(range(count), size):
            links = np.array(chosen)
            if len(allowed(model, links)) == size:
                best = max(best, gain_of(model, goal, equity, graph, links))
    return best


def networkx_seconds(model: Any) -> float:
    """Seconds of one networkx.pagerank on the graph, building not counted."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(model.pages))
    graph.add_weighted_edges_from(
        zip(model.source.tolist(), model.target.tolist(), model.weight.tolist())
    )
    seeds = dict(enumerate((model.seed / model.seed.sum()).tolist()))
    networkx.pagerank(networkx.DiGraph([(0, 1)]))  # what it loads at first use is not counted
    began = time.perf_counter()
    networkx.pagerank(graph, alpha=model.damping, personalization=seeds, tol=1e-9)
    return time.perf_counter() - began


def show(row: dict[str, Any]) -> None:
    """One line a row."""
    best = f" optimum {row['optimum']:.4g}" if "optimum" in row else ""
    beside = f" networkx {row['networkx']:.1f} s" if row["networkx"] else ""
    print(
        f"{row['model']:34} {row['route']:6} {row['goal']:8} {row['links']:4} links of "
        f"{row['candidates']:,}: gain {row['gain']:.4g} (spreadsheet {row['spreadsheet']:.4g}, "
        f"no re-solves {row['no_resolves']:.4g}, random {row['random']:.4g}{best}); certificate "
        f"{row['first_certificate']:.3f} after {row['first_seconds']:.1f} s, "
        f"{row['certificate']:.3f} after {row['seconds']:.1f} s{beside}",
        flush=True,
    )


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Median and worst certificate by route and goal; whether any other row gained more."""
    found: dict[str, Any] = {}
    for route, goal in sorted({(r["route"], r["goal"]) for r in rows}):
        part = [r["certificate"] for r in rows if (r["route"], r["goal"]) == (route, goal)]
        found[f"{route} {goal}"] = {
            "median": float(np.median(part)), "worst": float(min(part)), "rows": len(part),
        }  # fmt: skip
    found["beaten"] = [
        f"{r['model']}, {r['route']}, {r['goal']}, {r['links']} links"
        for r in rows
        if r["gain"] < max(r["spreadsheet"], r["no_resolves"], r["random"]) * (1 - 1e-9)
    ]
    for name, inside in (("budget below half of the candidates", True), ("above", False)):
        part = [r for r in rows if (r["links"] < 0.5 * r["candidates"]) == inside]
        ratios = [r["gain"] / r["spreadsheet"] for r in part if r["spreadsheet"] > 0]
        if ratios:
            found[f"gain over the spreadsheet rule, {name}"] = {
                "median": float(np.median(ratios)), "most": max(ratios), "rows": len(ratios),
            }  # fmt: skip
    return found


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| model | route, goal, links | candidates | gain | spreadsheet | no re-solves | random "
        "| optimum | certificate: first | last | networkx |",
        "| --- " * 11 + "|",
    ]
    for r in rows:
        optimum = f"{r['optimum']:.4g}" if "optimum" in r else ""
        beside = f"{r['networkx']:.1f} s" if r.get("networkx") else ""
        lines.append(
            f"| {r['model']} | {r['route']}, {r['goal']}, {r['links']} | {r['candidates']:,} "
            f"| {r['gain']:.4g} | {r['spreadsheet']:.4g} | {r['no_resolves']:.4g} "
            f"| {r['random']:.4g} | {optimum} "
            f"| {r['first_certificate']:.3f}, {r['first_seconds']:.1f} s "
            f"| {r['certificate']:.3f}, {r['seconds']:.1f} s | {beside} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
