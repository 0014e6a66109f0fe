"""Frames and facts in a folder: one Parquet file a frame, written so that no half file appears."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from linkplanner.errors import InputError

__all__ = ["load", "save", "write_bytes"]


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


def _some(file: Path, columns: Sequence[str]) -> pd.DataFrame:
    from pyarrow.parquet import read_schema

    there = set(read_schema(file).names)
    return pd.read_parquet(file, columns=[name for name in columns if name in there])
