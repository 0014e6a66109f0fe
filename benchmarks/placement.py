"""Where in the text: the sentences and words that editors chose for hidden links.

    python benchmarks/placement.py FILE... [--json] [--seeds 5]

A fifth of the editorial links is hidden as in `link_prediction.py`. For each hidden pair the
source's sentences are ranked, knowing the places of the other links. Two rows: "any sentence" ranks
all of them and any words may carry the link; "our rules" leaves out headings, cards and sentences
that hold another link, as the plan does, and links descriptive words only, so a link that its
editor put elsewhere counts as missed: "open to us" is the share of links that the rules could find
at all. Where an editor linked the target from several sentences, each of them is right.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from text_pages import Pages, hide, link_table, read_pages

from linkplanner.settings import TextSettings
from linkplanner.text.placement import places

RULES = {"any sentence": False, "our rules": True}
FIGURES = ("sentence", "within three", "span", "exact span", "open to us")
ALL = 100_000


def measure(site: Pages, seed: int, *, strict: bool) -> dict[str, float]:
    """Shares of the hidden links whose sentence comes first, within three, and whose words fit."""
    task = hide(site, seed)
    spans = task.known.rename(columns={"source_id": "page_id"})[
        ["page_id", "start", "end", "target_id"]
    ]
    pairs = task.hidden[["source_id", "target_id"]]
    tables = (site.pages, site.texts, link_table(task.known))
    options = TextSettings(anchor_share=1.0)
    found = places(pairs, *tables, {}, options, spans, most=ALL, strict=strict)
    true = task.every.rename(columns={"start": "true_start", "end": "true_end"})
    keys = ["source_id", "target_id"]
    joined = found.merge(true[[*keys, "true_start", "true_end"]], on=keys)
    return _figures(joined, len(pairs))


def _figures(joined: pd.DataFrame, pairs: int) -> dict[str, float]:
    begins, ends = joined["true_start"], joined["true_end"]
    right = (joined["start"] <= begins) & (begins < joined["end"])
    first = right & (joined["choice"] == 1)
    within = right & (joined["choice"] <= 3)
    touches = (joined["anchor_start"] < ends) & (joined["anchor_end"] > begins)
    exact = (joined["anchor_start"] == begins) & (joined["anchor_end"] == ends)
    counts = (first, within, first & touches, first & exact, right)
    keys = ["source_id", "target_id"]
    return {
        name: float(len(joined.loc[hits, keys].drop_duplicates()) / pairs)
        for name, hits in zip(FIGURES, counts)
    }


def mean(rows: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([row[name] for row in rows])) for name in FIGURES}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    sites: dict[str, Any] = {}
    for path in options.files:
        site = read_pages(path)
        sites[site.name] = {
            name: mean([measure(site, seed, strict=strict) for seed in range(options.seeds)])
            for name, strict in RULES.items()
        }
        if not options.json:
            show(site.name, sites[site.name])
    over = {name: mean([by[name] for by in sites.values()]) for name in RULES}
    if options.json:
        print(json.dumps({"sites": sites, "macro": over}))
    else:
        show("mean over sites", over)


def show(title: str, by: dict[str, dict[str, float]]) -> None:
    print(f"\n{title:24}" + "".join(f"{name:>14}" for name in FIGURES))
    for name, row in by.items():
        print(f"  {name:22}" + "".join(f"{row[figure]:14.3f}" for figure in FIGURES))


if __name__ == "__main__":
    main()
