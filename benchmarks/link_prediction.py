"""Which page to link to: hidden links of real sites, ours beside TF-IDF, BM25 and wordllama.

    python benchmarks/link_prediction.py FILE... [--json] [--seeds 5] [--wordllama PYTHON]

A fifth of the editorial links of each file is hidden, five times with different seeds. Every
method then ranks all pages that the source does not link to; of the other hidden targets of the
same source none competes. Nothing of a hidden link is left: its rows are gone from the link table
(anchor, edge and counts with them), whatever their position on the page.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from text_pages import Hidden, Pages, hide, link_table, read_pages
from text_peers import bm25, tfidf, wordllama

from linkplanner.text.signals import Signals
from linkplanner.text.suggest import fused, source_blocks, weights_for

SETTINGS = ("present", "blanked", "none")
FIGURES = ("hit@1", "hit@10", "mrr")
Scores = np.ndarray
Method = Callable[[Pages, pd.DataFrame, pd.DataFrame], Scores]


def ours(site: Pages, texts: pd.DataFrame, links: pd.DataFrame) -> Scores:
    """Every target for every source, as `suggest` ranks them."""
    signals = Signals(site.pages, texts, links, {})
    size = len(signals.ids)
    found = np.zeros((size, size), dtype=np.float32)
    for rows in source_blocks(signals):
        found[rows] = fused(signals.block(rows), weights_for(signals))
    return found


def ranks(scores: Scores, task: Hidden) -> np.ndarray:
    """Filtered rank of each hidden target, 1 the best; a score of 0 comes last, ties halve."""
    known = task.known[task.known["editorial"]]
    closed: dict[int, set[int]] = {}
    for frame in (known, task.hidden):
        for source, target in zip(frame["source_id"], frame["target_id"]):
            closed.setdefault(source, {source}).add(target)
    found = []
    for source, target in zip(task.hidden["source_id"], task.hidden["target_id"]):
        row = scores[source].astype(np.float64)
        mine = row[target]
        row[list(closed[source])] = -np.inf
        better, same = (row > mine).sum(), (row == mine).sum()
        found.append(1 + better + (same if mine <= 0 else same / 2))
    return np.array(found)


def figures(rank: np.ndarray) -> dict[str, float]:
    return {
        "hit@1": float((rank < 2).mean()),
        "hit@10": float((rank < 11).mean()),
        "mrr": float((1 / rank).mean()),
    }


def measure(site: Pages, methods: dict[str, Method], seeds: Iterable[int]) -> dict[str, Any]:
    """Figures of every method in every setting: mean over seeds, and half the 95 % interval."""
    runs: dict[str, dict[str, list[dict[str, float]]]] = {}
    cached: dict[str, Scores] = {}
    for seed in seeds:
        task = hide(site, seed)
        for setting in SETTINGS:
            texts = task.blanked if setting == "blanked" else site.texts
            rows = task.known.iloc[:0] if setting == "none" else task.known
            for name, method in methods.items():
                # peers see texts only, so whole texts need scoring once
                reuse = name != "ours" and setting != "blanked"
                scores = cached.get(name) if reuse else None
                if scores is None:
                    scores = method(site, texts, link_table(rows))
                    if reuse:
                        cached[name] = scores
                found = figures(ranks(scores, task))
                runs.setdefault(name, {}).setdefault(setting, []).append(found)
    return {name: {s: _mean(r) for s, r in by.items()} for name, by in runs.items()}


def _mean(rows: list[dict[str, float]]) -> dict[str, float]:
    mean = {name: float(np.mean([row[name] for row in rows])) for name in FIGURES}
    if len(rows) > 1:
        spread = np.std([row["hit@10"] for row in rows], ddof=1)
        mean["hit@10 +-"] = float(1.96 * spread / np.sqrt(len(rows)))
    return mean


def macro(sites: dict[str, Any]) -> dict[str, Any]:
    """Mean over sites."""
    first = next(iter(sites.values()))
    return {
        name: {
            setting: {
                figure: float(np.mean([site[name][setting][figure] for site in sites.values()]))
                for figure in FIGURES
            }
            for setting in SETTINGS
        }
        for name in first
    }


def show(title: str, table: dict[str, Any]) -> None:
    print(f"\n{title}\n{'':12}" + "".join(f"{setting:>27}" for setting in SETTINGS))
    print(f"{'':12}" + "".join(f"{'hit@1':>9}{'hit@10':>9}{'mrr':>9}" for _ in SETTINGS))
    for name, by in table.items():
        cells = [f"{by[s][f]:9.3f}" for s in SETTINGS for f in FIGURES]
        spread = by["present"].get("hit@10 +-")
        print(f"{name:12}" + "".join(cells) + (f"  +- {spread:.3f}" if spread else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--wordllama", default=sys.executable, help="a Python that has wordllama")
    options = parser.parse_args()
    methods: dict[str, Method] = {"ours": ours, "tfidf": tfidf, "bm25": bm25}
    embed = wordllama(options.wordllama)
    if embed is not None:
        methods["wordllama"] = embed
    elif not options.json:
        print("wordllama is not installed there: left out", file=sys.stderr)
    sites: dict[str, Any] = {}
    for path in options.files:
        site = read_pages(path)
        sites[site.name] = measure(site, methods, range(options.seeds))
        if not options.json:
            show(f"{site.name} ({len(site.pages)} pages)", sites[site.name])
    result = {"sites": sites, "macro": macro(sites)}
    if options.json:
        print(json.dumps(result))
    else:
        show("mean over sites", result["macro"])


if __name__ == "__main__":
    main()
