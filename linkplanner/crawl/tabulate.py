"""A journal as tables: pages, links and texts, a part at a time, with template told from text."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from linkplanner.crawl.journal import Journal, Record, unpack
from linkplanner.crawl.page import count_words
from linkplanner.crawl.records import IMAGE, NOFOLLOW, SPONSORED, UGC
from linkplanner.crawl.scope import Scope
from linkplanner.crawl.template import SiteTemplate
from linkplanner.tables import LINK_ROWS, PAGE_ROWS, POSITIONS, TEXT_ROWS, Table

__all__ = ["TABLES", "tables_of", "write_tables"]

TABLES: Final = {"texts": TEXT_ROWS, "links": LINK_ROWS, "pages": PAGE_ROWS}
"""Tables of a crawl by file name; `pages` is written last."""
PART: Final = 500
"""Pages whose rows are built at once."""

Frames = dict[str, pd.DataFrame]


Listing = Mapping[str, float | None]
"""Addresses of the sitemap with their lastmod, in seconds since 1970."""


def tables_of(journal: Journal, scope: Scope, listing: Listing | None = None) -> Frames:
    """All rows at once, for crawls that fit in memory twice. Addresses of `listing` that were not
    asked for get a row without a status."""
    parts = list(_parts(journal, scope, listing or {}))
    return {
        name: table.conform(
            pd.concat([part[name] for part in parts], ignore_index=True) if parts else table.empty()
        )
        for name, table in TABLES.items()
    }


def write_tables(
    journal: Journal, scope: Scope, folder: Path, listing: Listing | None = None
) -> None:
    """As `tables_of`, but into Parquet files, never holding more than one part in memory."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schemas = {
        name: pa.Schema.from_pandas(table.empty(), preserve_index=False)
        for name, table in TABLES.items()
    }
    writers = {
        name: pq.ParquetWriter(folder / f"{name}.parquet.part", schema)
        for name, schema in schemas.items()
    }
    try:
        for part in _parts(journal, scope, listing or {}):
            for name, frame in part.items():
                rows = pa.Table.from_pandas(frame, schema=schemas[name], preserve_index=False)
                writers[name].write_table(rows)
    finally:
        for writer in writers.values():
            writer.close()


def _parts(journal: Journal, scope: Scope, listing: Listing) -> Iterator[Frames]:
    last = _last_frames(journal)
    template = SiteTemplate.of(
        record for record in _records(journal, last) if record["k"] == "page"
    )
    rows = _Rows(scope, template, listing)
    for record in _records(journal, last):
        rows.take(record)
        if rows.pages >= PART:
            yield rows.frames()
            rows = _Rows(scope, template, listing)
    rows.take_unread(url for url in listing if url not in last)
    yield rows.frames()


def _last_frames(journal: Journal) -> dict[str, int]:
    """Number of the frame that counts for each address: the last, failures only where alone."""
    last: dict[str, int] = {}
    failed: dict[str, int] = {}
    for number, payload in enumerate(journal.payloads()):
        record = unpack(payload)
        (failed if record["k"] == "failed" else last)[record["u"]] = number
    return failed | last


def _records(journal: Journal, last: dict[str, int]) -> Iterator[Record]:
    for number, payload in enumerate(journal.payloads()):
        record = unpack(payload)
        if last[record["u"]] == number:
            yield record


class _Rows:
    """Rows of some pages, column by column."""

    def __init__(self, scope: Scope, template: SiteTemplate, listing: Listing) -> None:
        self._scope = scope
        self._listing = listing
        self._template = template
        self._page_rows: list[tuple[Any, ...]] = []
        self._links: list[tuple[Any, ...]] = []
        self._texts: list[tuple[str, str]] = []

    @property
    def pages(self) -> int:
        return len(self._page_rows)

    def take(self, record: Record) -> None:
        """Add the rows of one record."""
        kind, url = record["k"], record["u"]
        if kind == "page":
            self._take_page(url, record)
        elif kind in ("redirect", "error", "failed"):
            self._page(url, status=record["s"], redirect_to=record.get("to"))
        elif kind == "blocked":
            self._page(url, status=0, blocked=True)

    def take_unread(self, urls: Iterable[str]) -> None:
        """Add listed addresses that were not asked for: nothing else is known of them."""
        for url in urls:
            self._page(url, blocked=None, source="sitemap")

    def frames(self) -> Frames:
        """The rows as tables."""
        return {
            "texts": TEXT_ROWS.conform(pd.DataFrame(self._texts, columns=["url", "text"])),
            "links": _frame(self._links, _LINK_COLUMNS, LINK_ROWS),
            "pages": _frame(self._page_rows, _PAGE_COLUMNS, PAGE_ROWS),
        }

    def _page(self, url: str, **facts: Any) -> None:
        row = {"url": url, "blocked": False, "source": "crawl", **facts}
        if url in self._listing:
            row |= {"in_sitemap": True, "lastmod": _moment(self._listing[url])}
        self._page_rows.append(tuple(row.get(name) for name in _PAGE_COLUMNS))

    def _take_page(self, url: str, record: Record) -> None:
        text = self._template.text(record)
        self._page(
            url, status=200, redirect_to=record.get("to"), canonical=record.get("c"),
            noindex=bool(record.get("n")), title=record.get("ti"), h1=record.get("h1"),
            language=record.get("la"), words=count_words(text), kind=record.get("ki"),
        )  # fmt: skip
        self._texts.append((url, text))
        away: dict[str, tuple[Any, ...]] = {}
        for link, position in zip(record.get("l", ()), self._template.positions(record)):
            target, anchor, _, flags, _ = link
            row = (
                url, target, anchor or None, position, bool(flags & IMAGE), bool(flags & NOFOLLOW),
                bool(flags & UGC), bool(flags & SPONSORED),
            )  # fmt: skip
            if self._scope.is_own(target):
                self._links.append(row)
                continue
            other = away.setdefault(target, row)
            if POSITIONS.index(position) < POSITIONS.index(other[3]):
                away[target] = row
        self._links.extend(away.values())


_PAGE_COLUMNS: Final = (
    "url", "status", "redirect_to", "canonical", "noindex", "blocked", "title", "h1", "language",
    "words", "kind", "in_sitemap", "lastmod", "source",
)  # fmt: skip
_LINK_COLUMNS: Final = (
    "source_url", "target_url", "anchor", "position", "is_image", "nofollow", "ugc", "sponsored",
)  # fmt: skip


def _moment(seconds: float | None) -> datetime | None:
    """UTC without a zone, as the tables have it."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _frame(rows: list[tuple[Any, ...]], columns: tuple[str, ...], table: Table) -> pd.DataFrame:
    return table.conform(pd.DataFrame.from_records(rows, columns=list(columns)))
