"""The workspace: one folder with a database and data files, opened by one app at a time."""

import contextlib
import errno
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import platformdirs

from linkplanner.errors import LinkplannerError
from linkplanner.store import files, schema
from linkplanner.store.locks import FileLock, is_held

__all__ = ["Workspace", "WorkspaceError", "attach", "default_folder", "now", "open_workspace"]

HOME_VARIABLE: Final = "LINKPLANNER_HOME"
"""Environment variable that names another workspace folder."""
WAL_FROM: Final = (3, 51, 3)
"""First SQLite without the WAL-reset bug; before it the rollback journal is the safe one."""
BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another one (a worker process) to finish its transaction."""

_guard = threading.Lock()
_held: dict[Path, FileLock] = {}


class WorkspaceError(LinkplannerError):
    """The workspace cannot be opened or written; the text says why and what to do."""


@dataclass(frozen=True)
class Workspace:
    """A workspace folder that is open, and the way to its database."""

    folder: Path
    """The folder; everything that is kept lies below it."""
    read_only: bool = False
    """True where another app has it open: look, do not touch."""
    notice: str = ""
    """One sentence for the user where it is read-only, else empty."""

    @property
    def database(self) -> Path:
        """Path of the SQLite file."""
        return self.folder / "linkplanner.db"

    @property
    def lock_file(self) -> Path:
        """Held by the app that has the workspace open."""
        return self.folder / "linkplanner.lock"

    def data(self, project_id: int) -> Path:
        """Folder of one project's files."""
        return self.folder / "data" / str(int(project_id))

    def is_open_somewhere(self) -> bool:
        """Whether a living app has this workspace open."""
        return is_held(self.lock_file)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for looking things up. Raises WorkspaceError."""
        with plain_errors(self.folder), contextlib.closing(_connect(self)) as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of the block is kept, or nothing. Raises WorkspaceError."""
        if self.read_only:
            raise WorkspaceError(self.notice)
        with plain_errors(self.folder), contextlib.closing(_connect(self)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def now() -> str:
    """This moment in UTC, as stored; microseconds keep events of one second in order."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def default_folder() -> Path:
    """The folder named by LINKPLANNER_HOME, or the usual place for application data."""
    named = os.environ.get(HOME_VARIABLE, "").strip()
    if named:
        return Path(named).expanduser().resolve()
    return platformdirs.user_data_path("linkplanner", appauthor=False)


def open_workspace(folder: Path | None = None) -> Workspace:
    """Open the workspace for an app: lock it, check the database, bring it up to date.

    Where another process has it open the answer is read-only and says so. Raises WorkspaceError.
    """
    place = Path(folder or default_folder()).resolve()
    workspace = Workspace(place)
    with plain_errors(place):
        place.mkdir(parents=True, exist_ok=True)
        with _guard:
            if place in _held:
                return workspace
            lock = FileLock(workspace.lock_file)
            if not lock.take(f"process {os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M}"):
                return _as_second(workspace, lock.holder())
            try:
                _prepare(workspace)
            except BaseException:
                lock.release()
                raise
            _held[place] = lock
    return workspace


def close_workspace(workspace: Workspace) -> None:
    """Let another app open it."""
    with _guard:
        lock = _held.pop(workspace.folder, None)
        if lock:
            lock.release()


def attach(folder: Path) -> Workspace:
    """The workspace for a worker of an app: no lock, no migration. Raises WorkspaceError."""
    workspace = Workspace(Path(folder).resolve())
    if not workspace.database.is_file():
        raise WorkspaceError(f"“{folder}” is no linkplanner workspace; start the app on it first.")
    return workspace


def _as_second(workspace: Workspace, holder: str) -> Workspace:
    notice = (
        f"This workspace is already open in another linkplanner ({holder or 'unknown process'}). "
        "You can look at everything here; close the other one and reload to make changes."
    )
    if not workspace.database.is_file():
        raise WorkspaceError(
            f"“{workspace.folder}” is being set up by another linkplanner ({holder}); "
            "reload in a moment."
        )
    return Workspace(workspace.folder, read_only=True, notice=notice)


def _prepare(workspace: Workspace) -> None:
    connection = _connect(workspace)
    try:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        wanted = "WAL" if sqlite3.sqlite_version_info >= WAL_FROM else "DELETE"
        with contextlib.suppress(sqlite3.OperationalError):  # a worker may still be writing
            connection.execute(f"PRAGMA journal_mode = {wanted}")
        schema.migrate(connection, workspace.folder / "backups")
    except schema.SchemaTooNew as error:
        raise WorkspaceError(
            f"The workspace “{workspace.folder}” was written by a newer linkplanner ({error}). "
            f"Update linkplanner, or set {HOME_VARIABLE} to another folder."
        ) from error
    finally:
        connection.close()
    _clear_leftovers(workspace)


def _clear_leftovers(workspace: Workspace) -> None:
    """Remove half-written files, unless a worker that outlived its app may be writing one."""
    locks = (workspace.folder / "jobs").glob("*.lock")
    if not any(is_held(lock) for lock in locks):
        files.remove_leftovers(workspace.folder / "data")


def _connect(workspace: Workspace) -> sqlite3.Connection:
    mode = "ro" if workspace.read_only else "rwc"
    connection = sqlite3.connect(
        f"{workspace.database.as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@contextlib.contextmanager
def plain_errors(folder: Path) -> Iterator[None]:
    """Turn what the disk or SQLite says into a sentence that a user can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise WorkspaceError(_sqlite_sentence(folder, error)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            raise WorkspaceError(
                f"The disk that holds “{folder}” is full; make room and try again. "
                "What was saved before is intact."
            ) from error
        if isinstance(error, PermissionError):
            raise WorkspaceError(
                f"“{error.filename or folder}” may not be written; give yourself the right to, "
                f"or set {HOME_VARIABLE} to another folder."
            ) from error
        raise


def _sqlite_sentence(folder: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "disk is full" in text or "disk I/O" in text:
        return (
            f"The disk that holds “{folder}” is full or failing ({text}); make room and try again. "
            "What was saved before is intact."
        )
    if "locked" in text:
        return f"The workspace “{folder}” is busy with another change; try again in a moment."
    if "readonly" in text or "unable to open" in text:
        return f"The database in “{folder}” cannot be written ({text}); check the folder's rights."
    if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        return f"The database in “{folder}” did not take a change: {text}. Nothing was altered."
    return (
        f"The database in “{folder}” cannot be read ({text}). Copies from before each update are "
        "in its folder “backups”; put one in the place of linkplanner.db."
    )
