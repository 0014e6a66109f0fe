"""Where redirects lead, and when they are not followed on: circles, long chains, other sites."""

from linkplanner.crawl.frontier import Step
from linkplanner.crawl.notes import Notes
from linkplanner.crawl.scope import Scope

__all__ = ["Redirects"]


class Redirects:
    """All redirects that a crawl met, over its runs."""

    def __init__(self, scope: Scope, most: int, notes: Notes) -> None:
        """`most`: redirects followed in a row. What is not followed is told to `notes`."""
        self._scope, self._most, self._notes = scope, most, notes
        self.leads: dict[str, str] = {}
        """Where an address leads, by address."""

    def follow(self, step: Step, target: str) -> Step | None:
        """Keep that an address leads to `target`; the step there, None where it is not taken."""
        self.leads[step.url] = target
        chain = (*step.before, step.url)
        if self._circles(step.url):
            self._notes.say(f"“{target}” redirects in a circle.")
        elif not self._scope.is_own(target):
            self._notes.away(target)
        elif len(chain) > self._most:
            self._notes.say(f"“{chain[0]}” redirects more than {self._most} times.")
        else:
            return Step(target, chain)
        return None

    def _circles(self, url: str) -> bool:
        """Whether the redirects seen so far lead from an address back to it."""
        passed: set[str] = set()
        here = self.leads.get(url)
        while here is not None and here != url and here not in passed:
            passed.add(here)
            here = self.leads.get(here)
        return here == url
