"""Laws of suggestions and of the places found for them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.placement import places
from linkplanner.text.suggest import SUGGESTIONS, suggest

WORDS = "boots tents stoves maps leather winter repair camp river snow guide walk".split()
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


@st.composite
def sites(draw: st.DrawFn) -> Tables:
    """A small site: some pages hidden from the index, some links in texts, some in menus."""
    size = draw(st.integers(2, 8))
    titles = [
        " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)))
        for _ in range(size)
    ]
    texts = [
        ". ".join(" ".join(draw(st.lists(st.sampled_from(WORDS), max_size=6))) for _ in range(3))
        for _ in range(size)
    ]
    pages = pd.DataFrame(
        {
            "page_id": range(size),
            "node_id": range(size),
            "url": [f"https://a.com/p{n}" for n in range(size)],
            "title": titles,
            "language": "en",
            "indexable": [draw(st.booleans()) for _ in range(size)],
        }
    )
    ends = st.integers(0, size - 1)
    rows = draw(
        st.lists(st.tuples(ends, ends, st.sampled_from(["content", "navigation"])), max_size=8)
    )
    links = pd.DataFrame(rows, columns=["source_id", "target_id", "position"]).assign(
        anchor="boots"
    )
    return (
        PAGES.conform(pages),
        TEXTS.conform(pd.DataFrame({"page_id": range(size), "text": texts})),
        LINKS.conform(links),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites())
def test_never_itself_nor_what_the_text_links_nor_a_hidden_page(tables: Tables) -> None:
    pages, _, links = tables
    found = suggest(*tables)
    assert list(found.columns) == SUGGESTIONS
    assert (found["source_id"] != found["target_id"]).all()
    shown = set(pages.loc[pages["indexable"].fillna(True).astype(bool), "page_id"])
    assert set(found["source_id"]) | set(found["target_id"]) <= shown
    content = links[links["position"] == "content"]
    linked = set(zip(content["source_id"], content["target_id"], strict=True))
    assert not linked & set(zip(found["source_id"], found["target_id"], strict=True))
    assert found["relevance"].between(0, 100).all()
    falls = found.groupby("source_id")["relevance"].diff().dropna()
    assert (falls <= 0).all()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites(), st.randoms(use_true_random=False))
def test_the_order_of_pages_is_irrelevant(tables: Tables, random: object) -> None:
    pages, texts, links = tables
    order = np.random.default_rng(random.randint(0, 999)).permutation(len(pages))  # type: ignore[attr-defined]
    mixed = PAGES.conform(pages.iloc[order].reset_index(drop=True))
    columns = ["source_id", "target_id", "rank", "relevance"]
    once, again = suggest(*tables)[columns], suggest(mixed, texts, links)[columns]
    pd.testing.assert_frame_equal(once, again, atol=0.02)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites(), st.integers(0, 7))
def test_blanking_a_text_removes_its_mentions(tables: Tables, page: int) -> None:
    pages, texts, links = tables
    texts = texts.copy()
    texts.loc[texts["page_id"] == page, "text"] = " "
    found = suggest(pages, texts, links)
    assert (found.loc[found["source_id"] == page, "mention"] == 0).all()


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "👩‍👩‍👧 boots 🏔️ leather boots. " * 5,
        "נעלי הליכה מעור ו־leather boots לחורף. עוד משפט כאן.",
        "登山靴は大切です。leather boots を買う。รองเท้าเดินป่า",
        "leather boots " * 150_000,
        "a\u0301\u200d\ufeff leather\u00a0boots\r\n\u2028leather boots!",
    ],
)
def test_any_text_is_cut_at_valid_offsets(text: str) -> None:
    pages = pd.DataFrame(
        {
            "page_id": [0, 1],
            "node_id": [0, 1],
            "url": ["https://a.com/boots", "https://a.com/n"],
            "title": ["Leather boots", "Note"],
        }
    )
    tables = (
        PAGES.conform(pages),
        TEXTS.conform(pd.DataFrame({"page_id": [1], "text": [text]})),
        LINKS.conform(LINKS.empty()),
    )
    assert len(suggest(*tables)) <= 2
    pairs = pd.DataFrame({"source_id": [1], "target_id": [0]})
    for row in places(pairs, *tables, {}, TextSettings()).itertuples():
        assert 0 <= row.start < row.end <= len(text)
        if row.anchor_start >= 0:
            assert row.start <= row.anchor_start < row.anchor_end <= row.end
            assert text[row.anchor_start : row.anchor_end] == row.anchor


def test_without_links_and_texts_titles_are_enough() -> None:
    titles = ["Leather boots", "Care of leather boots", "Camping stoves", "Gas for camping stoves"]
    pages = pd.DataFrame(
        {
            "page_id": range(4),
            "node_id": range(4),
            "url": [f"https://a.com/p{n}" for n in range(4)],
            "title": titles,
            "language": "en",
        }
    )
    found = suggest(PAGES.conform(pages), TEXTS.empty(), LINKS.empty())
    best = found[found["rank"] == 1].set_index("source_id")["target_id"]
    assert best.to_dict() == {0: 1, 1: 0, 2: 3, 3: 2}
    assert (found.loc[found["rank"] == 1, "reasons"] != "").all()


def test_stops_when_told_to() -> None:
    pages = pd.DataFrame(
        {
            "page_id": [0, 1],
            "node_id": [0, 1],
            "url": ["https://a.com/a", "https://a.com/b"],
            "title": ["tents", "tents"],
        }
    )
    assert suggest(
        PAGES.conform(pages), TEXTS.empty(), LINKS.empty(), should_stop=lambda: True
    ).empty
