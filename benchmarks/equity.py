"""Equity on a generated site: linkplanner beside networkx, igraph, fast-pagerank and plain scipy.

    python benchmarks/equity.py --pages 100000 --links 100
    python benchmarks/equity.py --pages 10000000 --links 100 --factors

Every solver runs in a process of its own: it reads the same raw link arrays, builds its structure
(build), solves to 1e-10 (solve) and reports CPU seconds, the peak of its memory beyond the input
and its answer, which is compared with linkplanner's. Peers: benchmarks/requirements.txt.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DAMPING, TOLERANCE = 0.85, 1e-10
PEERS = ("linkplanner", "scipy", "igraph", "fast-pagerank", "networkx")
NETWORKX_PAGES = 100_000


def main() -> None:
    """Runs what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--links", type=int, default=70, help="about how many on a page")
    parser.add_argument("--peers", default=",".join(PEERS), help="which to run, comma-separated")
    parser.add_argument("--factors", action="store_true", help="templates given as factors")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--repeat", type=int, default=1, help="runs of the first two, median kept")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--data", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(run_one(options.one, Path(options.data))))
    elif options.factors:
        show([run_factors(options.pages, options.links)], options.json)
    else:
        show(run_all(options), options.json)


def run_all(options: argparse.Namespace) -> list[dict[str, object]]:
    """One process a peer, on the same arrays on disk."""
    from benchmarks.generated import generate

    site = generate(options.pages, options.links)
    links = len(site.source)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("source", "target", "weight", "position", "total", "seed"):
            np.save(Path(folder) / f"{name}.npy", getattr(site, name))
        del site
        found = []
        for peer in options.peers.split(","):
            if peer == "networkx" and options.pages > NETWORKX_PAGES:
                continue
            runs = options.repeat if peer in ("linkplanner", "scipy") else 1
            tries = [measured(peer, folder) for _ in range(runs)]
            found.append(
                sorted(tries, key=lambda t: t.get("build", 0) + t.get("solve", 0))[runs // 2]
            )
    for row in found:
        row.update(pages=options.pages, links=links)
    return found


def whole_time(row: dict[str, object]) -> float:
    """CPU seconds of build and solve."""
    return float(str(row.get("build", 0))) + float(str(row.get("solve", 0)))


def measured(peer: str, folder: str) -> dict[str, object]:
    """The figures of one peer, or why there are none."""
    command = [sys.executable, __file__, "--one", peer, "--data", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        return {"peer": peer, "missing": reason}
    return json.loads(done.stdout.splitlines()[-1])


def run_one(peer: str, folder: Path) -> dict[str, object]:
    """Builds and solves with one peer; equity of the first 1,000 pages goes to disk beside."""
    solver = {
        "linkplanner": with_linkplanner,
        "scipy": with_scipy,
        "igraph": with_igraph,
        "fast-pagerank": with_fast_pagerank,
        "networkx": with_networkx,
    }[peer]
    data = {
        name: np.load(folder / f"{name}.npy")
        for name in ("source", "target", "weight", "position", "total", "seed")
    }
    begin = memory("VmRSS")
    figures, equity = solver(data)
    figures = {"peer": peer, **figures, "peak_mb": round(memory("VmHWM") - begin, 1)}
    kept = folder / "equity.npy"
    if peer == "linkplanner":
        np.save(kept, equity)
        figures |= extras(data)
    elif kept.exists():
        ours = np.load(kept)
        # PageRank peers hand what leaks back to the seeds, which scales all pages alike
        theirs = equity * (ours.sum() / equity.sum())
        figures["difference"] = float(np.abs(theirs - ours).sum() / ours.sum())
    return figures


def memory(name: str) -> float:
    """Memory this process holds (VmRSS) or has held at most (VmHWM), MB; needs Linux."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def timed(build: Callable[[], object], solve: Callable[[object], np.ndarray]) -> tuple:
    """CPU seconds of both steps, and the answer."""
    begin = time.process_time()
    built = build()
    middle = time.process_time()
    equity = solve(built)
    end = time.process_time()
    return {"build": round(middle - begin, 4), "solve": round(end - middle, 4)}, equity, built


def with_linkplanner(data: dict[str, np.ndarray]) -> tuple[dict[str, object], np.ndarray]:
    """LinkGraph from the raw arrays."""
    import scipy.sparse  # noqa: F401  (imports are not part of anyone's time)

    from linkplanner.graph.link_graph import LinkGraph

    figures, equity, graph = timed(
        lambda: LinkGraph.from_links(
            data["source"], data["target"], data["weight"],
            len(data["seed"]), data["total"], data["position"],
        ),
        lambda graph: graph.equity(data["seed"], DAMPING, TOLERANCE),
    )  # fmt: skip
    left = graph.remainder.nnz / len(data["source"])
    return figures | {"structure_mb": graph.nbytes / 2**20, "left": round(left, 3)}, equity


def extras(data: dict[str, np.ndarray]) -> dict[str, object]:
    """What the planner asks for: several seeds, a what-if, solving without known positions."""
    from linkplanner.graph.link_graph import LinkGraph

    pages = len(data["seed"])
    ends = (data["source"], data["target"], data["weight"], pages, data["total"])
    graph = LinkGraph.from_links(*ends, data["position"])
    random = np.random.default_rng(1)
    clock = time.process_time
    begin = clock()
    graph.equity(data["seed"])
    one = clock() - begin
    changed = graph.with_links(
        random.integers(0, pages, 10), random.integers(0, pages, 10), np.ones(10)
    )
    begin = clock()
    changed.equity(data["seed"])
    figures: dict[str, object] = {"solve_again": one, "what_if": clock() - begin}
    if pages <= 1_000_000:
        seeds = random.random((pages, 64 if pages <= 200_000 else 8))
        begin = clock()
        graph.equity(seeds)
        many = clock() - begin
        begin = clock()
        for column in range(4):
            graph.equity(seeds[:, column])
        single = (clock() - begin) / 4
        figures |= {
            "seeds": seeds.shape[1],
            "many": many,
            "many_part": many / single / seeds.shape[1],
        }
    begin = clock()
    blind = LinkGraph.from_links(*ends)
    figures |= {"build_blind": clock() - begin, "left_blind": blind.remainder.nnz / len(ends[0])}
    return {name: round(float(value), 4) for name, value in figures.items()}


def with_scipy(data: dict[str, np.ndarray]) -> tuple[dict[str, object], np.ndarray]:
    """What one writes in ten lines: a sparse matrix of shares and power iteration."""
    from scipy.sparse import csr_array, diags_array

    pages, seed = len(data["seed"]), data["seed"]

    def build() -> csr_array:
        shape = (pages, pages)
        links = csr_array((data["weight"], (data["source"], data["target"])), shape=shape)
        total = np.where(data["total"] > 0, data["total"], 1)
        return csr_array((diags_array(DAMPING / total) @ links).T)

    def solve(shares: csr_array) -> np.ndarray:
        x = seed
        for _ in range(1000):
            new = shares @ x + seed
            step = np.abs(new - x).sum()
            x = new
            if step * DAMPING / (1 - DAMPING) <= TOLERANCE * x.sum():
                break
        return x

    figures, equity, shares = timed(build, solve)
    size = (shares.data.nbytes + shares.indices.nbytes + shares.indptr.nbytes) / 2**20
    return figures | {"structure_mb": size}, equity


def sink_arrays(data: dict[str, np.ndarray]) -> tuple[np.ndarray, ...]:
    """The links with one page more that receives what leaks: PageRank then means the same."""
    pages = len(data["seed"])
    rows = np.bincount(data["source"], weights=data["weight"], minlength=pages)
    leak = data["total"] - rows
    leaking = np.flatnonzero((leak > 1e-12) | (data["total"] == 0))
    lost = np.where(data["total"][leaking] == 0, 1.0, leak[leaking])
    source = np.concatenate([data["source"], leaking, [pages]])
    target = np.concatenate([data["target"], np.full(len(leaking), pages), [pages]])
    return source, target, np.concatenate([data["weight"], lost, [1.0]])


def with_igraph(data: dict[str, np.ndarray]) -> tuple[dict[str, object], np.ndarray]:
    """python-igraph's personalised PageRank (PRPACK) with a sink page."""
    import igraph

    pages, seed = len(data["seed"]), data["seed"]
    source, target, weight = sink_arrays(data)
    ends = np.column_stack([source, target])

    def build() -> object:
        graph = igraph.Graph(n=pages + 1, edges=ends, directed=True)
        graph.es["weight"] = weight
        return graph

    restart = np.append(seed, 0.0)
    figures, rank, _ = timed(
        build,
        lambda graph: np.array(
            graph.personalized_pagerank(damping=DAMPING, reset=restart, weights="weight")
        ),
    )
    return figures, rank[:pages]


def with_fast_pagerank(data: dict[str, np.ndarray]) -> tuple[dict[str, object], np.ndarray]:
    """fast-pagerank's power iteration with a sink page."""
    import scipy.sparse
    from fast_pagerank import pagerank_power

    pages, seed = len(data["seed"]), data["seed"]
    source, target, weight = sink_arrays(data)
    shape = (pages + 1, pages + 1)
    figures, rank, _ = timed(
        lambda: scipy.sparse.csr_matrix((weight, (source, target)), shape=shape),
        lambda links: pagerank_power(
            links, p=DAMPING, personalize=np.append(seed, 0.0), tol=TOLERANCE
        ),
    )
    return figures, rank[:pages]


def with_networkx(data: dict[str, np.ndarray]) -> tuple[dict[str, object], np.ndarray]:
    """networkx's PageRank with a sink page."""
    import networkx

    pages, seed = len(data["seed"]), data["seed"]
    source, target, weight = sink_arrays(data)

    def build() -> object:
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(pages + 1))
        graph.add_weighted_edges_from(zip(source.tolist(), target.tolist(), weight.tolist()))
        return graph

    restart = dict(enumerate(np.append(seed, 0.0).tolist()))

    def solve(graph: object) -> np.ndarray:
        # networkx stops at pages * tol in all
        rank = networkx.pagerank(
            graph, DAMPING, restart, max_iter=1000, tol=TOLERANCE / pages * (1 - DAMPING)
        )
        return np.array([rank[page] for page in range(pages)])

    figures, equity, _ = timed(build, solve)
    return figures, equity


def run_factors(pages: int, links: int) -> dict[str, object]:
    """A site too large for its links to be written out: templates as factors."""
    from benchmarks.generated import generate_factors
    from linkplanner.graph.link_graph import LinkGraph

    remainder, page_class, template, seed = generate_factors(pages, links)
    count = remainder.nnz + int(np.diff(template.indptr)[page_class].sum())
    inside = memory("VmHWM")
    begin = time.process_time()
    graph = LinkGraph.from_factors(remainder, page_class, template)
    middle = time.process_time()
    del remainder
    equity = graph.equity(seed, DAMPING, TOLERANCE)
    end = time.process_time()
    inflow = np.zeros(pages)
    graph.gather(equity * graph.scale * DAMPING, inflow)
    return {
        "peer": "linkplanner",
        "pages": pages,
        "links": count,
        "build": round(middle - begin, 3),
        "solve": round(end - middle, 3),
        "structure_mb": graph.nbytes / 2**20,
        "peak_mb": round(memory("VmHWM"), 1),
        "input_mb": round(inside, 1),
        "residual": float(np.abs(seed + inflow - equity).sum() / equity.sum()),
    }


def show(rows: list[dict[str, object]], as_json: bool) -> None:
    """Prints the figures, and each peer's time as a multiple of linkplanner's."""
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    own = next((row for row in rows if row["peer"] == "linkplanner"), None)
    for row in rows:
        if "missing" in row:
            print(f"{row['peer']:>14}  not run: {row['missing']}")
            continue
        whole = whole_time(row)
        ratio = whole / whole_time(own) if own and whole_time(own) else 1.0
        print(f"{row['peer']:>14}  {whole:9.3f} s  {ratio:8.1f} x  ", end="")
        print({k: v for k, v in row.items() if k != "peer"})


if __name__ == "__main__":
    main()
