"""What stands inside a file: its true type by content, and gz and zip opened within limits."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from linkplanner.errors import InputError
from linkplanner.read import limits

__all__ = ["UNREADABLE", "Part", "file_type", "inflate", "open_zip"]

CHUNK = 64 * 1024

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound or picture file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


UNREADABLE = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
"""What `zipfile` raises on damaged archives and methods that it does not know."""


class Blob(Protocol):
    """Bytes or a memory-mapped file."""

    def __len__(self) -> int: ...
    def __getitem__(self, key: slice, /) -> bytes: ...


@dataclass(frozen=True)
class Part:
    """One file found inside another."""

    name: str
    """Its name inside the archive; only ever shown, never used as a path."""
    data: Blob
    """Its unpacked content."""
    warning: str = ""
    """What was wrong with it although it could be read."""


def file_type(data: Blob) -> str:
    """gzip, zip, workbook, ole, text, or an English noun phrase for what we do not read."""
    head = bytes(data[:CHUNK])
    for magic, name in MAGIC:
        if head.startswith(magic):
            return _zip_type(data) if name == "zip" else name
    return "text"


def _zip_type(data: Blob) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data[:]))) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, *UNREADABLE):
        return "zip"
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "workbook"
    if "word/document.xml" in names:
        return "a Word document"
    return "workbook" if {"content.xml", "mimetype"} <= names else "zip"


def inflate(data: Blob, limit_of_xml: int, limit: int) -> tuple[bytes, str]:
    """All members of a gzip file joined, and a warning where it ends early.

    The first bytes tell whether it is XML, for which `limit_of_xml` holds. Raises InputError where
    the limit or the ratio is passed, or nothing can be read.
    """
    out = bytearray()
    bound = limit
    warning = ""
    for chunk, warning in _members(data):  # noqa: B007 - the last one is returned
        if not out and chunk.lstrip()[:1] in (b"<", b"\xef"):
            bound = limit_of_xml
        out += chunk
        if len(out) > bound:
            raise InputError(
                f"it unpacks to more than {bound // limits.MIB:,} MiB, which is the limit; "
                "split it and try again."
            )
        if len(out) > limits.RATIO_FROM and len(out) > limits.RATIO_LIMIT * len(data):
            raise InputError("it unpacks to far more than any export does; it was not read on.")
    if not out:
        raise InputError("nothing in it can be unpacked; download it again.")
    return bytes(out), warning


def _members(data: Blob) -> Iterator[tuple[bytes, str]]:
    """Unpacked chunks of every gzip member, then what went wrong, if anything."""
    position = 0
    whole = 0
    while bytes(data[position : position + 2]) == b"\x1f\x8b":
        engine = zlib.decompressobj(wbits=31)
        pending = b""
        while not engine.eof:
            if not pending:
                pending = bytes(data[position : position + CHUNK])
                position += len(pending)
            if not pending:
                yield engine.flush(), "the compressed file ends early; what could be read was taken"
                return
            try:
                yield engine.decompress(pending, CHUNK), ""
            except zlib.error:
                if not whole:
                    yield b"", "the compressed data are damaged; what could be read was taken"
                return  # trailing bytes after a whole member: gzip tools ignore them too
            pending = engine.unconsumed_tail
        whole += 1
        position -= len(engine.unused_data)


def open_zip(data: Blob) -> list[Part]:
    """The files of a zip archive, folders and system files left out. Raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data[:]))) as archive:
            return list(_zip_parts(archive, len(data)))
    except zipfile.BadZipFile as error:
        raise InputError("it is a damaged zip archive; download it again.") from error
    except UNREADABLE as error:
        raise InputError(f"the zip archive cannot be unpacked ({error}).") from error


def _zip_parts(archive: zipfile.ZipFile, packed: int) -> Iterator[Part]:
    infos = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not info.filename.startswith(("__MACOSX/", "."))
    ]
    if len(infos) > limits.MEMBER_LIMIT:
        raise InputError(
            f"the zip archive holds {len(infos):,} files; at most {limits.MEMBER_LIMIT} are read."
        )
    total = 0
    for info in infos:
        if info.flag_bits & 1:
            raise InputError("the zip archive has a password; unpack it and load the files.")
        content = _read_member(archive, info, limits.FILE_LIMIT - total, packed)
        total += len(content)
        yield Part(info.filename, content)


def _read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: int, packed: int
) -> bytes:
    out = bytearray()
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            out += chunk
            large = len(out) > limits.RATIO_FROM and len(out) > limits.RATIO_LIMIT * packed
            if len(out) > budget or large:
                raise InputError("the zip archive unpacks to more than the limit; it was refused.")
    return bytes(out)
