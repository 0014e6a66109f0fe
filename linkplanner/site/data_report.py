"""What every file gave to the project: taken, skipped and why, known twice, matched, how old."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd

from linkplanner.site.pages import PageIndex

__all__ = ["COLUMNS", "data_report"]

COLUMNS: Final = {
    "file": "str",
    "report": "str",
    "kind": "str",
    "rows": "Int64",
    "skipped": "Int64",
    "why_skipped": "str",
    "repeated": "Int64",
    "elsewhere": "Int64",
    "matched": "Int64",
    "unmatched": "Int64",
    "oldest": "datetime64[us]",
    "newest": "datetime64[us]",
    "message": "str",
}
"""file, report (vendor and report, missing where refused), kind, rows taken, rows skipped and why
(with the first of each), rows that repeat one of the same file, rows that another file has too,
rows that are on a page of the site or point at one (missing where the kind has none), the oldest
and the newest date in it, and the sentence of the reader."""

_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "backlinks": ("source_url", "target_url"),
    "links": ("source_url", "target_url", "anchor"),
    "pages": ("url",),
    "sitemap": ("url",),
    "domains": ("domain",),
    "targets": ("url",),
    "traffic": ("url", "query"),
    "priorities": ("url",),
}
"""What makes two rows of a kind the same."""
_GROUPS: Final = {"sitemap": "pages"}
"""Kinds that tell of the same things as another."""
_PAGE: Final = {"backlinks": "target_url", "links": "source_url"}
"""Column that names a page of the site, where it is not `url`."""
_DATES: Final = ("first_seen", "last_seen", "lastmod")


class _Reading(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def recognised_as(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def frame(self) -> pd.DataFrame: ...
    @property
    def skipped(self) -> int: ...
    @property
    def skipped_reasons(self) -> Mapping[str, int]: ...
    @property
    def skipped_examples(self) -> Mapping[str, str]: ...
    @property
    def message(self) -> str: ...


def data_report(readings: Sequence[_Reading], pages: pd.DataFrame) -> pd.DataFrame:
    """One row a reading, in their order: see `COLUMNS`. `pages` is table PAGES of the site."""
    index, origin = PageIndex.of(pages), _origin(pages)
    keys = [_keys(reading) for reading in readings]
    shared = _shared(readings, keys)
    rows = []
    for reading, found in zip(readings, keys):
        twice = shared.get(_group(reading.kind), np.empty(0, np.uint64))
        rows.append({**_row(reading, found, twice), **_matches(reading, index, origin)})
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _group(kind: str) -> str:
    return _GROUPS.get(kind, kind)


def _keys(reading: _Reading) -> np.ndarray:
    """A number for each row that is the same for rows which tell the same; uint64[rows]."""
    names = [name for name in _KEYS.get(reading.kind, ()) if name in reading.frame]
    if not names or reading.frame.empty:
        return np.empty(0, np.uint64)
    return pd.util.hash_pandas_object(reading.frame[names], index=False).to_numpy(np.uint64)


def _shared(readings: Sequence[_Reading], keys: Sequence[np.ndarray]) -> dict[str, np.ndarray]:
    """By group of kinds, the keys that more than one reading has."""
    distinct: dict[str, list[np.ndarray]] = {}
    for reading, found in zip(readings, keys):
        distinct.setdefault(_group(reading.kind), []).append(np.unique(found))
    shared = {}
    for group, parts in distinct.items():
        values, times = np.unique(np.concatenate(parts), return_counts=True)
        shared[group] = values[times > 1]
    return shared


def _origin(pages: pd.DataFrame) -> str:
    """Scheme and host that most pages share: the paths of analytics are joined to it."""
    origins = pages["url"].str.extract(r"^(https?://[^/]+)", expand=False).mode()
    return str(origins.iloc[0]) if len(origins) else ""


def _matches(reading: _Reading, index: PageIndex, origin: str) -> dict[str, int]:
    """Rows that name a page of the site, and rows that do not; nothing where a kind names none."""
    place = _PAGE.get(reading.kind, "url")
    if reading.kind not in _KEYS or place not in reading.frame or reading.frame.empty:
        return {}
    urls = reading.frame[place]
    paths = urls.str.startswith("/").fillna(False).astype(bool)
    matched = int(index.find(urls.mask(paths, origin + urls)).notna().sum())
    return {"matched": matched, "unmatched": len(urls) - matched}


def _row(reading: _Reading, keys: np.ndarray, shared: np.ndarray) -> dict[str, Any]:
    frame = reading.frame
    held = [frame[name] for name in _DATES if name in frame]
    dates = pd.concat([pd.Series(dtype="datetime64[us]"), *held])
    return {
        "file": reading.name,
        "report": reading.recognised_as,
        "kind": reading.kind,
        "rows": len(frame),
        "skipped": reading.skipped,
        "why_skipped": _why(reading),
        "repeated": len(keys) - len(np.unique(keys)),
        "elsewhere": int(np.isin(keys, shared).sum()),
        "oldest": dates.min(),
        "newest": dates.max(),
        "message": reading.message,
    }


def _why(reading: _Reading) -> str:
    """Reasons with their numbers, the most frequent first, each with its first example."""
    parts = []
    for reason, number in sorted(reading.skipped_reasons.items(), key=lambda item: -item[1]):
        example = reading.skipped_examples.get(reason, "")
        parts.append(f"{number:,} × {reason}" + (f" (such as “{example}”)" if example else ""))
    return "; ".join(parts)
