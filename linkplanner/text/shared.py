"""What processes that work on parts of a site's pages share."""

from dataclasses import dataclass

from linkplanner.text.offers import Finder, Tables
from linkplanner.text.signals import Signals

__all__ = ["Shared"]


@dataclass
class Shared:
    """A site whose texts are compared: the state of a `linkplanner.crew.Crew`."""

    tables: Tables
    """PAGES, TEXTS and LINKS."""
    signals: Signals
    """Made of these tables."""
    finder: Finder | None = None
    """Made in every process where sentences are looked for."""
