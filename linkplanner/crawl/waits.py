"""How long to wait for a host: its wishes in headers and robots.txt, and patience that grows."""

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

__all__ = ["LONGEST_WAIT", "SLOWEST_DELAY", "TRIES", "backoff", "retry_after"]

TRIES = 3
"""Requests for one address before it counts as failed."""
FIRST_WAIT = 2.0
"""Seconds before the second try; doubled before the third."""
LONGEST_WAIT = 120.0
"""Seconds that a Retry-After may ask for; a host that asks for more is left alone."""
SLOWEST_DELAY = 30.0
"""Seconds between requests that a robots.txt may ask for: 300 pages then take 2.5 hours."""


def backoff(tries: int, jitter: Callable[[], float]) -> float:
    """Seconds to wait after so many failed tries; `jitter` gives 0 to 1."""
    return FIRST_WAIT * 2 ** (tries - 1) * (1 + jitter() / 2)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the Retry-After header asks for, None where it says nothing usable.

    A date is held against the answer's own Date header, so a wrong clock here does no harm.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        now = parsedate_to_datetime(headers.get("date", ""))
        seconds = (until - now).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return seconds if seconds > 0 else None
