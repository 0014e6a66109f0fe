"""What each spam signal sees in a profile, by the signal's name."""

from collections.abc import Callable
from typing import Final

from linkplanner.quality import seen_hosts, seen_metrics, seen_profile, seen_words
from linkplanner.quality.facts import Facts
from linkplanner.quality.found import Found

__all__ = ["METHODS", "Found"]

METHODS: Final[dict[str, Callable[[Facts], Found]]] = {
    **seen_words.METHODS,
    **seen_hosts.METHODS,
    **seen_metrics.METHODS,
    **seen_profile.METHODS,
}
"""The method of every signal in `signals.SIGNALS`."""
