"""A field of a task as it changes: written with its history, and the newest change taken back."""

from collections.abc import Mapping
from sqlite3 import Connection
from typing import Any

import pandas as pd

from linkplanner.store.workspace import Workspace, now

__all__ = ["find_task", "stored", "task_history", "undo_last", "undoable", "write_change"]


def find_task(db: Connection, project_id: int, task_id: str) -> dict[str, Any] | None:
    """The row of a task, None where it is gone."""
    row = db.execute(
        "SELECT * FROM tasks WHERE project_id = ? AND task_id = ?", (project_id, task_id)
    ).fetchone()
    return dict(row) if row else None


def write_change(
    db: Connection,
    project_id: int,
    row: Mapping[str, Any],
    changes: Mapping[str, Any],
    batch: str,
    author: str,
) -> int:
    """Write what differs, and the history of it except that a check was made at all."""
    differing = {f: v for f, value in changes.items() if not _same(row[f], v := stored(value))}
    if not differing:
        return 0
    db.execute(
        f"UPDATE tasks SET {', '.join(f'{field} = ?' for field in differing)}"
        " WHERE project_id = ? AND task_id = ?",
        (*differing.values(), project_id, row["task_id"]),
    )
    moment = now()
    db.executemany(
        "INSERT INTO task_history (project_id, task_id, field, before, after, changed, batch,"
        " author) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (project_id, row["task_id"], field, row[field], after, moment, batch, author)
            for field, after in differing.items()
            if field != "checked"
        ],
    )
    return 1


def undoable(workspace: Workspace, project_id: int) -> str:
    """What `undo_last` would take back, in words; empty where there is nothing."""
    with workspace.reading() as db:
        rows = _last_batch(db, project_id)
    if not rows:
        return ""
    tasks = {row["task_id"] for row in rows}
    fields = sorted({row["field"].replace("_", " ") for row in rows})
    to = {row["after"] or "nothing" for row in rows}
    what = f"{', '.join(fields)} → {next(iter(to))}" if len(to) == 1 else ", ".join(fields)
    return f"{what[:60]} of {len(tasks):,} task{'s' if len(tasks) > 1 else ''}"


def undo_last(workspace: Workspace, project_id: int) -> int:
    """Take back the newest change that a person made in one go; returns how many fields.

    A field that was changed again since, by a check for example, stays as it is now.
    """
    undone = 0
    with workspace.writing() as db:
        rows = _last_batch(db, project_id)
        for row in rows:
            db.execute("UPDATE task_history SET undone = 1 WHERE id = ?", (row["id"],))
            task = find_task(db, project_id, row["task_id"])
            if task is not None and _same(task[row["field"]], row["after"]):
                back = {row["field"]: row["before"]}
                undone += write_change(db, project_id, task, back, f"undo {row['batch']}", "undo")
    return undone


def task_history(workspace: Workspace, project_id: int, task_id: str) -> pd.DataFrame:
    """Changes of one task, newest first: changed, field, before, after, author."""
    columns = ["changed", "field", "before", "after", "author"]
    with workspace.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(columns)} FROM task_history"
            " WHERE project_id = ? AND task_id = ? ORDER BY id DESC",
            (project_id, task_id),
        ).fetchall()
    return pd.DataFrame([tuple(r) for r in rows], columns=columns)


def _last_batch(db: Connection, project_id: int) -> list[Any]:
    """Rows of the newest batch of a person that was not taken back; newest first."""
    last = db.execute(
        "SELECT batch FROM task_history WHERE project_id = ? AND author = 'you' AND undone = 0"
        " AND batch != '' ORDER BY id DESC LIMIT 1",
        (project_id,),
    ).fetchone()
    if last is None:
        return []
    return db.execute(
        "SELECT * FROM task_history WHERE project_id = ? AND batch = ? ORDER BY id DESC",
        (project_id, last["batch"]),
    ).fetchall()


def _same(one: Any, other: Any) -> bool:
    return bool(one == other or (one in (None, "") and other in (None, "")))


def stored(value: Any) -> Any:
    """The value as the database keeps it: nothing for what is missing, moments in ISO form."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value
