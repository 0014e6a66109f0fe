"""Files that are whole or absent: written beside, forced to disk, then renamed."""

import contextlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

__all__ = ["publish_folder", "remove_leftovers", "replacing", "safe_name", "write_bytes",
           "write_frame"]  # fmt: skip

_TEMPORARY = ".partial-"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place once the block ends well."""
    temporary = path.with_name(f"{path.name}{_TEMPORARY}{secrets.token_hex(4)}")
    try:
        yield temporary
        _sync(temporary)
        temporary.replace(path)
        _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """`data` at `path`, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_frame(path: Path, frame: pd.DataFrame) -> None:
    """The frame as Parquet at `path`, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        frame.to_parquet(temporary, index=False)


@contextlib.contextmanager
def publish_folder(
    parent: Path, write: Callable[[Path], object]
) -> Iterator[Callable[[str], Path]]:
    """Let `write` fill a temporary folder, then hand out a function that gives it its name.

    The two steps are apart so that the name (a version number) can be chosen inside a database
    transaction. A folder that already bears the name is a leftover and is removed.
    """
    parent.mkdir(parents=True, exist_ok=True)
    temporary = parent / f"{_TEMPORARY}{secrets.token_hex(4)}"
    temporary.mkdir()

    def publish(name: str) -> Path:
        final = parent / name
        if final.exists():
            shutil.rmtree(final)
        temporary.rename(final)
        _sync_folder(parent)
        return final

    try:
        write(temporary)
        for file in sorted(temporary.rglob("*")):
            if file.is_file():
                _sync(file)
        yield publish
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def remove_leftovers(folder: Path) -> int:
    """Remove what killed writers left behind; returns how many there were."""
    found = [p for p in folder.rglob(f"*{_TEMPORARY}*") if _TEMPORARY in p.name]
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(found)


def safe_name(name: str) -> str:
    """A file name from a name that somebody else chose: letters, digits, dot and dash, short."""
    base = re.split(r"[\\/]", name)[-1].lower()
    return re.sub(r"[^a-z0-9.]+", "-", base).strip("-.")[-60:].strip("-.") or "file"


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    if os.name == "nt":  # Windows cannot open folders; its rename is journalled
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
