"""In which order pages are read, so that a plan from any part of them makes sense."""

from collections.abc import Iterable, Sequence

from linkplanner.urls import canonical_or_none, fold

__all__ = ["reading_order"]


def reading_order(
    *,
    home: Iterable[str],
    priority: Iterable[str],
    backlink_targets: Iterable[str],
    sitemap: Sequence[str],
    limit: int,
) -> list[str]:
    """At most `limit` addresses: home page, priority pages, backlink targets, then the sitemap.

    Spellings of one page (scheme, www., last slash) are read once, in the sitemap's spelling where
    it lists the page. What is no web address is left out.
    """
    listed: dict[str, str] = {}
    for text in sitemap:
        if url := canonical_or_none(text):
            listed.setdefault(fold(url), url)
    order: dict[str, str] = {}
    for group in (home, priority, backlink_targets, listed.values()):
        for text in group:
            if len(order) >= limit:
                return list(order.values())
            if url := canonical_or_none(text):
                key = fold(url)
                order.setdefault(key, listed.get(key, url))
    return list(order.values())
