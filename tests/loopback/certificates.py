"""A certificate authority for one test run, made with nothing but the standard library.

Elliptic curve P-256 and ECDSA (FIPS 186-5), certificates of RFC 5280 with what strict checks ask
for. The arithmetic takes no care to hide the key: it lives as long as the test.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

__all__ = ["Authority"]

_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
_Point = tuple[int, int] | None


def _add(a: _Point, b: _Point) -> _Point:
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % _P == 0:
            return None
        slope = 3 * (a[0] * a[0] - 1) * pow(2 * a[1], -1, _P) % _P
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, _P) % _P
    x = (slope * slope - a[0] - b[0]) % _P
    return x, (slope * (a[0] - x) - a[1]) % _P


def _times(count: int, point: _Point) -> tuple[int, int]:
    total: _Point = None
    while count:
        if count & 1:
            total = _add(total, point)
        point, count = _add(point, point), count >> 1
    assert total is not None
    return total


@dataclass(frozen=True)
class _Key:
    secret: int

    @classmethod
    def made(cls) -> "_Key":
        return cls(secrets.randbelow(_N - 1) + 1)

    @property
    def point(self) -> bytes:
        x, y = _times(self.secret, _G)
        return b"\x04" + x.to_bytes(32) + y.to_bytes(32)

    @property
    def name(self) -> bytes:
        """Key identifier: hash of the public key (RFC 5280, 4.2.1.2)."""
        return hashlib.sha1(self.point).digest()

    @property
    def public(self) -> bytes:
        return _seq(_seq(_oid("1.2.840.10045.2.1"), _oid("1.2.840.10045.3.1.7")), _bits(self.point))

    @property
    def pem(self) -> str:
        parts = (
            _int(1), _der(0x04, self.secret.to_bytes(32)),
            _der(0xA0, _oid("1.2.840.10045.3.1.7")), _der(0xA1, _bits(self.point)),
        )  # fmt: skip
        return _pem("EC PRIVATE KEY", _seq(*parts))

    def sign(self, message: bytes) -> bytes:
        digest = int.from_bytes(hashlib.sha256(message).digest())
        once = secrets.randbelow(_N - 1) + 1
        r = _times(once, _G)[0] % _N
        s = pow(once, -1, _N) * (digest + r * self.secret) % _N
        return _seq(_int(r), _int(s))


class Authority:
    """Signs certificates for the names of a test; `trusted` is what a client is to trust."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where its files are written."""
        self._folder = folder
        self._key = _Key.made()
        own = (
            _extension("2.5.29.19", _seq(_der(0x01, b"\xff")), critical=True),
            _extension("2.5.29.15", _der(0x03, b"\x01\x06"), critical=True),  # certificates, lists
            _extension("2.5.29.14", _der(0x04, self._key.name)),
        )
        self.trusted = folder / "authority.pem"
        """Its own certificate, as a file."""
        self.trusted.write_text(self._certificate("Test authority", self._key, own))

    def certificate(self, names: Sequence[str]) -> Path:
        """A file with certificate and key of a server that goes by these names."""
        key = _Key.made()
        known_as = _seq(*(_der(0x82, name.encode("ascii")) for name in names))
        parts = (
            _extension("2.5.29.19", _seq(), critical=True),
            _extension("2.5.29.15", _der(0x03, b"\x07\x80"), critical=True),  # signatures
            _extension("2.5.29.37", _seq(_oid("1.3.6.1.5.5.7.3.1"))),  # servers
            _extension("2.5.29.14", _der(0x04, key.name)),
            _extension("2.5.29.35", _seq(_der(0x80, self._key.name))),
            _extension("2.5.29.17", known_as),
        )
        file = self._folder / f"server-{key.name.hex()[:8]}.pem"
        file.write_text(self._certificate(names[0], key, parts) + key.pem)
        return file

    def _certificate(self, subject: str, key: _Key, extensions: Sequence[bytes]) -> str:
        now = datetime.now(UTC)
        signing = _seq(_oid("1.2.840.10045.4.3.2"))
        body = _seq(
            _der(0xA0, _int(2)),
            _int(secrets.randbits(100) + 1),
            signing,
            _name("Test authority"),
            _seq(_time(now - timedelta(days=1)), _time(now + timedelta(days=7))),
            _name(subject),
            key.public,
            _der(0xA3, _seq(*extensions)),
        )
        return _pem("CERTIFICATE", _seq(body, signing, _bits(self._key.sign(body))))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, 128 + len(length))) + length + content


def _seq(*parts: bytes) -> bytes:
    return _der(0x30, b"".join(parts))


def _int(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1))


def _bits(content: bytes) -> bytes:
    return _der(0x03, b"\x00" + content)


def _oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    content = bytes((40 * first + second,))
    for number in rest:
        groups = [number & 127]
        while number := number >> 7:
            groups.append(number & 127 | 128)
        content += bytes(reversed(groups))
    return _der(0x06, content)


def _name(common: str) -> bytes:
    return _seq(_der(0x31, _seq(_oid("2.5.4.3"), _der(0x0C, common.encode()))))


def _time(moment: datetime) -> bytes:
    return _der(0x18 if moment.year >= 2050 else 0x17, moment.strftime(
        "%Y%m%d%H%M%SZ" if moment.year >= 2050 else "%y%m%d%H%M%SZ"
    ).encode())  # fmt: skip


def _extension(dotted: str, content: bytes, critical: bool = False) -> bytes:
    return _seq(_oid(dotted), *([_der(0x01, b"\xff")] if critical else []), _der(0x04, content))


def _pem(label: str, content: bytes) -> str:
    lines = base64.encodebytes(content).decode()
    return f"-----BEGIN {label}-----\n{lines}-----END {label}-----\n"
