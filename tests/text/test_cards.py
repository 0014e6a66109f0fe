"""Lines that are cards."""

import pytest

from linkplanner.text.cards import cards, is_repeated, repeated_lines
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
    found = cards(text, split(text), {anchor_key("Our tents")}, lambda line: False)
    assert found.tolist() == expected, case


def test_a_line_of_three_pages_is_a_template() -> None:
    lines = repeated_lines([f"{PLAIN}\nOther words of page {n}." for n in range(3)] + ["x"])
    assert is_repeated(PLAIN, lines)
    assert not is_repeated("Some words that stand on one page only.", lines)
    page = f"{PLAIN}\nSome words that stand on one page only."
    found = cards(page, split(page), set(), lambda line: is_repeated(line, lines))
    assert found.tolist() == [True, False]


def test_a_page_that_is_a_copy_as_a_whole_is_no_template() -> None:
    assert not cards(PLAIN, split(PLAIN), set(), lambda line: True).any()


def test_nothing_to_tell_of_no_text() -> None:
    assert len(cards("", [], set(), lambda line: True)) == 0
