"""Read the files of a project, with what each was taken for written down."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.read.reading import Reading

__all__ = ["read_sources"]


def read_sources(work: Work) -> "list[Reading]":
    """Readings in force: newer exports stand in for older ones, those of competitors are told apart
    (site.standing); reports are stored where they changed."""
    from dataclasses import replace

    from linkplanner.read import read_file
    from linkplanner.site.standing import sort_out
    from linkplanner.store.sources import list_sources, save_replaced, save_report

    sources = list_sources(work.workspace, work.project_id)
    read: list[tuple[int, list[Reading]]] = []
    for number, source in enumerate(sources):
        work.report.check()
        work.report.progress(number, len(sources), f"Reading {source.name}")
        found = read_file(source.path, source.name)
        reports = [{**reading.to_report(), "head": _head(reading)} for reading in found]
        if source.reports is None or list(source.reports) != reports:
            save_report(work.workspace, source.id, reports)
        if source.reports is None:
            _take_priorities(work, found)
        read.append((source.id, [replace(reading, source=source.sha256) for reading in found]))
    work.report.progress(len(sources), len(sources), "All files read")
    standing = sort_out(read, {source.id: source.role for source in sources})
    save_replaced(work.workspace, work.project_id, standing.replaced)
    return standing.readings


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
