"""Crawl a site from a server on loopback at full speed, beside Scrapy with its link extractor.

    python benchmarks/crawl.py --peer PYTHON_WITH_SCRAPY ARCHIVE.tar.xz https://host/ [--json]
    python benchmarks/crawl.py --peer PYTHON_WITH_SCRAPY --pages 20000 [--json]

Both follow the links of one host and port under its own name, obey robots.txt, and write what they
find: ours pages, links with positions, and texts as Parquet, with template told from text; Scrapy
a line of JSON a page. Seconds run from the first request to the last row written, loading modules
not counted for either; the processes that take our pages apart are. Memory is the
largest sum of resident memory over a crawl's processes, looked at 20 times a second. `--runs` takes
the best of several, one after the other in turns. The answers are compared: pages, and links
between pages that both found.
"""

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("archive", nargs="?", help="a site as tar.xz with one folder, or a folder")
    parser.add_argument("base", nargs="?", default="https://made-up.example/", help="its address")
    parser.add_argument("--pages", type=int, default=0, help="a made-up site of so many pages")
    parser.add_argument("--peer", help="a Python that has Scrapy")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--port", type=int, default=18_765)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        result = compare(options, Path(place))
    print(json.dumps(result) if options.json else _words(result))


def compare(options: argparse.Namespace, place: Path) -> dict[str, Any]:
    """Best run of each, and how far the answers agree."""
    site = (
        [str(options.pages)] if options.pages else [_folder(options.archive, place), options.base]
    )
    server = subprocess.Popen(
        [sys.executable, str(HERE / "crawl_server.py"), str(options.port), *site]
    )
    host = options.base.split("/")[2]
    start = f"http://{host}:{options.port}/"
    count = str(options.connections)
    ours: list[dict[str, float]] = []
    peer: list[dict[str, float]] = []
    lines, folder = place / "scrapy.jsonl", place / "ours"
    try:
        time.sleep(2.0)
        for number in range(options.runs):
            folder = place / f"ours-{number}"
            ours.append(_run([sys.executable, "crawl_ours.py", start, str(folder), count]))
            if options.peer:
                lines = place / f"scrapy-{number}.jsonl"
                peer.append(_run([options.peer, "crawl_scrapy.py", start, str(lines), count]))
    finally:
        server.kill()
        server.wait()
    made_up = f"{options.pages} made-up pages"
    best = min(ours, key=lambda run: run["seconds"])
    result: dict[str, Any] = {
        "site": Path(options.archive).name if options.archive else made_up,
        "pages": int(best["read"]),
        "pages_per_second": best["read"] / best["seconds"],
        "seconds": best["seconds"],
        "crawl_seconds": best["crawl_seconds"],
        "peak_mb": max(run["peak_mb"] for run in ours),
        "connections": options.connections,
    }
    if peer:
        theirs = min(peer, key=lambda run: run["seconds"])
        agreement = _agreement(folder, lines, start)
        rate = agreement["peer_pages"] / theirs["seconds"]
        result |= agreement | {
            "peer": "scrapy", "peer_pages_per_second": rate, "peer_seconds": theirs["seconds"],
            "peer_peak_mb": max(run["peak_mb"] for run in peer),
            "times_as_fast": result["pages_per_second"] / rate,
        }  # fmt: skip
        result["memory_ratio"] = result["peak_mb"] / result["peer_peak_mb"]
    return result


def _folder(archive: str, place: Path) -> str:
    path = Path(archive)
    if path.is_dir():
        return str(path)
    with tarfile.open(path) as packed:
        packed.extractall(place / "site", filter="data")
    return str(next((place / "site").iterdir()))


def _run(command: list[str]) -> dict[str, float]:
    """Run one crawl; its figures with `peak_mb`."""
    process = subprocess.Popen(
        [command[0], str(HERE / command[1]), *command[2:]], stdout=subprocess.PIPE, text=True
    )
    peak = [0.0]
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            peak[0] = max(peak[0], _resident_mb(process.pid))

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    told, _ = process.communicate()
    over.set()
    watch.join()
    if process.returncode:
        raise SystemExit(f"{command[1]} ended with status {process.returncode}.")
    figures: dict[str, float] = json.loads(told.strip().splitlines()[-1])
    return figures | {"peak_mb": peak[0]}


def _resident_mb(pid: int) -> float:
    """Resident memory of a process and its children, from /proc."""
    waiting, pages = [pid], 0
    while waiting:
        here = waiting.pop()
        try:
            pages += int(Path(f"/proc/{here}/statm").read_text().split()[1])
            for task in Path(f"/proc/{here}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, IndexError):
            continue
    return pages * 4096 / 2**20


def _agreement(folder: Path, lines: Path, start: str) -> dict[str, float]:
    """Pages of both, and links between pages that both found."""
    import pandas as pd

    from linkplanner.urls import canonical_or_none

    pages = pd.read_parquet(folder / "pages.parquet")
    links = pd.read_parquet(folder / "links.parquet", columns=["source_url", "target_url"])
    mine = set(pages.loc[pages["status"] == 200, "url"])
    my_links = set(zip(links["source_url"], links["target_url"]))
    theirs: set[str] = set()
    their_links: set[tuple[str, str]] = set()
    with lines.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            url = canonical_or_none(row["url"]) or row["url"]
            theirs.add(url)
            targets = (canonical_or_none(target) for target, _ in row["links"])
            their_links |= {(url, target) for target in targets if target and target != url}
    both = mine & theirs
    a = {pair for pair in my_links if pair[0] in both and pair[1] in both}
    b = {pair for pair in their_links if pair[0] in both and pair[1] in both}
    return {
        "peer_pages": len(theirs),
        "pages_of_both": len(both),
        "links": len(a),
        "peer_links": len(b),
        "links_of_both": len(a & b),
    }


def _words(result: dict[str, Any]) -> str:
    rows = ((k, f"{v:,.2f}" if isinstance(v, float) else str(v)) for k, v in result.items())
    return "\n".join(f"{key:24}{value:>20}" for key, value in rows)


if __name__ == "__main__":
    main()
