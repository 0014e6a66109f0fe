"""A whole project as one file: what is in it, and writing it.

The file is a ZIP with JSON lines of known tables and the project's own files.
"""

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from sqlite3 import Connection
from typing import Any, BinaryIO, Final

from linkplanner import __version__
from linkplanner.errors import InputError
from linkplanner.store.projects import Project, find_project
from linkplanner.store.sources import PATH
from linkplanner.store.workspace import Workspace

__all__ = ["FORMAT", "HEAD", "JSON_COLUMNS", "RESULT_NAME", "ROWS_NAME", "ROWS_OF", "SOURCE_NAME",
           "VERSION_KINDS", "export_project"]  # fmt: skip

FORMAT: Final = 1
"""Version of the file; a reader takes its own and older ones."""
ROWS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "sources": ("id", "name", "file", "origin", "bytes", "sha256", "added", "report", "role",
                "replaced_by"),
    "versions": ("kind", "version", "created", "basis", "facts"),
    "priorities": ("url", "chosen", "weight", "keywords", "difficulty", "origin", "changed"),
    "patterns": ("pattern", "weight", "changed"),
    "tasks": ("task_id", "kind", "page_url", "target_url", "instruction", "gain",
              "effort_minutes", "status", "owner", "due", "notes", "reason", "created", "verified",
              "rank", "anchor", "found", "found_detail", "checked", "origin"),
    "task_history": ("task_id", "field", "before", "after", "changed", "batch", "author",
                     "undone"),
    "decisions": ("kind", "key", "decision", "reason", "decided"),
    "contacts": ("domain", "name", "email", "imported_from", "added"),
    "letters": ("name", "subject", "body", "changed"),
    "follow_ups": ("id", "analysis", "before", "made", "facts"),
    "alerts": ("follow_up", "name", "sentence", "made", "seen"),
}  # fmt: skip
"""Tables of a project and the columns that travel; numbers of rows are given anew."""
JSON_COLUMNS: Final = frozenset({("sources", "report"), ("versions", "facts"),
                                  ("follow_ups", "facts")})  # fmt: skip
"""Columns that hold JSON."""
VERSION_KINDS: Final = frozenset({"analysis", "plan", "pages_read", "monitor"})
"""Kinds of results that travel."""
SOURCE_NAME: Final = re.compile(r"files/sources/([0-9a-f]{16}-[a-z0-9][a-z0-9.\-]{0,60})")
RESULT_NAME: Final = re.compile(
    r"files/((?:analysis|plan|pages_read|monitor)-[1-9]\d{0,8})/"
    r"([a-z_]{1,40}\.(?:parquet|json)|model\.npz)"
)
ROWS_NAME: Final = re.compile(r"rows/([a-z_]{1,40})\.jsonl")
HEAD: Final = "linkplanner-project.json"
"""Names in the file: what the user gave, results, rows of tables, and its first page."""


def export_project(workspace: Workspace, project_id: int, out: BinaryIO) -> None:
    """Write the project as one file. Raises InputError where it is gone."""
    project = find_project(workspace, project_id)
    if project is None:
        raise InputError("This project is gone; reload the page.")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        with workspace.reading() as db:
            db.execute("BEGIN")  # one moment for all tables
            pack.writestr(HEAD, json.dumps(_head_of(db, project)))
            for table, columns in ROWS_OF.items():
                pack.writestr(f"rows/{table}.jsonl", _lines(db, table, columns, project_id))
            named = set(_files_of(db, project_id))
        root = workspace.data(project_id)
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            name = f"files/{path.relative_to(root).as_posix()}"
            known = SOURCE_NAME.fullmatch(name) or RESULT_NAME.fullmatch(name)
            if known and (path.parent.name in named or path.name in named):
                pack.write(path, name, _stored(path))


def _head_of(db: Connection, project: Project) -> dict[str, Any]:
    row = db.execute("SELECT * FROM projects WHERE id = ?", (project.id,)).fetchone()
    return {
        "format": FORMAT,
        "linkplanner": __version__,
        "name": row["name"],
        "created": row["created"],
        "sample": row["sample"],
        "points_per_worth": row["points_per_worth"],
        "settings": json.loads(row["settings"]),
    }


def _lines(db: Connection, table: str, columns: tuple[str, ...], project_id: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    own = f" AND origin != '{PATH}'" if table == "sources" else ""  # files read in place stay there
    rows = db.execute(
        f"SELECT {names} FROM {table} WHERE project_id = ?{own} ORDER BY rowid", (project_id,)
    )
    return "".join(json.dumps(list(row), ensure_ascii=False) + "\n" for row in rows)


def _files_of(db: Connection, project_id: int) -> Iterator[str]:
    """Names of source files and of folders of results that the database knows."""
    for row in db.execute("SELECT file FROM sources WHERE project_id = ?", (project_id,)):
        yield row["file"]
    for row in db.execute("SELECT kind, version FROM versions WHERE project_id = ?", (project_id,)):
        yield f"{row['kind']}-{row['version']}"


def _stored(path: Path) -> int:
    packed = path.suffix in (".parquet", ".npz", ".gz", ".zip", ".xlsx")
    return zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
