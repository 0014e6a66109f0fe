"""What a request brings back, whoever fetched it, and what a fetcher must be able to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from linkplanner.errors import FetchRefused
from linkplanner.urls import PageUrl, canonical_or_none

__all__ = ["OVERLOADED", "REDIRECTS", "Fetched", "Fetcher", "redirect_target"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses that send the client to another address (RFC 9110, section 15.4)."""
OVERLOADED = frozenset({429, 503})
"""Statuses that say "later", not what the address is."""


@dataclass(frozen=True)
class Fetched:
    """The answer to one request."""

    url: str
    """The address asked for."""
    final_url: str
    """The address that answered, after redirects."""
    status: int
    """HTTP status of the last answer; 0 where there was none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers of the last answer, names in lower case."""
    body: bytes = b""
    """Body after decompression; empty for redirects and for media files."""
    redirects: tuple[tuple[str, int], ...] = ()
    """Address and status of each hop before the last answer."""
    error: str = ""
    """Why there was no whole answer, in words; empty where all went well."""


class Fetcher(Protocol):
    """Whatever can answer for an address: the web, or a folder of files."""

    def fetch(
        self, url: str, *, follow: bool = True, headers: Mapping[str, str] | None = None
    ) -> Fetched:
        """Ask for one address, following redirects where `follow`.

        `headers`: sent beside the usual ones (If-None-Match and the like).
        Raises FetchRefused where the request is not sent or not finished (private address, scheme,
        size, too many redirects); trouble on the way gives status 0 and `error`.
        """
        ...  # pragma: no cover


def redirect_target(answer: Fetched) -> PageUrl | None:
    """Where a redirecting answer leads, None where it does not redirect.

    Raises FetchRefused where it leads to what is no web address.
    """
    location = answer.headers.get("location", "").strip()
    if answer.status not in REDIRECTS or not location:
        return None
    target = canonical_or_none(_as_utf8(location), answer.final_url)
    if target is None:
        raise FetchRefused(
            f"“{answer.final_url}” redirects to “{location[:120]}”, which is no web address."
        )
    return target


def _as_utf8(header: str) -> str:
    """Header text arrives as Latin-1; many servers send UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
