"""Seconds and memory of a program and the processes it started, on Linux; elsewhere of itself."""

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final

__all__ = ["Clock"]

LOOK_SECONDS: Final = 0.5
_TICK: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PROC: Final = Path("/proc")


def _family() -> list[int]:
    """This process and those it started."""
    found = [os.getpid()]
    for task in (_PROC / "self" / "task").glob("*/children"):
        found += map(int, task.read_text().split())
    return found


def _memory(process: int) -> int:
    """Bytes in memory; a page that several processes share counts as its part for each."""
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _processor(process: int) -> float:
    """Processor seconds of a process."""
    try:
        fields = (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


class Clock:
    """Wall and processor seconds of named steps, and the largest memory so far, GB. To be used in
    a `with` block."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {}
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._wall, self._own = time.perf_counter(), self._seconds()

    def __enter__(self) -> "Clock":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def step(self, name: str) -> None:
        """Ends a step; to be called while the processes that worked on it live."""
        self._look()
        wall, own = time.perf_counter(), self._seconds()
        self.found |= {f"{name} s": wall - self._wall, f"{name} cpu s": own - self._own}
        self.found[f"{name} GB"] = self._peak / 1e9
        self._wall, self._own = time.perf_counter(), own

    def _seconds(self) -> float:
        return time.process_time() + sum(map(_processor, _family()[1:]))

    def _look(self) -> None:
        self._peak = max(self._peak, sum(map(_memory, _family())))

    def _watch(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            self._look()
