"""CSV files: texts stay texts, numbers stay numbers, and our own come back as they were."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.csv_text import escape
from linkplanner.errors import InputError
from linkplanner.export.csv import read_back, safe_csv, write_csv
from linkplanner.tables import BACKLINKS, TABLES


def rows_of(data: bytes) -> list[list[str]]:
    """What a plain reader of another program sees."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_the_file_starts_with_a_byte_order_mark_and_ends_its_records_with_crlf() -> None:
    data = safe_csv(pd.DataFrame({"a": [1]}))
    assert data == b'\xef\xbb\xbf"a"\r\n1\r\n'


def test_numbers_dates_and_missing_values() -> None:
    frame = pd.DataFrame(
        {
            "whole": pd.array([-5, None, 3], dtype="Int64"),
            "number": [-0.25, float("nan"), 1e5],
            "flag": pd.array([True, None, False], dtype="boolean"),
            "day": pd.to_datetime(["2026-01-02", None, "2026-01-02 03:04:05"], format="ISO8601"),
            "text": pd.Series(["x", None, ""], dtype="str"),
        }
    )
    assert rows_of(safe_csv(frame))[1:] == [
        ["-5", "-0.25", "True", "2026-01-02", "x"],
        ["", "", "", "", ""],
        ["3", "100000.0", "False", "2026-01-02T03:04:05", ""],
    ]


def test_headers_are_escaped_and_may_repeat() -> None:
    frame = pd.DataFrame([[1, "b"]], columns=["=HYPERLINK()", "=HYPERLINK()"])
    assert rows_of(safe_csv(frame))[0] == ["'=HYPERLINK()"] * 2
    assert list(read_back(safe_csv(frame)).columns) == ["=HYPERLINK()"] * 2


def test_every_text_is_quoted_so_that_semicolons_do_not_split_it() -> None:
    line = safe_csv(pd.DataFrame({"a": ["x;=1+1"], "b": [1]})).decode("utf-8-sig").splitlines()[1]
    assert line == '"x;=1+1",1'


def test_objects_of_mixed_kinds_are_written_each_by_its_own_kind() -> None:
    frame = pd.DataFrame({"a": ["=x", 3, 2.5, None, True, ["=y"]]})
    cells = [row[0] for row in rows_of(safe_csv(frame))[1:]]
    assert cells == ["'=x", "3", "2.5", "", "True", "['=y']"]


def test_a_blank_cell_alone_in_its_row_is_still_a_row() -> None:
    frame = pd.DataFrame({"a": ["", "x", None]})
    assert len(read_back(safe_csv(frame))) == 3


@pytest.mark.parametrize("frame", [pd.DataFrame(), BACKLINKS.empty()])
def test_empty_frames_give_their_header(frame: pd.DataFrame) -> None:
    back = read_back(safe_csv(frame))
    assert list(back.columns) == list(frame.columns)
    assert len(back) == 0


def test_every_declared_table_can_be_written() -> None:
    for table in TABLES.values():
        assert rows_of(safe_csv(table.empty())) == [list(table.columns)]


@given(st.lists(st.tuples(st.text(), st.integers()), min_size=1))
def test_our_own_files_come_back_as_they_were(rows: list[tuple[str, int]]) -> None:
    frame = pd.DataFrame(rows, columns=["=text", "number"])
    back = read_back(safe_csv(frame))
    assert back["=text"].tolist() == [text for text, _ in rows]
    assert back["number"].tolist() == [str(number) for _, number in rows]


@given(st.lists(st.text(), min_size=1))
def test_another_reader_sees_the_escaped_texts(texts: list[str]) -> None:
    frame = pd.DataFrame({"a": texts, "b": 1})
    assert [row[0] for row in rows_of(safe_csv(frame))[1:]] == [escape(text) for text in texts]


def test_half_a_character_does_not_stop_the_export() -> None:
    frame = pd.DataFrame({"a": pd.Series(["x\ud800y"], dtype="object")})
    assert rows_of(safe_csv(frame))[1] == ["x?y"]


@pytest.mark.parametrize(
    ("name", "key"), [("csv_formula.jsonl", "value"), ("markup_injection.jsonl", "text")]
)
def test_known_attacks_and_harmless_texts(
    shared: Callable[[str], Path], name: str, key: str
) -> None:
    lines = (shared("vectors") / name).read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)[key] for line in lines]
    assert len(texts) == 46
    data = safe_csv(pd.DataFrame({"text": texts, "n": range(46)}))
    seen = [row[0] for row in rows_of(data)[1:]]
    assert all(cell in (text, "'" + text) for cell, text in zip(seen, texts, strict=True))
    assert not any(cell.lstrip("\ufeff\xa0\x00\t\r\n ")[:1] in set("=+-@＝＋－＠") for cell in seen)
    assert read_back(data)["text"].tolist() == texts


def test_a_number_column_of_the_attacks_stays_a_number_column() -> None:
    assert safe_csv(pd.DataFrame({"n": [-5, 3]})).endswith(b"-5\r\n3\r\n")


def test_writing_replaces_a_file_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "plan.csv"
    for value in (1, 2):
        write_csv(path, pd.DataFrame({"a": [value]}))
    assert path.read_bytes().endswith(b"2\r\n")
    assert list(path.parent.iterdir()) == [path]


def test_a_path_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").mkdir()
    with pytest.raises(InputError, match=r"plan\.csv.*cannot be written.*; close it"):
        write_csv(tmp_path / "plan.csv", pd.DataFrame({"a": [1]}))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.csv"]
