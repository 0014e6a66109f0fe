"""Whom to write to: sites worth asking, the page to pitch to each, and what it would bring."""

from linkplanner.outreach.prospects import Ground, find_prospects

__all__ = ["Ground", "find_prospects"]
