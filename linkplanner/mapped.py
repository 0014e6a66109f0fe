"""Anything that can be pickled, in a file that several processes map: arrays are not copied.

Arrays lie in the file as they lie in memory (PEP 574), so a process that loads it shares their
pages with all others; only what is no array becomes objects of its own. The file is read by the
program that wrote it and by nobody else.
"""

import contextlib
import ctypes
import gc
import mmap
import pickle
import struct
import sys
from pathlib import Path
from typing import Any, Final

__all__ = ["give_back", "load_mapped", "save_mapped"]

_HEAD: Final = struct.Struct("<QQ")
_ALIGNED: Final = 64


def give_back() -> None:
    """Hands memory that is free back to the system, where it can be told to."""
    import pyarrow

    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # not every C library has it
            ctypes.CDLL(None).malloc_trim(0)


def save_mapped(value: object, path: Path) -> None:
    """Writes a value for `load_mapped`."""
    buffers: list[pickle.PickleBuffer] = []
    packed = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    raw = [buffer.raw() for buffer in buffers]
    with path.open("wb") as file:
        file.write(_HEAD.pack(len(packed), len(raw)))
        file.write(struct.pack(f"<{len(raw)}Q", *(part.nbytes for part in raw)))
        file.write(packed)
        for part in raw:
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            file.write(part)


def load_mapped(path: Path) -> Any:
    """What `save_mapped` wrote; its arrays are read-only."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    packed, number = _HEAD.unpack_from(whole)
    sizes = struct.unpack_from(f"<{number}Q", whole, _HEAD.size)
    at = _HEAD.size + 8 * number + packed
    parts = []
    for size in sizes:
        at += -at % _ALIGNED
        parts.append(whole[at : at + size])
        at += size
    start = _HEAD.size + 8 * number
    return pickle.loads(whole[start : start + packed], buffers=parts)
