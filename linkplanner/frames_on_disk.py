"""Frames and facts in a folder: one Parquet file a frame, written so that no half file appears."""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from linkplanner.errors import InputError

__all__ = ["LazyFrames", "load", "open_lazily", "save", "write_bytes"]


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: temporary name, flushed to disk, renamed."""
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def save(folder: Path, frames: Mapping[str, pd.DataFrame], facts: Mapping[str, Any]) -> None:
    """Writes each frame as NAME.parquet and then facts.json, which marks the folder complete."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        write_bytes(folder / f"{name}.parquet", frame.to_parquet(index=False))
    write_bytes(folder / "facts.json", json.dumps(dict(facts), indent=1).encode())


def load(
    folder: Path, columns: Mapping[str, Sequence[str]] | None = None
) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """Reads what `save` wrote. Raises InputError where the folder is incomplete.

    columns: only these frames, and of each only these columns where it has them.
    """
    try:
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        files = {file.stem: file for file in sorted(folder.glob("*.parquet"))}
        if columns is None:
            frames = {name: pd.read_parquet(file) for name, file in files.items()}
        else:
            frames = {name: _some(files[name], wanted) for name, wanted in columns.items()}
    except KeyError as error:
        raise InputError(f"“{folder.name}” holds no {error}; make it again.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"“{folder.name}” holds no complete result; make it again.") from error
    return frames, facts


class LazyFrames(MutableMapping[str, pd.DataFrame]):
    """The frames of a folder, each read when it is first asked for and then kept.

    A screen shows two or three of some twenty frames; threads may share the object.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        """files: name of each frame to its Parquet file."""
        self._files = dict(files)
        self._read: dict[str, pd.DataFrame] = {}
        self._parts: dict[tuple[str, tuple[str, ...]], pd.DataFrame] = {}
        self._locks = {name: threading.Lock() for name in files}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The frame. Raises KeyError without one, InputError where its file cannot be read."""
        if name not in self._read:
            path = self._files[name]
            with self._locks[name]:
                if name not in self._read:
                    self._read[name] = _told(lambda: pd.read_parquet(path), path)
        return self._read[name]

    def part(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """Those of `columns` that the frame has, read alone where the whole was not read yet.

        Raises KeyError and InputError as the frame itself does.
        """
        if name not in self._read:
            path, key = self._files[name], (name, tuple(columns))
            with self._locks[name]:
                if key not in self._parts:
                    self._parts[key] = _told(lambda: _some(path, columns), path)
            return self._parts[key]
        frame = self._read[name]
        return frame[[column for column in columns if column in frame]]

    def __setitem__(self, name: str, frame: pd.DataFrame) -> None:
        """Puts a frame in memory beside those on disk, or in place of one."""
        self._read[name] = frame

    def __delitem__(self, name: str) -> None:
        """Forgets a frame; its file stays."""
        known = self._files.pop(name, None) is not None
        if self._read.pop(name, None) is None and not known:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Names, those on disk first."""
        yield from self._files
        yield from (name for name in self._read if name not in self._files)

    def __len__(self) -> int:
        """How many frames there are, read or not."""
        return len(self._files.keys() | self._read.keys())

    def __contains__(self, name: object) -> bool:
        """Whether there is such a frame; reads nothing."""
        return name in self._files or name in self._read


def open_lazily(folder: Path) -> tuple[LazyFrames, dict[str, Any]]:
    """What `save` wrote, its frames read one by one when asked for. Raises InputError."""
    files = {file.stem: file for file in sorted(folder.glob("*.parquet"))}
    try:
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"“{folder.name}” holds no complete result; make it again.") from error
    return LazyFrames(files), facts


def _told(read: Callable[[], pd.DataFrame], file: Path) -> pd.DataFrame:
    try:
        return read()
    except (OSError, ValueError) as error:
        raise InputError(
            f"“{file.parent.name}” holds no complete result; reload the page, or make it again."
        ) from error


def _some(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    from pyarrow.parquet import read_schema

    there = set(read_schema(file).names)
    return pd.read_parquet(file, columns=[name for name in columns if name in there])
