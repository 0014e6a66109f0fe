"""A delimited text as a table: delimiter, preamble, header row, and columns read by position.

Only the head is parsed to understand the file; then just the columns that a report needs are read,
block by block and column by column, so that files of millions of rows stay cheap.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from linkplanner.errors import InputError
from linkplanner.read import limits
from linkplanner.read.blocks import Block, NotUtf8, blocks, quotes_are_sound
from linkplanner.read.decode import Decoded
from linkplanner.read.records import Record, records
from linkplanner.read.skips import Skips

__all__ = ["Batch", "Columns", "CsvTable", "Grid", "RowTable", "find_header", "open_table"]

HEAD = 256 * 1024
SAMPLE = 60
DELIMITERS = (",", "\t", ";", "|")
NO_DELIMITER = "\x1f"
"""Delimiter of a one-column file, so that commas inside addresses do not cut them."""

TOO_MANY = "more cells than the header"
TOO_FEW = "fewer cells than the report needs"

IsHeader = Callable[[Sequence[str]], bool]


@dataclass(frozen=True)
class Columns:
    """Columns read from a table."""

    frame: pd.DataFrame
    """Text columns (dtype str, '' where empty), labelled by their position in the header."""
    skipped: Skips = field(default_factory=Skips)
    """Rows that are not in `frame`, by reason."""


@dataclass(frozen=True)
class Batch:
    """Some rows of a table, as the columnar parser gives them."""

    table: pa.Table
    """Text columns ('' where empty), named by their position in the header."""
    skipped: Skips = field(default_factory=Skips)
    """Rows that are not in `table`, by reason."""


@dataclass(frozen=True)
class Grid:
    """A table before it is known what it reports."""

    header: tuple[str, ...]
    """Header cells, stripped; () where the first row is data already."""
    preamble: tuple[str, ...]
    """Lines above the header."""
    sample: tuple[tuple[str, ...], ...]
    """The first data rows."""
    width: int
    """Number of columns."""

    def batches(
        self, positions: Sequence[int], least: int = 1, *, coded: bool = False
    ) -> Iterator[Batch]:
        """The columns at these positions, some rows at a time; shorter rows than `least` cells are
        skipped. `coded` gives dictionary columns, each with a dictionary of its own."""
        raise NotImplementedError

    def read(self, positions: Sequence[int], least: int = 1) -> Columns:
        """All rows of `batches` in one frame."""
        skipped = Skips()
        tables = [_table({p: [] for p in positions}, coded=False)]
        for batch in self.batches(positions, least):
            tables.append(batch.table)
            skipped.update(batch.skipped)
        frame = pa.concat_tables(tables).to_pandas(types_mapper=_to_str, self_destruct=True)
        frame.columns = pd.Index(list(positions))
        return Columns(frame, skipped)


def _to_str(_: pa.DataType) -> pd.StringDtype:
    return pd.StringDtype(na_value=np.nan)


@dataclass(frozen=True)
class CsvTable(Grid):
    """A table in delimited text."""

    decoded: Decoded = field(default_factory=lambda: Decoded(b"", 0, "utf-8"))
    delimiter: str = ","
    offset: int = 0
    """Offset in bytes of the first data row."""

    def batches(
        self, positions: Sequence[int], least: int = 1, *, coded: bool = False
    ) -> Iterator[Batch]:
        """See `Grid.batches`. Raises NotUtf8 where an unchecked text is none."""
        for block in blocks(self.decoded, self.offset, self.delimiter, self.width):
            if isinstance(block, list):
                yield _collect(block, positions, self.width, least, coded)
                continue
            table, rows = self._parse(block, positions, coded)
            if table is not None:
                yield Batch(table)
            if rows:
                yield _collect(rows, positions, self.width, least, coded)

    def _parse(
        self, block: Block, positions: Sequence[int], coded: bool
    ) -> tuple[pa.Table | None, list[Record]]:
        """The rows of a block that are as wide as the header as a table, and the others."""
        odd: list[str] = []
        data = block.data

        def keep_odd(row: Any) -> str:
            odd.append(row.text)
            return "skip"

        kind = _kind(coded)
        names = [str(p) for p in range(self.width)]
        wanted = [str(p) for p in positions]
        try:
            table = pc.read_csv(
                pa.BufferReader(pa.py_buffer(data)),
                read_options=pc.ReadOptions(
                    column_names=names, block_size=len(data) + 1, use_threads=False
                ),
                parse_options=pc.ParseOptions(
                    delimiter=self.delimiter, newlines_in_values=True, invalid_row_handler=keep_odd
                ),
                convert_options=pc.ConvertOptions(
                    column_types=dict.fromkeys(wanted, kind),
                    check_utf8=not coded,
                    strings_can_be_null=False,
                    include_columns=wanted,
                ),
            )
            if coded:  # a cell that stands a thousand times is checked once
                _check_utf8(table)
        except pa.ArrowInvalid:
            return None, self._records(data)
        unsure = block.lines >= 0 and (odd or table.num_rows != block.lines)
        if unsure and not quotes_are_sound(data, self.delimiter):
            return None, self._records(data)
        return table, [row for line in odd for row in records(line, self.delimiter)]

    def _records(self, data: memoryview) -> list[Record]:
        try:
            return list(records(bytes(data).decode("utf-8"), self.delimiter))
        except UnicodeDecodeError as error:
            raise NotUtf8 from error


@dataclass(frozen=True)
class RowTable(Grid):
    """A table whose rows are in memory already (a worksheet)."""

    rows: tuple[tuple[str, ...], ...] = ()
    """Data rows."""

    def batches(
        self, positions: Sequence[int], least: int = 1, *, coded: bool = False
    ) -> Iterator[Batch]:
        """See `Grid.batches`."""
        rows = (Record(list(r), 0) for r in self.rows)
        yield _collect(rows, positions, self.width, least, coded)


def _check_utf8(table: pa.Table) -> None:
    """Raises ArrowInvalid where a dictionary of the table is no UTF-8."""
    for column in table.columns:
        for chunk in column.chunks:
            chunk.dictionary.validate(full=True)


def _kind(coded: bool) -> pa.DataType:
    return pa.dictionary(pa.int32(), pa.string()) if coded else pa.large_string()


def _table(columns: dict[int, list[str]], *, coded: bool) -> pa.Table:
    texts = {str(p): pa.array(cells, pa.large_string()) for p, cells in columns.items()}
    if coded:
        kind = _kind(coded)
        texts = {
            p: cells.cast(pa.string()).dictionary_encode().cast(kind) for p, cells in texts.items()
        }
    return pa.table(texts)


def _collect(
    rows: Iterable[Record], positions: Sequence[int], width: int, least: int, coded: bool
) -> Batch:
    columns: dict[int, list[str]] = {p: [] for p in positions}
    skipped = Skips()
    for row in rows:
        cells = row.cells
        if row.problem:
            skipped.add(row.problem, 1, cells)
        elif len(cells) > width and any(cells[width:]):
            skipped.add(TOO_MANY, 1, cells)
        elif len(cells) < least:
            skipped.add(TOO_FEW, 1, cells)
        else:
            for p in positions:
                columns[p].append(cells[p] if p < len(cells) else "")
    return Batch(_table(columns, coded=coded), skipped)


def open_table(decoded: Decoded, is_header: IsHeader) -> CsvTable:
    """The table in a text. `is_header` knows headers that some report has. Raises InputError."""
    raw = bytes(decoded.data[decoded.start : decoded.start + HEAD])
    whole = decoded.start + HEAD >= len(decoded.data)
    head = raw.decode("utf-8", errors="ignore" if not whole else "replace")
    if not head.strip():
        raise InputError("it is empty; export it again.")
    told = _told_delimiter(head)
    at = 0
    if told:
        delimiter, at = told
    else:
        delimiter = _sniff(head, is_header)
    rows = _head_rows(head, delimiter, at, whole)
    width = _width(rows)
    if width == 1 or _is_list(rows, is_header):
        width, delimiter = 1, NO_DELIMITER
        rows = _head_rows(head, delimiter, at, whole)
    if width > limits.COLUMN_LIMIT:
        raise InputError(f"it has {width:,} columns; no export known has so many.")
    index = find_header([r.cells for r in rows], width, is_header)
    return _csv_table(decoded, head, rows, index, delimiter, at)


def _csv_table(
    decoded: Decoded, head: str, rows: list[Record], index: int | None, delimiter: str, at: int
) -> CsvTable:
    first = 0 if index is None else index + 1
    end = at if first == 0 else rows[first - 1].end
    header = () if index is None else tuple(strip(cell) for cell in rows[index].cells)
    return CsvTable(
        header=_trim(header),
        preamble=tuple(delimiter.join(r.cells) for r in rows[: max(first - 1, 0)]),
        sample=tuple(tuple(r.cells) for r in rows[first:] if not r.problem),
        width=len(header) or _width(rows),
        decoded=decoded,
        delimiter=delimiter,
        offset=decoded.start + len(head[:end].encode("utf-8")),
    )


def strip(cell: str) -> str:
    """A header cell without spaces and byte order marks around it."""
    return cell.strip().strip("\ufeff\u200b").strip().strip('"').strip()


def _trim(header: tuple[str, ...]) -> tuple[str, ...]:
    last = len(header)
    while last and not header[last - 1]:
        last -= 1
    return header[:last]


def _told_delimiter(head: str) -> tuple[str, int] | None:
    """The line "sep=;" with which spreadsheets are told the delimiter, and where it ends."""
    line = head.partition("\n")[0]
    bare = line.strip().strip('"').lower()
    if bare.startswith("sep=") and len(bare) == 5 and bare[4] in DELIMITERS:
        return bare[4], len(line) + 1
    if line.lower().rstrip("\r") == "sep=\t":
        return "\t", len(line) + 1
    return None


def _head_rows(head: str, delimiter: str, at: int, whole: bool) -> list[Record]:
    rows: list[Record] = []
    for row in records(head, delimiter, at):
        if row.end >= len(head) and not whole and rows:
            break  # cut off by the end of the head
        rows.append(row)
        if len(rows) >= SAMPLE:
            break
    return rows


def _width(rows: Sequence[Record]) -> int:
    """The usual number of cells: the most frequent above one, else one."""
    widths = Counter(len(r.cells) for r in rows if not r.problem and len(r.cells) > 1)
    return max(widths, key=lambda w: (widths[w], w)) if widths else 1


def _sniff(head: str, is_header: IsHeader) -> str:
    """The delimiter that makes a known header, else the one that gives the most even rows."""
    scores: dict[str, tuple[bool, float, int]] = {}
    for delimiter in DELIMITERS:
        rows = _head_rows(head, delimiter, 0, True)
        width = _width(rows)
        even = sum(len(r.cells) == width and not r.problem for r in rows) / max(len(rows), 1)
        known = any(is_header(r.cells) for r in rows[:20] if len(r.cells) > 1)
        scores[delimiter] = (known, even if width > 1 else 0.0, width)
    return max(DELIMITERS, key=lambda d: scores[d])


def _is_list(rows: Sequence[Record], is_header: IsHeader) -> bool:
    """Whether it is one column of addresses, some of which hold the delimiter."""
    known = next((r.cells for r in rows if is_header(r.cells)), None)
    if known is not None:
        return len(known) == 1
    lone = sum(len(r.cells) == 1 and "://" in r.cells[0] for r in rows)
    return lone > len(rows) - lone


def find_header(rows: Sequence[Sequence[str]], width: int, is_header: IsHeader) -> int | None:
    """Index of the header row: a known one, else the first full row that looks like labels.

    None where the first full row is data already.
    """
    for index, cells in enumerate(rows[:40]):
        if is_header(cells):
            return index
    for index, cells in enumerate(rows[:40]):
        if len(cells) >= width and any(strip(c) for c in cells):
            return index if _looks_like_labels(cells) else None
    return None


def _looks_like_labels(cells: Sequence[str]) -> bool:
    texts = [strip(c) for c in cells if strip(c)]
    return bool(texts) and not any(
        "://" in t or len(t) > 200 or t.replace(".", "").replace(",", "").isdigit() for t in texts
    )
