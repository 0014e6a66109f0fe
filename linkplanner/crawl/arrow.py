"""Lists into Arrow arrays by their buffers.

`pyarrow.array` would do, but it loads pandas to look for its missing values: 60 MB that a crawling
process has no use for. Arrow's own memory pool would keep another 20 MB; where this module is the
first to load Arrow, it takes the system's.
"""

import os
from array import array
from collections.abc import Sequence
from typing import Any, Final

_usual = os.environ.get("ARROW_DEFAULT_MEMORY_POOL")
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = _usual or "system"
import pyarrow as pa  # noqa: E402

pa.total_allocated_bytes()  # from now on the choice stands, and is not handed on
if _usual is None:
    del os.environ["ARROW_DEFAULT_MEMORY_POOL"]
__all__ = ["TYPES", "pa", "to_array"]

TYPES: Final = {
    "str": pa.large_string(), "Int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_(),
    "boolean": pa.bool_(), "datetime64[us]": pa.timestamp("us"),
}  # fmt: skip
"""Arrow types by the dtypes of `tables.py`."""


def to_array(values: Sequence[Any], dtype: str) -> pa.Array:
    """An array of one of the declared dtypes; None is missing. Moments are microseconds."""
    kind = TYPES[dtype]
    present = _bits([value is not None for value in values]) if None in values else None
    if pa.types.is_large_string(kind):
        buffers = _texts(values)
    elif pa.types.is_boolean(kind):
        buffers = [_bits([bool(value) for value in values])]
    else:
        code = "d" if pa.types.is_float64(kind) else "q"
        buffers = [pa.py_buffer(array(code, [value or 0 for value in values]).tobytes())]
    return pa.Array.from_buffers(kind, len(values), [present, *buffers])


def _texts(values: Sequence[str | None]) -> list[pa.Buffer]:
    parts = [(value or "").encode("utf-8", errors="replace") for value in values]
    ends = array("q", [0])
    for part in parts:
        ends.append(ends[-1] + len(part))
    return [pa.py_buffer(ends.tobytes()), pa.py_buffer(b"".join(parts))]


def _bits(flags: list[bool]) -> pa.Buffer:
    """Least significant bit first, as Arrow packs them."""
    whole = flags + [False] * (-len(flags) % 8)
    eights = (whole[start : start + 8] for start in range(0, len(whole), 8))
    return pa.py_buffer(bytes(sum(flag << bit for bit, flag in enumerate(e)) for e in eights))
