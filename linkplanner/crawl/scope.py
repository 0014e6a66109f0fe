"""Which addresses belong to the crawl: own hosts, and pages, not files or buttons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from linkplanner.crawl.answer import Fetched
from linkplanner.urls import BUTTONS, host

__all__ = ["Scope", "is_html", "may_be_asked"]

_ACTION: Final = re.compile(rf"{BUTTONS}|[?&](?:add[-_]to[-_]|action=)", re.IGNORECASE)
"""Found addresses that do something when asked for, or may."""
_FILES: Final = tuple(
    ".jpg .jpeg .png .gif .webp .svg .ico .pdf .zip .gz .mp4 .mp3 .css .js .json .xml .doc .docx "
    ".xls .xlsx .csv .woff .woff2".split()
)
"""Endings of found addresses that are not pages."""
_HTML: Final = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class Scope:
    """The user's hosts, without a leading www, and what their pages call the main content."""

    hosts: frozenset[str]
    main: str = ""
    """CSS selector of the main content, where the user gave one."""

    @classmethod
    def of(cls, names: Iterable[str], main: str = "") -> "Scope":
        """Hosts as the user confirmed them; with and without www. are one."""
        return cls(frozenset(_bare(name) for name in names), main)

    def is_own(self, url: str) -> bool:
        """Whether the address is on one of the user's hosts."""
        return _bare(host(url)) in self.hosts

    def may_be_page(self, url: str) -> bool:
        """Whether a link found on a page is worth asking for."""
        return self.is_own(url) and may_be_asked(url)


def may_be_asked(url: str) -> bool:
    """Whether a found address, of whatever host, is neither a file nor a button."""
    return not _ACTION.search(url) and not url.partition("?")[0].lower().endswith(_FILES)


def is_html(answer: Fetched) -> bool:
    """Whether an answer is a page, by content type or, where it has none, first words."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind:
        return kind in _HTML
    return b"<html" in answer.body[:2048].lower() or b"<!doctype html" in answer.body[:256].lower()


def _bare(name: str) -> str:
    return name.strip().lower().rstrip(".").removeprefix("www.")
