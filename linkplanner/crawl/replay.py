"""What the journal of an unfinished crawl holds, so that the next run asks nothing twice."""

from dataclasses import dataclass, field

from linkplanner.crawl.extract import Page
from linkplanner.crawl.journal import Journal, unpack
from linkplanner.crawl.notes import Notes
from linkplanner.crawl.records import followable
from linkplanner.crawl.route import Route

__all__ = ["Replayed", "replay"]


@dataclass
class Replayed:
    """Where an earlier run stopped."""

    done: dict[str, bool] = field(default_factory=dict)
    """Addresses with an answer; True where a redirect led to them."""
    leads: dict[str, str] = field(default_factory=dict)
    """Where addresses redirect to."""
    found: dict[str, None] = field(default_factory=dict)
    """Own addresses that pages link to."""
    fetched: dict[str, Page] = field(default_factory=dict)
    """Pages that were fetched and not yet taken apart."""

    @property
    def given(self) -> int:
        """Addresses that count against the limit of pages."""
        return sum(not hop for hop in self.done.values()) + len(self.fetched)


def replay(journal: Journal, route: Route, notes: Notes, now: float) -> Replayed:
    """Read the journal and count its records in `notes`; addresses without an answer are left out,
    to be asked again. `now`: seconds since 1970."""
    past = Replayed()
    for payload in journal.payloads():
        record = unpack(payload)
        if record["k"] in ("failed", "end"):
            continue
        notes.take(record)
        past.done[record["u"]] = "hop" in record
        if record.get("to"):
            past.leads[record["u"]] = record["to"]
        if record["k"] == "page" and route.discover:
            past.found.update(
                (url, None) for url in followable(record) if route.scope.may_be_page(url)
            )
    for url, _, headers, body in journal.waiting():
        if url not in past.done:
            past.fetched[url] = Page(url, headers, body, now)
    return past
