"""A table of the user's own with a mapping of its columns: checked, applied, remembered.

A mapping names for each field of ours the header cell that holds it. It is kept under the header's
fingerprint, so that the next file with the same columns is read the same way: `own_tables` makes of
the kept ones what `read_file` takes.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from linkplanner.errors import InputError
from linkplanner.read import limits
from linkplanner.read.build import build
from linkplanner.read.cells import fold, truncate
from linkplanner.read.decode import decode
from linkplanner.read.files import OwnTables, is_header
from linkplanner.read.lists import first_rows
from linkplanner.read.reading import Reading
from linkplanner.read.reports import Column, Report, col, count, holds, yes
from linkplanner.read.table import Grid, open_table
from linkplanner.read.unpack import file_type, inflate
from linkplanner.read.workbook import open_workbook

__all__ = [
    "FIELDS",
    "REQUIRED",
    "OwnTable",
    "check_mapping",
    "fields_of",
    "fingerprint",
    "named",
    "own_tables",
    "read_mapped",
    "shown_table",
    "table_of",
]

_REL: Final = {
    "nofollow": holds("nofollow true yes 1", "nofollow"),
    "ugc": holds("ugc true yes 1", "ugc"),
    "sponsored": holds("sponsored true yes 1", "sponsored"),
}

FIELDS: Final[dict[str, dict[str, Column]]] = {
    "backlinks": {
        "source_url": col("source_url"),
        "target_url": col("target_url"),
        "source_title": col("source_title"),
        "anchor": col("anchor"),
        **_REL,
        "lost": yes("lost"),
        "first_seen": col("first_seen"),
        "last_seen": col("last_seen"),
        "external_links": count("external_links"),
    },
    "links": {
        "source_url": col("source_url"),
        "target_url": col("target_url"),
        "anchor": col("anchor"),
        "position": col("position"),
        **_REL,
        "target_status": count("target_status"),
    },
    "pages": {
        "url": col("url"),
        "status": count("status"),
        "title": col("title"),
        "h1": col("h1"),
        "canonical": col("canonical"),
        "redirect_to": col("redirect_to"),
        "noindex": yes("noindex"),
        "language": col("language"),
        "words": count("words"),
        "lastmod": col("lastmod"),
    },
    "traffic": {
        "url": col("url"),
        "query": col("query"),
        "clicks": col("clicks"),
        "impressions": col("impressions"),
        "position": col("position"),
        "sessions": col("sessions"),
        "revenue": col("revenue"),
    },
    "priorities": {
        "url": col("url"),
        "weight": col("weight"),
        "keywords": col("keywords"),
        "difficulty": col("difficulty"),
    },
    "domains": {
        "domain": col("domain"),
        "backlinks": count("backlinks"),
        "first_seen": col("first_seen"),
        "last_seen": col("last_seen"),
    },
}
"""Kinds of tables that a user can map, and the fields of each, the needed ones first."""

REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "backlinks": ("source_url", "target_url"),
    "links": ("source_url", "target_url"),
    "pages": ("url",),
    "traffic": ("url",),
    "priorities": ("url",),
    "domains": ("domain",),
}
"""Fields that a mapping must name."""


@dataclass(frozen=True)
class OwnTable:
    """What the user said of all tables with one header."""

    kind: str
    """A key of `FIELDS`."""
    columns: Mapping[str, str]
    """Field to the header cell that holds it."""


def fingerprint(header: Sequence[str]) -> str:
    """The key of a header: case, spaces and order of the columns do not count."""
    cells = sorted(fold(cell) for cell in header if fold(cell))
    return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:16]


def table_of(data: bytes) -> Grid:
    """The table in a CSV, gz or XLSX file (its first sheet with rows); columns without names are
    called “Column 1” and so on. Raises InputError where there is none."""
    kind = file_type(data)
    if kind == "gzip":
        data, _ = inflate(data, limits.SITEMAP_BYTES, limits.FILE_LIMIT)
        kind = file_type(data)
    if kind in ("workbook", "ole"):
        tables = [sheet.table for sheet in open_workbook(data, is_header) if sheet.table]
        if not tables:
            raise InputError("the workbook is empty; export it again.")
        grid: Grid = tables[0]
    elif kind == "text":
        grid = open_table(decode(data, thorough=True), is_header)
    else:
        raise InputError(f"it is {kind}; give a CSV or XLSX file.")
    return named(grid)


def named(grid: Grid) -> Grid:
    """The table, with “Column 1” and so on for columns that have no names at all."""
    if grid.header:
        return grid
    return replace(grid, header=tuple(f"Column {n + 1}" for n in range(grid.width)))


def shown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """The table of which a reading told columns and first rows, for `proposals`."""
    width = max([len(columns), *map(len, rows)])
    sample = tuple(tuple(row) for row in rows)
    return named(Grid(tuple(columns), (), sample, width))


def own_tables(known: Mapping[str, OwnTable]) -> OwnTables:
    """Reads tables whose header's fingerprint is known as the user said."""

    def read(name: str, grid: Grid, warnings: tuple[str, ...]) -> Reading | None:
        grid = named(grid)
        table = known.get(fingerprint(grid.header))
        if table is None:
            return None
        reading = read_mapped(name, grid, table.kind, table.columns)
        note = "It was read by the columns that you chose for files like this one."
        return replace(
            reading,
            columns=grid.header,
            warnings=(*warnings, note, *reading.warnings),
            unknown_rows=first_rows(grid),
        )

    return read


def read_mapped(name: str, grid: Grid, kind: str, mapping: Mapping[str, str]) -> Reading:
    """The rows of a table by a mapping of fields to header cells; never raises on rows.

    Raises InputError where the mapping does not fit the kind or the header.
    """
    check_mapping(name, grid.header, kind, mapping)
    fields = fields_of(kind)
    columns = {
        field: Column((fold(cell),), fields[field].how, fields[field].words)
        for field, cell in mapping.items()
    }
    report = Report("Your own", kind, kind, columns, REQUIRED[kind])
    return build(name, grid, report)


def check_mapping(name: str, header: Sequence[str], kind: str, mapping: Mapping[str, str]) -> None:
    """Raises InputError where a mapping does not fit the kind, or the header of the table."""
    fields = fields_of(kind)
    names = {fold(cell) for cell in header}
    for field, cell in mapping.items():
        if field not in fields:
            raise InputError(
                f"“{truncate(field, 40)}” is no field of {kind}; take one of the list."
            )
        if fold(cell) not in names:
            raise InputError(f"“{name}” has no column “{truncate(cell, 40)}”; choose one it has.")
    missing = [field for field in REQUIRED[kind] if field not in mapping]
    if missing:
        raise InputError(f"Say which column of “{name}” holds “{missing[0]}”; it is needed.")


def fields_of(kind: str) -> dict[str, Column]:
    """Fields of a kind, with how each is read. Raises InputError for one that cannot be mapped."""
    if kind not in FIELDS:
        raise InputError(f"Tables of “{truncate(kind, 40)}” cannot be mapped; take {_kinds()}.")
    return FIELDS[kind]


def _kinds() -> str:
    *most, last = FIELDS
    return f"{', '.join(most)} or {last}"
