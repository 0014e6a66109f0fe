"""Reads large exports with linkplanner, pandas and polars in one run and compares them.

    python benchmarks/ingest.py [--rows 2000000] [--json] [--repeat 3] [--folder DIR]

Every reading is a process of its own; readers take turns, and the best CPU time of each counts.
Peak memory and CPU time are the system's own counts (getrusage). All readers must reach the same
checksum, else the run fails. Needs benchmarks/requirements.txt beside requirements.txt.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ingest_files import write_backlinks, write_inlinks

READERS = {
    "inlinks": (
        "linkplanner",
        "linkplanner-table",
        "pandas",
        "pandas-lean",
        "polars",
        "polars-lean",
    ),
    "backlinks": ("linkplanner", "pandas", "pandas-lean", "pandas-domains", "polars"),
}
GOALS = (
    ("pandas", "cpu_seconds", 0.8),
    ("pandas", "peak_mib", 0.4),
    ("polars", "cpu_seconds", 1.2),
)
"""Peer, figure, and the largest ratio of linkplanner's figure to the peer's, for inlinks."""


def _measure(reader: str, file: str, path: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("ingest_readers.py")
    command = [sys.executable, str(script), reader, file, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{reader} failed on {file}: {done.stderr.strip().splitlines()[-1:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _best(runs: list[dict[str, Any]]) -> dict[str, Any]:
    keys = ("cpu_seconds", "cpu_seconds_with_imports", "peak_mib")
    return {**runs[0], **{key: min(run[key] for run in runs) for key in keys}}


def _compare(file: str, path: Path, repeat: int) -> dict[str, dict[str, Any]]:
    runs: dict[str, list[dict[str, Any]]] = {reader: [] for reader in READERS[file]}
    for _ in range(repeat):
        for reader in READERS[file]:
            runs[reader].append(_measure(reader, file, path))
    found = {reader: _best(results) for reader, results in runs.items()}
    own = found["linkplanner"]["checksum"]
    for reader, result in found.items():
        wrong = {k: v for k, v in result["checksum"].items() if own[k] != v}
        if wrong:
            raise SystemExit(f"{reader} disagrees with linkplanner on {file}: {wrong}, {own}")
    return found


def _ratios(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    own = found["linkplanner"]
    keys = ("cpu_seconds", "cpu_seconds_with_imports", "peak_mib")
    return {
        peer: {key: round(own[key] / found[peer][key], 2) for key in keys}
        for peer in found
        if not peer.startswith("linkplanner")
    }


def _goals(ratios: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    return [
        {"peer": peer, "figure": key, "at_most": most, "ratio": ratios[peer][key],
         "met": ratios[peer][key] <= most}
        for peer, key, most in GOALS
    ]  # fmt: skip


def run(rows: int, folder: Path, repeat: int) -> dict[str, Any]:
    """Writes both files, reads them with every reader, and gives figures, ratios and goals."""
    result: dict[str, Any] = {"rows": rows, "repeat": repeat, "files": {}}
    sizes = {"inlinks": (write_inlinks, rows), "backlinks": (write_backlinks, max(1, rows // 10))}
    for file, (write, number) in sizes.items():
        path = folder / f"{file}.csv"
        write(path, number)
        found = _compare(file, path, repeat)
        size = path.stat().st_size
        path.unlink()
        result["files"][file] = {
            "rows": number,
            "bytes_a_row": round(size / number),
            "readers": found,
            "ratios": _ratios(found),
        }
    result["goals"] = _goals(result["files"]["inlinks"]["ratios"])
    return result


def _tell(result: dict[str, Any]) -> None:
    for file, part in result["files"].items():
        print(f"{file}: {part['rows']:,} rows, {part['bytes_a_row']} bytes a row")
        print(f"  {'':18} {'CPU s':>8} {'+imports':>9} {'MiB':>8}   linkplanner is … of it")
        for reader, figures in part["readers"].items():
            ratio = part["ratios"].get(reader)
            told = f"   CPU {ratio['cpu_seconds']}, memory {ratio['peak_mib']}" if ratio else ""
            print(
                f"  {reader:18} {figures['cpu_seconds']:8.2f} "
                f"{figures['cpu_seconds_with_imports']:9.2f} {figures['peak_mib']:8.0f}{told}"
            )
    for goal in result["goals"]:
        mark = "met" if goal["met"] else "NOT MET"
        print(f"{goal['figure']} at most {goal['at_most']} of {goal['peer']}: "
              f"{goal['ratio']} {mark}")  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=2_000_000, help="links in the inlinks file")
    parser.add_argument("--repeat", type=int, default=3, help="readings by each reader")
    parser.add_argument("--folder", type=Path, help="where the files are written for the run")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        result = run(options.rows, Path(folder), options.repeat)
    print(json.dumps(result)) if options.json else _tell(result)


if __name__ == "__main__":
    main()
