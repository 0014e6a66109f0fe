"""The apostrophe rule: what is escaped, and that nothing is lost by it."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.csv_text import escape, unescape
from linkplanner.export.cells import iso, legal, plain

TRIGGERS = "=+-@\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("trigger", [*TRIGGERS, "\t", "\r", "\n"])
def test_a_text_that_starts_like_a_formula_gets_one_apostrophe(trigger: str) -> None:
    assert escape(trigger + "1+1") == "'" + trigger + "1+1"


@pytest.mark.parametrize(
    "lead", [" ", "\u00a0", "\ufeff", "\x00", "\u200b", "\u3000", "\u202e", " \u00a0"]
)
def test_what_a_program_may_drop_does_not_hide_a_formula(lead: str) -> None:
    assert escape(lead + "=1") == "'" + lead + "=1"


@pytest.mark.parametrize(
    "text", ["", "plain", "a=b", "https://example.com/?a=1", "00123", "− minus", "x;=1", "'quoted'"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert escape(text) == text == unescape(text)


risky = st.text(alphabet=st.sampled_from([*TRIGGERS, "'", " ", "\t", "\n", "\x00", "a", "1"]))


@given(st.one_of(st.text(), risky))
def test_unescape_gives_back_what_escape_was_given(text: str) -> None:
    assert unescape(escape(text)) == text


@given(risky)
def test_an_escaped_text_starts_neither_with_a_trigger_nor_with_a_blank(text: str) -> None:
    assert not escape(text).lstrip(" \x00\t\r\n").startswith(tuple(TRIGGERS))


@given(st.text(alphabet=st.characters(codec=None)))
def test_legal_texts_hold_only_what_xml_can(text: str) -> None:
    clean = legal(text)
    assert legal(clean) == clean
    for character in clean:
        assert character in "\t\n\r" or ord(character) >= 0x20
        assert not 0xD800 <= ord(character) <= 0xDFFF


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        (None, None),
        (pd.NA, None),
        (pd.NaT, None),
        (float("nan"), None),
        (np.float64("nan"), None),
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (np.bool_(True), True),
        (np.datetime64("2026-01-02"), "2026-01-02"),
        (pd.Timestamp("2026-01-02"), "2026-01-02"),
        (pd.Timestamp("2026-01-02 03:04:05"), "2026-01-02T03:04:05"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (("a", 1), "('a', 1)"),
    ],
)
def test_plain_gives_pythons_own_types(value: object, expected: object) -> None:
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_a_moment_with_a_zone_keeps_it() -> None:
    assert iso(dt.datetime(2026, 1, 2, tzinfo=dt.UTC)) == "2026-01-02T00:00:00+00:00"
