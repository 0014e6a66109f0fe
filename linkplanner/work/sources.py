"""Read the files of a project, with what each was taken for written down."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linkplanner.work.work import Work

if TYPE_CHECKING:
    from linkplanner.read.reading import Reading

__all__ = ["read_sources"]


def read_sources(work: Work) -> "list[Reading]":
    """Readings of all files of the project; reports are stored where they changed."""
    from linkplanner.read import read_file
    from linkplanner.store.sources import list_sources, save_report

    sources = list_sources(work.workspace, work.project_id)
    readings: list[Reading] = []
    for number, source in enumerate(sources):
        work.report.check()
        work.report.progress(number, len(sources), f"Reading {source.name}")
        found = read_file(source.path, source.name)
        reports = [{**reading.to_report(), "head": _head(reading)} for reading in found]
        if source.reports is None or list(source.reports) != reports:
            save_report(work.workspace, source.id, reports)
        if source.reports is None:
            _take_priorities(work, found)
        readings.extend(found)
    work.report.progress(len(sources), len(sources), "All files read")
    return readings


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
