"""A file on disk that is read in slices, so that memory does not grow with its size."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType

__all__ = ["FileBlob", "Progress"]

Progress = Callable[[int, int], None]
"""Told bytes read and bytes in all; what it raises stops the reading."""


class FileBlob:
    """The bytes of a file, fetched where they are asked for. Use it in a `with` block."""

    def __init__(self, path: Path, progress: Progress | None = None) -> None:
        self._stream = path.open("rb")
        self._size = path.stat().st_size
        self._progress = progress
        self._told = 0

    def __enter__(self) -> "FileBlob":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, key: slice, /) -> bytes:
        start, stop, step = key.indices(self._size)
        if step != 1:
            raise ValueError("a file is read in one piece, without steps")
        self._stream.seek(start)
        data = self._stream.read(max(0, stop - start))
        if self._progress and stop > self._told:
            self._told = stop
            self._progress(stop, self._size)
        return data
