"""A recognised table into a `Reading`: cells converted, rows checked, skips and flags counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd
import pyarrow as pa

from linkplanner import tables
from linkplanner.read import cells, fields, kinds
from linkplanner.read.coded_links import read_coded
from linkplanner.read.reading import Reading
from linkplanner.read.reports import Report
from linkplanner.read.skips import Skips
from linkplanner.read.table import Grid
from linkplanner.read.vendors.search_console import FILTERS

__all__ = ["build", "sentence"]

KIND_TABLES: Final = {
    "backlinks": tables.BACKLINKS,
    "pages": tables.PAGE_ROWS,
    "sitemap": tables.PAGE_ROWS,
    "links": tables.LINK_ROWS,
    "domains": tables.DOMAINS,
    "targets": tables.TARGETS,
    "traffic": tables.TRAFFIC,
    "priorities": tables.PRIORITIES,
}
"""The declared table of each kind that has rows."""


@dataclass
class _Rows:
    """Rows on their way into a table, with what was said about them."""

    frame: pd.DataFrame
    skipped: Skips
    warnings: list[str] = field(default_factory=list)

    def unusable(self) -> bool:
        """Whether rows were skipped for defects, not only because they are of no use here."""
        return any(not reason.startswith("“") for reason in self.skipped)


def _unusable(name: str, grid: Grid, report: Report, rows: _Rows) -> Reading:
    total = sum(rows.skipped.values())
    reason = rows.skipped.most_common(1)[0][0]
    return Reading(
        name=name,
        recognised_as=None,
        kind="other",
        frame=pd.DataFrame(),
        skipped=total,
        skipped_reasons=dict((+rows.skipped).most_common()),
        skipped_examples=rows.skipped.shown(),
        columns=grid.header,
        message=f"“{name}” has columns like {report.title}, but none of its {total:,} rows can be "
        f"used ({reason}); export it again.",
    )


def build(name: str, grid: Grid, report: Report, warnings: Sequence[str] = ()) -> Reading:
    """The rows of a table as the report's kind; never raises on content."""
    if report.explain:
        return _explained(name, grid, report)
    if report.kind == "links":
        read = read_coded(grid, report)
        repeats = read.links.repeats()
        pa.default_memory_pool().release_unused()  # the blocks' room goes to the frame
        rows = _Rows(read.links.frame(), read.skipped, [*warnings, *report.notes, *read.warnings])
        if repeats:
            rows.warnings.append(f"Links that stand twice in the file and count once: {repeats:,}.")
        return _built(name, grid, report, rows, report.title)
    rows = _convert(grid, report)
    rows.warnings[:0] = [*warnings, *report.notes]
    finish = getattr(kinds, f"finish_{report.kind}")
    base = kinds.property_address(grid.preamble)
    done = finish(rows.frame, kinds.Context(report, grid.header, base))
    rows.skipped.update(done.skipped)
    rows.warnings += done.warnings
    rows.frame = done.frame
    return _built(name, grid, report, rows, done.recognised_as or report.title)


def _built(name: str, grid: Grid, report: Report, rows: _Rows, title: str) -> Reading:
    frame = KIND_TABLES[report.kind].conform(rows.frame)
    if not len(frame) and rows.unusable():
        return _unusable(name, grid, report, rows)
    _warn_of_cap(rows, len(frame), report)
    return _reading(name, grid, report, rows, frame, title)


def _reading(
    name: str, grid: Grid, report: Report, rows: _Rows, frame: pd.DataFrame, title: str
) -> Reading:
    places = report.places(grid.header)
    live = lost = nofollow = None
    if report.kind == "backlinks" and "lost" in places:
        lost = int(frame["lost"].sum())
        live = len(frame) - lost
    if "nofollow" in frame and "nofollow" in places:
        nofollow = int(frame["nofollow"].sum())
    skipped = sum(rows.skipped.values())
    return Reading(
        name=name,
        recognised_as=title,
        kind=report.kind,
        frame=frame,
        rows=len(frame),
        skipped=skipped,
        skipped_reasons=dict((+rows.skipped).most_common()),
        skipped_examples=rows.skipped.shown(),
        live=live,
        lost=lost,
        nofollow=nofollow,
        columns=grid.header,
        message=sentence(title, len(frame), skipped, live=live, lost=lost, nofollow=nofollow),
        warnings=tuple(rows.warnings),
    )


def sentence(
    title: str,
    rows: int,
    skipped: int,
    *,
    live: int | None = None,
    lost: int | None = None,
    nofollow: int | None = None,
) -> str:
    """What was taken from a file, in one sentence."""
    if not rows and not skipped:
        return f"{title}: the file has a header but no rows."
    parts = [f"{rows:,} row{'' if rows == 1 else 's'} read"]
    counts = [(live, "live"), (lost, "lost"), (nofollow, "nofollow")]
    told = ", ".join(f"{value:,} {word}" for value, word in counts if value is not None)
    if told:
        parts[0] += f" ({told})"
    if skipped:
        parts.append(f"{skipped:,} skipped")
    return f"{title}: {', '.join(parts)}."


def _explained(name: str, grid: Grid, report: Report) -> Reading:
    width = range(min(grid.width, 2))
    read = grid.read(list(width))
    lost = len(read.frame) + sum(read.skipped.values())
    warnings = []
    if report.title == FILTERS and len(width) == 2:
        warnings = _filters(read.frame)
    return Reading(
        name=name,
        recognised_as=report.title,
        kind=report.kind,
        frame=pd.DataFrame(),
        skipped=lost,
        skipped_reasons={"rows of a report that is not used": lost} if lost else {},
        columns=grid.header,
        message=f"{report.title}. {report.explain}",
        warnings=tuple(warnings),
    )


def _filters(frame: pd.DataFrame) -> list[str]:
    """Search Console's filters that leave pages out: all that name a value like "+/blog/"."""
    held = frame[frame[1].str.contains(r"^[+\-~!=*]|/", regex=True)]
    return [
        f"The export was filtered by {cells.truncate(a, 40)} “{cells.truncate(b, 60)}”, so pages "
        "are missing."
        for a, b in zip(held[0].head(5), held[1].head(5))
    ]


def _convert(grid: Grid, report: Report) -> _Rows:
    """The report's fields by name, each in the type of the field."""
    places = report.places(grid.header)
    least = 1 + max(places[name] for name in report.required)
    read = grid.read(sorted(set(places.values())), least)
    rows = _Rows(read.frame, Skips(read.skipped))
    if report.keep and report.keep.field in places:
        _keep(rows, rows.frame[places[report.keep.field]], report)
    columns = {}
    for name, position in places.items():
        raw = rows.frame[position]
        dtype = KIND_TABLES[report.kind].columns.get(name, "str")
        if report.generic and dtype == "str":  # such as our own exports
            raw = cells.unescaped(raw)
        values = fields.values(raw, report.columns[name], dtype)
        header = grid.header[position]
        columns[name] = values
        _warn_of_unread(rows, raw, values, header)
    rows.frame = pd.DataFrame(columns)
    return rows


def _keep(rows: _Rows, column: pd.Series, report: Report) -> None:
    assert report.keep is not None
    words = report.keep.words
    values = column.str.strip()
    wanted = cells.per_distinct(
        values, lambda d: pd.Series([cells.fold(str(v)) in words for v in d], dtype="bool")
    )
    for value, number in values[~wanted].value_counts().items():
        shown = cells.truncate(str(value), 40) or "(empty)"
        rows.skipped[report.keep.reason.format(value=shown)] += int(number)
    rows.frame = rows.frame[wanted].reset_index(drop=True)


def _warn_of_unread(rows: _Rows, raw: pd.Series, values: pd.Series, header: str) -> None:
    """Cells of numbers and dates that hold something, but nothing readable."""
    kind = "dates" if values.dtype.kind == "M" else "numbers"
    if values.dtype.kind not in "fM":
        return
    missing = values.isna().to_numpy()
    if int(missing.sum()) == int((raw == "").sum()):
        return
    held = raw[missing]
    held = held[~held.str.strip().str.casefold().isin(cells.MISSING)]
    if len(held):
        rows.warnings.append(
            f"Cells of “{cells.truncate(header, 40)}” that are no {kind} and count as empty: "
            f"{len(held):,} (such as “{cells.truncate(str(held.iloc[0]), 40)}”)."
        )


def _warn_of_cap(rows: _Rows, taken: int, report: Report) -> None:
    total = taken + sum(rows.skipped.values())
    if total in report.caps:
        rows.warnings.append(
            f"Exactly {total:,} rows: {report.vendor} stops exports there, so there are probably "
            "more."
        )
