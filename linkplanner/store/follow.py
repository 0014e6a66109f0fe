"""What each import brought: its figures in time, its comparison with the one before, its alerts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from linkplanner.store.tasks import write_checks
from linkplanner.store.versions import latest_version, save_version
from linkplanner.store.workspace import Workspace, now

if TYPE_CHECKING:
    from linkplanner.follow.compare import Comparison

__all__ = [
    "Alert",
    "dismiss_alert",
    "followed_up",
    "list_follow_ups",
    "load_comparison",
    "open_alerts",
    "save_follow_up",
]

KIND: Final = "monitor"
"""Kind of the versions that hold comparisons."""
KEEP: Final = 36
"""Dated reports that stay on disk: three years of months."""


@dataclass(frozen=True)
class Alert:
    """One threshold that an import reached."""

    id: int
    name: str
    """Setting of FollowSettings whose threshold was reached."""
    sentence: str
    """What happened, for people."""
    made: str
    """UTC, ISO 8601."""


def save_follow_up(
    workspace: Workspace,
    project_id: int,
    analysis: int,
    before: int | None,
    facts: Mapping[str, Any],
    *,
    checks: Sequence[Mapping[str, Any]] = (),
    comparison: "Comparison | None" = None,
    alerts: Sequence[tuple[str, str]] = (),
) -> None:
    """Keep what a new analysis showed, whole or not at all; the same analysis is kept once.

    checks: what was found of tasks (`store.tasks.write_checks`).
    """
    report = None
    if comparison is not None:
        report = save_version(
            workspace, project_id, KIND, comparison.save, facts=comparison.facts, keep=KEEP
        ).number
    with workspace.writing() as db:
        cursor = db.execute(
            "INSERT OR IGNORE INTO follow_ups (project_id, analysis, before, made, facts)"
            " VALUES (?, ?, ?, ?, ?)",
            (project_id, analysis, before, now(), json.dumps({**facts, "report": report})),
        )
        if cursor.rowcount:
            write_checks(db, project_id, checks)
            db.executemany(
                "INSERT INTO alerts (project_id, follow_up, name, sentence, made)"
                " VALUES (?, ?, ?, ?, ?)",
                [(project_id, cursor.lastrowid, name, text, now()) for name, text in alerts],
            )


def followed_up(workspace: Workspace, project_id: int, analysis: int) -> bool:
    """Whether this analysis was followed up."""
    with workspace.reading() as db:
        row = db.execute(
            "SELECT 1 FROM follow_ups WHERE project_id = ? AND analysis = ?",
            (project_id, analysis),
        ).fetchone()
    return row is not None


def list_follow_ups(workspace: Workspace, project_id: int) -> pd.DataFrame:
    """One row an import, oldest first: made, analysis, before, report (number of the comparison,
    missing where nothing could be compared) and the figures of follow.realised."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT * FROM follow_ups WHERE project_id = ? ORDER BY id", (project_id,)
        ).fetchall()
    records = [
        {
            **json.loads(row["facts"]),
            "made": row["made"],
            "analysis": row["analysis"],
            "before": row["before"],
        }
        for row in rows
    ]
    columns = ["made", "analysis", "before", "report", "points", "realised", "modelled_done",
               "modelled_accepted", "done", "accepted"]  # fmt: skip
    frame = pd.DataFrame(records)
    return frame.reindex(columns=list(dict.fromkeys([*columns, *frame.columns])))


def load_comparison(
    workspace: Workspace, project_id: int, report: int | None = None
) -> "Comparison | None":
    """The comparison of that number, or the newest; None where it is not there."""
    from linkplanner.follow.compare import Comparison

    if report is None:
        version = latest_version(workspace, project_id, KIND)
        folder = version.folder if version else Path()
        return Comparison.load(folder) if version else None
    folder = workspace.data(project_id) / f"{KIND}-{int(report)}"
    return Comparison.load(folder) if folder.is_dir() else None


def open_alerts(workspace: Workspace, project_id: int) -> list[Alert]:
    """Alerts that nobody has put away, newest first."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT * FROM alerts WHERE project_id = ? AND seen IS NULL ORDER BY id DESC",
            (project_id,),
        ).fetchall()
    return [_alert(row) for row in rows]


def dismiss_alert(workspace: Workspace, project_id: int, alert: int) -> None:
    """Put an alert away."""
    with workspace.writing() as db:
        db.execute(
            "UPDATE alerts SET seen = ? WHERE project_id = ? AND id = ?",
            (now(), project_id, alert),
        )


def _alert(row: Row) -> Alert:
    return Alert(row["id"], row["name"], row["sentence"], row["made"])
