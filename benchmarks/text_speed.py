"""How long texts take from reading to suggestions with sentences, and two inner loops beside peers.

    python benchmarks/text_speed.py FILE... [--pages 10000] [--peers PYTHON] [--json]

Sites of any size are made of the paragraphs of the files' pages (`text_recombined.py`) by a process
of its own. Measured: suggestions (50 a page) for all pages, then sentence and anchor of the first
suggestion of every page, then what a run after an edit of one page costs where the texts' words
were kept. With --peers, a Python that has sparse-dot-topn and ahocorasick-rs: the nearest 50 pages
against scikit-learn's neighbours, and finding all phrases against Aho-Corasick and regular
expressions, each on the same input, answers compared.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from text_pages import read_pages
from text_recombined import Tables, read_tables, recombined, write_tables

from linkplanner.settings import TextSettings
from linkplanner.text.encodings import Encodings
from linkplanner.text.mentions import mention_strength
from linkplanner.text.phrases import Phrase
from linkplanner.text.placement import place
from linkplanner.text.refresh import refreshed
from linkplanner.text.signals import Signals
from linkplanner.text.suggest import suggest
from linkplanner.text.tokens import Lexicon


def make(files: list[Path], pages: int, folder: Path) -> None:
    """Writes the tables of a site of so many pages."""
    write_tables(recombined([read_pages(path) for path in files], pages), folder)


def made(files: list[Path], pages: int) -> Tables:
    """The same from a process of its own, so that the memory measured is ours."""
    with tempfile.TemporaryDirectory() as folder:
        child = get_context("spawn").Process(target=make, args=(files, pages, Path(folder)))
        child.start()
        child.join()
        return read_tables(Path(folder))


def peak() -> float:
    """Largest memory of this process so far, GB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


class Clock:
    """Wall and processor seconds of named steps."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {"read GB": peak()}
        self._wall, self._own = time.perf_counter(), time.process_time()

    def step(self, name: str) -> None:
        wall, own = time.perf_counter(), time.process_time()
        self.found |= {f"{name} s": wall - self._wall, f"{name} cpu s": own - self._own}
        self.found[f"{name} GB"] = peak()
        self._wall, self._own = time.perf_counter(), time.process_time()


def timed(tables: Tables) -> dict[str, float]:
    """Seconds of every step and the largest memory so far."""
    clock, kept = Clock(), Encodings()
    signals = Signals(*tables, {}, kept)
    clock.step("compare")
    suggested = suggest(*tables, 50, signals=signals)
    clock.step("suggest")
    first = suggested[suggested["rank"] == 1]
    shown = place(first, *tables, {}, TextSettings(), signals=signals)
    clock.step("place")
    clock.found["total s"] = sum(
        clock.found[f"{step} s"] for step in ("compare", "suggest", "place")
    )
    clock.found["suggestions"] = len(suggested)
    clock.found["with words in the text"] = float(shown["action"].str.startswith("Link").mean())
    del signals, shown
    pages, texts, links = tables
    edited = int(texts["page_id"].iloc[len(texts) // 2])
    borrowed = texts["text"].iloc[0]
    texts = texts.assign(text=texts["text"].where(texts["page_id"] != edited, borrowed))
    before, _ = kept.read, clock.step("between")
    signals = Signals(pages, texts, links, {}, kept)
    clock.step("compare again")
    again = refreshed(suggested, signals, [edited], 50)
    clock.step("refresh")
    rows = [frame.drop(columns="reasons").round(1) for frame in (suggested, again)]
    same = pd.concat(rows).duplicated(keep=False).sum() / 2
    clock.found |= {"texts read again": kept.read - before, "rows changed": len(again) - same}
    return clock.found


_NEAREST = """
import sys, time, json
import numpy as np
from scipy import sparse
m = sparse.csr_matrix(sparse.load_npz(sys.argv[1]))
from sparse_dot_topn import sp_matmul_topn
t = time.perf_counter(); a = sp_matmul_topn(m, m.T.tocsr(), top_n=51, sort=True, n_threads=1)
ours = time.perf_counter() - t
from sklearn.neighbors import NearestNeighbors
t = time.perf_counter()
d, _ = NearestNeighbors(n_neighbors=51, metric="cosine", algorithm="brute").fit(m).kneighbors(m)
peer = time.perf_counter() - t
a = a.tocsr()
best = np.array([np.sort(a.data[x:y])[::-1][1:2].sum() for x, y in zip(a.indptr, a.indptr[1:])])
same = float((np.abs(best - (1 - np.sort(d, axis=1)[:, 1])) < 1e-3).mean())
print(json.dumps({"sparse-dot-topn s": ours, "scikit-learn s": peer, "same nearest": same}))
"""

_PHRASES = """
import sys, time, json, re
import ahocorasick_rs
texts, phrases, some = json.load(open(sys.argv[1], encoding="utf-8"))
t = time.perf_counter()
machine = ahocorasick_rs.AhoCorasick(phrases, implementation=
    ahocorasick_rs.Implementation.ContiguousNFA)
found = {(i, k) for i, text in enumerate(texts)
         for k, _, _ in machine.find_matches_as_indexes(text, overlapping=True)}
fast = time.perf_counter() - t
t = time.perf_counter()
slow = {(i, k) for k in some for p in [re.compile(re.escape(phrases[k]))]
        for i, text in enumerate(texts) if p.search(text)}
each = (time.perf_counter() - t) / max(1, len(some))
same = slow == {pair for pair in found if pair[1] in set(some)}
print(json.dumps({"aho-corasick s": fast, "regular expressions s, scaled from a sample":
    each * len(phrases), "same places": same}))
"""


def beside(python: str, script: str, file: Path) -> dict[str, float]:
    """What a peer's process printed."""
    done = subprocess.run([python, "-c", script, str(file)], capture_output=True, text=True)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:]
        return {"not run": 0.0, **dict.fromkeys(last, 0.0)}
    return dict(json.loads(done.stdout))


def peers(python: str, tables: Tables) -> dict[str, dict[str, float]]:
    """Both inner loops."""
    from scipy import sparse

    signals = Signals(*tables, {})
    titles = [t.casefold() for t in tables[0]["title"].dropna().unique() if len(t) > 3]
    texts = [text.casefold() for text in tables[1]["text"].fillna("")]
    with tempfile.TemporaryDirectory() as folder:
        matrix, words = Path(folder) / "matrix.npz", Path(folder) / "words.json"
        sparse.save_npz(matrix, sparse.csr_matrix(signals.vectors))
        some = list(range(0, len(titles), max(1, len(titles) // 50)))
        words.write_text(json.dumps([texts, titles, some]), encoding="utf-8")
        rows = {
            "nearest pages": beside(python, _NEAREST, matrix),
            "phrases in texts": beside(python, _PHRASES, words),
        }
    lexicon = Lexicon()
    encoded = [lexicon.encode(text, "en") for text in texts]
    phrases = {n: [Phrase(title, 1.0)] for n, title in enumerate(titles)}
    wall = time.perf_counter()
    mention_strength(encoded, phrases, {}, lexicon)
    rows["phrases in texts"]["ours, stemmed, after encoding s"] = time.perf_counter() - wall
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--peers", default="", help="a Python that has the peers")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    tables = made(options.files, options.pages)
    size = float(tables[1]["text"].str.len().sum()) / 1e6
    result: dict[str, object] = {"pages": options.pages, "MB of text": size}
    if options.peers:
        result |= peers(options.peers, tables)
    else:
        result |= timed(tables)
    print(json.dumps(result) if options.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
