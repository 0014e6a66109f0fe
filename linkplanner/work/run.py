"""Run one job in this process, from the lock on its file to the words it ends with."""

import contextlib
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from linkplanner.errors import Cancelled, LinkplannerError
from linkplanner.jobs import Job, find_job, lock_path
from linkplanner.store.locks import FileLock
from linkplanner.store.workspace import Workspace, attach
from linkplanner.work.kinds import BODIES
from linkplanner.work.reporter import Reporter
from linkplanner.work.work import Work

__all__ = ["main", "run_job"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the job's lock, run it, return 0 where it ended as the user wanted."""
    folder, job_id = (sys.argv[1:] if arguments is None else list(arguments))[:2]
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)  # the screen goes first
    workspace = attach(Path(folder))
    lock = FileLock(lock_path(workspace, int(job_id)))
    deadline = time.monotonic() + 5.0
    while not lock.take(str(os.getpid())):  # somebody may be testing it just now
        if time.monotonic() > deadline:
            print(f"Job {job_id} is run by another process.", file=sys.stderr)
            return 1
        time.sleep(0.02)
    return 0 if run_job(workspace, int(job_id)) in ("done", "stopped") else 1


def run_job(workspace: Workspace, job_id: int) -> str:
    """Run a waiting job in this process and return the state it ended in."""
    job = find_job(workspace, job_id)
    if job is None or job.state != "waiting":
        return "failed"
    report = Reporter(workspace, job_id)
    report.begin()
    with report.beating():
        state, message, error = _outcome(workspace, job, report)
    report.end(state, message, error)
    return state


def _outcome(workspace: Workspace, job: Job, report: Reporter) -> tuple[str, str, str]:
    try:
        report.check()
        message = BODIES[job.kind](Work(workspace, job.project_id, job.params, report))
    except Cancelled as stopped:
        if report.abandoned:
            return "interrupted", "Interrupted", "The app was closed; take it up again to go on."
        return "stopped", str(stopped) or "Stopped; what was finished is kept.", ""
    except LinkplannerError as error:
        return "failed", "Failed", str(error)
    except MemoryError:
        return "failed", "Failed", (
            "The computer ran out of memory; close other programs, or give smaller files."
        )  # fmt: skip
    except Exception as error:
        traceback.print_exc()
        return "failed", "Failed", (
            f"Something went wrong that linkplanner did not expect ({type(error).__name__}: "
            f"{str(error)[:200]}). Details are in jobs/{job.id}.log of the workspace folder."
        )  # fmt: skip
    return "done", message, ""
