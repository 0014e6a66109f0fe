"""Which of a project's files speak for the site today: newer exports replace older ones of a kind.

A later file of the same report replaces an earlier one where it names at least half of what that
one named; below that the two are parts of one export and both count, except that a page which the
later one crawled is taken from there alone. A backlink export whose links point at another domain
than the site's is a competitor's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from linkplanner.read.reading import Reading
from linkplanner.urls import registrable_series

__all__ = ["COMPETITOR", "MENTIONS", "ROLES", "Standing", "fresher_pages", "sort_out"]

ROLES: Final = {
    "auto": "Found out from what is in it",
    "own": "My site, always counted",
    "competitor": "A competitor",
    "mentions": "Pages that mention my brand",
    "unused": "Not used",
}
"""What a user can say of a file."""
COMPETITOR: Final = "competitor "
"""Put before the kind of a reading that is about a competitor."""
MENTIONS: Final = "mentions"
"""Kind of readings that list pages which name the brand."""
REPLACES: Final = 0.5
"""Share of what an older file named that a newer one must name to replace it. Monthly exports of
one site share some 70 to 95 % of their links; parts of one export share none."""
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "backlinks": ("source_url", "target_url"),
    "links": ("source_url",),
    "pages": ("url",),
    "sitemap": ("url",),
    "domains": ("domain",),
    "targets": ("url",),
    "traffic": ("url", "query"),
}
_BY_PAGE: Final = {"links": "source_url", "pages": "url"}
_Read = TypeVar("_Read", bound=Any)


@dataclass(frozen=True)
class Standing:
    """The readings that count, and what became of the files."""

    readings: list[Reading]
    """Readings in force; those of competitors and mentions under kinds of their own."""
    replaced: dict[int, int]
    """Number of a file to that of the one which replaced it."""
    competitors: dict[int, str]
    """Number of a file to the domain of the competitor it is about."""


def sort_out(
    found: Sequence[tuple[int, Sequence[Reading]]], roles: Mapping[int, str] | None = None
) -> Standing:
    """Sorts the readings of files (number and readings, oldest first) by what they are about."""
    roles = dict(roles or {})
    own = _own_domain(readings for number, readings in found if roles.get(number) != "competitor")
    kept: list[tuple[int, Reading]] = []
    competitors: dict[int, str] = {}
    for number, readings in found:
        role = roles.get(number, "auto")
        for reading in readings:
            about = _about(reading, own) if role in ("auto", "competitor") else ""
            if role == "unused":
                continue
            if role == "mentions":
                kept.append((number, replace(reading, kind=MENTIONS)))
            elif role == "competitor" or (about and about != own):
                competitors[number] = about or reading.name
                kept.append((number, _of_competitor(reading, about or reading.name)))
            else:
                kept.append((number, reading))
    fixed = {number for number, role in roles.items() if role in ("own", "mentions")}
    readings_now, replaced = _newest(kept, fixed)
    return Standing(readings_now, replaced, competitors)


def _of_competitor(reading: Reading, about: str) -> Reading:
    frame = reading.frame.assign(competitor=about) if len(reading.frame.columns) else reading.frame
    return replace(reading, kind=f"{COMPETITOR}{reading.kind}", frame=frame)


def _own_domain(found: Any) -> str:
    """Registrable domain that most addresses listed from inside lie on; '' where none is."""
    columns = [
        reading.frame[_BY_PAGE.get(reading.kind, "url")]
        for readings in found
        for reading in readings
        if reading.kind in ("sitemap", "pages", "links") and len(reading.frame)
    ]
    counts = [registrable_series(column.dropna()).value_counts() for column in columns]
    total = pd.concat(counts).groupby(level=0).sum() if counts else pd.Series(dtype=int)
    return str(total.idxmax()) if len(total) else ""


def _about(reading: Reading, own: str) -> str:
    """Domain that most links of a backlink export point at; the site's own where it cannot be
    told."""
    if reading.kind != "backlinks" or not own or "target_url" not in reading.frame:
        return own
    domains = registrable_series(reading.frame["target_url"].dropna()).value_counts()
    if not len(domains) or domains.get(own, 0):
        return own
    return str(domains.index[0])


def _newest(
    kept: Sequence[tuple[int, Reading]], fixed: set[int]
) -> tuple[list[Reading], dict[int, int]]:
    result: list[Reading | None] = [reading for _, reading in kept]
    replaced: dict[int, int] = {}
    units = [_units(reading) for _, reading in kept]
    for later in range(len(kept)):
        for earlier in range(later):
            if result[earlier] is None or kept[earlier][0] in (kept[later][0], *fixed):
                continue
            if not _same_report(kept[earlier][1], kept[later][1]):
                continue
            shared = np.isin(units[earlier], units[later])
            if len(shared) and shared.mean() >= REPLACES:
                result[earlier] = None
                replaced[kept[earlier][0]] = kept[later][0]
            elif shared.any():
                result[earlier] = _without_pages(result[earlier], kept[later][1])
    return [reading for reading in result if reading is not None], replaced


def _same_report(one: Reading, other: Reading) -> bool:
    if one.kind != other.kind or one.recognised_as != other.recognised_as:
        return False
    if one.kind.startswith(COMPETITOR) and len(one.frame) and len(other.frame):
        return bool(one.frame["competitor"].iloc[0] == other.frame["competitor"].iloc[0])
    return one.kind.removeprefix(COMPETITOR) in _KEYS


def _units(reading: Reading) -> np.ndarray:
    """Distinct hashes of what a reading names."""
    columns = _KEYS.get(reading.kind.removeprefix(COMPETITOR), ())
    key = np.zeros(len(reading.frame), dtype=np.uint64)
    for column in columns:
        if column in reading.frame:
            texts = reading.frame[column].fillna("").to_numpy(dtype=object)
            hashed = pd.util.hash_array(texts, categorize=True)
            key = key * np.uint64(0x9E3779B97F4A7C15) + hashed
    return np.unique(key) if columns else key[:0]


def _without_pages(reading: Reading | None, newer: Reading) -> Reading | None:
    column = _BY_PAGE.get(newer.kind)
    if reading is None or column is None:
        return reading
    frame = reading.frame[~reading.frame[column].isin(newer.frame[column])]
    return replace(reading, frame=frame.reset_index(drop=True))


def fresher_pages(read: _Read, newer: Sequence[Reading]) -> _Read:
    """Pages read by ourselves without the rows and links that a newer crawl export tells anew;
    texts stay, since exports have none."""
    links = [reading.frame["source_url"] for reading in newer if reading.kind == "links"]
    pages = [reading.frame["url"] for reading in newer if reading.kind == "pages"]
    if links:
        seen = pd.concat(links).unique()
        read = replace(read, links=_left(read.links, "source_url", seen))
    if pages:
        seen = pd.concat(pages).unique()
        read = replace(read, pages=_left(read.pages, "url", seen))
    return read


def _left(frame: pd.DataFrame, column: str, seen: Any) -> pd.DataFrame:
    return frame[~frame[column].isin(seen)].reset_index(drop=True)
