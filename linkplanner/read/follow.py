"""A sitemap by its address: fetched, and followed through its index."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from linkplanner import urls
from linkplanner.errors import FetchError, UrlError
from linkplanner.read import files, limits
from linkplanner.read.reading import Reading, refused
from linkplanner.read.sitemap import count

if TYPE_CHECKING:
    from linkplanner.crawl.fetch import Fetcher

__all__ = ["read_sitemap_url"]

MAX_SITEMAPS = 500
"""Sitemaps fetched of one index; at 50,000 addresses each that is 25 million pages."""

MAX_NESTING = 3
"""Index files within index files that are followed; sitemaps.org allows none, sites do it."""


def _never() -> bool:
    return False


def read_sitemap_url(
    url: str,
    fetcher: Fetcher,
    max_sitemaps: int = MAX_SITEMAPS,
    should_stop: Callable[[], bool] = _never,
) -> list[Reading]:
    """One reading for the address and one for every sitemap its index lists.

    Sitemaps on other sites are reported and not fetched, none is fetched twice. Never raises for
    what is fetched: trouble with one sitemap is its reading's message.
    """
    try:
        start = urls.canonical(url)
    except UrlError as error:
        return [refused(url, str(error))]
    site = urls.registrable(urls.host(start))
    queue: deque[tuple[str, int]] = deque([(start, 0)])
    seen: set[str] = {start}
    readings: list[Reading] = []
    while queue and len(readings) < max_sitemaps:
        if readings and should_stop():
            break
        address, level = queue.popleft()
        for reading in _fetch(address, fetcher):
            fresh, notes = _children(reading, site, seen, level)
            seen.update(fresh)
            queue.extend((child, level + 1) for child in fresh)
            readings.append(_followed(reading, len(fresh), notes))
    if queue and readings:
        note = f"Sitemaps of the index that were not read: {len(queue):,}."
        readings[0] = dataclasses.replace(readings[0], warnings=(*readings[0].warnings, note))
    return readings


def _fetch(address: str, fetcher: Fetcher) -> list[Reading]:
    try:
        answer = fetcher.fetch(address)
    except FetchError as error:
        return [refused(address, f"“{address}” was not fetched: {error}")]
    if answer.status == 0:
        return [refused(address, f"“{address}” gave no answer ({answer.error}); try again later.")]
    if answer.status != 200:
        return [
            refused(
                address,
                f"“{address}” answered with status {answer.status}; look for the sitemap's address "
                "in robots.txt.",
            )
        ]
    if len(answer.body) > limits.FILE_LIMIT:
        return [refused(address, f"“{address}” is too large to be a sitemap.")]
    return files.read_guarded(address, answer.body, answer.final_url)


def _children(
    reading: Reading, site: str, seen: set[str], level: int
) -> tuple[list[str], list[str]]:
    """Sitemaps of an index that are to be fetched, and what is said of the others."""
    notes = []
    own = [c for c in reading.children if urls.registrable(urls.host(c)) == site]
    foreign = len(reading.children) - len(own)
    if foreign:
        notes.append(f"Sitemaps on other sites, not read: {foreign:,}.")
    fresh = [child for child in own if child not in seen]
    if len(fresh) < len(own):
        notes.append(f"Sitemaps that were read already: {len(own) - len(fresh):,}.")
    if fresh and level >= MAX_NESTING:
        notes.append(f"Sitemaps too deep in index files, not read: {len(fresh):,}.")
        return [], notes
    return fresh, notes


def _followed(reading: Reading, fresh: int, notes: list[str]) -> Reading:
    message = reading.message
    if reading.children:
        message = f"Sitemap: index of {count(len(reading.children), 'sitemap')}, {fresh:,} to read."
    return dataclasses.replace(reading, message=message, warnings=(*reading.warnings, *notes))
