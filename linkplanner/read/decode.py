"""Bytes into UTF-8 text whatever the encoding: byte order marks, UTF-16, UTF-8, cp1252 last."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from linkplanner.errors import InputError
from linkplanner.read.unpack import Blob

__all__ = ["Decoded", "decode", "is_html", "is_xml"]

HEAD = 64 * 1024
STEP = 4 * 1024 * 1024

NOT_TEXT = "it is not text but binary data; load the export as the vendor gives it."

LAZY_FROM = 32 * 1024 * 1024
"""Size from which the check of a text is left to its reader, which sees every byte anyway."""

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@dataclass(frozen=True)
class Decoded:
    """A text, kept as UTF-8 bytes so that large files are not copied into wide strings."""

    data: Blob
    """UTF-8 bytes; may start with a byte order mark, see `start`."""
    start: int
    """Offset of the first byte of text."""
    encoding: str
    """Encoding found."""
    warnings: tuple[str, ...] = ()
    """What was changed to make it text."""
    checked: bool = True
    """Whether all of it was looked at; else whoever reads it checks what it reads."""


def decode(data: Blob, *, thorough: bool = False) -> Decoded:
    """The file as UTF-8. Raises InputError where it is not text.

    A large file whose head is UTF-8 is handed on unchecked, unless `thorough`.
    """
    head = bytes(data[:HEAD])
    if not thorough and len(data) >= LAZY_FROM and not head.startswith(_WIDE) and not _wide(head):
        start = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        if _is_utf8(head) and not _controls(head):
            return Decoded(data, start, "utf-8", checked=False)
    for bom, encoding in BOMS:
        if head.startswith(bom):
            if encoding == "utf-8":
                return _utf8(data, len(bom))
            return _transcode(data, len(bom), encoding)
    wide = _wide(head)
    if wide:
        return _transcode(data, 0, wide)
    if 0 in head and _controls(head) > 0.1:  # told before all of a large file is looked at
        raise InputError(NOT_TEXT)
    return _utf8(data, 0)


def _is_utf8(head: bytes) -> bool:
    """Whether a head is UTF-8, but for a last character that it cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")(errors="strict").decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: nearly all text of exports is ASCII, so every other byte is NUL."""
    if len(head) < 4 or not head.strip(b"\x00"):
        return ""
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.4 * len(odd) and _controls(even) < 0.2:
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and _controls(odd) < 0.2:
        return "utf-16-be"
    return ""


def _transcode(data: Blob, start: int, encoding: str) -> Decoded:
    reader = codecs.getincrementaldecoder(encoding)(errors="replace")
    out = bytearray()
    for position in range(start, len(data), STEP):
        piece = reader.decode(bytes(data[position : position + STEP]))
        out += piece.encode("utf-8", errors="replace")
    out += reader.decode(b"", final=True).encode("utf-8", errors="replace")
    text = bytes(out)
    if text.startswith(codecs.BOM_UTF8):
        text = text[3:]
    return _without_nul(Decoded(text, 0, encoding))


def _utf8(data: Blob, start: int) -> Decoded:
    wrong = _count_invalid(data, start)
    if wrong == 0:
        return _without_nul(Decoded(data, start, "utf-8"))
    raw = bytes(data[start:])
    if _controls(raw[:HEAD]) > 0.1:
        raise InputError(NOT_TEXT)
    multibyte = sum(byte >= 0xC0 for byte in raw[:STEP])
    if start or wrong * 20 < multibyte:
        text = raw.decode("utf-8", errors="replace").encode("utf-8")
        note = f"Damaged characters replaced by “�”: {wrong:,}."
        return _without_nul(Decoded(text, 0, "utf-8", (note,)))
    text = raw.decode("cp1252", errors="replace").encode("utf-8")
    note = "The file is not UTF-8; it was read as Windows-1252, so look at accented letters."
    return _without_nul(Decoded(text, 0, "cp1252", (note,)))


def _pieces(data: Blob, start: int) -> Iterator[tuple[bytes, bool]]:
    for position in range(start, len(data), STEP):
        yield bytes(data[position : position + STEP]), position + STEP >= len(data)


def _count_invalid(data: Blob, start: int) -> int:
    reader = codecs.getincrementaldecoder("utf-8")(errors="strict")
    try:
        for piece, final in _pieces(data, start):
            reader.decode(piece, final)
    except UnicodeDecodeError:
        lenient = codecs.getincrementaldecoder("utf-8")(errors="replace")
        counts = (lenient.decode(piece, final).count("�") for piece, final in _pieces(data, start))
        return max(1, sum(counts))
    return 0


def _without_nul(text: Decoded) -> Decoded:
    count = sum(piece.count(0) for piece, _ in _pieces(text.data, text.start))
    if not count:
        return text
    length = len(text.data) - text.start
    if count * 10 > length or _controls(bytes(text.data[text.start : text.start + HEAD])) > 0.1:
        raise InputError(NOT_TEXT)
    clean = bytes(text.data[text.start :]).replace(b"\x00", b"")
    note = f"NUL characters taken out: {count:,}."
    return Decoded(clean, 0, text.encoding, (*text.warnings, note))


def _controls(head: bytes) -> float:
    """Share of bytes that no text file holds."""
    codes = np.frombuffer(head, dtype=np.uint8)
    if not len(codes):
        return 0.0
    return float(((codes < 32) & (codes != 9) & (codes != 10) & (codes != 13)).mean())


def is_xml(head: str) -> bool:
    """Whether a text starts like XML and not like a web page."""
    return head.lstrip("\ufeff \t\r\n\x00").startswith("<") and not is_html(head)


def is_html(head: str) -> bool:
    """Whether a text starts like a web page."""
    start = head.lstrip("\ufeff \t\r\n")[:2000].lower()
    if start.startswith("<?xml"):
        start = start.partition("?>")[2].lstrip()
    while start.startswith("<!--"):
        start = start.partition("-->")[2].lstrip()
    return start.startswith(("<!doctype html", "<html", "<head", "<body", "<script", "<title"))
