"""Addresses of cells in their one spelling; those that stand in it already are known at a glance.

Most addresses of an export are plain: lower-case host, path of unreserved characters, no query.
For them the URL parser, which takes 30 microseconds a call, has nothing to do.
"""

import re

from linkplanner import urls

__all__ = ["address"]

_PLAIN = re.compile(
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,63}"  # no punycode, no IP address
    r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?",  # no dot segments, no empty ones
    re.ASCII,
)


def address(text: str, base: str | None = None) -> str | None:
    """As `urls.canonical_or_none`, without parsing where the text is canonical at sight."""
    if len(text) <= urls.URL_LIMIT and text.count("/") > 2 and _PLAIN.fullmatch(text):
        return text
    return urls.canonical_or_none(text, base)
