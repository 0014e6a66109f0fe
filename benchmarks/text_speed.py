"""How long texts take from reading to suggestions with sentences; two inner loops beside peers.

    python benchmarks/text_speed.py FILE... [--pages 10000] [--processes N]
    python benchmarks/text_speed.py FILE... [--pages 10000] --topics
    python benchmarks/text_speed.py FILE... [--pages 10000] --peers PYTHON

Sites of any size are made of the paragraphs of the files' pages (`text_recombined.py`) by a process
of its own. Measured: suggestions (50 a page) for all pages, which are written to a file as the app
writes its tables, then sentence and anchor of the first suggestion of every page; seconds on the
clock, processor seconds and the largest memory of all processes together (each shared page counted
once). With --topics, the topics instead, and the longest time between two looks at the stop button.
With --peers, a Python that has sparse-dot-topn and ahocorasick-rs: the nearest 50 pages against
scikit-learn's neighbours, and finding all phrases against Aho-Corasick and regular expressions,
each on the same input, answers compared. What a run after an edit costs is measured by
`text_again.py`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import numpy as np
from text_clock import Clock
from text_pages import read_pages
from text_recombined import Tables, read_tables, recombined, write_tables

from linkplanner.crew import Crew
from linkplanner.settings import TextSettings
from linkplanner.text.clusters import find_topics
from linkplanner.text.mentions import mention_strength
from linkplanner.text.phrases import Phrase
from linkplanner.text.placement import place
from linkplanner.text.shared import Shared, processes_worth
from linkplanner.text.signals import Signals
from linkplanner.text.suggest import suggest_for
from linkplanner.text.tokens import Lexicon


def make(files: list[Path], pages: int, folder: Path) -> None:
    """Writes the tables of a site of so many pages."""
    write_tables(recombined([read_pages(path) for path in files], pages), folder)


def made(files: list[Path], pages: int, folder: Path) -> None:
    """The same from a process of its own, so that the memory measured is ours."""
    child = get_context("spawn").Process(target=make, args=(files, pages, folder))
    child.start()
    child.join()


def timed(read: Callable[[], Tables], processes: int, file: Path) -> dict[str, float]:
    """Seconds of every step and the largest memory of all processes so far; the suggestions go to
    a file."""
    with Clock() as clock:
        tables = read()
        clock.step("read")
        shared = Shared(tables, Signals(*tables, {}))
        del tables
        clock.step("compare")
        with Crew(shared, processes) as crew:
            del shared
            clock.step("share")
            suggested = suggest_for(crew.state.signals, 50, crew=crew)
            clock.found["suggestions"] = len(suggested)
            clock.step("suggest")
            suggested.to_parquet(file, index=False)
            first = suggested.loc[suggested["rank"] == 1, ["source_id", "target_id"]]
            del suggested
            clock.step("write")
            shown = place(first, *crew.state.tables, {}, TextSettings(), crew=crew)
            clock.step("place")
        steps = ("compare", "share", "suggest", "write", "place")
        for unit in ("s", "cpu s"):
            clock.found[f"total {unit}"] = sum(clock.found[f"{step} {unit}"] for step in steps)
        clock.found["with words in the text"] = float(shown["action"].str.startswith("Link").mean())
    return clock.found


def topics(read: Callable[[], Tables]) -> dict[str, float]:
    """The same of topics alone, with the longest time between two looks at the stop button."""
    looks: list[float] = []

    def look() -> bool:
        looks.append(time.perf_counter())
        return False

    def longest() -> float:
        look()
        seconds = float(np.diff(looks).max())
        looks[:] = looks[-1:]
        return seconds

    with Clock() as clock:
        tables = read()
        clock.step("read")
        look()
        signals = Signals(*tables, {}, should_stop=look)
        clock.step("compare")
        clock.found["compare, longest between two looks s"] = longest()
        found = find_topics(signals, tables[0], TextSettings(), should_stop=look)
        clock.step("topics")
        clock.found["topics, longest between two looks s"] = longest()
        sizes = found.clusters["pages"]
        clock.found |= {"topics": len(sizes), "pages of the largest": int(sizes.max())}
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
    parser.add_argument("--processes", type=int, help="as the plan does")
    parser.add_argument("--topics", action="store_true")
    parser.add_argument("--peers", default="", help="a Python that has the peers")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    processes = options.processes or processes_worth(options.pages, options.pages)
    result: dict[str, object] = {"pages": options.pages, "processes": processes}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made(options.files, options.pages, folder)
        if options.peers:
            result |= peers(options.peers, read_tables(folder))
        elif options.topics:
            result |= topics(lambda: read_tables(folder))
        else:
            result |= timed(lambda: read_tables(folder), processes, folder / "suggestions.parquet")
    print(json.dumps(result) if options.json else "\n".join(f"{k}: {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
