"""Reads a sitemap of 50,000 addresses with linkplanner and with ultimate-sitemap-parser.

    python benchmarks/sitemaps.py [--urls 50000] [--repeat 5] [--peer-python PYTHON] [--json]

ultimate-sitemap-parser is GPL-3.0 and needs an older python-dateutil than linkplanner's lock file:
it runs in a process of its own, with the Python of an environment of its own where one is named.
Both give address and date of every page, and must agree.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

OWN = """
import json, resource, sys, time
from pathlib import Path
from linkplanner.read import read_file
started, clock = time.process_time(), time.perf_counter()
(reading,) = read_file(Path(sys.argv[1]))
done = time.process_time() - started, time.perf_counter() - clock
frame = reading.frame
print(json.dumps({"cpu_seconds": done[0], "seconds": done[1], "urls": len(frame),
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    "dates": int(frame["lastmod"].notna().sum()), "letters": int(frame["url"].str.len().sum())}))
"""

PEER = """
import json, resource, sys, time
from pathlib import Path
from usp.tree import sitemap_from_str
text = Path(sys.argv[1]).read_text("utf-8")
started, clock = time.process_time(), time.perf_counter()
pages = list(sitemap_from_str(text).all_pages())
done = time.process_time() - started, time.perf_counter() - clock
print(json.dumps({"cpu_seconds": done[0], "seconds": done[1], "urls": len(pages),
    "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    "dates": sum(p.last_modified is not None for p in pages),
    "letters": sum(len(p.url) for p in pages)}))
"""

GOAL = 1.5
"""Largest ratio of linkplanner's time to the peer's."""


def _write(path: Path, urls: int) -> None:
    entries = (
        f"<url><loc>https://www.example.com/shop/{n % 97}/garden-bench-{n}/</loc>"
        f"<lastmod>2025-{n % 12 + 1:02}-{n % 28 + 1:02}T08:15:30+00:00</lastmod>"
        "<changefreq>weekly</changefreq><priority>0.6</priority></url>\n"
        for n in range(urls)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns='
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    path.write_text(f'{head}"{space}">\n{"".join(entries)}</urlset>\n', "utf-8")


def _measure(python: str, code: str, path: Path, repeat: int) -> dict[str, Any]:
    root = Path(__file__).resolve().parents[1]
    runs = []
    for _ in range(repeat):
        command = [python, "-c", code, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
        if done.returncode:
            raise SystemExit(done.stderr.strip().splitlines()[-1])
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    best: dict[str, Any] = min(runs, key=lambda run: run["cpu_seconds"])
    return best


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--urls", type=int, default=50_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--peer-python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sitemap.xml"
        _write(path, options.urls)
        own = _measure(sys.executable, OWN, path, options.repeat)
        peer = _measure(options.peer_python, PEER, path, options.repeat)
    for key in ("urls", "dates", "letters"):
        if own[key] != peer[key]:
            raise SystemExit(f"They disagree on {key}: {own[key]:,} and {peer[key]:,}.")
    ratio = round(own["cpu_seconds"] / peer["cpu_seconds"], 2)
    result = {"linkplanner": own, "ultimate-sitemap-parser": peer, "ratio": ratio,
              "at_most": GOAL, "met": ratio <= GOAL}  # fmt: skip
    if options.json:
        print(json.dumps(result))
        return
    for name in ("linkplanner", "ultimate-sitemap-parser"):
        print(f"{name:24} {result[name]['cpu_seconds']:.2f} s CPU for {own['urls']:,} addresses")
    print(f"ratio {ratio}, at most {GOAL}: {'met' if result['met'] else 'NOT MET'}")


if __name__ == "__main__":
    main()
