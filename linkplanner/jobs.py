"""Long work: one worker process per job, its progress and its stop button as a row of the database.

A worker holds a lock on its own file for as long as it lives, which the system frees even after
kill -9; so a job whose lock is free is dead, whatever its row says, and can be taken up again.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Row
from typing import Any, Final

from linkplanner.errors import InputError
from linkplanner.store.locks import is_held
from linkplanner.store.workspace import Workspace, now

__all__ = [
    "KINDS",
    "LIVE",
    "Job",
    "create_job",
    "find_job",
    "latest_job",
    "live_job",
    "lock_path",
    "log_path",
    "mark_interrupted",
    "pause_job",
    "resume_job",
    "spawn",
    "start_job",
    "stop_job",
]

KINDS: Final = {
    "analyse": "Read the files and work out the site",
    "plan": "Make the plan",
    "fetch_texts": "Find sentences on the pages of the plan",
    "read_pages": "Read my pages",
    "sitemap": "Fetch the sitemap",
    "sample": "Set up the sample project",
    "check_links": "Check whether links you asked for are live",
}
"""Kinds of jobs with their names on screen."""
LIVE: Final = ("waiting", "running")
"""States of a job that is not over. The others: done, failed, stopped, interrupted."""
GRACE_SECONDS: Final = 60.0
"""How long a new process may take to start and lock its file before it counts as dead."""

_PAUSE: Final = 2
"""What stands in the column `cancel` where the job is to be gone on with."""

_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Job:
    """One piece of long work and how far it is."""

    id: int
    """Number of the job."""
    project_id: int
    """Whose it is."""
    kind: str
    """A key of `KINDS`."""
    params: dict[str, Any]
    """What the user asked for."""
    state: str
    """waiting, running, done, failed, stopped or interrupted."""
    done: int
    """Steps finished, of `total`."""
    total: int
    """Steps in all; 0 where not known."""
    message: str
    """What it is doing, or what it did."""
    created: str
    """UTC, ISO 8601."""
    finished: str
    """UTC, empty while it lives."""
    heartbeat: str
    """Last sign of life, UTC."""
    cancel: bool
    """Whether the user asked it to stop."""
    attempt: int
    """How often a worker took it up."""
    error: str
    """Why it failed, one sentence for the user."""
    paused: bool = False
    """Whether it stopped, or is to stop, to be gone on with later."""

    @property
    def live(self) -> bool:
        """Whether it is still to come to an end."""
        return self.state in LIVE

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def title(self) -> str:
        """Name on screen."""
        return KINDS.get(self.kind, self.kind)


def lock_path(workspace: Workspace, job_id: int) -> Path:
    """The file that a worker locks while it lives."""
    return workspace.folder / "jobs" / f"{int(job_id)}.lock"


def log_path(workspace: Workspace, job_id: int) -> Path:
    """What a worker printed, for questions nobody expected."""
    return workspace.folder / "jobs" / f"{int(job_id)}.log"


def create_job(
    workspace: Workspace, project_id: int, kind: str, params: dict[str, Any] | None = None
) -> Job:
    """A waiting job. Raises InputError where the project has a live one: one at a time."""
    if kind not in KINDS:
        raise InputError(f"“{kind}” is no kind of job; use one of {', '.join(KINDS)}.")
    mark_interrupted(workspace)
    with workspace.writing() as db:
        live = db.execute(
            "SELECT kind FROM jobs WHERE project_id = ? AND state IN (?, ?)", (project_id, *LIVE)
        ).fetchone()
        if live:
            raise InputError(
                f"“{KINDS.get(live['kind'], live['kind'])}” is still under way in this project; "
                "wait for it or stop it first."
            )
        cursor = db.execute(
            "INSERT INTO jobs (project_id, kind, params, state, created, message)"
            " VALUES (?, ?, ?, 'waiting', ?, 'Starting')",
            (project_id, kind, json.dumps(params or {}), now()),
        )
        row = db.execute("SELECT * FROM jobs WHERE id = ?", (cursor.lastrowid,)).fetchone()
    return _job(row)


def start_job(
    workspace: Workspace, project_id: int, kind: str, params: dict[str, Any] | None = None
) -> Job:
    """Create a job and start its worker process. Raises InputError."""
    job = create_job(workspace, project_id, kind, params)
    spawn(workspace, job.id)
    return job


def resume_job(workspace: Workspace, job_id: int) -> Job:
    """Take up an interrupted, stopped or failed job again with a new worker. Raises InputError."""
    mark_interrupted(workspace)
    with workspace.writing() as db:
        row = db.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise InputError("This job is gone; start it anew.")
        other = db.execute(
            "SELECT 1 FROM jobs WHERE project_id = ? AND state IN (?, ?)",
            (row["project_id"], *LIVE),
        ).fetchone()
        if other:
            raise InputError(
                "Something is under way in this project; wait for it or stop it first."
            )
        db.execute(
            "UPDATE jobs SET state = 'waiting', cancel = 0, error = '', finished = NULL,"
            " created = ?, message = 'Starting again' WHERE id = ?",
            (now(), job_id),
        )
    spawn(workspace, job_id)
    job = find_job(workspace, job_id)
    assert job is not None
    return job


def spawn(workspace: Workspace, job_id: int) -> int:
    """Start the worker process of a waiting job and return its process number."""
    _children[:] = [child for child in _children if child.poll() is None]  # reap the dead
    root = str(Path(__file__).resolve().parents[1])
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    log = log_path(workspace, job_id)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "linkplanner.worker", str(workspace.folder), str(job_id)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"},
            start_new_session=True,
        )
    _children.append(child)
    return child.pid


def stop_job(workspace: Workspace, job_id: int) -> None:
    """Ask a job to stop; what it finished by then is kept."""
    with workspace.writing() as db:
        db.execute("UPDATE jobs SET cancel = 1 WHERE id = ? AND state IN (?, ?)", (job_id, *LIVE))


def pause_job(workspace: Workspace, job_id: int) -> None:
    """Ask a job to stop at once and keep its place; `resume_job` lets it go on."""
    with workspace.writing() as db:
        db.execute(
            "UPDATE jobs SET cancel = ? WHERE id = ? AND state IN (?, ?)", (_PAUSE, job_id, *LIVE)
        )


def find_job(workspace: Workspace, job_id: int) -> Job | None:
    """The job of that number."""
    with workspace.reading() as db:
        row = db.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
    return _job(row) if row else None


def latest_job(workspace: Workspace, project_id: int) -> Job | None:
    """The project's newest job."""
    with workspace.reading() as db:
        row = db.execute(
            "SELECT * FROM jobs WHERE project_id = ? ORDER BY id DESC LIMIT 1", (project_id,)
        ).fetchone()
    return _job(row) if row else None


def live_job(workspace: Workspace, project_id: int) -> Job | None:
    """The project's job that is under way; dead ones are marked first."""
    mark_interrupted(workspace)
    job = latest_job(workspace, project_id)
    return job if job and job.live else None


def mark_interrupted(workspace: Workspace) -> int:
    """Mark jobs whose worker is dead; returns how many there were."""
    with workspace.reading() as db:
        rows = db.execute("SELECT * FROM jobs WHERE state IN (?, ?)", LIVE).fetchall()
    dead = [row for row in rows if _is_dead(workspace, row)]
    if not dead or workspace.read_only:
        return 0
    with workspace.writing() as db:
        for row in dead:  # `attempt` and `state`: a worker may have taken it up meanwhile
            db.execute(
                "UPDATE jobs SET state = 'interrupted', finished = ?, error = ? WHERE id = ?"
                " AND attempt = ? AND state = ?",
                (now(), "It was interrupted before it was done; take it up again to go on.",
                 row["id"], row["attempt"], row["state"]),
            )  # fmt: skip
    return len(dead)


def _is_dead(workspace: Workspace, row: Row) -> bool:
    if is_held(lock_path(workspace, row["id"])):
        return False
    if row["state"] == "running":
        return True
    age = datetime.now(UTC) - datetime.fromisoformat(row["created"])
    return age.total_seconds() > GRACE_SECONDS


def _job(row: Row) -> Job:
    return Job(
        id=row["id"],
        project_id=row["project_id"],
        kind=row["kind"],
        params=json.loads(row["params"]),
        state=row["state"],
        done=row["done"],
        total=row["total"],
        message=row["message"],
        created=row["created"],
        finished=row["finished"] or "",
        heartbeat=row["heartbeat"] or "",
        cancel=bool(row["cancel"]),
        attempt=row["attempt"],
        error=row["error"],
        paused=row["cancel"] == _PAUSE,
    )
