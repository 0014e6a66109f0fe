"""A worker's line to its job: progress out, signs of life, and the stop button in."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from linkplanner.errors import Cancelled
from linkplanner.jobs import find_job
from linkplanner.store.workspace import Workspace, WorkspaceError, now

__all__ = ["Reporter"]

BEAT_SECONDS: Final = 1.0
"""How often a worker gives a sign of life."""
LOOK_SECONDS: Final = 0.4
"""How often it looks at its stop button: with what a crawl needs to end, within two seconds."""
WRITE_SECONDS: Final = 0.25
"""Least time between two progress rows: more would only wear the disk."""
ORPHAN_SECONDS: Final = 60.0
"""How long a worker goes on after its app was closed; a restarted app finds it within seconds."""


@dataclass
class Reporter:
    """A worker's line to its row: progress out, stop button in."""

    workspace: Workspace
    """Where the row is."""
    job_id: int
    """Which row."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)
    _written: float = 0.0
    _abandoned: bool = False
    _forgiven: bool = False
    _paused: bool = False

    def progress(self, done: int, total: int, message: str) -> None:
        """Show how far the job is; cheap to call for every page."""
        moment = time.monotonic()
        if moment - self._written < WRITE_SECONDS and done < total:
            return
        self._written = moment
        self._update("done = ?, total = ?, message = ?", int(done), int(total), message)

    def should_stop(self) -> bool:
        """Whether the user pressed stop, or closed the app for good."""
        return self._stop.is_set()

    def forgive(self) -> None:
        """Go on after a stop that was meant for one step only."""
        self._forgiven = True
        self._stop.clear()

    def check(self) -> None:
        """Raise Cancelled where the job is to stop."""
        if self._stop.is_set():
            raise Cancelled("Stopped; what was finished is kept.")

    @property
    def abandoned(self) -> bool:
        """Whether it stops because the app is gone, not because the user asked."""
        return self._abandoned

    @property
    def paused(self) -> bool:
        """Whether it stops to be gone on with, so that nothing is done with what is there."""
        return self._paused

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Give signs of life while the block runs."""
        thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _beat(self) -> None:
        alone_since: float | None = None
        beaten = -BEAT_SECONDS
        while True:
            with contextlib.suppress(WorkspaceError):  # busy for a moment: the next look will do
                if time.monotonic() - beaten >= BEAT_SECONDS:
                    self._update("heartbeat = ?", now())
                    beaten = time.monotonic()
                job = find_job(self.workspace, self.job_id)
                if job is None or (job.cancel and not self._forgiven):
                    self._paused = job is not None and job.paused
                    self._stop.set()
            if self.workspace.is_open_somewhere():
                alone_since = None
            elif alone_since is None:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > ORPHAN_SECONDS:
                self._abandoned = True
                self._stop.set()
            if self._over.wait(LOOK_SECONDS):
                return

    def _update(self, assignments: str, *values: Any) -> None:
        with self.workspace.writing() as db:
            db.execute(f"UPDATE jobs SET {assignments} WHERE id = ?", (*values, self.job_id))

    def begin(self) -> None:
        """Say that a worker has the job."""
        self._update(
            "state = 'running', attempt = attempt + 1, started = ?, heartbeat = ?, owner = ?,"
            " message = 'Starting', done = 0, total = 0",
            now(), now(), str(os.getpid()),
        )  # fmt: skip

    def end(self, state: str, message: str, error: str = "") -> None:
        """Say how the job ended."""
        self._update(
            "state = ?, finished = ?, message = ?, error = ?", state, now(), message, error
        )
