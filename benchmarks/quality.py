"""How long it takes to score backlinks, and how much memory.

    python benchmarks/quality.py [--rows 1000000] [--pages 5000] [--json] [--peer]

Generates backlinks as an export holds them (distinct addresses, most titles distinct, a few link
texts repeated by thousands of sites, half of the links with words around them, networks with one
title on many hosts) and scores all of them: authority, relevance, spam, kind, worth, reasons.
CPU and wall time and the peak memory of the process (input included) are the system's counts.

--peer measures scikit-learn's TfidfVectorizer with cosine on the same pairs of texts in a process
of its own, beside our relevance alone; agreement is their rank correlation.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from linkplanner.quality.relevance import backlink_relevance, pair_texts
from linkplanner.quality.score import score_backlinks
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, DOMAINS, PAGES, TEXTS

SYLLABLES: Final = (
    "ba den gro kil lom mar nor pal ras sen tor vel win zan fer hul jor dak mi sto".split()
)
TABLES: Final = ("backlinks", "pages", "texts")
ENDINGS: Final = ("com", "com", "com", "org", "net", "de", "fr", "es", "info", "xyz", "shop")


def main() -> None:
    arguments = _arguments()
    if arguments.generate:
        for name, frame in zip(TABLES, generate(arguments.rows, arguments.pages), strict=True):
            frame.to_parquet(arguments.folder / f"{name}.parquet")
        return
    if arguments.alone:
        print(json.dumps(alone(arguments.alone, *_load(arguments.folder), arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:  # made elsewhere, so that it costs nothing here
        _run("--generate", rows=arguments.rows, pages=arguments.pages, folder=folder)
        report = whole(*_load(Path(folder)), quiet=arguments.json)
        if arguments.peer:
            report["relevance"] = peers(Path(folder))
    print(json.dumps(report) if arguments.json else _lines(report))


def _run(*flags: str, **options: object) -> str:
    """This file in a process of its own."""
    named = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    command = [sys.executable, __file__, *flags, *named]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _load(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    backlinks, pages, texts = (pd.read_parquet(folder / f"{name}.parquet") for name in TABLES)
    return backlinks, pages, texts


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--peer", action="store_true", help="also compare relevance with a peer")
    parser.add_argument("--alone", choices=("ours", "scikit-learn"), help=argparse.SUPPRESS)
    parser.add_argument("--generate", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _words(random: np.random.Generator, number: int) -> np.ndarray:
    parts = random.choice(SYLLABLES, (number, 3))
    return np.unique(["".join(row[: 2 + n % 2]) for n, row in enumerate(parts)])


def _phrases(random: np.random.Generator, words: np.ndarray, rows: int, length: int) -> np.ndarray:
    """Phrases of words of which few are common and most are rare: object[rows]."""
    at = (len(words) * random.random((rows, length)) ** 3).astype(int)
    out = words[at[:, 0]].astype(object)
    for place in range(1, length):
        out = out + " " + words[at[:, place]].astype(object)
    return out


def generate(
    rows: int, size: int, seed: int = 5
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Backlinks of a site of `size` pages, its pages, and their texts."""
    random = np.random.default_rng(seed)
    words = _words(random, 12_000)
    random.shuffle(words)
    slug = pd.Series(_phrases(random, words, size, 3)).str.replace(" ", "-")
    urls = ("https://www.shop.example/" + slug + "-" + pd.Series(range(size)).astype("str")).astype(
        "str"
    )
    pages = PAGES.conform(
        pd.DataFrame({"page_id": range(size), "node_id": range(size), "url": urls,
                      "title": _phrases(random, words, size, 6), "language": "en"})
    )  # fmt: skip
    texts = TEXTS.conform(
        pd.DataFrame({"page_id": range(size), "text": _phrases(random, words, size, 150)})
    )
    sites = max(10, rows // 12)
    host = pd.Series(_phrases(random, words, sites, 2)).str.replace(" ", "")
    ending = pd.Series(random.choice(ENDINGS, sites))
    domain = (host + pd.Series(range(sites)).astype("str") + "." + ending).to_numpy(dtype=object)
    site = (sites * random.random(rows) ** 2.5).astype(int)
    title = _phrases(random, words, rows, 8)
    network = random.random(rows) < 0.05
    title[network] = title[: max(1, rows // 5000)][
        random.integers(0, max(1, rows // 5000), network.sum())
    ]
    anchors = _phrases(random, words, max(10, rows // 20), 3)
    around = np.where(random.random(rows) < 0.5, _phrases(random, words, rows, 10), None)
    target = (size * random.random(rows) ** 2).astype(int)
    day = pd.Timestamp("2018-01-01") + pd.to_timedelta(random.integers(0, 3000, rows), unit="D")
    rating = np.clip(random.gamma(1.5, 12, sites), 0, 95).round(1)
    visits = np.floor(10 ** (random.normal(0, 1.2, sites) + rating / 20))
    frame = pd.DataFrame(
        {
            "source_url": "https://" + pd.Series(domain[site]) + "/"
            + pd.Series(title).str.replace(" ", "-") + "-" + pd.Series(range(rows)).astype("str"),
            "source_domain": domain[site], "source_title": title,
            "target_url": urls.to_numpy()[target], "page_id": target,
            "anchor": anchors[(len(anchors) * random.random(rows) ** 3).astype(int)],
            "left_context": around, "in_content": random.random(rows) < 0.6,
            "nofollow": random.random(rows) < 0.3, "first_seen": day,
            "last_seen": day + pd.Timedelta(days=200), "lost": random.random(rows) < 0.2,
            "language": "en",
            "external_links": np.floor(10 ** random.normal(1.4, 0.6, rows)).astype(int),
            "ahrefs_domain_rating": rating[site], "ahrefs_domain_traffic": visits[site],
            "ahrefs_url_rating": np.clip(random.gamma(1, 4, rows), 0, 90).round(1),
            "ahrefs_linked_domains": np.floor(10 ** random.normal(1.2, 0.6, rows)),
            "ahrefs_referring_domains": np.floor(random.gamma(0.5, 2, rows)), "vendors": "Ahrefs",
        }
    )  # fmt: skip
    return BACKLINKS.conform(frame), pages, texts


def whole(
    backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame, *, quiet: bool
) -> dict[str, Any]:
    """Scores everything once, telling progress on the way."""
    before, wall, cpu = _peak(), time.perf_counter(), time.process_time()
    steps: list[tuple[str, float]] = []

    def progress(done: int, total: int, message: str) -> None:
        steps.append((message, time.perf_counter() - wall))
        if not quiet:
            print(f"  {steps[-1][1]:6.1f} s  {done:>3} of {total}  {message}", file=sys.stderr)

    scored = score_backlinks(
        backlinks, pages, texts, DOMAINS.empty(), QualitySettings(), progress=progress
    )
    waits = np.diff([0.0, *(moment for _, moment in steps), time.perf_counter() - wall])
    return {
        "rows": len(scored),
        "seconds": round(time.perf_counter() - wall, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_mib": round(_peak()),
        "input_mib": round(before),
        "longest_silence": round(float(waits.max()), 1),
        "mean_spam": round(float(scored["spam"].mean()), 2),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(
    which: str, backlinks: pd.DataFrame, pages: pd.DataFrame, texts: pd.DataFrame, folder: Path
) -> dict[str, float]:
    """Relevance alone, by us or by the peer, in this process; the scores go to the folder."""
    from threadpoolctl import threadpool_limits

    if which == "ours":
        cpu = time.process_time()
        score = backlink_relevance(backlinks, pages, texts)["relevance"].to_numpy()
    else:
        from sklearn.feature_extraction.text import TfidfVectorizer

        left, right = pair_texts(backlinks, pages, texts)
        cpu = time.process_time()
        with threadpool_limits(1):
            space = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, dtype=np.float32)
            targets, sources = pd.factorize(right), pd.factorize(left)
            space.fit([*targets[1], *sources[1][:: max(1, len(sources[1]) // 20_000)]])
            a, b = space.transform(sources[1])[sources[0]], space.transform(targets[1])[targets[0]]
            score = np.asarray(a.multiply(b).sum(axis=1)).ravel()
    seconds = time.process_time() - cpu
    np.save(folder / f"{which}.npy", score)
    return {"cpu_seconds": round(seconds, 2), "peak_mib": round(_peak())}


def peers(folder: Path) -> dict[str, Any]:
    """Our relevance and scikit-learn's, each in its own process, and how far they agree."""
    names = ("ours", "scikit-learn")
    found = {name: json.loads(_run(alone=name, folder=folder)) for name in names}
    ours, theirs = (pd.Series(np.load(folder / f"{name}.npy")) for name in names)
    found["agreement"] = round(float(ours.corr(theirs, method="spearman")), 4)
    found["ratio"] = round(found["ours"]["cpu_seconds"] / found["scikit-learn"]["cpu_seconds"], 2)
    return found


def _lines(report: dict[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in report.items())


if __name__ == "__main__":
    main()
