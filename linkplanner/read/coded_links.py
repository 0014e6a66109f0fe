"""Links as integers: every address and link text once, and of each link only their numbers.

Link exports repeat a site's few thousand addresses millions of times. Each distinct cell is
converted once and a link takes 18 bytes, so a file of millions of rows is read block by block in
little memory.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from linkplanner.csv_text import unescape
from linkplanner.read import cells, fields
from linkplanner.read.addresses import addresses
from linkplanner.read.reports import Report
from linkplanner.read.skips import Skips
from linkplanner.read.table import Batch, Grid
from linkplanner.read.vendors.screaming_frog import POSITION_WORDS
from linkplanner.tables import LINK_ROWS, POSITIONS

__all__ = ["IMAGE", "NOFOLLOW", "SPONSORED", "UGC", "CodedLinks", "LinksRead", "read_coded"]

NOFOLLOW: Final = 1
UGC: Final = 2
SPONSORED: Final = 4
IMAGE: Final = 8

_FLAGS: Final = {"nofollow": NOFOLLOW, "ugc": UGC, "sponsored": SPONSORED, "is_image": IMAGE}
_REL: Final = {"nofollow": NOFOLLOW, "ugc": UGC, "sponsored": SPONSORED}
_TRAIL: Final = "readcrumb"
"""What the path of an element in a breadcrumb trail holds ("Breadcrumb", "breadcrumbs")."""
_STATUS_WORDS: Final = re.compile(r"(?<=^\d{3})\s+\D+$")
_UNREADABLE: Final = -2

GROUP: Final = 400_000
"""Rows whose distinct cells are joined to the known ones at once: joining hashes all known ones.
100,000 take a sixth more time on two million links, 400,000 take 70 MiB more memory."""


@dataclass(frozen=True)
class CodedLinks:
    """The links of a file, in its order."""

    urls: Sequence[str]
    """Every address once, canonical; also those of rows that were skipped."""
    anchors: Sequence[str]
    """Every link text once; also those of rows that were skipped."""
    source: np.ndarray
    """Number of the page that links, an index into `urls`; int32[links]."""
    target: np.ndarray
    """Number of the address linked to; int32[links]."""
    anchor: np.ndarray
    """Number of the link text, -1 for none; int32[links]."""
    position: np.ndarray
    """Index into `tables.POSITIONS`; int8[links]."""
    flags: np.ndarray
    """Sum of NOFOLLOW, UGC, SPONSORED, IMAGE; uint8[links]."""
    status: np.ndarray
    """HTTP status of the target, -1 where unknown; int32[links]."""

    def __len__(self) -> int:
        return len(self.source)

    def frame(self) -> pd.DataFrame:
        """The same as LINK_ROWS."""
        columns = {
            "source_url": _spread(self.urls, self.source),
            "target_url": _spread(self.urls, self.target),
            "anchor": _spread(self.anchors, self.anchor),
            "position": _spread(POSITIONS, self.position),
            **{name: pd.Series((self.flags & bit) != 0) for name, bit in _FLAGS.items()},
            "target_status": pd.Series(
                pd.arrays.IntegerArray(self.status.astype("int64"), self.status < 0)
            ),
        }
        return LINK_ROWS.conform(pd.DataFrame(columns))

    def repeats(self) -> int:
        """Number of links that an earlier one equals in everything."""
        columns = (
            self.source, self.target, self.anchor, self.position, self.flags, self.status,
        )  # fmt: skip
        return int(pd.DataFrame(dict(enumerate(columns))).duplicated().sum())


def _spread(texts: Sequence[str], codes: np.ndarray) -> pd.Series:
    values = pa.array(texts, pa.large_string())
    taken = values.take(pa.array(codes, mask=codes < 0))
    return taken.to_pandas(types_mapper=lambda _: pd.StringDtype(na_value=np.nan))


@dataclass(frozen=True)
class LinksRead:
    """The links of a table, and what is said of its other rows."""

    links: CodedLinks
    """The links that count."""
    skipped: Skips
    """Rows that are not among them, by reason."""
    warnings: tuple[str, ...]
    """What the user should know."""


class _Numbers:
    """Numbers texts in the order in which they first come."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.of.setdefault(text, len(self.of))


class _Coder:
    """Turns the cells of a column into codes; every distinct cell is converted once."""

    def __init__(self, convert: Callable[[list[str]], Iterable[int]]) -> None:
        self._convert = convert
        self._known = pa.array([], pa.string())
        self._codes = np.empty(0, dtype=np.int32)

    def __call__(self, column: pa.ChunkedArray) -> np.ndarray:
        """Codes of the rows; int32[rows]. The dictionaries are joined to what is known so far."""
        none = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), self._known)
        joined = pa.chunked_array([none, *column.chunks]).unify_dictionaries()
        known = joined.chunk(joined.num_chunks - 1).dictionary  # begins with self._known
        new = known[len(self._known) :].to_numpy(zero_copy_only=False).tolist()
        if new:
            codes = np.fromiter(self._convert(new), dtype=np.int32, count=len(new))
            self._codes = np.concatenate([self._codes, codes])
        self._known = known
        return np.concatenate([self._codes[chunk.indices.to_numpy()] for chunk in joined.chunks])


def _by_distinct(column: pa.ChunkedArray, function: Callable[[pa.Array], np.ndarray]) -> np.ndarray:
    """A function of the distinct cells of a dictionary column, spread over its rows."""
    parts = [function(c.dictionary)[c.indices.to_numpy()] for c in column.chunks if len(c)]
    return parts[0] if len(parts) == 1 else np.concatenate([*parts, np.empty(0, np.int32)])


@dataclass
class _Rows:
    """Codes of the rows of one batch."""

    source: np.ndarray
    target: np.ndarray
    anchor: np.ndarray
    position: np.ndarray
    flags: np.ndarray
    status: np.ndarray


@dataclass
class _Collector:
    """Reads batches into codes."""

    report: Report
    header: tuple[str, ...]
    skipped: Skips = field(default_factory=Skips)
    unreadable: int = 0
    """Cells of the target's status that are no number."""
    example: str = ""

    def __post_init__(self) -> None:
        self.places = self.report.places(self.header)
        self.addresses = _Numbers()
        self.texts = _Numbers()
        self._types: list[str] = []
        url, text = _Coder(self._urls), _Coder(self._texts)
        coders = {
            "type": _Coder(self._kinds),
            "source_url": url,
            "target_url": url,
            "anchor": text,
            "alt": text,
            "position": _Coder(_positions),
            "rel": _Coder(_rel_flags),
            "target_status": _Coder(self._statuses),
            **{name: _Coder(self._flags(name)) for name in _FLAGS},
        }
        self.coders = {name: coders[name] for name in coders if name in self.places}

    def positions(self) -> list[int]:
        """Columns that are needed."""
        named = {self.places[name] for name in self.coders}
        return sorted(named | ({self.places["path"]} if "path" in self.places else set()))

    def add(self, table: pa.Table) -> _Rows:
        """The rows of a table that are links."""
        code = {name: coder(table[str(self.places[name])]) for name, coder in self.coders.items()}
        good = self._kept(code, table.num_rows)
        for name in ("source_url", "target_url"):
            bad = good & (code[name] < 0)
            if bad.any():
                cell = table[str(self.places[name])][int(bad.argmax())].as_py()
                reason = f"no web address in “{self._cell(name)}”"
                self.skipped.add(reason, int(bad.sum()), cell)
            good &= ~bad
        none = np.full(table.num_rows, -1, dtype=np.int32)
        anchor = code.get("anchor", none)
        flags = np.zeros(table.num_rows, dtype=np.int32)
        for name, bit in _FLAGS.items():
            flags |= code[name] * bit if name in code else 0
        flags |= code.get("rel", 0)
        if "alt" in code:
            image = (anchor < 0) & (code["alt"] >= 0)
            flags = np.where(image, flags | IMAGE, flags & ~IMAGE)
            anchor = np.where(anchor < 0, code["alt"], anchor)
        rows = _Rows(
            source=code["source_url"],
            target=code["target_url"],
            anchor=anchor,
            position=self._position(code, table),
            flags=flags.astype(np.uint8),
            status=self._status(code.get("target_status", none), good),
        )
        if good.all():
            return rows
        return _Rows(**{name: column[good] for name, column in vars(rows).items()})

    def _cell(self, name: str) -> str:
        return cells.truncate(self.header[self.places[name]], 40)

    def _kept(self, code: dict[str, np.ndarray], rows: int) -> np.ndarray:
        """Rows whose type is one of those that the report keeps."""
        keep = self.report.keep
        if keep is None or keep.field not in code:
            return np.ones(rows, dtype=bool)
        kinds = code[keep.field]
        wanted = np.array([cells.fold(kind) in keep.words for kind in self._types], dtype=bool)
        for kind in np.flatnonzero(~wanted):
            shown = cells.truncate(self._types[kind], 40) or "(empty)"
            self.skipped.add(keep.reason.format(value=shown), int((kinds == kind).sum()))
        return wanted[kinds] if len(wanted) else np.zeros(rows, dtype=bool)

    def _position(self, code: dict[str, np.ndarray], table: pa.Table) -> np.ndarray:
        unknown = np.full(table.num_rows, POSITIONS.index("unknown"), dtype=np.int32)
        position = code.get("position", unknown)
        if "path" in self.places:
            trail = _by_distinct(table[str(self.places["path"])], _is_trail)
            position = np.where(trail > 0, np.int32(POSITIONS.index("breadcrumb")), position)
        return position.astype(np.int8)

    def _status(self, status: np.ndarray, good: np.ndarray) -> np.ndarray:
        unread = status == _UNREADABLE
        self.unreadable += int((unread & good).sum())
        return np.where(unread, np.int32(-1), status)

    def _kinds(self, texts: list[str]) -> Iterable[int]:
        first = len(self._types)
        self._types += texts
        return range(first, len(self._types))

    def _urls(self, texts: list[str]) -> list[int]:
        scheme = self.report.scheme
        full = [scheme + t if t and "://" not in t else t for t in texts] if scheme else texts
        number = self.addresses
        found = addresses(pa.array(full, pa.large_string())).to_pylist()
        return [-1 if address is None else number(address) for address in found]

    def _texts(self, texts: list[str]) -> list[int]:
        if self.report.generic:  # such as our own exports
            texts = [unescape(text) for text in texts]
        bare = (text.strip() for text in texts)
        return [self.texts(text) if text else -1 for text in bare]

    def _flags(self, name: str) -> Callable[[list[str]], list[int]]:
        def convert(texts: list[str]) -> list[int]:
            column = self.report.columns[name]
            found = fields.values(pd.Series(texts, dtype="str"), column, LINK_ROWS.columns[name])
            return found.astype("int32").tolist()

        return convert

    def _statuses(self, texts: list[str]) -> list[int]:
        bare = [_STATUS_WORDS.sub("", text) for text in texts]  # "404 Not found"
        found = cells.counts(pd.Series(bare, dtype="str")).tolist()
        codes = []
        for text, number in zip(texts, found):
            if 0 <= number < 2**31:
                codes.append(int(number))
            elif text.strip().casefold() in cells.MISSING:
                codes.append(-1)
            else:
                self.example = self.example or text
                codes.append(_UNREADABLE)
        return codes


def _positions(texts: list[str]) -> list[int]:
    return [POSITIONS.index(POSITION_WORDS.get(cells.fold(text), "unknown")) for text in texts]


def _rel_flags(texts: list[str]) -> list[int]:
    column = pd.Series(texts, dtype="str")
    found = np.zeros(len(texts), dtype=np.int32)
    for name, bit in _REL.items():
        found |= bit * cells.holds(column, (name,)).to_numpy().astype(np.int32)
    return found.tolist()


def _is_trail(paths: pa.Array) -> np.ndarray:
    return pc.match_substring(paths, _TRAIL).to_numpy(zero_copy_only=False)


def _groups(batches: Iterable[Batch], skipped: Skips) -> Iterator[pa.Table]:
    """Batches joined to tables of about `GROUP` rows; skipped rows are counted on the way."""
    tables: list[pa.Table] = []
    for batch in batches:
        skipped.update(batch.skipped)
        tables.append(batch.table)
        if sum(map(len, tables)) >= GROUP:
            yield pa.concat_tables(tables)
            tables = []
    if tables:
        yield pa.concat_tables(tables)


def read_coded(grid: Grid, report: Report) -> LinksRead:
    """The links of a table that is a report of links."""
    collector = _Collector(report, grid.header)
    least = 1 + max(collector.places[name] for name in report.required)
    batches = grid.batches(collector.positions(), least, coded=True)
    read = [collector.add(table) for table in _groups(batches, collector.skipped)]
    warnings = []
    if collector.unreadable:
        cell = cells.truncate(grid.header[collector.places["target_status"]], 40)
        warnings.append(
            f"Cells of “{cell}” that are no numbers and count as empty: "
            f"{collector.unreadable:,} (such as “{cells.truncate(collector.example, 40)}”)."
        )
    columns = {
        "source": np.int32, "target": np.int32, "anchor": np.int32, "position": np.int8,
        "flags": np.uint8, "status": np.int32,
    }  # fmt: skip
    joined = {
        name: np.concatenate([np.empty(0, kind), *(vars(rows).pop(name) for rows in read)])
        for name, kind in columns.items()
    }
    links = CodedLinks(list(collector.addresses.of), list(collector.texts.of), **joined)
    return LinksRead(links, collector.skipped, tuple(warnings))
