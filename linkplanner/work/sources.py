"""Read the files of a project, with what each was taken for written down."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.read.files import OwnTables
    from linkplanner.read.reading import Reading
    from linkplanner.store.sources import Source

__all__ = ["read_sources"]


def read_sources(work: Work) -> "list[Reading]":
    """Readings in force: newer exports stand in for older ones, those of competitors are told apart
    (site.standing); reports are stored where they changed."""
    from dataclasses import replace

    from linkplanner.read.mapping import own_tables
    from linkplanner.site.standing import sort_out
    from linkplanner.store.mappings import kept_mappings
    from linkplanner.store.sources import list_sources, save_replaced, save_report

    sources = list_sources(work.workspace, work.project_id)
    own = own_tables(kept_mappings(work.workspace))
    read: list[tuple[int, list[Reading]]] = []
    for number, source in enumerate(sources):
        work.report.check()
        work.report.progress(number, len(sources), f"Reading {source.name}")
        mark, found = _read(work, source, own)
        reports = [_report(reading) for reading in found]
        if source.reports is None or list(source.reports) != reports:
            save_report(work.workspace, source.id, reports)
        if source.reports is None:
            _take_priorities(work, found)
        read.append((source.id, [replace(reading, source=mark) for reading in found]))
    work.report.progress(len(sources), len(sources), "All files read")
    standing = sort_out(read, {source.id: source.role for source in sources})
    save_replaced(work.workspace, work.project_id, standing.replaced)
    return standing.readings


def _read(work: Work, source: "Source", own: "OwnTables") -> "tuple[str, list[Reading]]":
    """The source's fingerprint as it is now, and its readings; progress in megabytes."""
    from linkplanner.read import read_file
    from linkplanner.read.reading import refused
    from linkplanner.store.sources import renew_path

    def tell(done: int, total: int) -> None:
        work.report.check()
        work.report.progress(
            done, total, f"Reading {source.name}: {done >> 20:,} of {total >> 20:,} MB"
        )

    try:
        mark = renew_path(work.workspace, source) if source.in_place else source.sha256
    except (OSError, ValueError):
        return source.sha256, [refused(source.name, source.trouble())]
    fetched_from = source.origin if "://" in source.origin else None
    return mark, read_file(source.path, source.name, tell, own, fetched_from)


def _report(reading: "Reading") -> dict[str, Any]:
    """What is kept of a reading for the screen."""
    from linkplanner.read.mapping import fingerprint, shown_table

    report = {**reading.to_report(), "head": _head(reading)}
    if reading.unknown_rows:
        header = shown_table(reading.columns, reading.unknown_rows).header
        report["columns"] = list(header)
        report["unknown_rows"] = [list(row) for row in reading.unknown_rows]
        report["fingerprint"] = fingerprint(header)
    return report


def _head(reading: "Reading") -> list[dict[str, str]]:
    """First rows of a reading as texts, without the columns that are empty in all of them."""
    rows = reading.frame.head(5).dropna(axis="columns", how="all")
    return [{str(k): str(v)[:300] for k, v in row.items()} for row in rows.to_dict("records")]


def _take_priorities(work: Work, readings: "Sequence[Reading]") -> None:
    """Pages of a priorities file that is read for the first time become the user's choice."""
    from linkplanner.store.priorities import set_priorities

    for reading in readings:
        if reading.kind == "priorities":
            rows = reading.frame.to_dict("records")
            changes = [{str(k): v for k, v in r.items() if v == v} | {"chosen": 1} for r in rows]
            set_priorities(work.workspace, work.project_id, changes, "file")
