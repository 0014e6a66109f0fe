"""What repeats is template."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from linkplanner.crawl.journal import Record
from linkplanner.crawl.records import page_marks
from linkplanner.crawl.template import SiteTemplate, link_limit


def page(text: str, *links: tuple[str, str, str]) -> Record:
    """A record with a block a line, and links of anchor, target and position."""
    blocks = [[line, 0, "p", 0] for line in text.split("\n") if line]
    rows = [
        [target, anchor, position, 0, len(blocks) + 2 * number]
        for number, (anchor, target, position) in enumerate(links)
    ]
    for anchor, _, _ in links:
        blocks += [
            [f"{anchor} and a paragraph of words around it", len(anchor), "p", 0],
            ["", 0, "p", 0],
        ]
    return {"k": "page", "u": "https://own.test/", "b": blocks, "l": rows}


def texts(*pages: str) -> list[str]:
    records = [page(text) for text in pages]
    template = SiteTemplate.of(map(page_marks, records))
    return [template.text(record, page_marks(record))[0] for record in records]


def test_blocks_on_many_pages_leave_the_text_whatever_their_numbers() -> None:
    pages = [f"Own words {chr(97 + n)}\nPosted 2026-01-{n:02}\nBuy now" for n in range(9)]
    assert texts(*pages) == [f"Own words {c}" for c in "abcdefghi"]


def test_a_few_repeats_stay() -> None:
    pages = [*["Same words"] * 5, *(f"Other {chr(97 + n)}" for n in range(20))]
    assert texts(*pages) == pages


def test_a_page_of_template_alone_has_no_text() -> None:
    assert texts(*["Same"] * 10) == [""] * 10


def test_repeats_on_one_page_count_once() -> None:
    assert texts("x\nx\nx\nx\nx\nx\nx", "y") == ["x", "y"]


def test_link_limit() -> None:
    assert [link_limit(n) for n in (5, 10, 40, 200, 1000)] == [5, 6, 20, 20, 100]


def positions(*pages: Record) -> list[list[tuple[str, str]]]:
    template = SiteTemplate.of(map(page_marks, pages))
    labels = [template.positions(record, page_marks(record)) for record in pages]
    return [
        list(zip((link[1] for link in record["l"]), mine)) for record, mine in zip(pages, labels)
    ]


def test_links_that_repeat_are_labelled_by_where_they_stand() -> None:
    pages = [
        page(
            "", ("Shop", "https://own.test/shop", "content"),
            (f"own {n}", f"https://own.test/{n}", "content"),
            ("Newest", "https://own.test/new", "content"),
            ("Imprint", "https://own.test/imprint", "footer"),
        )
        for n in range(30)
    ]  # fmt: skip
    assert positions(*pages) == [
        [("Shop", "navigation"), (f"own {n}", "content"), ("Newest", "sidebar"),
         ("Imprint", "footer")]
        for n in range(30)
    ]  # fmt: skip


def test_links_without_words_repeat_too() -> None:
    pages = [page("", ("", "https://own.test/cart", "content")) for _ in range(30)]
    assert positions(*pages) == [[("", "navigation")]] * 30


LINES = st.lists(st.sampled_from(["a", "b 1", "b 2", "c", ""]), max_size=6).map("\n".join)


@given(st.lists(LINES, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_pages_does_not_matter(pages: list[str], random: Any) -> None:
    shuffled = random.sample(range(len(pages)), len(pages))
    straight, other = texts(*pages), texts(*(pages[n] for n in shuffled))
    assert [straight[n] for n in shuffled] == other
    assert all(set(got.split("\n")) - {""} <= set(given.split("\n"))
               for got, given in zip(straight, pages))  # fmt: skip


def test_no_pages() -> None:
    template, alone, empty = SiteTemplate.of([]), page("a"), page("")
    assert template.pages == 0
    assert template.text(alone, page_marks(alone)) == ("a", 0)
    assert template.positions(empty, page_marks(empty)) == []
