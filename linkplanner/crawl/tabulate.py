"""A journal as tables: pages, links and texts, a part at a time, with template told from text.

Written with Arrow alone: a crawl of its own process never loads the heavier tools.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from linkplanner.crawl.arrow import TYPES, pa, to_array
from linkplanner.crawl.journal import Journal, Record, glance, unpack
from linkplanner.crawl.records import IMAGE, NOFOLLOW, SPONSORED, UGC
from linkplanner.crawl.scope import Scope
from linkplanner.crawl.template import SiteTemplate
from linkplanner.tables import ALTERNATES, LINK_ROWS, PAGE_ROWS, POSITIONS, TEXT_ROWS, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TABLES", "Listing", "tables_of", "write_tables"]

TABLES: Final = {
    "texts": TEXT_ROWS, "links": LINK_ROWS, "alternates": ALTERNATES, "pages": PAGE_ROWS
}  # fmt: skip
"""Tables of a crawl by file name; `pages` is written last."""
PART: Final = 100
"""Pages whose rows are built at once."""

Columns = dict[str, list[Any]]
Listing = Mapping[str, float | None]
"""Addresses of the sitemap with their lastmod, in seconds since 1970."""


def tables_of(
    journal: Journal, scope: Scope, listing: Listing | None = None
) -> "dict[str, pd.DataFrame]":
    """All rows at once, for crawls that fit in memory twice. Addresses of `listing` that were not
    asked for get a row without a status."""
    parts = list(_parts(journal, scope, listing or {}))
    return {
        name: table.conform(pa.concat_tables(part[name] for part in parts).to_pandas())
        for name, table in TABLES.items()
    }


def write_tables(
    journal: Journal, scope: Scope, folder: Path, listing: Listing | None = None
) -> None:
    """As `tables_of`, but into Parquet files, never holding more than one part in memory."""
    import pyarrow.parquet as pq

    writers = {
        name: pq.ParquetWriter(folder / f"{name}.parquet.part", _schema(table))
        for name, table in TABLES.items()
    }
    try:
        for part in _parts(journal, scope, listing or {}):
            for name, rows in part.items():
                writers[name].write_table(rows)
    finally:
        for writer in writers.values():
            writer.close()


def _parts(journal: Journal, scope: Scope, listing: Listing) -> Iterator[dict[str, pa.Table]]:
    last, marks = _last_frames(journal), []
    for payload in _payloads(journal, last):
        kind, _, mark = glance(payload)
        if kind == "page":
            marks.append(mark)
    template = SiteTemplate.of(marks)
    marks.clear()
    rows = _Rows(scope, template, listing)
    for payload in _payloads(journal, last):
        rows.take(unpack(payload), glance(payload)[2])
        if rows.pages >= PART:
            yield rows.tables()
            rows = _Rows(scope, template, listing)
    rows.take_unread(url for url in listing if url not in last)
    yield rows.tables()


def _last_frames(journal: Journal) -> dict[str, int]:
    """Number of the frame that counts for each address: the last, failures only where alone."""
    last: dict[str, int] = {}
    failed: dict[str, int] = {}
    for number, payload in enumerate(journal.payloads()):
        kind, url, _ = glance(payload)
        (failed if kind == "failed" else last)[url] = number
    return failed | last


def _payloads(journal: Journal, last: dict[str, int]) -> Iterator[bytes]:
    for number, payload in enumerate(journal.payloads()):
        if last[glance(payload)[1]] == number:
            yield payload


class _Rows:
    """Rows of some pages, column by column."""

    def __init__(self, scope: Scope, template: SiteTemplate, listing: Listing) -> None:
        self._scope = scope
        self._listing = listing
        self._template = template
        self._own: dict[str, bool] = {}
        self._columns: dict[str, Columns] = {
            name: {column: [] for column in table.columns} for name, table in TABLES.items()
        }

    @property
    def pages(self) -> int:
        return len(self._columns["pages"]["url"])

    def take(self, record: Record, marks: bytes) -> None:
        """Add the rows of one record."""
        kind, url = record["k"], record["u"]
        if kind == "page":
            self._take_page(url, record, marks)
        elif kind in ("redirect", "error", "failed"):
            self._page(url, status=record["s"], redirect_to=record.get("to"))
        elif kind == "blocked":
            self._page(url, status=0, blocked=True)

    def take_unread(self, urls: Iterable[str]) -> None:
        """Add listed addresses that were not asked for: nothing else is known of them."""
        for url in urls:
            self._page(url, blocked=None, source="sitemap")

    def tables(self) -> dict[str, pa.Table]:
        """The rows as tables."""
        return {
            name: pa.Table.from_arrays(
                [to_array(self._columns[name][c], dtype) for c, dtype in table.columns.items()],
                schema=_schema(table),
            )
            for name, table in TABLES.items()
        }

    def _page(self, url: str, **facts: Any) -> None:
        row = {"url": url, "blocked": False, "source": "crawl", **facts}
        if url in self._listing:
            row |= {"in_sitemap": True, "lastmod": _moment(self._listing[url])}
        self._add("pages", **row)

    def _add(self, table: str, **row: Any) -> None:
        for name, values in self._columns[table].items():
            values.append(row.get(name))

    def _take_page(self, url: str, record: Record, marks: bytes) -> None:
        text, words = self._template.text(record, marks)
        self._page(
            url, status=200, redirect_to=record.get("to"), canonical=record.get("c"),
            noindex=bool(record.get("n")), title=record.get("ti"), h1=record.get("h1"),
            language=record.get("la"), words=words, kind=record.get("ki"),
        )  # fmt: skip
        self._add("texts", url=url, text=text)
        for language, target in record.get("alt", ()):
            self._add("alternates", url=url, language=language, target_url=target)
        away: dict[str, tuple[list[Any], str]] = {}
        positions = self._template.positions(record, marks)
        for link, position in zip(record.get("l", ()), positions):
            if self._is_own(link[0]):
                self._link(url, link, position)
                continue
            other = away.setdefault(link[0], (link, position))
            if POSITIONS.index(position) < POSITIONS.index(other[1]):
                away[link[0]] = (link, position)
        for link, position in away.values():
            self._link(url, link, position)

    def _is_own(self, url: str) -> bool:
        if url not in self._own:
            self._own[url] = self._scope.is_own(url)
        return self._own[url]

    def _link(self, url: str, link: list[Any], position: str) -> None:
        columns = self._columns["links"]
        columns["source_url"].append(url)
        columns["target_url"].append(link[0])
        columns["anchor"].append(link[1] or None)
        columns["position"].append(position)
        for name, flag in _FLAGS:
            columns[name].append(bool(link[3] & flag))
        columns["target_status"].append(None)


_FLAGS: Final = (
    ("is_image", IMAGE), ("nofollow", NOFOLLOW), ("ugc", UGC), ("sponsored", SPONSORED)
)  # fmt: skip


def _schema(table: Table) -> pa.Schema:
    return pa.schema([(name, TYPES[dtype]) for name, dtype in table.columns.items()])


def _moment(seconds: float | None) -> int | None:
    """Microseconds since 1970."""
    return None if seconds is None else round(seconds * 1e6)
