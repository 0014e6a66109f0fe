"""Sources: the files a user gave, byte by byte as they came, and what was read in them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Row
from typing import Any

from linkplanner.errors import InputError
from linkplanner.site.standing import ROLES
from linkplanner.store import files
from linkplanner.store.workspace import Workspace, now, plain_errors

__all__ = [
    "Source",
    "add_source",
    "list_sources",
    "remove_source",
    "save_replaced",
    "save_report",
    "set_role",
    "source_bytes",
]


@dataclass(frozen=True)
class Source:
    """One file or fetched sitemap of a project."""

    id: int
    """Number of the source."""
    name: str
    """File name as the user knows it."""
    path: Path
    """Where its bytes lie in the workspace."""
    origin: str
    """“file”, or the address it was fetched from."""
    bytes: int
    """Size."""
    added: str
    """UTC, ISO 8601."""
    reports: tuple[dict[str, Any], ...] | None
    """What reading gave, one report per table in the file; None where it was not read yet."""
    sha256: str
    """Fingerprint of the bytes."""
    role: str = "auto"
    """What the user says it is about: a key of site.standing.ROLES."""
    replaced_by: int | None = None
    """Number of the newer file that counts in its place; None where this one counts."""


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
    """Forget a source; its bytes are deleted where no other source shares them."""
    with workspace.writing() as db:
        row = db.execute("SELECT file FROM sources WHERE id = ?", (source_id,)).fetchone()
        if row is None:
            return
        db.execute("DELETE FROM sources WHERE id = ? AND project_id = ?", (source_id, project_id))
        shared = db.execute(
            "SELECT 1 FROM sources WHERE project_id = ? AND file = ?", (project_id, row["file"])
        ).fetchone()
    if not shared:
        (_folder(workspace, project_id) / row["file"]).unlink(missing_ok=True)


def _folder(workspace: Workspace, project_id: int) -> Path:
    return workspace.data(project_id) / "sources"


def _source(workspace: Workspace, row: Row) -> Source:
    reports = tuple(json.loads(row["report"])) if row["report"] else None
    path = _folder(workspace, row["project_id"]) / row["file"]
    return Source(row["id"], row["name"], path, row["origin"], row["bytes"], row["added"],
                  reports, row["sha256"], row["role"], row["replaced_by"])  # fmt: skip
