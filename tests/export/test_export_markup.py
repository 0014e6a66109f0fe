"""Small pieces of HTML: what a browser's parser makes of them is the text that went in."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.export.markup import address, literal, marked, number, signed, table


class Reader(HTMLParser):
    """Collects the text and the elements that a parser sees."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.elements = "", list[str]()
        self.links = list[str | None]()
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_comment(self, data: str) -> None:
        self.elements.append("comment")


@given(
    st.text(
        st.characters(
            min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\x7f\ufffe\uffff"
        )
    )
)
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    seen = Reader(f"<p>{literal(text)}</p>")
    assert seen.elements == ["p"]
    assert seen.text == text


@given(st.text(st.characters(codec=None)))
def test_no_text_makes_an_element_and_all_can_be_written(text: str) -> None:
    shown = literal(text)
    shown.encode("utf-8")
    assert Reader(f"<p>{shown}</p>").elements == ["p"]
    assert not set('<>"') & set(shown)


def test_characters_that_html_lacks_are_pictures() -> None:
    assert literal("\x00a\x7f") == "␀a␡"
    assert literal("a\rb\nc\td") == "a&#13;b\nc\td"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript://%0aalert(1)",
        "data:text/html,x",
        "//evil.test",
        "\\\\evil.test\\share",
        " https://example.com/",
        "https://example.com/a b",
        'https://example.com/"onmouseover="x',
        "https://example.com/<script>",
        "https://",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    seen = Reader(address(url))
    assert seen.links == []
    assert seen.text == url


def test_a_page_is_shown_by_title_and_path() -> None:
    seen = Reader(address("https://example.com/a?b=1&c=2", "https://example.com", "A <b>title</b>"))
    assert seen.links == ["https://example.com/a?b=1&c=2"]
    assert seen.text == "A <b>title</b>/a?b=1&c=2"


def test_another_host_that_starts_alike_is_shown_whole() -> None:
    url = "https://example.com.evil.test/"
    assert Reader(address(url, "https://example.com")).text == url


@pytest.mark.parametrize(
    ("sentence", "anchor", "before", "expected"),
    [
        ("We fit [tyres] fast.", "tyres", "We fit tyres fast.", "We fit <mark>tyres</mark> fast."),
        ("[a] and [a]", "a", "[a] and a", "[a] and <mark>a</mark>"),
        ("[a] and [a]", "a", "a and [a]", "<mark>a</mark> and [a]"),
        ("[a] b", "a", None, "<mark>a</mark> b"),
        ("no place", "a", "no place", "no place"),
        ("x [y]", float("nan"), None, "x [y]"),
        ("[<b>]", "<b>", "<b>", "<mark>&lt;b&gt;</mark>"),
        (float("nan"), "a", None, ""),
        ("[.*] [x]", "x", ".* x", "[.*] <mark>x</mark>"),
    ],
)
def test_the_anchor_is_marked_in_its_sentence(
    sentence: object, anchor: object, before: object, expected: str
) -> None:
    assert marked(sentence, anchor, before) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (1234.5, 2, "1,234.50"),
        (0.001, 2, "&lt;0.01"),
        (-0.001, 2, "&gt;−0.01"),
        (0, 2, "0.00"),
        (-3, 0, "−3"),
        (pd.NA, 0, "–"),
        (float("nan"), 2, "–"),
        (None, 2, "–"),
        (float("inf"), 2, "–"),
    ],
)
def test_figures(value: object, digits: int, expected: str) -> None:
    assert number(value, digits) == expected


def test_a_change_has_its_sign() -> None:
    assert [signed(v) for v in (1, -1, 0, None)] == ["+1.00", "−1.00", "+0.00", "–"]


def test_a_table_escapes_its_header() -> None:
    seen = Reader(table(["<a>", "n"], [[literal("<b>"), number(1, 0)]], [1]))
    assert seen.elements == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert seen.text == "<a>n<b>1"
