"""What processes that work on parts of a site's pages share."""

from dataclasses import dataclass
from typing import Final

from linkplanner.crew import processes_for
from linkplanner.text.offers import Finder, Tables
from linkplanner.text.signals import Signals

__all__ = ["Shared", "processes_worth"]

SHARED_OUT: Final = 2000
"""Links from which sentences are looked for by two processes: each needs some five seconds on a
site of 10,000 pages before it can begin, and a link takes two thousandths of one."""
SHARED_PAGES: Final = 50_000
"""Pages up to which there are two: on 100,000 pages they needed 4.9 GB together (4 are allowed)."""


def processes_worth(links: int, pages: int) -> int:
    """Processes that look for the sentences of so many links on a site of so many pages."""
    return processes_for(links, SHARED_OUT) if pages <= SHARED_PAGES else 1


@dataclass
class Shared:
    """A site whose texts are compared: the state of a `linkplanner.crew.Crew`."""

    tables: Tables
    """PAGES, TEXTS and LINKS."""
    signals: Signals
    """Made of these tables."""
    finder: Finder | None = None
    """Made in every process where sentences are looked for."""
