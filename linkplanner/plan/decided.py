"""Which links people decided on: accepted ones stay in the plan, refused and set ones stay out."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from linkplanner.plan.status import ACCEPTED, LIVE

__all__ = ["LINK_KINDS", "Decided"]

LINK_KINDS: Final = ("add link", "replace link")
"""Kinds of tasks that set a link from page_url to target_url."""
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Decided:
    """Pairs of source and target address."""

    accepted: Pairs = frozenset()
    """Somebody works on these: they are in the plan and count against its limits."""
    closed: Pairs = frozenset()
    """Refused, or seen live already (in a sidebar, say): never planned again."""

    @classmethod
    def of(cls, tasks: pd.DataFrame) -> "Decided":
        """What the statuses of TASKS say."""
        links = tasks[tasks["kind"].isin(LINK_KINDS)]

        def pairs(part: pd.DataFrame) -> Pairs:
            return frozenset(zip(part["page_url"], part["target_url"]))

        closed = pairs(links[links["status"].isin(["refused", LIVE])])
        adding = links[(links["kind"] == LINK_KINDS[0]) & links["status"].isin(ACCEPTED)]
        return cls(pairs(adding) - closed, closed)

    def open(self, source: pd.Series, target: pd.Series) -> list[bool]:
        """Per pair of addresses whether it may still be planned."""
        return [pair not in self.closed for pair in zip(source, target)]
