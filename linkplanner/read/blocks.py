"""A delimited text cut into blocks of whole rows, so that memory does not grow with its size.

A block whose quotes are sound goes to the columnar parser as bytes; one that is not is read row by
row here, and costs its bad rows only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from linkplanner.read import limits
from linkplanner.read.decode import Decoded
from linkplanner.read.records import Budget, Record, records

__all__ = ["BLOCK", "Block", "NotUtf8", "blocks", "quotes_are_sound"]

BLOCK = 4 * 1024 * 1024
"""Bytes read at once. 1 to 16 MiB parse equally fast; a block's columns must fit the cache."""

WINDOW = 64 * 1024
"""Bytes whose quotes are looked at together: the masks stay in the processor's first caches."""

MARGIN = limits.CELL_LIMIT + 16
"""Characters that must follow a row with a bad quote before it is known to be bad."""


class NotUtf8(Exception):
    """A text that was taken for UTF-8 without looking at all of it is none, or holds NUL."""


@dataclass(frozen=True)
class Block:
    """Whole rows of a text."""

    data: memoryview
    """Their bytes."""
    lines: int = -1
    """Number of rows that the columnar parser must find, where the quotes are only known to be
    sound if it does; -1 where they are known to be sound."""


def blocks(
    decoded: Decoded, offset: int, delimiter: str, width: int, size: int = BLOCK
) -> Iterator[Block | list[Record]]:
    """The rows from a byte offset on: sound blocks as their bytes, others as records.

    A table of one column is given as records. Raises NotUtf8 where an unchecked text is no UTF-8.
    """
    data, budget = decoded.data, Budget()
    more = size
    while offset < len(data):
        piece = data[offset : offset + more]
        final = offset + more >= len(data)
        if not decoded.checked and b"\x00" in piece:
            raise NotUtf8
        block = _sound_block(piece, delimiter, width, final) if width > 1 else None
        if block:
            yield block
            used = len(block.data)
        else:
            rows, used = _rows(piece, delimiter, final, budget)
            if rows:
                yield rows
        if not piece or (final and used >= len(piece)):
            return
        offset += used
        more = size if used else 2 * more  # a row longer than the piece


def _sound_block(piece: bytes, delimiter: str, width: int, final: bool) -> Block | None:
    """As much of a piece as is whole rows with sound quotes; None where there is none."""
    end = len(piece) if final else _last_line_end(piece)
    view = memoryview(piece)
    if not end:
        return None
    lines = _lines_if_all_quoted(view[:end], width)
    if lines:
        return Block(view[:end], lines)
    if quotes_are_sound(view[:end], delimiter):
        return Block(view[:end])
    end = 0 if final else _last_row_end(piece, end)
    if end and quotes_are_sound(view[:end], delimiter):
        return Block(view[:end])
    return None


def _lines_if_all_quoted(data: memoryview, width: int) -> int:
    """Number of lines where there are just two quotes for every cell, else 0.

    If the parser then finds a row of the right width on every line, none swallowed another.
    """
    if data[:1] != b'"' or data[-1:] != b"\n":
        return 0
    codes = np.frombuffer(data, dtype=np.uint8)
    quotes = lines = 0
    for at in range(0, len(codes), WINDOW):
        part = codes[at : at + WINDOW]
        quotes += int(np.count_nonzero(part == 34))
        lines += int(np.count_nonzero(part == 10))
    return lines if quotes == 2 * width * lines else 0


def _last_line_end(piece: bytes) -> int:
    """Offset after the last line end, 0 where there is none; a last \\r may be half of \\r\\n."""
    mark = b"\n" if b"\n" in piece else b"\r"
    return piece.rfind(mark, 0, len(piece) - 1) + 1


def _last_row_end(piece: bytes, end: int) -> int:
    """Offset after the last line end up to `end` that stands outside quotes, 0 for none."""
    codes = np.frombuffer(piece, dtype=np.uint8, count=end)
    lines = np.flatnonzero(codes == piece[end - 1]) if end else codes
    quotes = np.flatnonzero(codes == 34)
    outside = lines[np.searchsorted(quotes, lines) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def _rows(piece: bytes, delimiter: str, final: bool, budget: Budget) -> tuple[list[Record], int]:
    """Rows that are whole whatever follows, and the number of bytes they take."""
    end = len(piece) if final else max(piece.rfind(b"\n"), piece.rfind(b"\r", 0, -1)) + 1
    try:
        text = piece[:end].decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8 from error
    rows: list[Record] = []
    at = 0
    for row in records(text, delimiter, budget=budget):
        if not final and row.problem and len(text) - at <= MARGIN:
            return rows, len(text[:at].encode("utf-8"))
        rows.append(row)
        at = row.end
    return rows, end


def quotes_are_sound(data: memoryview | bytes, delimiter: str) -> bool:
    """Whether every quote opens a cell, closes one, or stands doubled inside one.

    `data` is whole rows. Counted from the start, even quotes open (or are the second of a pair)
    and must follow a delimiter, a line end or a quote; odd ones close and must be followed by the
    same.
    """
    around = np.zeros(256, dtype=bool)
    around[[ord(delimiter), 10, 13, 34]] = True
    codes = np.frombuffer(data, dtype=np.uint8)
    at = np.flatnonzero(codes == 34)
    if len(at) == 0:
        return True
    if len(at) % 2:
        return False
    opening, closing = at[0::2], at[1::2]
    before = around[codes[opening - 1]] | (opening == 0)
    after = around[codes[(closing + 1) % len(codes)]] | (closing + 1 == len(codes))
    return bool(before.all() and after.all())
