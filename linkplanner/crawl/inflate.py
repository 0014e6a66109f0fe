"""Undo a body's compression piece by piece, and stop at a limit."""

import zlib

from linkplanner.errors import FetchRefused

__all__ = ["Inflater"]

_GZIP = 16 + zlib.MAX_WBITS


class Inflater:
    """Counts and collects a body; what comes out never exceeds `limit` bytes."""

    def __init__(self, encoding: str, limit: int, url: str) -> None:
        """`encoding`: the Content-Encoding header. Raises FetchRefused for an unknown one."""
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchRefused(f"“{url}” came packed as “{name[:40]}”, which was not asked for.")
        self._gzip = name.endswith("gzip")
        self._packed = self._gzip or name == "deflate"
        self._stream: zlib._Decompress | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._limit = limit
        self._url = url

    def feed(self, data: bytes) -> None:
        """Take the next piece. Raises FetchRefused at the limit, zlib.error on broken data."""
        while data:
            piece, data = self._unpack(data) if self._packed else (data, b"")
            self._size += len(piece)
            if self._size > self._limit:
                raise FetchRefused(
                    f"“{self._url}” is larger than {self._limit / 2**20:g} MiB; it was left out."
                )
            self._parts.append(piece)

    def body(self) -> bytes:
        """Everything taken so far."""
        return b"".join(self._parts)

    def _unpack(self, data: bytes) -> tuple[bytes, bytes]:
        """The next unpacked bytes, at most one more than may be kept, and what is left to read."""
        if self._stream is None:
            self._stream = zlib.decompressobj(_GZIP if self._gzip else _deflate_bits(data))
        piece = self._stream.decompress(data, self._limit - self._size + 1)
        if not self._stream.eof:
            return piece, self._stream.unconsumed_tail
        rest, self._stream = self._stream.unused_data, None
        more = rest if self._gzip and rest.startswith(b"\x1f\x8b") else b""
        return piece, more


def _deflate_bits(data: bytes) -> int:
    """Window bits for `deflate`, which servers send with and without its zlib header."""
    has_header = data[0] & 0x0F == 8 and (len(data) < 2 or (data[0] << 8 | data[1]) % 31 == 0)
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
