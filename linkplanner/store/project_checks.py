"""What of a project file from outside is taken: nothing is trusted.

Only names that `project_file` could have written pass, no paths and no links, within limits of
size, number and ratio; every row passes its table's columns and types; nothing is unpickled.
"""

import json
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from linkplanner.errors import InputError
from linkplanner.plan.status import statuses_of
from linkplanner.settings import Settings
from linkplanner.store.project_file import (
    FORMAT,
    HEAD,
    JSON_COLUMNS,
    RESULT_NAME,
    ROWS_NAME,
    ROWS_OF,
    SOURCE_NAME,
    VERSION_KINDS,
)
from linkplanner.store.sources import PATH
from linkplanner.tables import TABLES

__all__ = ["check_frame", "check_rows", "checked_members", "head_of", "no_project", "rows_of"]

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
PLAIN_TYPE: Final = re.compile(
    r"(?:large_)?string|u?int\d+|float|double|bool|null|(?:timestamp|date\d+).*"
    r"|dictionary<values=(?:large_)?string, indices=\w+, ordered=\d>"
)
"""Types of Parquet columns that are taken."""


def no_project(why: str) -> InputError:
    """The sentence for a file that is refused."""
    return InputError(f"This is no project file that can be used ({why[:120]}); export it again.")


def checked_members(pack: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members, once all their names, kinds and sizes are as we would have written them."""
    members = pack.infolist()
    if len(members) > MAX_MEMBERS:
        raise no_project(f"it holds {len(members):,} files")
    total, seen = 0, set()
    for member in members:
        _check_member(member)
        if member.filename in seen:
            raise no_project(f"“{member.filename[:60]}” is in it twice")
        seen.add(member.filename)
        total += member.file_size
    if total > MAX_TOTAL:
        raise no_project(f"it would need {total / 2**30:.1f} GiB")
    if HEAD not in seen:
        raise no_project(f"“{HEAD}” is missing")
    return members


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    table = ROWS_NAME.fullmatch(name)
    known = name == HEAD or SOURCE_NAME.fullmatch(name) or RESULT_NAME.fullmatch(name)
    if not known and not (table and table.group(1) in ROWS_OF):
        raise no_project(f"“{name[:60]}” does not belong in it")
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or member.flag_bits & 0x1:
        raise no_project(f"“{name[:60]}” is a link or locked")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise no_project(f"“{name[:60]}” is packed in an unknown way")
    if member.file_size > MAX_FILE or member.file_size > MAX_RATIO * max(
        member.compress_size, 1024
    ):
        raise no_project(f"“{name[:60]}” unpacks to {member.file_size:,} bytes")


def head_of(pack: zipfile.ZipFile) -> dict[str, Any]:
    text = _read(pack, HEAD, MAX_LINE)
    try:
        head = json.loads(text)
        if not isinstance(head, dict) or not isinstance(head["format"], int):
            raise ValueError("its first page is damaged")
        if head["format"] > FORMAT:
            raise no_project("it was written by a newer linkplanner; update this one")
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
        raise no_project(f"its first page is damaged: {error}") from error


def _read(pack: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with pack.open(name) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise no_project(f"“{name}” is larger than it may be")
    return data


def rows_of(pack: zipfile.ZipFile, table: str) -> Iterator[tuple[Any, ...]]:
    """Rows of a table, each value a text, number or nothing, in the table's columns."""
    name = f"rows/{table}.jsonl"
    if name not in pack.NameToInfo:
        return
    columns = ROWS_OF[table]
    with pack.open(name) as lines:
        while line := lines.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE:
                raise no_project(f"a row of “{table}” is too long")
            yield _row(table, columns, line)


def _row(table: str, columns: tuple[str, ...], line: bytes) -> tuple[Any, ...]:
    try:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError("its columns are others")
        for column, value in zip(columns, values, strict=True):
            if not isinstance(value, str | int | float | None):
                raise ValueError(f"“{column}” is of another kind")
            if (table, column) in JSON_COLUMNS and value is not None:
                json.loads(str(value))
    except (ValueError, RecursionError) as error:
        raise no_project(f"a row of “{table}” cannot be used: {error}") from error
    return tuple(values)


def check_rows(rows: dict[str, list[tuple[Any, ...]]], there: set[str]) -> None:
    """Rows pass the tables' checks; sources must name files that the pack holds, by our names."""
    at, origin = (ROWS_OF["sources"].index(name) for name in ("file", "origin"))
    for row in rows["sources"]:
        if f"files/sources/{row[at]}" not in there or row[origin] == PATH:
            raise no_project(f"the file of “{str(row[1])[:60]}” is missing")
    for row in rows["versions"]:
        if row[0] not in VERSION_KINDS or not isinstance(row[1], int) or row[1] < 1:
            raise no_project(f"it names a result “{str(row[0])[:40]}” that is not known")
    _check_columns(rows)
    kind, status = (ROWS_OF["tasks"].index(name) for name in ("kind", "status"))
    for row in rows["tasks"]:
        if row[status] not in statuses_of(str(row[kind])):
            raise no_project(f"“{str(row[status])[:40]}” is no status of a task")


def _check_columns(rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Values of declared tables are of the declared types."""
    for table in ("tasks", "priorities", "contacts"):
        frame = pd.DataFrame(rows[table], columns=list(ROWS_OF[table]))
        for column, dtype in TABLES[table].columns.items():
            if dtype.startswith("datetime") and column in frame:
                moments = pd.to_datetime(frame[column], utc=True, format="ISO8601")
                frame[column] = moments.dt.tz_localize(None)
        try:
            TABLES[table].conform(frame)
        except InputError as error:
            raise no_project(str(error)) from error


def check_frame(path: Path) -> None:
    """A Parquet file holds plain columns only, those of declared tables in their types."""
    from pyarrow import ArrowException
    from pyarrow.parquet import read_schema

    try:
        schema = read_schema(path)
        odd = [field.name for field in schema if not PLAIN_TYPE.fullmatch(str(field.type))]
        if odd:
            raise no_project(f"column “{odd[0][:40]}” of “{path.name}” is of an unknown kind")
        table = TABLES.get(path.stem)
        if table is not None:
            table.conform(schema.empty_table().to_pandas())
    except (ArrowException, OSError, ValueError) as error:
        raise no_project(f"“{path.name}” is damaged") from error
