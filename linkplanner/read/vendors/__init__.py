"""Every report that can be recognised, one module a vendor."""

from typing import Final

from linkplanner.read.reports import Report
from linkplanner.read.vendors import (
    ahrefs,
    analytics,
    crawlers,
    lists,
    others,
    screaming_frog,
    search_console,
    semrush,
)

__all__ = ["REPORTS"]

REPORTS: Final[tuple[Report, ...]] = (
    *ahrefs.REPORTS,
    *semrush.REPORTS,
    *search_console.REPORTS,
    *screaming_frog.REPORTS,
    *others.REPORTS,
    *crawlers.REPORTS,
    *analytics.REPORTS,
    *lists.REPORTS,
)
"""All reports; where two explain a header equally well, the first wins."""
