"""What a run after an edit costs: sentences and suggestions kept, only what changed made anew.

    python benchmarks/text_again.py FILE... [--pages 10000] [--edited 100] [--json]

A site of so many pages (`text_recombined.py`) is compared, every page gets its 50 suggestions and
the best of them its sentence. Then so many pages get a paragraph of another page, and all is asked
for again: once from nothing, once with what was kept. Printed are processor seconds of both, and
how far the two agree: the share of the suggested pairs, and of the pairs' sentences and anchors,
which are the same, for pairs that the edit touches and for all others. Where they differ, it is
because what is kept does not follow the small move of every word's rarity.
"""

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from text_recombined import Tables, read_tables
from text_speed import made

from linkplanner.settings import TextSettings
from linkplanner.text.encodings import Encodings
from linkplanner.text.kept import Kept
from linkplanner.text.placement import place
from linkplanner.text.signals import Signals

PER_PAGE = 50
PAIR = ["source_id", "target_id"]


def edited(tables: Tables, number: int) -> Tables:
    """The site with a paragraph more on some of its pages, spread evenly."""
    pages, texts, links = tables
    at = list(range(0, len(texts), max(1, len(texts) // number)))[:number]
    said = texts["text"].tolist()
    for n in at:
        lines = str(said[(n + len(said) // 2) % len(said)]).split("\n")
        said[n] = f"{said[n]}\n{max(lines, key=len)}"
    return pages, texts.assign(text=pd.array(said, dtype="str")), links


def run(
    tables: Tables, encodings: Encodings, kept: Kept, pairs: pd.DataFrame | None = None
) -> tuple[dict[str, float], pd.DataFrame, pd.DataFrame]:
    """Processor seconds of the steps, the suggestions, and the sentences of `pairs`, or of the
    first suggestion of every page."""
    seconds, start = {}, time.process_time()
    signals = Signals(*tables, {}, encodings)
    kept.begin(tables, {}, TextSettings())
    seconds["compare"] = time.process_time() - start
    found = kept.suggest(signals, signals.ids.tolist(), PER_PAGE)
    seconds["suggest"] = time.process_time() - start - seconds["compare"]
    pairs = found.loc[found["rank"] == 1, PAIR] if pairs is None else pairs
    start = time.process_time()
    shown = place(pairs, *tables, {}, TextSettings(), signals=signals, kept=kept)
    seconds["sentences"] = time.process_time() - start
    return seconds, found, shown


def agreement(tables: Tables, number: int) -> dict[str, object]:
    """Both runs after the edit."""
    encodings, kept = Encodings(), Kept()
    first, _, _ = run(tables, encodings, kept)
    later = edited(tables, number)
    done = kept.found
    quick, found, shown = run(later, encodings, kept)
    result: dict[str, object] = {"edited": len(kept.changed), "pairs looked at": kept.found - done}
    full, all_found, all_shown = run(later, Encodings(), Kept(), shown[PAIR])
    same = found[PAIR].merge(all_found[PAIR])
    touched = shown["source_id"].isin(kept.changed) | shown["target_id"].isin(kept.changed)
    result |= {"first run s": first, "again s": quick, "again from nothing s": full}
    result["suggested pairs the same"] = len(same) / len(all_found)
    for name in ("sentence_before", "anchor"):
        equal = shown[name] == all_shown[name]
        result[f"{name} the same, touched"] = float(equal[touched].mean())
        result[f"{name} the same, others"] = float(equal[~touched].mean())
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--edited", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made(options.files, options.pages, Path(folder))
        result = agreement(read_tables(Path(folder)), options.edited)
    print(json.dumps(result) if options.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
