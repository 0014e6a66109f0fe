"""Arrays kept in one file beside the project's data."""

from pathlib import Path

import numpy as np

__all__ = ["save_arrays"]


def save_arrays(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """Writes arrays under their names, to a file beside that is then renamed: a program that is
    ended in between leaves the old file whole."""
    draft = path.with_suffix(".draft.npz")
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(draft, allow_pickle=False, **arrays)
    draft.replace(path)
