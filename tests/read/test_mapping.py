"""Tables of the user's own: columns proposed, checked, read and remembered."""

import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.errors import InputError
from linkplanner.read.mapping import (
    FIELDS,
    REQUIRED,
    fingerprint,
    read_mapped,
    table_of,
)
from linkplanner.read.proposals import propose, propose_kind
from linkplanner.tables import BACKLINKS

TABLE = (
    b"ID;Seite A;Seite B;Linktext;Nofollow?;Entdeckt\n"
    b"1;https://x.test/a;https://a.test/;Hier;nein;2026-01-02\n"
    b"2;https://y.test/b;https://a.test/p;dort;ja;2026-01-03\n"
    b"3;kein;https://a.test/p;dort;ja;2026-01-03\n"
)
MAPPING = {"source_url": "Seite A", "target_url": "Seite B", "anchor": "linktext",
           "nofollow": "Nofollow?", "first_seen": "Entdeckt"}  # fmt: skip


def test_a_table_is_read_by_a_mapping() -> None:
    reading = read_mapped("mine.csv", table_of(TABLE), "backlinks", MAPPING)
    assert (reading.recognised_as, reading.rows, reading.skipped) == ("Your own: backlinks", 2, 1)
    assert reading.frame["anchor"].tolist() == ["Hier", "dort"]
    assert reading.frame["first_seen"].notna().all()
    assert list(reading.frame) == list(BACKLINKS.columns)


def test_kind_and_columns_are_proposed() -> None:
    grid = table_of(TABLE)
    assert propose_kind(grid) == "backlinks"
    found = propose(grid, "backlinks")
    assert found["source_url"] == "Seite A"
    assert found["target_url"] == "Seite B"
    assert found["anchor"] == "Linktext"
    inside = TABLE.replace(b"x.test", b"a.test").replace(b"y.test", b"a.test")
    assert propose_kind(table_of(inside)) == "links"
    assert propose_kind(table_of(b"a,b\nhttps://a.test/,1\n")) == "pages"


def test_known_names_win_over_order() -> None:
    grid = table_of(b"target url,source url\nhttps://a.test/,https://x.test/\n")
    assert propose(grid, "links") == {"source_url": "source url", "target_url": "target url"}


def test_columns_without_names_can_be_mapped() -> None:
    grid = table_of(b"https://a.test/,3\nhttps://a.test/b,4\n")
    assert grid.header == ("Column 1", "Column 2")
    mapping = {"url": "Column 1", "weight": "Column 2"}
    reading = read_mapped("x", grid, "priorities", mapping)
    assert reading.frame["weight"].tolist() == [3, 4]


def test_a_workbook_can_be_mapped() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["where", "visits"])
        sheet.write_row(1, 0, ["https://a.test/", 7])
    mapping = {"url": "where", "sessions": "visits"}
    reading = read_mapped("x", table_of(out.getvalue()), "traffic", mapping)
    assert reading.frame["sessions"].tolist() == [7]


@pytest.mark.parametrize(
    ("kind", "mapping", "says"),
    [
        ("backlinks", {"source_url": "Seite A"}, "“target_url”"),
        ("backlinks", {**MAPPING, "anchor": "Nope"}, "no column “Nope”"),
        ("backlinks", {**MAPPING, "colour": "ID"}, "“colour” is no field"),
        ("moon", {}, "“moon”"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(kind: str, mapping: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_mapped("mine.csv", table_of(TABLE), kind, mapping)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x00\x01\x02" * 50])
def test_what_is_no_table_is_told(data: bytes) -> None:
    with pytest.raises(InputError):
        table_of(data)


@given(st.lists(st.text(max_size=8), max_size=6), st.randoms())
def test_the_fingerprint_does_not_depend_on_order_case_or_spaces(header: list[str], rng) -> None:  # type: ignore[no-untyped-def]
    mixed = [f" {cell.upper() if cell.isascii() else cell} " for cell in header]
    rng.shuffle(mixed)
    assert fingerprint(mixed) == fingerprint(header)
    assert fingerprint([*header, "one more"]) != fingerprint(header)


def test_every_kind_has_its_needed_fields() -> None:
    assert {kind: set(REQUIRED[kind]) <= set(FIELDS[kind]) for kind in FIELDS} == dict.fromkeys(
        FIELDS, True
    )
