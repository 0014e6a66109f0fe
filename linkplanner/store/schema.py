"""The database's tables, version by version; each migration is one transaction after a backup."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from linkplanner.store import files

__all__ = ["MIGRATIONS", "SchemaTooNew", "migrate"]

_VERSION_1: Final = (
    """CREATE TABLE projects (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        created TEXT NOT NULL,
        archived INTEGER NOT NULL DEFAULT 0,
        sample INTEGER NOT NULL DEFAULT 0,
        points_per_worth REAL,
        settings TEXT NOT NULL DEFAULT '{}')""",
    """CREATE TABLE sources (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        file TEXT NOT NULL,
        origin TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        added TEXT NOT NULL,
        report TEXT)""",
    """CREATE TABLE versions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        version INTEGER NOT NULL,
        created TEXT NOT NULL,
        basis TEXT NOT NULL,
        facts TEXT NOT NULL DEFAULT '{}',
        UNIQUE (project_id, kind, version))""",
    """CREATE TABLE priorities (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        url TEXT NOT NULL,
        chosen INTEGER NOT NULL DEFAULT 1,
        weight REAL NOT NULL DEFAULT 1,
        keywords TEXT NOT NULL DEFAULT '',
        difficulty REAL,
        origin TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (project_id, url))""",
    """CREATE TABLE patterns (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        pattern TEXT NOT NULL,
        weight REAL NOT NULL DEFAULT 1,
        changed TEXT NOT NULL,
        PRIMARY KEY (project_id, pattern))""",
    """CREATE TABLE tasks (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        task_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        page_url TEXT,
        target_url TEXT,
        instruction TEXT,
        gain REAL,
        effort_minutes REAL,
        status TEXT NOT NULL,
        owner TEXT,
        due TEXT,
        notes TEXT,
        reason TEXT,
        created TEXT NOT NULL,
        verified TEXT,
        rank INTEGER,
        PRIMARY KEY (project_id, task_id))""",
    """CREATE TABLE task_history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        task_id TEXT NOT NULL,
        field TEXT NOT NULL,
        before TEXT,
        after TEXT,
        changed TEXT NOT NULL)""",
    """CREATE TABLE decisions (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        decision TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT '',
        decided TEXT NOT NULL,
        PRIMARY KEY (project_id, kind, key))""",
    """CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        params TEXT NOT NULL DEFAULT '{}',
        state TEXT NOT NULL,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        message TEXT NOT NULL DEFAULT '',
        created TEXT NOT NULL,
        started TEXT,
        finished TEXT,
        heartbeat TEXT,
        cancel INTEGER NOT NULL DEFAULT 0,
        owner TEXT NOT NULL DEFAULT '',
        attempt INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '')""",
    "CREATE TABLE preferences (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE INDEX sources_by_project ON sources (project_id)",
    "CREATE INDEX jobs_by_project ON jobs (project_id, state)",
    "CREATE INDEX history_by_task ON task_history (project_id, task_id)",
)

_VERSION_2: Final = (
    "ALTER TABLE tasks ADD COLUMN anchor TEXT",
    "ALTER TABLE tasks ADD COLUMN found TEXT",
    "ALTER TABLE tasks ADD COLUMN found_detail TEXT",
    "ALTER TABLE tasks ADD COLUMN checked TEXT",
    "ALTER TABLE tasks ADD COLUMN origin TEXT NOT NULL DEFAULT 'plan'",
    "ALTER TABLE task_history ADD COLUMN batch TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE task_history ADD COLUMN author TEXT NOT NULL DEFAULT 'you'",
    "ALTER TABLE task_history ADD COLUMN undone INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE sources ADD COLUMN role TEXT NOT NULL DEFAULT 'auto'",
    "ALTER TABLE sources ADD COLUMN replaced_by INTEGER",
    """UPDATE tasks SET status = CASE status
        WHEN 'suggested' THEN 'found'
        WHEN 'approved' THEN 'qualified'
        WHEN 'sent to editor' THEN 'contacted'
        WHEN 'refused' THEN 'declined'
        ELSE status END WHERE kind LIKE 'outreach%'""",
    """CREATE TABLE contacts (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        domain TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL,
        imported_from TEXT NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (project_id, domain, email))""",
    """CREATE TABLE letters (
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        changed TEXT NOT NULL,
        PRIMARY KEY (project_id, name))""",
    """CREATE TABLE follow_ups (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        analysis INTEGER NOT NULL,
        before INTEGER,
        made TEXT NOT NULL,
        facts TEXT NOT NULL,
        UNIQUE (project_id, analysis))""",
    """CREATE TABLE alerts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
        follow_up INTEGER NOT NULL REFERENCES follow_ups(id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        sentence TEXT NOT NULL,
        made TEXT NOT NULL,
        seen TEXT)""",
    "CREATE INDEX tasks_by_status ON tasks (project_id, status)",
    "CREATE INDEX history_by_batch ON task_history (project_id, batch)",
    "CREATE INDEX alerts_by_project ON alerts (project_id, seen)",
)
"""Outreach has statuses of its own, tasks are checked against later imports, changes are undone
by batch, and what two imports differ in is kept with its alerts."""

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_VERSION_1, _VERSION_2)
"""Statements that lead from version n to n + 1; `user_version` says where a database stands."""


class SchemaTooNew(Exception):
    """The database was written by a newer linkplanner than this one."""


def migrate(
    connection: sqlite3.Connection,
    backups: Path,
    migrations: Sequence[Sequence[str]] = MIGRATIONS,
) -> int:
    """Bring the database to the newest version and return the one it had.

    Each step is one transaction; before the first one a database that holds something is copied
    into the folder `backups`. Raises SchemaTooNew.
    """
    had = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if had > len(migrations):
        raise SchemaTooNew(f"version {had}; this program knows versions up to {len(migrations)}")
    if 0 < had < len(migrations):
        back_up(connection, backups / f"linkplanner-v{had}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db")
    for step in range(had, len(migrations)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in migrations[step]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return had


def back_up(connection: sqlite3.Connection, path: Path) -> None:
    """A whole copy of the database at `path`, or nothing there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with files.replacing(path) as temporary:
        copy = sqlite3.connect(temporary)
        try:
            connection.backup(copy)
        finally:
            copy.close()
