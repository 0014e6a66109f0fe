"""Tasks and decisions: what the plan suggests, what the user made of it, and when."""

from collections.abc import Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.store.workspace import Workspace, now
from linkplanner.tables import TASKS

__all__ = [
    "STATUSES",
    "change_tasks",
    "decide",
    "decisions",
    "list_tasks",
    "put_plan_tasks",
    "put_suggestions",
    "task_history",
]

STATUSES: Final = ("suggested", "approved", "sent to editor", "live (verified)", "refused")
"""Life of a link or repair task."""
EDITABLE: Final = frozenset({"status", "owner", "due", "notes", "reason", "effort_minutes"})
"""Fields of a task that a person changes."""
_COLUMNS: Final = tuple(TASKS.columns)


def put_plan_tasks(workspace: Workspace, project_id: int, tasks: pd.DataFrame) -> None:
    """Make the list say what a new plan suggests.

    What a person touched stays as they left it (gain, instruction and rank are refreshed where the
    plan still holds the task); untouched suggestions that the plan dropped go.
    """
    frame = TASKS.conform(tasks)
    rows = [_row(rank, record) for rank, record in enumerate(frame.to_dict("records"), start=1)]
    with workspace.writing() as db:
        db.execute(
            "DELETE FROM tasks WHERE project_id = ? AND status = 'suggested' AND task_id NOT IN"
            " (SELECT task_id FROM task_history WHERE project_id = ?)",
            (project_id, project_id),
        )
        db.execute("UPDATE tasks SET rank = NULL WHERE project_id = ?", (project_id,))
        for row in rows:
            _put(db, project_id, row)


def put_suggestions(workspace: Workspace, project_id: int, tasks: pd.DataFrame) -> None:
    """Add tasks without touching the others; those that exist already stay as they are."""
    rows = [_row(0, record) | {"rank": None} for record in TASKS.conform(tasks).to_dict("records")]
    with workspace.writing() as db:
        for row in rows:
            names = list(row)
            db.execute(
                f"INSERT OR IGNORE INTO tasks (project_id, {', '.join(names)})"
                f" VALUES (?{', ?' * len(names)})",
                (project_id, *row.values()),
            )


def list_tasks(workspace: Workspace, project_id: int) -> pd.DataFrame:
    """All tasks in the plan's order, those outside the present plan last; TASKS columns."""
    with workspace.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM tasks WHERE project_id = ?"
            " ORDER BY rank IS NULL, rank, created",
            (project_id,),
        ).fetchall()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(_COLUMNS))
    for column in ("due", "created", "verified"):
        frame[column] = pd.to_datetime(frame[column], utc=True, errors="coerce").dt.tz_localize(
            None
        )
    return TASKS.conform(frame)


def change_tasks(
    workspace: Workspace, project_id: int, task_ids: Sequence[str], changes: Mapping[str, Any]
) -> int:
    """Change fields of tasks and write every change to the history; returns how many changed.

    Raises InputError on a field or status that does not exist; then nothing changes.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        raise InputError(f"“{min(unknown)}” of a task cannot be changed; it comes from the plan.")
    if changes.get("status", STATUSES[0]) not in STATUSES:
        raise InputError(f"“{changes['status']}” is no status; use one of {', '.join(STATUSES)}.")
    count = 0
    with workspace.writing() as db:
        for task_id in task_ids:
            row = db.execute(
                "SELECT * FROM tasks WHERE project_id = ? AND task_id = ?", (project_id, task_id)
            ).fetchone()
            if row is not None:
                count += _change(db, project_id, task_id, dict(row), changes)
    return count


def task_history(workspace: Workspace, project_id: int, task_id: str) -> pd.DataFrame:
    """Changes of one task, newest first: changed, field, before, after."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT changed, field, before, after FROM task_history"
            " WHERE project_id = ? AND task_id = ? ORDER BY id DESC",
            (project_id, task_id),
        ).fetchall()
    return pd.DataFrame([tuple(r) for r in rows], columns=["changed", "field", "before", "after"])


def decide(
    workspace: Workspace, project_id: int, kind: str, key: str, decision: str, reason: str = ""
) -> None:
    """Keep a decision about anything that has a key, such as a backlink under review."""
    with workspace.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
            (project_id, kind, key, decision, reason, now()),
        )


def decisions(workspace: Workspace, project_id: int, kind: str) -> dict[str, tuple[str, str]]:
    """Decision and reason by key."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT key, decision, reason FROM decisions WHERE project_id = ? AND kind = ?",
            (project_id, kind),
        ).fetchall()
    return {row["key"]: (row["decision"], row["reason"]) for row in rows}


def _row(rank: int, record: dict[str, Any]) -> dict[str, Any]:
    row = {column: _stored(record[column]) for column in _COLUMNS}
    filled = {"status": row["status"] or STATUSES[0], "created": row["created"] or now()}
    return {**row, **filled, "rank": rank}


def _put(db: Connection, project_id: int, row: dict[str, Any]) -> None:
    names = [*_COLUMNS, "rank"]
    kept = ("instruction", "gain", "rank")
    db.execute(
        f"INSERT INTO tasks (project_id, {', '.join(names)}) VALUES (?{', ?' * len(names)})"
        f" ON CONFLICT DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in kept)}",
        (project_id, *(row[name] for name in names)),
    )


def _change(
    db: Connection, project_id: int, task_id: str, row: dict[str, Any], changes: Mapping[str, Any]
) -> int:
    changed = 0
    for field, value in changes.items():
        after = _stored(value)
        if row[field] == after or (row[field] in (None, "") and after in (None, "")):
            continue
        db.execute(
            f"UPDATE tasks SET {field} = ? WHERE project_id = ? AND task_id = ?",
            (after, project_id, task_id),
        )
        db.execute(
            "INSERT INTO task_history (project_id, task_id, field, before, after, changed)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (project_id, task_id, field, row[field], after, now()),
        )
        changed = 1
    return changed


def _stored(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
