"""Addresses of cells in their one spelling; those that stand in it already are known at a glance.

Most addresses of an export are plain: lower-case host, path of unreserved characters, no query.
For them the URL parser, which takes 30 microseconds a call, has nothing to do.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from linkplanner import urls

__all__ = ["address", "addresses"]

_PLAIN = (
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,63}"  # no punycode, no IP address
    r"(?:/|(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?)"  # no dot segments, no empty ones
)
_PLAIN_CELL = re.compile(_PLAIN)


def address(text: str, base: str | None = None) -> str | None:
    """As `urls.canonical_or_none`, without parsing where the text is canonical at sight."""
    if len(text) <= urls.URL_LIMIT and _PLAIN_CELL.fullmatch(text):
        return text
    return urls.canonical_or_none(text, base)


def addresses(texts: pa.LargeStringArray, base: str | None = None) -> pa.LargeStringArray:
    """`address` of many texts; null for empty ones and for those that are none."""
    plain = pc.and_(
        pc.match_substring_regex(texts, f"^{_PLAIN}$"),
        pc.less_equal(pc.utf8_length(texts), urls.URL_LIMIT),
    )
    odd = pc.invert(pc.fill_null(plain, True))
    found = [urls.canonical_or_none(t, base) if t else None for t in texts.filter(odd).to_pylist()]
    return pc.replace_with_mask(texts, odd, pa.array(found, pa.large_string()))
