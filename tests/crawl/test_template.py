"""What repeats is template."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.crawl.template import (
    label_repeated_links,
    link_limit,
    repeated_blocks,
    without_blocks,
)
from linkplanner.tables import LINK_ROWS, TEXT_ROWS


def texts(*pages: str) -> pd.DataFrame:
    urls = [f"https://own.test/{n}" for n in range(len(pages))]
    return TEXT_ROWS.conform(pd.DataFrame({"url": urls, "text": pages}))


def links(*rows: tuple[int, str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["source_url", "anchor", "target_url", "position"])
    return LINK_ROWS.conform(frame.astype({"source_url": "str"}))


def test_blocks_on_many_pages_leave_the_text_whatever_their_numbers() -> None:
    pages = texts(*(f"Own words {chr(97 + n)}\nPosted 2026-01-{n:02}\nBuy now" for n in range(9)))
    blocks = repeated_blocks(pages)
    assert blocks == {"Posted 0000-00-00", "Buy now"}
    assert without_blocks(pages, blocks)["text"].tolist() == [f"Own words {c}" for c in "abcdefghi"]


def test_a_few_repeats_stay() -> None:
    pages = texts(*["Same words"] * 5, *(f"Other {chr(97 + n)}" for n in range(20)))
    assert repeated_blocks(pages) == set()


def test_a_page_of_template_alone_keeps_its_row() -> None:
    pages = texts(*["Same"] * 10)
    left = without_blocks(pages, repeated_blocks(pages))
    assert left["text"].tolist() == [""] * 10
    assert dict(left.dtypes.astype(str)) == dict(TEXT_ROWS.columns)


def test_repeats_on_one_page_count_once() -> None:
    assert repeated_blocks(texts("x\nx\nx\nx\nx\nx\nx", "y")) == set()


def test_known_blocks_stay_known() -> None:
    assert repeated_blocks(texts("a"), known=["b"]) == {"b"}


def test_link_limit() -> None:
    assert [link_limit(n) for n in (5, 10, 40, 200, 1000)] == [5, 6, 20, 20, 100]


def test_links_that_repeat_are_labelled_by_where_they_stand() -> None:
    rows = []
    for page in range(30):
        rows += [
            (page, "Shop", "https://own.test/shop", "content"),
            (page, f"own {page}", f"https://own.test/{page}", "content"),
            (page, "Newest", "https://own.test/new", "content"),
            (page, "Imprint", "https://own.test/imprint", "footer"),
        ]
    got = label_repeated_links(links(*rows), 30)
    assert got.groupby("anchor")["position"].unique().map(list).to_dict() == {
        "Shop": ["navigation"], "Newest": ["sidebar"], "Imprint": ["footer"],
    } | {f"own {page}": ["content"] for page in range(30)}  # fmt: skip
    assert dict(got.dtypes.astype(str)) == dict(LINK_ROWS.columns)


def test_links_without_words_repeat_too() -> None:
    rows = [(page, None, "https://own.test/cart", "content") for page in range(30)]
    got = label_repeated_links(links(*rows), 30)  # type: ignore[arg-type]
    assert set(got["position"]) == {"navigation"}


LINES = st.lists(st.sampled_from(["a", "b 1", "b 2", "c", ""]), max_size=6).map("\n".join)


@given(st.lists(LINES, max_size=30))
def test_a_second_look_changes_nothing(pages: list[str]) -> None:
    frame = texts(*pages)
    blocks = repeated_blocks(frame)
    once = without_blocks(frame, blocks)
    again = repeated_blocks(once, blocks)
    assert again == blocks
    pd.testing.assert_frame_equal(without_blocks(once, again), once)
    assert len(once) == len(frame)


def test_empty_tables() -> None:
    assert repeated_blocks(TEXT_ROWS.empty()) == set()
    assert without_blocks(TEXT_ROWS.empty(), {"a"}).empty
    assert label_repeated_links(LINK_ROWS.empty(), 0).empty
