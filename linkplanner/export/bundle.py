"""Everything that one run hands over, as files in one folder."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkplanner.export.cells import plain
from linkplanner.export.csv import write_bytes, write_csv
from linkplanner.export.report import html_report

if TYPE_CHECKING:
    from linkplanner.pipeline import Analysis, PlanResult

__all__ = ["FILES", "write_bundle"]

FILES = ("plan.csv", "pages.csv", "backlinks.csv", "tasks.csv", "summary.json", "report.html")
"""Files that every bundle has."""


def write_bundle(
    folder: Path,
    analysis: "Analysis",
    result: "PlanResult",
    *,
    model: bool = False,
    made: datetime | None = None,
) -> list[Path]:
    """Write the run's CSV files, summary and report; with `model`, model.npz too, if there is one.

    Where links are unknown, plan.csv is empty and suggestions.csv holds the pairs to check.
    Returns the paths written. Raises InputError where one cannot be written.
    """
    from linkplanner.pipeline import pages_export

    frames = {
        "plan.csv": result.frames["plan"],
        "pages.csv": pages_export(analysis, result),
        "backlinks.csv": analysis.frames["backlinks"],
        "tasks.csv": result.frames["tasks"],
    }
    if len(result.frames["suggestions"]):
        frames["suggestions.csv"] = result.frames["suggestions"]
    for name, frame in frames.items():
        write_csv(folder / name, frame)
    summary = json.dumps(_finite(result.summary), ensure_ascii=False, indent=2, allow_nan=False)
    write_bytes(folder / "summary.json", summary.encode("utf-8", "replace"))
    report = html_report(analysis, result, made=made or datetime.now(UTC))
    write_bytes(folder / "report.html", report.encode("utf-8", "replace"))
    written = [folder / name for name in dict.fromkeys([*frames, *FILES])]
    if model and result.model is not None:
        result.model.save(folder / "model.npz")
        written.append(folder / "model.npz")
    return written


def _finite(value: Any) -> Any:
    """The value in JSON's types; figures that JSON has no spelling for become null."""
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    value = plain(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value
