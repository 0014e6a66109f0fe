"""Projects: one site each, with its name and its settings."""

import shutil
from dataclasses import dataclass
from sqlite3 import Connection, Row

from linkplanner.errors import InputError
from linkplanner.settings import Settings
from linkplanner.store.workspace import Workspace, now

__all__ = [
    "Project",
    "archive_project",
    "create_project",
    "delete_project",
    "find_project",
    "fix_scale",
    "free_name",
    "list_projects",
    "load_settings",
    "preference",
    "rename_project",
    "save_settings",
    "set_preference",
]

NAME_LIMIT = 80
"""Longest project name, so that it fits a list."""


@dataclass(frozen=True)
class Project:
    """One site that the user works on."""

    id: int
    """Number that names its folder; never used twice."""
    name: str
    """Name as the user typed it."""
    created: str
    """UTC, ISO 8601."""
    sample: bool
    """Whether it was filled by the sample generator."""
    points_per_worth: float | None
    """Scale of equity points, fixed by the first plan so that later figures compare; else None."""
    archived: bool = False
    """Whether it was put away: kept, but not in the lists."""


def list_projects(workspace: Workspace, *, archived: bool = False) -> list[Project]:
    """All projects in use (or those put away), newest first."""
    with workspace.reading() as db:
        rows = db.execute(
            "SELECT * FROM projects WHERE archived = ? ORDER BY id DESC", (int(archived),)
        ).fetchall()
    return [_project(row) for row in rows]


def find_project(workspace: Workspace, project_id: int) -> Project | None:
    """The project of that number, None where there is none."""
    with workspace.reading() as db:
        row = db.execute("SELECT * FROM projects WHERE id = ?", (project_id,)).fetchone()
    return _project(row) if row else None


def create_project(workspace: Workspace, name: str, *, sample: bool = False) -> Project:
    """A new empty project. Raises InputError where the name is empty, long or taken."""
    with workspace.writing() as db:
        clean = free_name(db, name)
        cursor = db.execute(
            "INSERT INTO projects (name, created, sample, settings) VALUES (?, ?, ?, ?)",
            (clean, now(), int(sample), Settings().to_json()),
        )
        row = db.execute("SELECT * FROM projects WHERE id = ?", (cursor.lastrowid,)).fetchone()
    return _project(row)


def rename_project(workspace: Workspace, project_id: int, name: str) -> None:
    """Give the project another name. Raises InputError."""
    with workspace.writing() as db:
        clean = free_name(db, name, but=project_id)
        db.execute("UPDATE projects SET name = ? WHERE id = ?", (clean, project_id))


def archive_project(workspace: Workspace, project_id: int, *, archived: bool = True) -> None:
    """Put a project away, or take it out again; nothing of it is lost."""
    with workspace.writing() as db:
        db.execute("UPDATE projects SET archived = ? WHERE id = ?", (int(archived), project_id))


def delete_project(workspace: Workspace, project_id: int, typed_name: str) -> None:
    """Remove a project with all its data; `typed_name` must be its name. Raises InputError."""
    with workspace.writing() as db:
        row = db.execute("SELECT * FROM projects WHERE id = ?", (project_id,)).fetchone()
        if row is None:
            raise InputError("This project is gone already; reload the page.")
        if typed_name.strip() != row["name"]:
            raise InputError(
                f"“{typed_name}” is not the project's name; type “{row['name']}” to delete it."
            )
        live = db.execute(
            "SELECT 1 FROM jobs WHERE project_id = ? AND state IN ('waiting', 'running')",
            (project_id,),
        ).fetchone()
        if live:
            raise InputError(
                f"“{row['name']}” is being worked on; stop that first, then delete it."
            )
        db.execute("DELETE FROM projects WHERE id = ?", (project_id,))
    shutil.rmtree(workspace.data(project_id), ignore_errors=True)


def load_settings(workspace: Workspace, project_id: int) -> Settings:
    """The project's settings. Raises InputError where they were damaged."""
    with workspace.reading() as db:
        row = db.execute("SELECT settings FROM projects WHERE id = ?", (project_id,)).fetchone()
    return Settings.from_json(row["settings"] if row else "{}")


def save_settings(workspace: Workspace, project_id: int, settings: Settings) -> None:
    """Keep the project's settings."""
    with workspace.writing() as db:
        db.execute(
            "UPDATE projects SET settings = ? WHERE id = ?", (settings.to_json(), project_id)
        )


def fix_scale(workspace: Workspace, project_id: int, points_per_worth: float) -> None:
    """Keep the scale of the first plan; a scale that is fixed already stays."""
    with workspace.writing() as db:
        db.execute(
            "UPDATE projects SET points_per_worth = coalesce(points_per_worth, ?) WHERE id = ?",
            (points_per_worth, project_id),
        )


def preference(workspace: Workspace, name: str, default: str = "") -> str:
    """A small thing remembered for the whole workspace, such as the project opened last."""
    with workspace.reading() as db:
        row = db.execute("SELECT value FROM preferences WHERE name = ?", (name,)).fetchone()
    return str(row["value"]) if row else default


def set_preference(workspace: Workspace, name: str, value: str) -> None:
    """Remember a small thing for the whole workspace; not an error where it is read-only."""
    if workspace.read_only or preference(workspace, name) == value:
        return
    with workspace.writing() as db:
        db.execute("INSERT OR REPLACE INTO preferences VALUES (?, ?)", (name, value))


def _project(row: Row) -> Project:
    return Project(
        row["id"], row["name"], row["created"], bool(row["sample"]), row["points_per_worth"],
        bool(row["archived"]),
    )  # fmt: skip


def free_name(db: Connection, name: str, but: int = -1) -> str:
    """The name without needless blanks. Raises InputError where it is empty, long or taken."""
    clean = " ".join(name.split())
    if not clean:
        raise InputError("The project has no name yet; type one, for example the site's address.")
    if len(clean) > NAME_LIMIT:
        raise InputError(f"“{clean[:40]}…” is longer than {NAME_LIMIT} characters; shorten it.")
    row = db.execute("SELECT id FROM projects WHERE name = ?", (clean,)).fetchone()
    if row and row["id"] != but:
        raise InputError(f"There is a project “{clean}” already; choose another name.")
    return clean
