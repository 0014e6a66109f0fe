"""Two imports of one site against each other: time, memory, and a plain outer join as the peer.

    python benchmarks/imports.py --backlinks 1000000 --json

The imports are generated: a referring domain has five links on average, 3 % of the links are new in
the second import and as many are lost. Each side runs in a process of its own, from Parquet files
as an analysis saves them, so that times include reading and the peak is of the whole process.
The peer is `pandas.merge(how="outer", indicator=True)` on source and target address, which is how
such exports are compared in notebooks; its counts of new and lost links must agree with ours.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from linkplanner import frames_on_disk  # noqa: E402
from linkplanner.tables import BACKLINKS, REPAIRS  # noqa: E402

PAGES = 5000


def write(folder: Path, rows: int, first: int, seed: int) -> None:
    """An analysis with `rows` backlinks numbered from `first`."""
    rng = np.random.default_rng(seed)
    number = pd.Series(np.arange(rows) + first)
    site = (number % max(rows // 5, 1)).astype("str")
    frame = pd.DataFrame(
        {
            "source_url": "https://www.site" + site + ".example/blog/post-about-things-"
            + number.astype("str"),
            "source_domain": "site" + site + ".example",
            "target_url": "https://www.shop.test/products/item-"
            + (number % PAGES).astype("str"),
            "page_id": number % PAGES,
            "anchor": "a thing",
            "lost": number % 17 == 0,
            "vendors": "ahrefs",
            "authority": rng.random(rows) * 90,
            "spam": rng.random(rows) * 60,
            "worth": rng.random(rows),
        }
    )  # fmt: skip
    urls = [f"https://www.shop.test/products/item-{n}" for n in range(PAGES)]
    facts = pd.DataFrame({"url": urls, "page_id": range(PAGES), "title": "Item", "kind": "product"})
    facts = facts.assign(
        indexable=True, priority=0.0, seed=0.1, equity=0.2, reach=0.1, links_in=3,
        links_in_content=1, orphan=False,
    )  # fmt: skip
    facts.loc[:20, "priority"] = 1.0
    empty = pd.DataFrame({"url": pd.Series(dtype="str")})
    frames_on_disk.save(
        folder,
        {"backlinks": BACKLINKS.conform(frame), "page_facts": facts, "repairs": REPAIRS.empty(),
         "pages": empty, "links": empty, "priorities": empty},
        {"points_per_worth": 1.0, "has_links": True},
    )  # fmt: skip


def ours(before: Path, after: Path) -> dict[str, float]:
    from linkplanner.follow.compare import compare
    from linkplanner.follow.known import Known

    facts = compare(Known.load(before), Known.load(after)).facts
    return {"new": facts["new_backlinks"], "lost": facts["lost_backlinks"]}


def peer(before: Path, after: Path) -> dict[str, float]:
    keys = ["source_url", "target_url"]
    sides = []
    for folder in (before, after):
        frame = pd.read_parquet(folder / "backlinks.parquet", columns=[*keys, "lost", "worth"])
        sides.append(frame[~frame["lost"]].drop(columns="lost"))
    both = sides[0].merge(sides[1], on=keys, how="outer", indicator=True)
    counts = both["_merge"].value_counts()
    return {"new": int(counts["right_only"]), "lost": int(counts["left_only"])}


def measured(which: str, before: Path, after: Path) -> dict[str, float]:
    """One side in a process of its own."""
    answer = subprocess.run(
        [sys.executable, __file__, "--side", which, str(before), str(after)],
        check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return json.loads(answer.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backlinks", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--side", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        which, before, after = options.side
        begun = time.perf_counter()
        found = {"linkplanner": ours, "pandas merge": peer}[which](Path(before), Path(after))
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({**found, "seconds": time.perf_counter() - begun,
                          "cpu": used.ru_utime + used.ru_stime,
                          "peak_gb": used.ru_maxrss / 2**20}))  # fmt: skip
        return
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / name for name in ("before", "after")]
        for number, folder in enumerate(folders):
            write(folder, options.backlinks, number * options.backlinks * 3 // 100, number)
        found = {which: measured(which, *folders) for which in ("linkplanner", "pandas merge")}
    agree = all(found["linkplanner"][k] == found["pandas merge"][k] for k in ("new", "lost"))
    result = {"backlinks": options.backlinks, "agree": agree, **found}
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))
    if not agree:
        sys.exit("The counts differ.")


if __name__ == "__main__":
    main()
