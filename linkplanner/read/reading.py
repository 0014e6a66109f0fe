"""What one file turned out to be: the answer of every reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

__all__ = ["Reading", "refused"]


@dataclass(frozen=True)
class Reading:
    """One file, or one table of a file, as it was understood."""

    name: str
    """File name as the user knows it; a table inside is added after " › "."""
    recognised_as: str | None
    """Vendor and report, "Ahrefs: backlinks"; None where the file was refused."""
    kind: str
    """backlinks, pages, links, domains, targets, anchors, sitemap, traffic, priorities, disavow or
    other."""
    frame: pd.DataFrame
    """The rows, conforming to the kind's table; empty where there is none."""
    rows: int = 0
    """Rows of `frame`."""
    skipped: int = 0
    """Rows of the file that are not in `frame`."""
    skipped_reasons: Mapping[str, int] = field(default_factory=dict)
    """Why rows were skipped, and how many; the counts sum to `skipped`."""
    live: int | None = None
    """Backlinks that stand today; None where the report does not say, or is no link report."""
    lost: int | None = None
    """Backlinks that the report says are gone."""
    nofollow: int | None = None
    """Rows with rel=nofollow; None where the report does not say."""
    columns: tuple[str, ...] = ()
    """Header cells as found."""
    message: str = ""
    """One plain sentence for the user."""
    warnings: tuple[str, ...] = ()
    """What the user should know before trusting the rows."""
    skipped_examples: Mapping[str, str] = field(default_factory=dict)
    """Of a reason in `skipped_reasons`, the first row that it fits, or its cell, cut short."""
    unknown_rows: tuple[tuple[str, ...], ...] = ()
    """First rows of a table without a known header, so that the user can say what they are."""
    children: tuple[str, ...] = ()
    """Addresses of the sitemaps that a sitemap index lists."""
    source: str = ""
    """Fingerprint of the file in the workspace; empty where it was read from elsewhere."""

    def to_report(self) -> dict[str, Any]:
        """A JSON-able summary, without the rows."""
        return {
            "file": self.name,
            "recognised_as": self.recognised_as,
            "kind": self.kind,
            "rows": self.rows,
            "skipped": self.skipped,
            "live": self.live,
            "lost": self.lost,
            "nofollow": self.nofollow,
            "columns": list(self.columns),
            "message": self.message,
            "skipped_reasons": dict(self.skipped_reasons),
            "skipped_examples": dict(self.skipped_examples),
            "warnings": list(self.warnings),
        }


def refused(
    name: str,
    message: str,
    columns: tuple[str, ...] = (),
    rows: tuple[tuple[str, ...], ...] = (),
) -> Reading:
    """A file that cannot be used, with the one sentence that says why and what to do."""
    return Reading(
        name=name,
        recognised_as=None,
        kind="other",
        frame=pd.DataFrame(),
        columns=columns,
        message=message,
        unknown_rows=rows,
    )
