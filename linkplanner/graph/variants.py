"""Addresses that look like one page twice: scheme, www, slash, index file, case, order of query."""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import numpy as np
import pandas as pd

__all__ = ["url_variants"]

INDEX_FILE: Final = re.compile(r"/(?:index|default|home)\.(?:html?|php\d?|aspx?|jsp)$", re.I)

Parts = tuple[str, str, str, str]


def _parts(url: str) -> Parts:
    cut = urlsplit(url)
    return cut.scheme, cut.netloc, cut.path or "/", cut.query


STEPS: Final[dict[str, Callable[[Parts], Parts]]] = {
    "http and https": lambda p: ("https", *p[1:]),
    "with and without www": lambda p: (p[0], p[1].lower().removeprefix("www."), *p[2:]),
    "index file": lambda p: (*p[:2], INDEX_FILE.sub("/", p[2]), p[3]),
    "slash at the end": lambda p: (*p[:2], p[2].rstrip("/") or "/", p[3]),
    "capital letters": lambda p: (*p[:2], unquote(p[2]).lower(), p[3]),
    "order of parameters": lambda p: (
        *p[:3],
        urlencode(sorted(parse_qsl(p[3], keep_blank_values=True))) if p[3] else "",
    ),
}
"""What two addresses of one page usually differ in, in the order in which it is levelled."""


def url_variants(pages: pd.DataFrame) -> pd.DataFrame:
    """Pages that answer themselves though another address of theirs does too.

    pages: table PAGES. One row an address: page_id, url, keep (the address to keep: https first,
    then the shortest), differs (in what, joined by ", "). Equity is split between them: redirect or
    canonicalise all to one.
    """
    alone = pages["node_id"].fillna(-1).to_numpy(dtype=np.int64) == np.arange(len(pages))
    row = np.flatnonzero(alone)
    url = pages["url"].to_numpy()[row]
    level = [_levelled(_safe(address)) for address in url]
    frame = pd.DataFrame({"page_id": row, "url": url, "key": level})
    frame = frame[frame["key"].duplicated(keep=False)]
    found = [_group(group) for _, group in frame.groupby("key", sort=False)]
    columns = ["page_id", "url", "keep", "differs"]
    if not found:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    return pd.concat(found, ignore_index=True)[columns]


def _safe(url: str) -> Parts:
    try:
        return _parts(url)
    except ValueError:  # an address that the standard library refuses is nobody's variant
        return "", "", url, ""


def _levelled(parts: Parts) -> Parts:
    for step in STEPS.values():
        parts = step(parts)
    return parts


def _group(group: pd.DataFrame) -> pd.DataFrame:
    urls = list(group["url"])
    keep = min(urls, key=lambda url: (not url.startswith("https:"), len(url), url))
    differs, all_parts = [], [_safe(url) for url in urls]
    for name, step in STEPS.items():
        after = [step(parts) for parts in all_parts]
        moved = [old != new for old, new in zip(all_parts, after)]
        if len(set(moved)) == 2 or len(set(after)) < len(set(all_parts)):
            differs.append(name)
        all_parts = after
    return group.assign(keep=keep, differs=", ".join(differs))
