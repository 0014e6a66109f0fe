"""A whole project as one file, and back: sources, settings, priorities, tasks, decisions, results.

The file is a ZIP with JSON lines of known tables and the project's own files. Reading one trusts
nothing: only names that this module could have written are taken, no paths and no links, within
limits of size, number and ratio; every row passes the table's columns and types into the open
workspace; no foreign database is attached and nothing is unpickled.
"""

import io
import json
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from sqlite3 import Connection
from typing import Any, BinaryIO, Final

import pandas as pd

from linkplanner import __version__
from linkplanner.errors import InputError
from linkplanner.plan.status import statuses_of
from linkplanner.settings import Settings
from linkplanner.store import files
from linkplanner.store.projects import Project, find_project, free_name
from linkplanner.store.sources import PATH
from linkplanner.store.workspace import Workspace, now, plain_errors
from linkplanner.tables import TABLES

__all__ = ["duplicate_project", "export_project", "import_project"]

FORMAT: Final = 1
"""Version of the file; a reader takes its own and older ones."""
MAX_FILE: Final = 2 * 2**30
"""Largest file taken, and largest content of one of its members: 2 GiB."""
MAX_TOTAL: Final = 8 * 2**30
"""Largest content in all."""
MAX_RATIO: Final = 200
"""Largest ratio of content to packed size; exports of links pack some 5 to 20 times."""
MAX_MEMBERS: Final = 5000
"""Files in one project file."""
MAX_LINE: Final = 4 * 2**20
"""Longest row, in bytes."""
_CHUNK: Final = 2**20

_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
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
_JSON_COLUMNS: Final = frozenset({("sources", "report"), ("versions", "facts"),
                                  ("follow_ups", "facts")})  # fmt: skip
_VERSION_KINDS: Final = frozenset({"analysis", "plan", "pages_read", "monitor"})
_SOURCE: Final = re.compile(r"files/sources/([0-9a-f]{16}-[a-z0-9][a-z0-9.\-]{0,60})")
_RESULT: Final = re.compile(
    r"files/((?:analysis|plan|pages_read|monitor)-[1-9]\d{0,8})/"
    r"([a-z_]{1,40}\.(?:parquet|json)|model\.npz)"
)
_ROWS: Final = re.compile(r"rows/([a-z_]{1,40})\.jsonl")
_PLAIN: Final = re.compile(
    r"(?:large_)?string|u?int\d+|float|double|bool|null|(?:timestamp|date\d+).*"
    r"|dictionary<values=(?:large_)?string, indices=\w+, ordered=\d>"
)
_HEAD: Final = "linkplanner-project.json"


def export_project(workspace: Workspace, project_id: int, out: BinaryIO) -> None:
    """Write the project as one file. Raises InputError where it is gone."""
    project = find_project(workspace, project_id)
    if project is None:
        raise InputError("This project is gone; reload the page.")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        with workspace.reading() as db:
            db.execute("BEGIN")  # one moment for all tables
            pack.writestr(_HEAD, json.dumps(_head_of(db, project)))
            for table, columns in _TABLES.items():
                pack.writestr(f"rows/{table}.jsonl", _lines(db, table, columns, project_id))
            named = set(_files_of(db, project_id))
        root = workspace.data(project_id)
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            name = f"files/{path.relative_to(root).as_posix()}"
            known = _SOURCE.fullmatch(name) or _RESULT.fullmatch(name)
            if known and (path.parent.name in named or path.name in named):
                pack.write(path, name, _stored(path))


def import_project(workspace: Workspace, data: BinaryIO, name: str = "") -> Project:
    """A new project from a file that `export_project` wrote. Raises InputError.

    name: another name than the file's; a name that is taken is counted up.
    """
    try:
        with zipfile.ZipFile(data) as pack:
            members = _checked(pack)
            head = _head_from(pack)
            rows = {table: list(_rows(pack, table)) for table in _TABLES}
            return _take(workspace, pack, members, head, rows, name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and not isinstance(error, zipfile.BadZipFile):
            with plain_errors(workspace.folder):
                raise
        raise _no_project(str(error)) from error


def duplicate_project(workspace: Workspace, project_id: int) -> Project:
    """A copy of the project under a name of its own. Raises InputError."""
    packed = io.BytesIO()
    export_project(workspace, project_id, packed)
    packed.seek(0)
    project = find_project(workspace, project_id)
    return import_project(workspace, packed, f"{project.name if project else 'Project'} copy")


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


# --- reading: nothing of the file is trusted -----------------------------------------------------


def _no_project(why: str) -> InputError:
    return InputError(f"This is no project file that can be used ({why[:120]}); export it again.")


def _checked(pack: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members, once all their names, kinds and sizes are as we would have written them."""
    members = pack.infolist()
    if len(members) > MAX_MEMBERS:
        raise _no_project(f"it holds {len(members):,} files")
    total, seen = 0, set()
    for member in members:
        _check_member(member)
        if member.filename in seen:
            raise _no_project(f"“{member.filename[:60]}” is in it twice")
        seen.add(member.filename)
        total += member.file_size
    if total > MAX_TOTAL:
        raise _no_project(f"it would need {total / 2**30:.1f} GiB")
    if _HEAD not in seen:
        raise _no_project(f"“{_HEAD}” is missing")
    return members


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    table = _ROWS.fullmatch(name)
    known = name == _HEAD or _SOURCE.fullmatch(name) or _RESULT.fullmatch(name)
    if not known and not (table and table.group(1) in _TABLES):
        raise _no_project(f"“{name[:60]}” does not belong in it")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or member.flag_bits & 0x1:
        raise _no_project(f"“{name[:60]}” is a link or locked")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _no_project(f"“{name[:60]}” is packed in an unknown way")
    if member.file_size > MAX_FILE or member.file_size > MAX_RATIO * max(
        member.compress_size, 1024
    ):
        raise _no_project(f"“{name[:60]}” unpacks to {member.file_size:,} bytes")


def _head_from(pack: zipfile.ZipFile) -> dict[str, Any]:
    text = _read(pack, _HEAD, MAX_LINE)
    try:
        head = json.loads(text)
        if not isinstance(head, dict) or not isinstance(head["format"], int):
            raise ValueError("its first page is damaged")
        if head["format"] > FORMAT:
            raise _no_project("it was written by a newer linkplanner; update this one")
        settings = Settings.from_json(json.dumps(head.get("settings") or {})).to_json()
        scale = head.get("points_per_worth")
        return {
            "name": str(head["name"])[:80],
            "created": str(head["created"])[:40],
            "sample": int(bool(head.get("sample"))),
            "points_per_worth": None if scale is None else float(scale),
            "settings": settings,
        }
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_project(f"its first page is damaged: {error}") from error


def _read(pack: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with pack.open(name) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise _no_project(f"“{name}” is larger than it may be")
    return data


def _rows(pack: zipfile.ZipFile, table: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a table, each value a text, number or nothing, in the table's columns."""
    name = f"rows/{table}.jsonl"
    if name not in pack.NameToInfo:
        return
    columns = _TABLES[table]
    with pack.open(name) as lines:
        while line := lines.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                raise _no_project(f"a row of “{table}” is too long")
            yield _row(table, columns, line)


def _row(table: str, columns: tuple[str, ...], line: bytes) -> tuple[Any, ...]:
    try:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError("its columns are others")
        for column, value in zip(columns, values, strict=True):
            if not isinstance(value, str | int | float | None):
                raise ValueError(f"“{column}” is of another kind")
            if (table, column) in _JSON_COLUMNS and value is not None:
                json.loads(str(value))
    except (ValueError, RecursionError) as error:
        raise _no_project(f"a row of “{table}” cannot be used: {error}") from error
    return tuple(values)


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
        _check_rows(rows, files_there)
    except (ValueError, TypeError, OverflowError) as error:
        raise _no_project(str(error)) from error
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


def _check_rows(rows: dict[str, list[tuple[Any, ...]]], there: set[str]) -> None:
    """Rows pass the tables' checks; sources must name files that the pack holds, by our names."""
    at, origin = (_TABLES["sources"].index(name) for name in ("file", "origin"))
    for row in rows["sources"]:
        if f"files/sources/{row[at]}" not in there or row[origin] == PATH:
            raise _no_project(f"the file of “{str(row[1])[:60]}” is missing")
    for row in rows["versions"]:
        if row[0] not in _VERSION_KINDS or not isinstance(row[1], int) or row[1] < 1:
            raise _no_project(f"it names a result “{str(row[0])[:40]}” that is not known")
    _check_columns(rows)
    kind, status = (_TABLES["tasks"].index(name) for name in ("kind", "status"))
    for row in rows["tasks"]:
        if row[status] not in statuses_of(str(row[kind])):
            raise _no_project(f"“{str(row[status])[:40]}” is no status of a task")


def _check_columns(rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Values of declared tables are of the declared types."""
    for table in ("tasks", "priorities", "contacts"):
        frame = pd.DataFrame(rows[table], columns=list(_TABLES[table]))
        for column, dtype in TABLES[table].columns.items():
            if dtype.startswith("datetime") and column in frame:
                moments = pd.to_datetime(frame[column], utc=True, format="ISO8601")
                frame[column] = moments.dt.tz_localize(None)
        try:
            TABLES[table].conform(frame)
        except InputError as error:
            raise _no_project(str(error)) from error


def _check_frame(path: Path) -> None:
    """A Parquet file holds plain columns only, those of declared tables in their types."""
    from pyarrow import ArrowException
    from pyarrow.parquet import read_schema

    try:
        schema = read_schema(path)
        odd = [field.name for field in schema if not _PLAIN.fullmatch(str(field.type))]
        if odd:
            raise _no_project(f"column “{odd[0][:40]}” of “{path.name}” is of an unknown kind")
        table = TABLES.get(path.stem)
        if table is not None:
            table.conform(schema.empty_table().to_pandas())
    except (ArrowException, OSError, ValueError) as error:
        raise _no_project(f"“{path.name}” is damaged") from error


def _insert(db: Connection, project_id: int, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Rows under the new project; numbers that rows refer to each other by are given anew."""
    numbers: dict[str, dict[int, int]] = {"sources": {}, "follow_ups": {}}
    refers = {("sources", "replaced_by"): "sources", ("alerts", "follow_up"): "follow_ups"}
    for table, columns in _TABLES.items():
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
    own, newer = (_TABLES["sources"].index(name) for name in ("id", "replaced_by"))
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
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _no_project(f"“{member.filename[:60]}” is larger than it says")
            target.write(chunk)
    if path.suffix == ".parquet":
        _check_frame(path)
