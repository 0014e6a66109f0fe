"""Locks that the operating system frees by itself when a process dies, however it dies."""

import contextlib
import os
import sys
from pathlib import Path
from typing import Final

__all__ = ["FileLock", "is_held"]

_BYTE: Final = 1 << 30
"""Offset of the locked byte on Windows, where a locked range cannot be read by others."""


class FileLock:
    """An exclusive advisory lock on a file that also says who holds it."""

    def __init__(self, path: Path) -> None:
        """A lock on `path`, not yet taken."""
        self.path = path
        self._fd: int | None = None

    def take(self, who: str = "") -> bool:
        """True where the lock is ours now; `who` is written into the file for others to read."""
        if self._fd is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(fd, exclusive=True):
            os.close(fd)
            return False
        os.ftruncate(fd, 0)
        os.write(fd, who.encode())
        self._fd = fd
        return True

    def release(self) -> None:
        """Let go of the lock; the file stays, since removing it would race with the next holder."""
        if self._fd is not None:
            _unlock(self._fd)
            os.close(self._fd)
            self._fd = None

    def holder(self) -> str:
        """What the last holder wrote about itself."""
        with contextlib.suppress(OSError):
            return self.path.read_text(errors="replace")[:200]
        return ""


def is_held(path: Path) -> bool:
    """Whether some living process holds the lock on `path`."""
    try:
        fd = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        free = _lock(fd, exclusive=False)
        if free:
            _unlock(fd)
        return not free
    finally:
        os.close(fd)


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int, *, exclusive: bool) -> bool:
        del exclusive  # msvcrt knows only exclusive locks
        os.lseek(fd, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(fd, 0, os.SEEK_SET)
        return True

    def _unlock(fd: int) -> None:
        os.lseek(fd, _BYTE, os.SEEK_SET)
        with contextlib.suppress(OSError):
            msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(fd: int, *, exclusive: bool) -> bool:
        try:
            fcntl.flock(fd, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)
