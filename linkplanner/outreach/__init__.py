"""Whom to write to: sites worth asking, the page to pitch to each, and what it would bring."""
