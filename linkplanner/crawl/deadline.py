"""Things that are ended when they take too long: one thread watches all of them.

A timer for each request would start a thread each time, which costs as much as the request.
"""

import threading
import time
from collections.abc import Callable
from typing import Final

__all__ = ["Deadlines"]

POLL: Final = 0.1
"""Seconds by which an end may come late."""


class Deadlines:
    """Calls a function for whatever is not called off in time."""

    def __init__(self) -> None:
        self._ends: dict[int, tuple[float, Callable[[], None]]] = {}
        self._some = threading.Condition()
        self._count = 0
        self._thread: threading.Thread | None = None

    def set(self, seconds: float, act: Callable[[], None]) -> int:
        """Call `act` after so many seconds, from another thread; the number calls it off."""
        with self._some:
            self._count += 1
            self._ends[self._count] = (time.monotonic() + seconds, act)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._watch, daemon=True, name="linkplanner-deadlines"
                )
                self._thread.start()
            elif len(self._ends) == 1:
                self._some.notify()
            return self._count

    def call_off(self, number: int) -> None:
        """It came to its end by itself."""
        self._ends.pop(number, None)

    def _watch(self) -> None:
        while True:
            with self._some:
                while not self._ends:
                    self._some.wait()
            time.sleep(POLL)
            now = time.monotonic()
            for number, (end, act) in list(self._ends.items()):
                if end <= now and self._ends.pop(number, None) is not None:
                    act()
