"""How far a crawl is: figures and one line of words."""

from collections import deque
from dataclasses import dataclass

__all__ = ["Rate", "Standing"]

WINDOW = 30.0
"""Seconds over which the rate is told."""


@dataclass(frozen=True)
class Standing:
    """How far a crawl is at one moment."""

    done: int
    """Addresses given out."""
    total: int
    """Addresses in all, as far as known now."""
    read: int
    """Pages read."""
    queue: int
    """Addresses known and still to come, also those beyond the limit."""
    errors: int
    """Addresses that gave an error or no answer."""
    rate: float
    """Addresses a second, lately."""
    doing: str
    """The latest address, or what it waits for."""

    @property
    def seconds_left(self) -> float | None:
        """Time to the end of what is known now; None where it cannot be told."""
        left = self.total - self.done
        return left / self.rate if self.rate > 0 and left > 0 else None

    def words(self) -> str:
        """One line for the user."""
        parts = [f"{self.read:,} pages read"]
        if self.rate > 0:
            parts.append(f"{self.rate:.1f} a second")
        parts.append(f"{self.queue:,} waiting")
        if self.errors:
            parts.append(f"{self.errors:,} with errors")
        left = self.seconds_left
        if left is not None:
            parts.append(f"about {_span(left)} left")
        return f"{', '.join(parts)}. Reading {self.doing}" if self.doing else ", ".join(parts)


class Rate:
    """Counts of the last seconds."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque()
        self._first: float | None = None

    def tick(self, now: float) -> None:
        """One more."""
        self._first = now if self._first is None else self._first
        self._moments.append(now)
        while self._moments[0] < now - WINDOW:
            self._moments.popleft()

    def value(self, now: float) -> float:
        """How many a second; 0 before there is anything to tell from."""
        if self._first is None or len(self._moments) < 3:
            return 0.0
        span = min(WINDOW, now - self._first)
        return len(self._moments) / span if span > 0 else 0.0


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{seconds / 60:,.0f} minutes" if seconds < 5400 else f"{seconds / 3600:,.1f} hours"
