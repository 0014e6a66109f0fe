"""Charts: well-formed, escaped, in proportion, and defined for every input."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.export.svg import WIDTH, bars, gain_line, pairs, stack

SVG = "{http://www.w3.org/2000/svg}"
amounts = st.floats(0, 1e9)
names = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))


def drawn(picture: str, element: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter(SVG + element))


def test_bars_are_in_proportion() -> None:
    widths = [float(r.get("width", "")) for r in drawn(bars([("a", 10), ("b", 5)], "t"), "rect")]
    assert widths[0] == pytest.approx(2 * widths[1])


def test_parts_of_a_stack_fill_its_width_and_tell_their_share() -> None:
    picture = stack([("a", 30.0), ("none", 0.0), ("b", 10.0)], "t")
    shares = [r for r in drawn(picture, "rect") if r.get("height") == "28.0"]
    assert sum(float(r.get("width", "")) for r in shares) == pytest.approx(WIDTH)
    assert [t.text for t in drawn(picture, "text")] == [
        "a: 30.0 points (75%)",
        "b: 10.0 points (25%)",
    ]


def test_a_line_starts_at_zero_and_ends_at_the_gain_of_all() -> None:
    (line,) = drawn(gain_line([1.0, 3.0], "t", height=180), "polyline")
    heights = [float(point.split(",")[1]) for point in (line.get("points") or "").split()]
    assert heights == [156.0, pytest.approx(156 - 146 / 3, abs=0.1), 10.0]


def test_a_long_label_is_cut_and_whole_in_its_title() -> None:
    picture = bars([("x" * 50, 1)], "t")
    assert [t.text for t in drawn(picture, "title")] == ["t", "x" * 50]
    assert (drawn(picture, "text")[0].text or "").endswith("…")


@given(st.lists(st.tuples(names, amounts, amounts), max_size=6), names)
def test_any_labels_and_amounts_give_a_picture_inside_its_frame(
    rows: list[tuple[str, float, float]], title: str
) -> None:
    single = [(name, value) for name, value, _ in rows]
    for picture in (bars(single, title), pairs(rows, title), stack(single, title)):
        for shape in drawn(picture, "rect"):
            right = float(shape.get("x", "")) + float(shape.get("width", ""))
            assert -0.1 <= right <= WIDTH + 0.2
        assert drawn(picture, "title")[0].text == (title or None)
        assert not list(ElementTree.fromstring(picture).iter(SVG + "script"))


@given(st.lists(st.floats(-1e6, 1e6), max_size=50))
def test_any_gains_give_a_line_inside_its_frame(gains: list[float]) -> None:
    (line,) = drawn(gain_line(gains, "t", height=180), "polyline")
    for point in (line.get("points") or "").split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= WIDTH
        assert 9.9 <= y <= 156.1
