"""Sources: the files a user gave, byte by byte as they came, and what was read in them.

A large file may stay where it is on the user's machine: then only its path, size and time of last
change are kept, and it is read from there.
"""

import hashlib
import json
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row
from typing import Any, Final

from linkplanner.errors import InputError
from linkplanner.site.standing import ROLES
from linkplanner.store import files
from linkplanner.store.workspace import Workspace, now, plain_errors

__all__ = [
    "Source",
    "add_path",
    "add_source",
    "list_sources",
    "remove_source",
    "renew_path",
    "save_replaced",
    "save_report",
    "set_role",
    "source_bytes",
]

PATH: Final = "path"
"""Origin of a source that stays where it is on the user's machine."""


@dataclass(frozen=True)
class Source:
    """One file or fetched sitemap of a project."""

    id: int
    """Number of the source."""
    name: str
    """File name as the user knows it."""
    path: Path
    """Where its bytes lie: in the workspace, or where the user keeps them."""
    origin: str
    """“file”, “sample”, “path” where it stays in the user's place, or the address it was fetched
    from."""
    bytes: int
    """Size."""
    added: str
    """UTC, ISO 8601."""
    reports: tuple[dict[str, Any], ...] | None
    """What reading gave, one report per table in the file; None where it was not read yet."""
    sha256: str
    """Fingerprint of the bytes; of a file in the user's place, of path, size and last change."""
    role: str = "auto"
    """What the user says it is about: a key of site.standing.ROLES."""
    replaced_by: int | None = None
    """Number of the newer file that counts in its place; None where this one counts."""

    @property
    def in_place(self) -> bool:
        """Whether it stays where the user keeps it."""
        return self.origin == PATH

    def trouble(self) -> str:
        """What happened to a file in the user's place since it was last read; '' for nothing."""
        if not self.in_place:
            return ""
        try:
            found = _mark(self.path)
        except (OSError, ValueError):
            return (
                f"“{self.name}” is no longer at “{self.path}”; put it back there, or take it out "
                "here."
            )
        if found != (self.sha256, self.bytes):
            return f"“{self.path}” has changed since it was read; work the files out again."
        return ""


def add_source(
    workspace: Workspace, project_id: int, name: str, data: bytes, origin: str = "file"
) -> tuple[Source, bool]:
    """Keep a file; the flag is False where the same bytes under this name are there already."""
    digest = hashlib.sha256(data).hexdigest()
    known = [s for s in list_sources(workspace, project_id) if (s.sha256, s.name) == (digest, name)]
    if known:
        return known[0], False
    file = f"{digest[:16]}-{files.safe_name(name)}"
    with plain_errors(workspace.folder), workspace.writing() as db:
        files.write_bytes(_folder(workspace, project_id) / file, data)
        cursor = db.execute(
            "INSERT INTO sources (project_id, name, file, origin, bytes, sha256, added)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (project_id, name, file, origin, len(data), digest, now()),
        )
        row = db.execute("SELECT * FROM sources WHERE id = ?", (cursor.lastrowid,)).fetchone()
    return _source(workspace, row), True


def add_path(workspace: Workspace, project_id: int, typed: str) -> tuple[Source, bool]:
    """Keep the path of a file that stays where it is; the flag is False where it is there already.

    Raises InputError where there is no such file.
    """
    path = _typed_path(typed)
    try:
        digest, size = _mark(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"“{typed.strip()[:200]}” cannot be opened ({reason}); copy the path of a file on this "
            "computer."
        ) from error
    known = [s for s in list_sources(workspace, project_id) if s.in_place and s.path == path]
    if known:
        return known[0], False
    with workspace.writing() as db:
        cursor = db.execute(
            "INSERT INTO sources (project_id, name, file, origin, bytes, sha256, added)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (project_id, path.name, str(path), PATH, size, digest, now()),
        )
        row = db.execute("SELECT * FROM sources WHERE id = ?", (cursor.lastrowid,)).fetchone()
    return _source(workspace, row), True


def renew_path(workspace: Workspace, source: Source) -> str:
    """Take note of a file in the user's place as it is now, and give its fingerprint.

    Raises OSError, ValueError where it is no longer there.
    """
    digest, size = _mark(source.path)
    with workspace.writing() as db:
        db.execute(
            "UPDATE sources SET sha256 = ?, bytes = ? WHERE id = ?", (digest, size, source.id)
        )
    return digest


def _typed_path(typed: str) -> Path:
    """A path as people paste it: in quotes, with ~ for their own folder."""
    clean = typed.strip().strip("\"'").strip()
    if not clean:
        raise InputError("The path is empty; copy the path of a file on this computer.")
    path = Path(clean).expanduser()
    if not path.is_absolute():
        raise InputError(
            f"“{clean[:200]}” does not say in which folder; copy the whole path, such as "
            "/home/me/inlinks.csv or C:\\exports\\inlinks.csv."
        )
    return path


def _mark(path: Path) -> tuple[str, int]:
    """Fingerprint of path, size and last change, and the size. Raises OSError, ValueError."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("it is no file")
    text = f"{path}\x1f{found.st_size}\x1f{found.st_mtime_ns}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), found.st_size


def list_sources(workspace: Workspace, project_id: int) -> list[Source]:
    """The project's sources in the order they came."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT * FROM sources WHERE project_id = ? ORDER BY id", (project_id,)
        ).fetchall()
    return [_source(workspace, row) for row in rows]


def source_bytes(source: Source) -> bytes:
    """The file as it came."""
    return source.path.read_bytes()


def save_report(workspace: Workspace, source_id: int, reports: Sequence[dict[str, Any]]) -> None:
    """Keep what reading the source gave."""
    with workspace.writing() as db:
        db.execute(
            "UPDATE sources SET report = ? WHERE id = ?",
            (json.dumps(list(reports), default=str), source_id),
        )


def set_role(workspace: Workspace, project_id: int, source_id: int, role: str) -> None:
    """Keep what the user says a file is about. Raises InputError."""
    if role not in ROLES:
        raise InputError(f"“{role}” is no role of a file; use one of {', '.join(ROLES)}.")
    with workspace.writing() as db:
        db.execute(
            "UPDATE sources SET role = ? WHERE project_id = ? AND id = ?",
            (role, project_id, source_id),
        )


def save_replaced(workspace: Workspace, project_id: int, replaced: Mapping[int, int]) -> None:
    """Keep which files newer ones stand in for; all others count."""
    if {s.id: s.replaced_by for s in list_sources(workspace, project_id) if s.replaced_by} == dict(
        replaced
    ):
        return
    with workspace.writing() as db:
        db.execute("UPDATE sources SET replaced_by = NULL WHERE project_id = ?", (project_id,))
        db.executemany(
            "UPDATE sources SET replaced_by = ? WHERE project_id = ? AND id = ?",
            [(newer, project_id, older) for older, newer in replaced.items()],
        )


def remove_source(workspace: Workspace, project_id: int, source_id: int) -> None:
    """Forget a source; its bytes are deleted where no other source shares them.

    A file in the user's place stays there untouched.
    """
    with workspace.writing() as db:
        row = db.execute("SELECT file, origin FROM sources WHERE id = ?", (source_id,)).fetchone()
        if row is None:
            return
        db.execute("DELETE FROM sources WHERE id = ? AND project_id = ?", (source_id, project_id))
        shared = db.execute(
            "SELECT 1 FROM sources WHERE project_id = ? AND file = ?", (project_id, row["file"])
        ).fetchone()
    if not shared and row["origin"] != PATH:
        (_folder(workspace, project_id) / row["file"]).unlink(missing_ok=True)


def _folder(workspace: Workspace, project_id: int) -> Path:
    return workspace.data(project_id) / "sources"


def _source(workspace: Workspace, row: Row) -> Source:
    reports = tuple(json.loads(row["report"])) if row["report"] else None
    in_place = row["origin"] == PATH
    path = Path(row["file"]) if in_place else _folder(workspace, row["project_id"]) / row["file"]
    return Source(row["id"], row["name"], path, row["origin"], row["bytes"], row["added"],
                  reports, row["sha256"], row["role"], row["replaced_by"])  # fmt: skip
