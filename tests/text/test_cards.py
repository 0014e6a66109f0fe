"""Lines that are cards."""

import numpy as np
import pytest

from linkplanner.text.cards import RepeatedLines, cards
from linkplanner.text.phrases import anchor_key
from linkplanner.text.sentences import split

PLAIN = "We tested all of them in the rain last winter."


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("prose", f"{PLAIN}\nNobody came back dry, and nobody minded.", [False, False]),
        ("under a linked line", f"Our tents\n{PLAIN}", [False, True]),
        ("three that begin alike", "13 to choose.\n9 to choose.\n4 to choose.", [True] * 3),
        ("two that begin alike", "We sell tea here.\nWe sell cups here.", [False, False]),
    ],
)  # fmt: skip
def test_cards(case: str, text: str, expected: list[bool]) -> None:
    found = cards(
        text, split(text), {anchor_key("Our tents")}, lambda lines: np.zeros(len(lines), dtype=bool)
    )
    assert found.tolist() == expected, case


def test_a_line_of_three_pages_is_a_template() -> None:
    lines = RepeatedLines([f"{PLAIN}\nOther words of page {n}." for n in range(3)] + ["x"])
    assert lines.flags([PLAIN, "Some words that stand on one page only."]).tolist() == [True, False]
    page = f"{PLAIN}\nSome words that stand on one page only."
    found = cards(page, split(page), set(), lines.flags)
    assert found.tolist() == [True, False]


def test_a_page_that_is_a_copy_as_a_whole_is_no_template() -> None:
    assert not cards(
        PLAIN, split(PLAIN), set(), lambda lines: np.ones(len(lines), dtype=bool)
    ).any()


def test_nothing_to_tell_of_no_text() -> None:
    assert len(cards("", [], set(), lambda lines: np.ones(len(lines), dtype=bool))) == 0
