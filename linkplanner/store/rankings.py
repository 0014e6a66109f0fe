"""The public ranking that the user imported, one for the whole workspace."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from linkplanner.quality.rankings import Rankings
from linkplanner.store import files
from linkplanner.store.workspace import Workspace

__all__ = ["keep_rankings", "load_rankings", "rankings_mark", "remove_rankings"]

FILE: Final = "ranking.npz"


def _path(workspace: Workspace) -> Path:
    return workspace.folder / FILE


def keep_rankings(workspace: Workspace, rankings: Rankings) -> None:
    """Keep a ranking in place of the one before."""
    with files.replacing(_path(workspace)) as temporary:
        rankings.save(temporary)


def remove_rankings(workspace: Workspace) -> None:
    """Forget the ranking."""
    _path(workspace).unlink(missing_ok=True)


def rankings_mark(workspace: Workspace) -> str:
    """Changes with every import; '' without a ranking."""
    path = _path(workspace)
    return f"{path.stat().st_mtime_ns}" if path.is_file() else ""


def load_rankings(workspace: Workspace) -> Rankings | None:
    """The ranking, None where there is none. Raises InputError where it was damaged."""
    mark = rankings_mark(workspace)
    return _load(_path(workspace), mark) if mark else None


@lru_cache(maxsize=1)
def _load(path: Path, mark: str) -> Rankings:
    return Rankings.load(path)
