"""What a crawl has to tell its user: counts and sentences, the same after a resume."""

from collections import Counter
from dataclasses import dataclass, field

from linkplanner.crawl.journal import Record
from linkplanner.urls import host

__all__ = ["Notes"]

TOLD_IN_FULL = 5
"""Addresses in trouble that get a sentence of their own."""
SCRIPTED_SHARE = 0.5
"""Share of pages without any link from which a site is said to need JavaScript."""


@dataclass
class Notes:
    """Counts of what came of addresses, and sentences said once."""

    read: int = 0
    """Pages that answered 200 with HTML."""
    refused: int = 0
    """Addresses not asked for: robots.txt, private, other hosts; or larger than the limit."""
    failed: int = 0
    """Addresses that gave no whole answer."""
    unread: int = 0
    """Addresses of hosts that were given up."""
    redirects: int = 0
    """Addresses that redirect."""
    broken: int = 0
    """Addresses that answer with an error."""
    unchanged: int = 0
    """Pages taken over from an earlier crawl."""
    linkless: int = 0
    wordless: int = 0
    denied: int = 0
    left: dict[str, None] = field(default_factory=dict)
    """Addresses that were asked and gave no row: not HTML, or refused."""
    _said: dict[str, None] = field(default_factory=dict)
    _told: Counter[str] = field(default_factory=Counter)
    _aways: Counter[str] = field(default_factory=Counter)
    _reasons: Counter[str] = field(default_factory=Counter)

    def say(self, message: str) -> None:
        """Keep a sentence for the user, once."""
        self._said[message] = None

    def take(self, record: Record) -> None:
        """Count a record."""
        kind, url = record["k"], record["u"]
        if kind == "page":
            self.read += 1
            self.linkless += not record.get("l")
        elif kind == "redirect":
            self.redirects += 1
        elif kind == "error":
            self.broken += 1
            self.denied += record["s"] in (401, 403)
        elif kind == "blocked":
            self.refused += 1
            self._reasons["robots.txt does not allow it"] += 1
        elif kind == "failed":
            self.failed += 1
            self._tell("failed", f"“{url}” was not read: {record['e']}.")
        elif kind == "left":
            self.left[url] = None
            if record.get("e"):
                self.refused += 1
                self._tell("refused", record["e"])

    def foreign(self, url: str) -> None:
        """An address of the list that is on another host."""
        self.refused += 1
        self._reasons[f"{host(url)} is not among your hosts"] += 1

    def away(self, target: str) -> None:
        """A redirect to another site: written down, never followed."""
        self._aways[host(target)] += 1

    @property
    def errors(self) -> int:
        """Addresses with an error of any kind."""
        return self.failed + self.broken

    @property
    def scripted(self) -> bool:
        """Whether the pages seem to be built by JavaScript: most hold no link at all."""
        return self.read >= 3 and self.linkless > SCRIPTED_SHARE * self.read

    def messages(self) -> tuple[str, ...]:
        """All sentences for the user."""
        said = list(self._said)
        for what, count in self._told.items():
            if count > TOLD_IN_FULL:
                said.append(f"{_addresses(count - TOLD_IN_FULL)} more {what}.")
        if self.unread:
            said.append(f"{self.unread:,} more addresses of hosts in trouble were not read.")
        for name, count in self._aways.most_common(5):
            said.append(f"{_addresses(count)} redirect to {name}, which is not among your hosts.")
        for reason, count in self._reasons.most_common(5):
            said.append(f"{_addresses(count)} not read: {reason}.")
        if self.left:
            said.append(f"{_addresses(len(self.left))} left out: not HTML, or refused.")
        if self.unchanged:
            said.append(f"{_addresses(self.unchanged)} had not changed since the last crawl.")
        if self.denied >= 3 and self.denied > self.read:
            said.append(
                f"{_addresses(self.denied)} answered “forbidden”: the server seems to turn "
                "programs away. Allow linkplanner there, or give a crawl export."
            )
        if self.scripted:
            said.append(
                f"{_addresses(self.linkless)} hold no link in their HTML: the site is built by "
                "JavaScript. Give a crawl export of a tool that renders pages (in Screaming Frog: "
                "Configuration > Spider > Rendering > JavaScript)."
            )
        return tuple(said)

    def _tell(self, what: str, message: str) -> None:
        """As `say`, but only the first few of many alike."""
        self._told[what] += 1
        if self._told[what] <= TOLD_IN_FULL:
            self.say(message)


def _addresses(count: int) -> str:
    return "1 address" if count == 1 else f"{count:,} addresses"
