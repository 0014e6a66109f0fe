"""A project file taken in as a new project, and a project copied: all of it, or nothing.

Rows go into the open workspace; no foreign database is attached.
"""

import io
import zipfile
from pathlib import Path
from sqlite3 import Connection
from typing import Any, BinaryIO, Final

from linkplanner.errors import InputError
from linkplanner.store import files
from linkplanner.store.project_checks import (
    check_frame,
    check_rows,
    checked_members,
    head_of,
    no_project,
    rows_of,
)
from linkplanner.store.project_file import ROWS_OF, export_project
from linkplanner.store.projects import Project, find_project, free_name
from linkplanner.store.workspace import Workspace, now, plain_errors

__all__ = ["duplicate_project", "import_project"]

CHUNK: Final = 2**20


def import_project(workspace: Workspace, data: BinaryIO, name: str = "") -> Project:
    """A new project from a file that `export_project` wrote. Raises InputError.

    name: another name than the file's; a name that is taken is counted up.
    """
    try:
        with zipfile.ZipFile(data) as pack:
            members = checked_members(pack)
            head = head_of(pack)
            rows = {table: list(rows_of(pack, table)) for table in ROWS_OF}
            return _take(workspace, pack, members, head, rows, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and not isinstance(error, zipfile.BadZipFile):
            with plain_errors(workspace.folder):
                raise
        raise no_project(str(error)) from error


def duplicate_project(workspace: Workspace, project_id: int) -> Project:
    """A copy of the project under a name of its own. Raises InputError."""
    packed = io.BytesIO()
    export_project(workspace, project_id, packed)
    packed.seek(0)
    project = find_project(workspace, project_id)
    return import_project(workspace, packed, f"{project.name if project else 'Project'} copy")


def _take(
    workspace: Workspace,
    pack: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    head: dict[str, Any],
    rows: dict[str, list[tuple[Any, ...]]],
    name: str,
) -> Project:
    """Write files and rows; either all of it is there in the end, or nothing."""
    files_there = {m.filename for m in members if m.filename.startswith("files/")}
    try:
        check_rows(rows, files_there)
    except (ValueError, TypeError, OverflowError) as error:
        raise no_project(str(error)) from error
    workspace.folder.joinpath("data").mkdir(exist_ok=True)

    def write(folder: Path) -> None:
        for member in members:
            if member.filename in files_there:
                _unpack(pack, member, folder / member.filename.removeprefix("files/"))

    root = workspace.folder / "data"
    with (
        plain_errors(workspace.folder),
        files.publish_folder(root, write) as publish,
        workspace.writing() as db,
    ):
        cursor = db.execute(
            "INSERT INTO projects (name, created, sample, settings, points_per_worth)"
            " VALUES (?, ?, ?, ?, ?)",
            (_unused_name(db, name or head["name"]), head["created"], head["sample"],
             head["settings"], head["points_per_worth"]),
        )  # fmt: skip
        project_id = int(cursor.lastrowid or 0)
        _insert(db, project_id, rows)
        publish(str(project_id))
    project = find_project(workspace, project_id)
    assert project is not None
    return project


def _insert(db: Connection, project_id: int, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Rows under the new project; numbers that rows refer to each other by are given anew."""
    numbers: dict[str, dict[int, int]] = {"sources": {}, "follow_ups": {}}
    refers = {("sources", "replaced_by"): "sources", ("alerts", "follow_up"): "follow_ups"}
    for table, columns in ROWS_OF.items():
        kept = [column for column in columns if column != "id"]
        names = ", ".join(f'"{column}"' for column in ("project_id", *kept))
        marks = ", ".join("?" * (len(kept) + 1))
        for row in rows[table]:
            record = dict(zip(columns, row, strict=True))
            own = record.pop("id", None)
            for column in kept:
                if other := refers.get((table, column)):
                    record[column] = numbers[other].get(record[column])
            cursor = db.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})", (project_id, *record.values())
            )
            if own is not None:
                numbers[table][own] = int(cursor.lastrowid or 0)
    _name_newer(db, rows["sources"], numbers["sources"])


def _name_newer(db: Connection, sources: list[tuple[Any, ...]], numbers: dict[int, int]) -> None:
    """Older files name the newer ones that stand in for them, now that all have their numbers."""
    own, newer = (ROWS_OF["sources"].index(name) for name in ("id", "replaced_by"))
    db.executemany(
        "UPDATE sources SET replaced_by = ? WHERE id = ?",
        [(numbers[row[newer]], numbers[row[own]]) for row in sources if row[newer] in numbers],
    )


def _unused_name(db: Connection, wanted: str) -> str:
    for number in range(1, 1000):
        try:
            return free_name(db, wanted[:70] + (f" {number}" if number > 1 else ""))
        except InputError:
            if not wanted.strip():
                wanted = f"Project of {now()[:10]}"
    raise InputError(f"There are too many projects named “{wanted[:40]}”; rename some first.")


def _unpack(pack: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """One member to its place; more bytes than it announced are not written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with pack.open(member) as source, path.open("wb") as target:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise no_project(f"“{member.filename[:60]}” is larger than it says")
            target.write(chunk)
    if path.suffix == ".parquet":
        check_frame(path)
