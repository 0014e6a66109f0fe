"""What a crawl is given and what it gives back: the way, the tools, the end."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from linkplanner.crawl.earlier import Earlier
from linkplanner.crawl.extract import Extractor, InlineExtractor
from linkplanner.crawl.notes import Notes
from linkplanner.crawl.scope import Scope
from linkplanner.crawl.standing import Standing

__all__ = ["Ended", "Route", "Tools"]


@dataclass(frozen=True)
class Route:
    """What is to be read."""

    urls: tuple[str, ...]
    """Addresses in the order in which they are to be read."""
    scope: Scope
    """Which addresses are the user's."""
    discover: bool = True
    """Whether own pages linked from pages read are read too, after `urls`."""
    lastmods: Mapping[str, float] = field(default_factory=dict)
    """When the sitemap says that a page was changed, in seconds since 1970."""


@dataclass(frozen=True)
class Tools:
    """What a crawl works with; the defaults are the real ones."""

    extractor: Extractor = field(default_factory=InlineExtractor)
    earlier: Earlier = field(default_factory=Earlier)
    watch: Callable[[Standing], None] = lambda standing: None
    should_stop: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    wall: Callable[[], float] = time.time
    """The time of day, in seconds since 1970."""
    jitter: Callable[[], float] = lambda: 0.5


@dataclass(frozen=True)
class Ended:
    """How a crawl ended."""

    stopped: bool
    """Whether the user stopped it."""
    capped: bool
    """Whether own addresses were left because of the limit."""
    unlisted: int
    """Addresses of the list that the limit cut off."""
    closed: tuple[str, ...]
    """Why hosts were given up, one sentence each."""
    notes: Notes
