"""What an earlier crawl knows of a page, so that only what changed is fetched again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from linkplanner.crawl.journal import Journal, glance, pack, unpack

__all__ = ["Earlier"]

DAY: Final = 86_400.0
"""Seconds by which a fetch must be younger than `lastmod`, which may name only the day."""


@dataclass(frozen=True)
class _Known:
    etag: str
    modified: str
    fetched: float
    payload: bytes


class Earlier:
    """Pages of a finished crawl by address."""

    def __init__(self, journal: Journal | None = None) -> None:
        """`journal`: that of the earlier crawl; none means that nothing is known."""
        self._pages: dict[str, _Known] = {}
        for payload in journal.payloads() if journal is not None else ():
            if glance(payload)[0] == "page":
                record = unpack(payload)
                self._pages[record["u"]] = _Known(
                    record.get("et", ""), record.get("lm", ""), record.get("t", 0.0), payload
                )

    def __len__(self) -> int:
        return len(self._pages)

    def conditions(self, url: str) -> Mapping[str, str]:
        """Headers that let the server answer 304 where the page did not change (RFC 9110, 13)."""
        known = self._pages.get(url)
        if known is None:
            return {}
        headers = {"If-None-Match": known.etag} if known.etag else {}
        return headers | ({"If-Modified-Since": known.modified} if known.modified else {})

    def unchanged(self, url: str, lastmod: float | None) -> bool:
        """Whether the sitemap's lastmod says that the page is as it was. Seconds since 1970."""
        known = self._pages.get(url)
        return known is not None and lastmod is not None and known.fetched > lastmod + DAY

    def payload(self, url: str, now: float | None = None) -> bytes | None:
        """The packed record of the page; with `now` as the moment of its latest check."""
        known = self._pages.get(url)
        if known is None:
            return None
        if now is None:
            return known.payload
        return pack(unpack(known.payload) | {"t": round(now, 1)}, glance(known.payload)[2])
