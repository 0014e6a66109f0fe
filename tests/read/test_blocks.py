"""Texts cut into blocks: whatever the block size, the rows are those of the row parser."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.read import blocks as room
from linkplanner.read import table as tables
from linkplanner.read.blocks import Block, NotUtf8, blocks, quotes_are_sound
from linkplanner.read.decode import Decoded
from linkplanner.read.records import records
from linkplanner.read.table import CsvTable

Rows = list[list[str]]


def table(data: bytes, width: int, *, checked: bool = True) -> CsvTable:
    decoded = Decoded(data, 0, "utf-8", checked=checked)
    return CsvTable(("x",) * width, (), (), width, decoded=decoded)


def in_blocks(data: bytes, width: int, size: int, monkeypatch: pytest.MonkeyPatch) -> Rows:
    with monkeypatch.context() as patch:
        patch.setattr(
            tables, "blocks", lambda d, o, mark, w: blocks(d, o, mark, w, size)
        )  # fmt: skip
        return table(data, width).read(range(width)).frame.to_numpy().tolist()


def written(rows: Rows, quoting: int, end: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode()


ROWS = [
    ["a", "b", "c"],
    ["with, comma", "two\nlines", 'say "hi"'],
    [",", ",", ","],
    ["ü" * 5, "", "x"],
] * 5


@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("size", [7, 16, 40, 1000])
def test_block_size_does_not_change_rows(
    quoting: int, end: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert in_blocks(written(ROWS, quoting, end), 3, size, monkeypatch) == ROWS


def test_a_plain_export_is_known_to_be_sound_by_counting() -> None:
    data = written([["a", "b"]] * 9, csv.QUOTE_ALL, "\n")
    (block,) = blocks(Decoded(data, 0, "utf-8"), 0, ",", 2)
    assert isinstance(block, Block)
    assert block.lines == 9


def test_counts_that_agree_by_chance_are_found_out() -> None:
    # 8 quotes for 2 lines of 2 cells, but the first line's second cell is never closed
    data = b'"a","b\n"c"","d"\n'
    assert not quotes_are_sound(data, ",")
    read = table(data, 2).read([0, 1])
    assert read.frame.to_numpy().tolist() == []
    assert sum(read.skipped.values()) == 2


def test_a_bad_quote_costs_its_block_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MARGIN", 20)
    data = b'"a","b"\n' * 8 + b'"oops,"b"\n' + b'"c","d"\n' * 8
    rows = in_blocks(data, 2, 24, monkeypatch)
    assert rows == [["a", "b"]] * 8 + [["c", "d"]] * 8


@pytest.mark.parametrize("bad", [b"\xff", b"\x00"])
@pytest.mark.parametrize("quote", [b"", b'"'])
def test_an_unchecked_text_that_is_no_utf8_is_told(bad: bytes, quote: bytes) -> None:
    data = b"a,b\n" * 3 + quote + bad + b",d\n"
    with pytest.raises(NotUtf8):
        table(data, 2, checked=False).read([0, 1])


CELL = st.text(alphabet='ab",\n ü', max_size=6)


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=8),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.integers(4, 60),
)
def test_blocks_lose_nothing(rows: Rows, quoting: int, size: int) -> None:
    data = written(rows, quoting, "\n")
    found: Rows = []
    for block in blocks(Decoded(data, 0, "utf-8"), 0, ",", 2, size):
        if isinstance(block, Block):
            found += [r.cells for r in records(bytes(block.data).decode(), ",")]
        else:
            found += [r.cells for r in block]
    assert found == [r.cells for r in records(data.decode(), ",")]


@given(st.text(alphabet='a",\n', max_size=40), st.integers(4, 50))
def test_any_text_is_read_to_its_end(text: str, size: int) -> None:
    for block in blocks(Decoded(text.encode(), 0, "utf-8"), 0, ",", 2, size):
        assert block if isinstance(block, list) else len(block.data)
