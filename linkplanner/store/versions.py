"""Data versions: what a job computed, as whole folders that never change once they have a number.

A version's `basis` is a fingerprint of all it was computed from; where the project's present basis
differs, the version is out of date and the screens say so.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from sqlite3 import Row
from typing import Any, Final

from linkplanner.settings import RepairSettings
from linkplanner.store import files
from linkplanner.store.mappings import kept_mappings
from linkplanner.store.priorities import list_patterns, stored_priorities
from linkplanner.store.projects import load_settings
from linkplanner.store.rankings import rankings_mark
from linkplanner.store.sources import Source, list_sources
from linkplanner.store.workspace import Workspace, now, plain_errors

__all__ = [
    "Version",
    "analysis_basis",
    "facts_history",
    "latest_version",
    "plan_basis",
    "save_version",
]

KEEP: Final = 3
"""Versions of one kind that stay on disk; the raw sources stay in any case."""
REMEMBERED: Final = {"analysis": 60, "plan": 60}
"""Versions by kind whose small figures are kept for trends after their folders are gone."""


@dataclass(frozen=True)
class Version:
    """One saved result."""

    project_id: int
    """Whose it is."""
    kind: str
    """analysis, plan or pages_read."""
    number: int
    """Counts up within project and kind."""
    folder: Path
    """Where it lies."""
    created: str
    """UTC, ISO 8601."""
    basis: str
    """Fingerprint of what it was computed from."""
    facts: dict[str, Any]
    """Small figures kept beside it."""


def save_version(
    workspace: Workspace,
    project_id: int,
    kind: str,
    write: Callable[[Path], object],
    *,
    basis: str = "",
    facts: dict[str, Any] | None = None,
    keep: int = KEEP,
) -> Version:
    """Let `write` fill a folder and make it the newest version of its kind, whole or not at all.

    keep: how many versions of the kind stay on disk.
    """
    parent = workspace.data(project_id)
    with (
        plain_errors(workspace.folder),
        files.publish_folder(parent, write) as publish,
        workspace.writing() as db,
    ):
        number = db.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM versions WHERE project_id = ? AND kind = ?",
            (project_id, kind),
        ).fetchone()[0]
        publish(f"{kind}-{number}")
        db.execute(
            "INSERT INTO versions (project_id, kind, version, created, basis, facts)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (project_id, kind, number, now(), basis, json.dumps(facts or {}, default=str)),
        )
    _prune(workspace, project_id, kind, keep)
    saved = latest_version(workspace, project_id, kind)
    assert saved is not None
    return saved


def latest_version(workspace: Workspace, project_id: int, kind: str) -> Version | None:
    """The newest version of a kind whose folder is there."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT * FROM versions WHERE project_id = ? AND kind = ? ORDER BY version DESC",
            (project_id, kind),
        ).fetchall()
    versions = (_version(workspace, row) for row in rows)
    return next((v for v in versions if v.folder.is_dir()), None)


def facts_history(workspace: Workspace, project_id: int, kind: str) -> list[Version]:
    """All remembered versions of a kind, oldest first; the folders of old ones are gone."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT * FROM versions WHERE project_id = ? AND kind = ? ORDER BY version",
            (project_id, kind),
        ).fetchall()
    return [_version(workspace, row) for row in rows]


def analysis_basis(workspace: Workspace, project_id: int) -> str:
    """Fingerprint of what an analysis would be computed from now."""
    settings = load_settings(workspace, project_id)
    pages = latest_version(workspace, project_id, "pages_read")
    sources = list_sources(workspace, project_id)
    return _fingerprint(
        [s.sha256 for s in sources],
        _own_columns(workspace, sources),
        {s.sha256: s.role for s in sources if s.role != "auto"},
        pages.number if pages else 0,
        stored_priorities(workspace, project_id).drop(columns="changed").to_json(),
        list_patterns(workspace, project_id),
        [asdict(part) for part in (settings.equity, settings.quality, settings.text)],
        rankings_mark(workspace),
        *([asdict(settings.repairs)] if settings.repairs != RepairSettings() else []),
    )


def _own_columns(workspace: Workspace, sources: Sequence[Source]) -> list[object]:
    """What the user said of the columns of those tables that no vendor has."""
    asked = {r["fingerprint"] for s in sources for r in s.reports or () if r.get("fingerprint")}
    kept = kept_mappings(workspace) if asked else {}
    return [(name, asdict(kept[name])) for name in sorted(asked & kept.keys())]


def plan_basis(workspace: Workspace, project_id: int, analysis: str = "") -> str:
    """Fingerprint of what a plan would be computed from now.

    analysis: the `analysis_basis`, where it is known already.
    """
    limits = load_settings(workspace, project_id).limits
    return _fingerprint(analysis or analysis_basis(workspace, project_id), asdict(limits))


def _fingerprint(*parts: object) -> str:
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _prune(workspace: Workspace, project_id: int, kind: str, keep: int) -> None:
    """Remove the folders of old versions, and the rows of those that no trend needs."""
    with workspace.writing() as db:
        rows = db.execute(
            "SELECT id, version FROM versions WHERE project_id = ? AND kind = ?"
            " ORDER BY version DESC LIMIT -1 OFFSET ?",
            (project_id, kind, keep),
        ).fetchall()
        forgotten = rows[max(0, REMEMBERED.get(kind, keep) - keep) :]
        db.executemany("DELETE FROM versions WHERE id = ?", [(row["id"],) for row in forgotten])
    for row in rows:
        shutil.rmtree(workspace.data(project_id) / f"{kind}-{row['version']}", ignore_errors=True)


def _version(workspace: Workspace, row: Row) -> Version:
    folder = workspace.data(row["project_id"]) / f"{row['kind']}-{row['version']}"
    return Version(row["project_id"], row["kind"], row["version"], folder, row["created"],
                   row["basis"], json.loads(row["facts"]))  # fmt: skip
