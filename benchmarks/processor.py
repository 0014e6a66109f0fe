"""Processor seconds of other processes, from /proc: what a loaded machine does not change much."""

import os
from pathlib import Path

__all__ = ["family", "spent"]

TICKS = os.sysconf("SC_CLK_TCK")


def spent(pid: int) -> float:
    """User and system seconds of one process so far; 0 where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def family(pid: int) -> set[int]:
    """A process with all that it started and they started in turn."""
    parents = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                fields = (place / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(place.name)] = int(fields[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found
