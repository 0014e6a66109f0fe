"""One file of a user into readings: what it is by content, never by its name."""

import dataclasses
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from linkplanner.errors import Cancelled, InputError
from linkplanner.read import limits, lists
from linkplanner.read.blocks import NotUtf8
from linkplanner.read.build import build
from linkplanner.read.decode import Decoded, decode, is_html, is_xml
from linkplanner.read.on_disk import FileBlob, Progress
from linkplanner.read.reading import Reading, refused
from linkplanner.read.reports import Report, match
from linkplanner.read.sitemap import read_sitemap
from linkplanner.read.table import Grid, open_table
from linkplanner.read.unpack import Blob, file_type, inflate, open_zip
from linkplanner.read.vendors import REPORTS, search_console
from linkplanner.read.vendors.lists import LINKS
from linkplanner.read.workbook import open_workbook

__all__ = [
    "OwnTables",
    "is_header",
    "read_blob",
    "read_bytes",
    "read_file",
    "read_guarded",
    "report_of",
]

PEEK = 4096
DEPTH = 2
"""Archives inside archives that are opened."""
STREAM_FROM = 32 * limits.MIB
"""File size from which the file is read block by block instead of whole."""

OwnTables = Callable[[str, Grid, tuple[str, ...]], Reading | None]
"""Reads tables that no vendor has, by what the user said of their columns; None for strange ones.
Given the table's name, the table, and warnings so far."""

_log = logging.getLogger(__name__)


def read_file(
    path: Path,
    name: str | None = None,
    progress: Progress | None = None,
    own: OwnTables | None = None,
    address: str | None = None,
) -> list[Reading]:
    """The readings of a file on disk; a file that cannot be opened gives one that says so.

    `progress` is told bytes read of large files; it may raise Cancelled, nothing else is raised.
    `address`: where a sitemap was fetched from, to read its relative addresses by.
    """
    shown = name or path.name
    try:
        size = path.stat().st_size
        if size > limits.FILE_LIMIT:
            return [_too_large(shown, size)]
        if size < STREAM_FROM:
            return read_guarded(shown, path.read_bytes(), address, own)
        with FileBlob(path, progress) as blob:
            return read_guarded(shown, blob, address, own)
    except OSError as error:
        reason = error.strerror or str(error)
        return [refused(shown, f"“{shown}” cannot be opened ({reason}); check the path.")]


def read_bytes(name: str, data: bytes, own: OwnTables | None = None) -> list[Reading]:
    """The readings of an uploaded file; an archive or workbook may give several. Never raises."""
    if len(data) > limits.FILE_LIMIT:
        return [_too_large(name, len(data))]
    return read_guarded(name, data, own=own)


def _too_large(name: str, size: int) -> Reading:
    return refused(
        name,
        f"“{name}” is {size / 2**30:.1f} GiB; files up to {limits.FILE_LIMIT // 2**30} GiB are "
        "read, so export a part of it.",
    )


def read_guarded(
    name: str, data: Blob, address: str | None = None, own: OwnTables | None = None
) -> list[Reading]:
    """As `read_blob`, with a last net: a defect of ours is logged and costs this file only."""
    try:
        return read_blob(name, data, address=address, own=own)
    except Cancelled:
        raise
    except MemoryError:
        return [refused(name, f"“{name}” does not fit into memory; export a part of it.")]
    except Exception as error:
        _log.exception("reading %r failed", name)
        kind = type(error).__name__
        return [refused(name, f"“{name}” could not be read ({kind}); please report this file.")]


def read_blob(
    name: str,
    data: Blob,
    depth: int = 0,
    address: str | None = None,
    own: OwnTables | None = None,
) -> list[Reading]:
    """As `read_bytes` without the last net, so that tests see every defect."""
    if not len(data):
        return [refused(name, f"“{name}” is empty; export it again.")]
    kind = file_type(data)
    try:
        if kind == "gzip" and depth < DEPTH:
            content, warning = inflate(data, limits.SITEMAP_BYTES, limits.FILE_LIMIT)
            return _warned(read_blob(name, content, depth + 1, address, own), warning)
        if kind == "zip" and depth < DEPTH:
            return _archive(name, data, depth, own)
        if kind in ("workbook", "ole"):
            return _workbook(name, bytes(data[:]), own)
        if kind != "text":
            return [refused(name, f"“{name}” is {_noun(kind)}; load a CSV, XLSX or XML export.")]
        return [_text(name, data, address, own)]
    except InputError as error:
        return [refused(name, f"“{name}” cannot be used: {error}")]


def _noun(kind: str) -> str:
    return "an archive inside an archive" if kind in ("gzip", "zip") else kind


def _warned(readings: list[Reading], warning: str) -> list[Reading]:
    if not warning:
        return readings
    note = f"{warning[0].upper()}{warning[1:]}."
    return [dataclasses.replace(r, warnings=(note, *r.warnings)) for r in readings]


def _archive(name: str, data: Blob, depth: int, own: OwnTables | None) -> list[Reading]:
    parts = open_zip(data)
    if not parts:
        return [refused(name, f"“{name}” is an empty zip archive; download it again.")]
    readings = [
        reading
        for part in parts
        for reading in read_blob(f"{name} › {part.name}", part.data, depth + 1, own=own)
    ]
    return _with_filters(readings)


def _workbook(name: str, data: bytes, own: OwnTables | None) -> list[Reading]:
    sheets = open_workbook(data, is_header)
    filled = [sheet for sheet in sheets if sheet.table is not None]
    if not filled:
        return [refused(name, f"“{name}” is an empty workbook; export it again.")]
    readings = []
    for sheet in filled:
        assert sheet.table is not None
        shown = name if len(filled) == 1 else f"{name} › {sheet.name}"
        readings.append(_grid(shown, sheet.table, (), own))
    return _with_filters(readings)


def _with_filters(readings: list[Reading]) -> list[Reading]:
    """Search Console: warns where the filters that come with an export leave pages out."""
    filters = [r for r in readings if r.recognised_as == search_console.FILTERS]
    limiting = [warning for reading in filters for warning in reading.warnings]
    if not limiting:
        return readings
    return [
        dataclasses.replace(r, warnings=(*r.warnings, *limiting)) if r.kind == "traffic" else r
        for r in readings
    ]


def is_header(row: Sequence[str]) -> bool:
    """Whether a row is the header of a known report."""
    return len(row) <= limits.COLUMN_LIMIT and match(row, REPORTS) is not None


def _text(name: str, data: Blob, address: str | None, own: OwnTables | None) -> Reading:
    peek = _peek(data)
    if is_html(peek):
        return refused(
            name,
            f"“{name}” is a web page, not a sitemap or an export; the download may have asked for "
            "a login.",
        )
    if is_xml(peek):
        return read_sitemap(name, data, address)
    try:
        return _table(name, decode(data), own)
    except NotUtf8:
        return _table(name, decode(data, thorough=True), own)


def _table(name: str, decoded: Decoded, own: OwnTables | None) -> Reading:
    head = bytes(decoded.data[decoded.start : decoded.start + 65536]).decode("utf-8", "ignore")
    if lists.is_disavow(head):
        return lists.read_disavow(name, decoded)
    return _grid(name, open_table(decoded, is_header), decoded.warnings, own)


def _grid(name: str, grid: Grid, warnings: tuple[str, ...], own: OwnTables | None) -> Reading:
    report = report_of(grid)
    if report is None:
        told = own(name, grid, warnings) if own else None
        return told or lists.read_unknown(name, grid, warnings)
    return build(name, grid, report, warnings)


def report_of(grid: Grid) -> Report | None:
    """The report that a table is, by its header, and by its rows where headers are alike."""
    report = match(grid.header, REPORTS) if grid.header else None
    if report and report.generic and report.kind == "backlinks" and lists.is_internal(grid, report):
        return LINKS
    return report


def _peek(data: Blob) -> str:
    """The first characters, whatever the encoding, to tell markup from tables."""
    head = bytes(data[:PEEK])
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore")
    return head.replace(b"\x00", b"").decode("utf-8", errors="ignore")
