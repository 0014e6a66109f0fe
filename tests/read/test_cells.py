"""Cells of exports: every form met, one case a rule."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.read import cells


def column(*values: str) -> pd.Series:
    return pd.Series(list(values), dtype="str")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2025-10-20 04:02:58", "2025-10-20 04:02:58"),  # Ahrefs
        ("2022-06-11 6:20", "2022-06-11 06:20:00"),  # Ahrefs, re-saved by Excel
        ("2025-10-04", "2025-10-04"),  # Semrush, Search Console
        ("Sep 15, 2026", "2026-09-15"),  # Search Console, interface in English (US)
        ("28 Sep 2026", "2026-09-28"),  # Search Console, interface in English (UK)
        ("28/09/2026", "2026-09-28"),
        ("28.09.2026", "2026-09-28"),
        ("Thu, 12 Feb 2026 13:45:29 GMT", "2026-02-12 13:45:29"),  # HTTP Last-Modified
        ("20250101", "2025-01-01"),  # Google Analytics
        ("2019-11-15 12:57:46 +00:00", "2019-11-15 12:57:46"),  # DataForSEO
        ("2026-11-22T10:00:00+02:00", "2026-11-22 08:00:00"),
        ("yesterday", None),
        ("", None),
        ("n/a", None),
        ("2026-13-45", None),
    ],
)
def test_dates(cell: str, expected: str | None) -> None:
    (found,) = cells.dates(column(cell))
    assert pd.isna(found) if expected is None else found == pd.Timestamp(expected)


def test_a_month_first_column_is_told_by_one_of_its_cells() -> None:
    found = cells.dates(column("01/02/2026", "09/28/2026"))
    assert found.tolist() == [pd.Timestamp("2026-01-02"), pd.Timestamp("2026-09-28")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["0.4", "71"], [0.4, 71]),
        (["1,234", "1,234,567"], [1234, 1234567]),  # English thousands
        (["0,399", "12,5"], [0.399, 12.5]),  # decimal comma
        (["54,5", "1,234"], [54.5, 1.234]),  # one decimal comma settles the column
        (["24\u202f541", "34\u00a0260"], [24541, 34260]),  # French thousands
        (["71,6%", "2.53%"], [71.6, 2.53]),
        (["1.2K", "3M"], [1200, 3e6]),
        (["<10", "n/a", "", "1e400"], [np.nan] * 4),
    ],
)
def test_numbers(values: list[str], expected: list[float]) -> None:
    np.testing.assert_allclose(cells.numbers(column(*values)), expected)


def test_counts_take_a_dot_before_three_digits_for_thousands() -> None:
    found = cells.counts(column("1,234", "1 234", "1.234", "<10", "n/a"))
    np.testing.assert_array_equal(found, [1234, 1234, 1234, np.nan, np.nan])


@pytest.mark.parametrize("cell", ["true", "TRUE", "Yes", "1", "vrai", "Sí", " true "])
def test_yes(cell: str) -> None:
    assert cells.yes(column(cell))[0]
    assert cells.known_flags(column(cell))[0]


@pytest.mark.parametrize("cell", ["false", "FALSE", "No", "0", "", "-", "perhaps"])
def test_not_yes(cell: str) -> None:
    assert not cells.yes(column(cell))[0]


def test_filled_is_true_for_anything_but_no() -> None:
    found = cells.filled(column("", "2025-01-01", "false", "removedfromhtml", " "))
    assert found.tolist() == [False, True, False, True, False]


def test_holds_looks_at_words() -> None:
    found = cells.holds(column("Dofollow, Text", "nofollow noopener", "dofollow"), ["nofollow"])
    assert found.tolist() == [False, True, False]


def test_first_of_a_json_list() -> None:
    found = cells.first(column('["a", "b"]', "[]", "plain", "[broken"))
    assert found.fillna("").tolist() == ["a", "", "plain", "[broken"]


def test_canonical_keeps_the_rows_order() -> None:
    found = cells.canonical(column("HTTPS://B.test", "no", "https://a.test/#x", "HTTPS://B.test"))
    assert found.fillna("").tolist() == [
        "https://b.test/",
        "",
        "https://a.test/",
        "https://b.test/",
    ]


@given(st.lists(st.text(max_size=30), max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_text_breaks_a_converter(values: list[str]) -> None:
    texts = column(*values)
    for convert in (cells.dates, cells.numbers, cells.counts, cells.yes, cells.known_flags,
                    cells.text, cells.canonical, cells.filled, cells.first):  # fmt: skip
        assert len(convert(texts)) == len(texts)


@given(st.text(max_size=60))
def test_fold_is_idempotent(cell: str) -> None:
    assert cells.fold(cells.fold(cell)) == cells.fold(cell)


@given(st.text(max_size=300))
def test_a_quoted_piece_is_short_and_printable(cell: str) -> None:
    piece = cells.truncate(cell)
    assert len(piece) <= 80
    assert piece.isprintable()
