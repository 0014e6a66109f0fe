"""Tasks: what the plan and the follow-up suggest, what the user made of it, and when.

Every change is a row of the history under the batch it was made in; the newest batch of a person
can be taken back. A change by linkplanner (a link seen live) is written under that name and stays.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any, Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.plan.status import (
    ALL_STATUSES,
    LIVE,
    OPEN,
    first_status,
    is_outreach,
    statuses_of,
)
from linkplanner.store.task_changes import find_task, stored, write_change
from linkplanner.store.workspace import Workspace, now
from linkplanner.tables import TASKS
from linkplanner.urls import host, registrable

__all__ = [
    "change_tasks",
    "has_tasks",
    "list_tasks",
    "put_plan_tasks",
    "put_suggestions",
    "record_checks",
    "write_checks",
]

EDITABLE: Final = frozenset({"status", "owner", "due", "notes", "reason", "effort_minutes"})
"""Fields of a task that a person changes."""
PROGRAM: Final = "linkplanner"
"""Author of changes that follow from a crawl, an export or a link check."""
_COLUMNS: Final = tuple(TASKS.columns)
_DATES: Final = ("due", "created", "verified", "checked")
_PLAN: Final = "plan"
_OPEN: Final = ", ".join(f"'{status}'" for status in sorted(OPEN))


def put_plan_tasks(workspace: Workspace, project_id: int, tasks: pd.DataFrame) -> None:
    """Make the list say what a new plan suggests.

    What a person touched stays as they left it (gain, instruction and rank are refreshed where the
    plan still holds the task); untouched suggestions that the plan dropped go. Tasks of another
    origin (new content, a link gap) stay. Sites that are not to be contacted get no new tasks.
    """
    frame = TASKS.conform(tasks)
    rows = [_row(rank, record) for rank, record in enumerate(frame.to_dict("records"), start=1)]
    with workspace.writing() as db:
        db.execute(
            f"DELETE FROM tasks WHERE project_id = ? AND origin = ? AND status IN ({_OPEN})"
            " AND task_id NOT IN (SELECT task_id FROM task_history WHERE project_id = ?)",
            (project_id, _PLAN, project_id),
        )
        db.execute("UPDATE tasks SET rank = NULL WHERE project_id = ?", (project_id,))
        closed = _closed_sites(db, project_id)
        for row in rows:
            if not (is_outreach(row["kind"]) and _site_of(row["page_url"]) in closed):
                _put(db, project_id, row)


def put_suggestions(
    workspace: Workspace, project_id: int, tasks: pd.DataFrame, *, anew: str = ""
) -> int:
    """Add tasks without touching the others; those that exist already stay as they are.

    anew: origin whose untouched suggestions are replaced by these. Returns how many are new.
    """
    rows = [_row(0, record) | {"rank": None} for record in TASKS.conform(tasks).to_dict("records")]
    added = 0
    with workspace.writing() as db:
        if anew:
            db.execute(
                f"DELETE FROM tasks WHERE project_id = ? AND origin = ? AND status IN ({_OPEN})"
                " AND task_id NOT IN (SELECT task_id FROM task_history WHERE project_id = ?)",
                (project_id, anew, project_id),
            )
        for row in rows:
            names = list(row)
            cursor = db.execute(
                f"INSERT OR IGNORE INTO tasks (project_id, {', '.join(names)})"
                f" VALUES (?{', ?' * len(names)})",
                (project_id, *row.values()),
            )
            added += cursor.rowcount
    return added


def has_tasks(workspace: Workspace, project_id: int) -> bool:
    """Whether the project has any task."""
    with workspace.reading() as db:
        found = db.execute("SELECT 1 FROM tasks WHERE project_id = ? LIMIT 1", (project_id,))
        return found.fetchone() is not None


def list_tasks(workspace: Workspace, project_id: int) -> pd.DataFrame:
    """All tasks in the plan's order, those outside the present plan last; TASKS columns."""
    with workspace.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM tasks WHERE project_id = ?"
            " ORDER BY rank IS NULL, rank, created, task_id",
            (project_id,),
        ).fetchall()
    frame = pd.DataFrame([tuple(row) for row in rows], columns=list(_COLUMNS))
    for column in _DATES:
        moments = pd.to_datetime(frame[column], utc=True, errors="coerce", format="ISO8601")
        frame[column] = moments.dt.tz_localize(None)
    return TASKS.conform(frame)


def change_tasks(
    workspace: Workspace, project_id: int, task_ids: Sequence[str], changes: Mapping[str, Any]
) -> int:
    """Change fields of tasks and write every change to the history; returns how many changed.

    Raises InputError on a field or status that does not exist, or that a task of this kind does
    not go through; then nothing changes.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        raise InputError(f"“{min(unknown)}” of a task cannot be changed; it comes from the plan.")
    status = changes.get("status", ALL_STATUSES[0])
    if status not in ALL_STATUSES:
        raise InputError(f"“{status}” is no status; use one of {', '.join(ALL_STATUSES)}.")
    batch, count = secrets.token_hex(6), 0
    with workspace.writing() as db:
        for task_id in task_ids:
            row = find_task(db, project_id, task_id)
            if row is None:
                continue
            if "status" in changes and status not in statuses_of(row["kind"]):
                raise InputError(
                    f"“{status}” is no status of “{row['kind']}”; use one of "
                    f"{', '.join(statuses_of(row['kind']))}."
                )
            count += write_change(db, project_id, row, changes, batch, "you")
    return count


def record_checks(
    workspace: Workspace, project_id: int, checks: Iterable[Mapping[str, Any]]
) -> int:
    """Write down what a check saw of tasks; returns how many statuses changed."""
    with workspace.writing() as db:
        return write_checks(db, project_id, checks)


def write_checks(db: Connection, project_id: int, checks: Iterable[Mapping[str, Any]]) -> int:
    """`record_checks` inside a transaction that is under way.

    Each check names task_id, found, found_detail, checked, and `status` with `was`: a status that
    a person changed meanwhile is left as they put it.
    """
    batch, moved = secrets.token_hex(6), 0
    for check in checks:
        row = find_task(db, project_id, str(check["task_id"]))
        if row is None:
            continue
        seen = {name: check[name] for name in ("found", "found_detail", "checked")}
        if row["status"] == check["was"] and check["status"] != check["was"]:
            seen["status"] = check["status"]
            if check["status"] == LIVE:
                seen["verified"] = check["checked"]
            moved += 1
        write_change(db, project_id, row, seen, batch, PROGRAM)
    return moved


def _closed_sites(db: Connection, project_id: int) -> set[str]:
    """Sites that are not to be contacted."""
    rows = db.execute(
        "SELECT page_url FROM tasks WHERE project_id = ? AND status = 'do not contact'",
        (project_id,),
    ).fetchall()
    return {_site_of(row["page_url"]) for row in rows}


def _site_of(url: str | None) -> str:
    return registrable(host(url)) if url else ""


def _row(rank: int, record: dict[str, Any]) -> dict[str, Any]:
    row = {column: stored(record[column]) for column in _COLUMNS}
    filled = {
        "status": row["status"] or first_status(row["kind"]),
        "created": row["created"] or now(),
        "origin": row["origin"] or _PLAN,
    }
    return {**row, **filled, "rank": rank}


def _put(db: Connection, project_id: int, row: dict[str, Any]) -> None:
    names = [*_COLUMNS, "rank"]
    kept = ("instruction", "gain", "rank", "anchor")
    db.execute(
        f"INSERT INTO tasks (project_id, {', '.join(names)}) VALUES (?{', ?' * len(names)})"
        f" ON CONFLICT DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in kept)}",
        (project_id, *(row[name] for name in names)),
    )
