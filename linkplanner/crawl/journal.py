"""What a crawl has so far, written down as it comes, so that a killed crawl loses nothing.

A journal is a row of frames (length, checksum, zlib-compressed JSON). A frame is handed to the
system in one write, so a process may die at any moment and at most the last frame is half; that
one is cut off when the journal is opened again. Pages that were fetched and not yet taken apart
wait in two spool files, so that no page is fetched twice because of what came after the fetch.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from linkplanner.errors import InputError

__all__ = ["FileJournal", "Journal", "MemoryJournal", "Record", "glance", "pack", "unpack"]

Record = dict[str, Any]
"""One entry: `k` its kind, `u` its address; see `records.py`."""

JOURNAL: Final = "journal.bin"
_SPOOLS: Final = ("spool-0.bin", "spool-1.bin")
_SPOOL_BYTES: Final = 32 * 2**20
"""Bytes of one spool file after which the other one is taken, once it is done with."""
_HEAD: Final = struct.Struct(">II")
_FRONT: Final = struct.Struct(">BHI")
_LONGEST: Final = 64 * 2**20
"""Bytes of one frame; a page has at most 10 MiB. More means that the file is no journal."""


def pack(record: Record, marks: bytes = b"") -> bytes:
    """A record as it stands in a journal; `unpack` takes it back.

    Kind, address and `marks` (hashes of a page's parts, see `records.py`) stand before the
    compressed rest, so that a look over all pages needs no more than these.
    """
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    kind, url = (record[key].encode("utf-8", errors="replace") for key in ("k", "u"))
    head = _FRONT.pack(len(kind), len(url), len(marks)) + kind + url + marks
    # JSON of hostile pages may hold lone surrogates, which UTF-8 cannot carry.
    return head + zlib.compress(text.encode("utf-8", errors="replace"), 1)


def glance(payload: bytes) -> tuple[str, str, bytes]:
    """Kind, address and marks of a packed record."""
    kind, url, marks = _FRONT.unpack(payload[: _FRONT.size])
    first = _FRONT.size + kind
    last = first + url
    names = (payload[_FRONT.size : first], payload[first:last])
    return names[0].decode(), names[1].decode(), payload[last : last + marks]


def unpack(payload: bytes) -> Record:
    """The record of a frame."""
    start = _FRONT.size + sum(_FRONT.unpack(payload[: _FRONT.size]))
    record: Record = json.loads(zlib.decompress(payload[start:]))
    return record


class Journal(Protocol):
    """Where records go and come from."""

    def append(self, payload: bytes) -> None:
        """Keep one packed record."""

    def payloads(self) -> Iterator[bytes]:
        """All packed records in order."""

    def spool(self, url: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Keep a fetched body until `settle` is called for its address."""

    def settle(self, url: str) -> None:
        """The record of an address is in; its body is not needed any more."""

    def waiting(self) -> Iterator[tuple[str, int, dict[str, str], bytes]]:
        """Bodies that an earlier run fetched and did not settle."""

    def close(self) -> None:
        """Let go of the files."""


class MemoryJournal:
    """A journal that is gone with its process."""

    def __init__(self) -> None:
        self._payloads: list[bytes] = []

    def append(self, payload: bytes) -> None:
        """Keep one packed record."""
        self._payloads.append(payload)

    def payloads(self) -> Iterator[bytes]:
        """All packed records in order."""
        return iter(self._payloads)

    def spool(self, url: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Nothing: what is in memory is lost with it."""

    def settle(self, url: str) -> None:
        """Nothing."""

    def waiting(self) -> Iterator[tuple[str, int, dict[str, str], bytes]]:
        """None."""
        return iter(())

    def close(self) -> None:
        """Nothing."""


class FileJournal:
    """A journal in a folder. Opening it cuts off what a killed process left half written.

    Raises InputError where the folder cannot be used. One process at a time.
    """

    def __init__(self, folder: Path, name: str = JOURNAL) -> None:
        self.folder = folder
        self._path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            whole = _whole_bytes(self._path)
            self._file = self._path.open("ab", buffering=0)
            self._file.truncate(whole)
        except OSError as error:
            raise InputError(
                f"The folder “{folder}” cannot be written ({error.strerror}); give another one."
            ) from error
        self._spools: list[BinaryIO | None] = [None, None]
        self._open: list[set[str]] = [set(), set()]
        self._current = 0

    def append(self, payload: bytes) -> None:
        """Keep one packed record; what was kept outlives a kill of this process."""
        _write(self._file, payload)

    def payloads(self) -> Iterator[bytes]:
        """All packed records in order."""
        return _frames(self._path)

    def spool(self, url: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Keep a fetched body until `settle` is called for its address."""
        number = self._current
        file = self._spools[number]
        if file is not None and file.tell() > _SPOOL_BYTES and not self._open[1 - number]:
            number = self._current = 1 - number
            file = self._spools[number]
            if file is not None:
                file.truncate(0)
                file.seek(0)
        if file is None:
            file = self._spools[number] = (self.folder / _SPOOLS[number]).open("ab", buffering=0)
        head = json.dumps([url, status, dict(headers)]).encode("utf-8", errors="replace")
        _write(file, _HEAD.pack(len(head), 0) + head + body)
        self._open[number].add(url)

    def settle(self, url: str) -> None:
        """The record of an address is in; its body is not needed any more."""
        for names in self._open:
            names.discard(url)

    def waiting(self) -> Iterator[tuple[str, int, dict[str, str], bytes]]:
        """Bodies of the spool files, settled or not: the caller knows which addresses are done."""
        for name in _SPOOLS:
            for frame in _frames(self.folder / name):
                length = _HEAD.unpack(frame[: _HEAD.size])[0]
                url, status, headers = json.loads(frame[_HEAD.size : _HEAD.size + length])
                yield url, int(status), headers, frame[_HEAD.size + length :]

    def clear_spool(self) -> None:
        """Drop all bodies; call it when every one of them has its record."""
        for number, name in enumerate(_SPOOLS):
            file = self._spools[number]
            if file is not None:
                file.close()
            self._spools[number] = None
            self._open[number].clear()
            (self.folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        for file in self._spools:
            if file is not None:
                file.close()


def _write(file: Any, payload: bytes) -> None:
    frame = memoryview(_HEAD.pack(len(payload), zlib.crc32(payload)) + payload)
    while frame:  # a full disk or a signal may take a part
        frame = frame[file.write(frame) :]


def _frames(path: Path) -> Iterator[bytes]:
    """Whole frames of a file, up to the first that is not."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            length, checksum = _HEAD.unpack(head)
            if length > _LONGEST:
                return
            payload = file.read(length)
            if len(payload) < length or zlib.crc32(payload) != checksum:
                return
            yield payload


def _whole_bytes(path: Path) -> int:
    """Bytes of a file up to the end of its last whole frame."""
    return sum(_HEAD.size + len(payload) for payload in _frames(path))


def sync(journal: FileJournal) -> None:
    """Bring a journal to the disk itself, so that it outlives a power cut too."""
    os.fsync(journal._file.fileno())
