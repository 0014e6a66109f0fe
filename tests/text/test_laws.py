"""What must hold for any texts: of suggestions, of places, of offsets."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.errors import Cancelled
from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.phrases import is_generic
from linkplanner.text.placement import place, places
from linkplanner.text.signals import Signals
from linkplanner.text.suggest import suggest

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
WORDS = [
    "leather", "boots", "tea", "click", "here", "東京の天気", "今日は", "שלום", "עולם", "🍵",
    "e\u0301te\u0301", ".", "\n", "!", "[", "]", "(", "\u200f", "\u0000", "Straße", "ไทย",
    "node.js", "1.", "https://x.y/z",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
LINK = st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from([*WORDS, "leather boots"]))


def tables(titles: list[str], said: list[str], rows: list[tuple[int, int, str]]) -> Tables:
    """Five pages, the last one kept from the index."""
    pages = pd.DataFrame({"page_id": range(5), "node_id": range(5), "title": titles})
    pages["url"] = [f"https://a.com/p{n}" for n in range(5)]
    pages["indexable"] = [True, True, True, True, False]
    links = pd.DataFrame(rows, columns=["source_id", "target_id", "anchor"])
    texts = pd.DataFrame({"page_id": range(5), "text": said})
    return (
        PAGES.conform(pages),
        TEXTS.conform(texts),
        LINKS.conform(links.assign(position="content")),
    )


SITES = st.builds(
    tables,
    st.lists(TEXT, min_size=5, max_size=5),
    st.lists(TEXT, min_size=5, max_size=5),
    st.lists(LINK, max_size=6),
)


@given(SITES)
@settings(max_examples=12, deadline=None)
def test_never_itself_never_a_linked_pair_never_a_page_kept_from_the_index(site: Tables) -> None:
    found = suggest(*site)
    links = site[2]
    linked = set(zip(links["source_id"], links["target_id"], strict=True))
    pairs = set(zip(found["source_id"], found["target_id"], strict=True))
    assert not pairs & linked
    assert all(source != target for source, target in pairs)
    assert not {page for pair in pairs for page in pair} & {4}
    assert found["relevance"].between(0, 100).all()


@given(SITES, st.permutations(range(5)))
@settings(max_examples=8, deadline=None)
def test_the_order_of_pages_is_irrelevant(site: Tables, order: list[int]) -> None:
    pages, texts, links = site
    turned = (
        PAGES.conform(pages.iloc[order]),
        TEXTS.conform(texts.iloc[order]),
        LINKS.conform(links.iloc[::-1]),
    )
    keys = ["source_id", "target_id", "relevance"]
    one, two = (suggest(*t).sort_values(keys)[keys].to_numpy().tolist() for t in (site, turned))
    assert one == two


PAIRS = pd.DataFrame([(s, t) for s in range(4) for t in range(4) if s != t])
PAIRS.columns = pd.Index(["source_id", "target_id"])


@given(SITES, st.booleans())
@settings(max_examples=12, deadline=None)
def test_offsets_cut_valid_text_and_anchors_say_something(site: Tables, strict: bool) -> None:
    text = dict(zip(site[1]["page_id"], site[1]["text"], strict=True))
    found = places(PAIRS, *site, {}, TextSettings(), strict=strict)
    for row in found.itertuples():
        whole = text[row.source_id]
        assert 0 <= row.start < row.end <= len(whole)
        if row.anchor_start >= 0:
            assert row.start <= row.anchor_start < row.anchor_end <= row.end
            assert whole[row.anchor_start : row.anchor_end] == row.anchor
        if strict:
            assert not is_generic(row.anchor)


@given(SITES)
@settings(max_examples=12, deadline=None)
def test_what_is_offered_is_short_never_generic_and_never_leads_elsewhere(site: Tables) -> None:
    found = place(PAIRS, *site, {}, TextSettings(anchor_max_words=4, anchor_max_characters=30))
    assert found["source_id"].tolist() == PAIRS["source_id"].tolist()
    for row in found.itertuples():
        options = row.anchors.split("\n") if row.anchors else []
        assert len(options) <= 3
        assert (options[0] if options else "") == row.anchor
        for option in options:
            assert not is_generic(option)
            assert len(option.split()) <= 4
            assert len(option) <= 30
    used = found[found["anchor"] != ""]
    assert not used.duplicated(["source_id", "anchor"]).any()


@given(SITES)
@settings(max_examples=8, deadline=None)
def test_blanking_a_text_removes_its_mentions(site: Tables) -> None:
    pages, texts, links = site
    blank = texts.assign(text=["", *texts["text"].iloc[1:]])
    assert Signals(pages, blank, links, {}).mentions[[0]].nnz == 0


@pytest.mark.parametrize(
    "text",
    [
        "tea", "🍵", "שלום עולם " * 50, "", "\n" * 99, "leather boots " * 150_000,
        "Leather boots 東京の天気 и чай שלום 🍵 ไทยแลนด์. " * 50,
    ],
    ids=["one word", "emoji", "right to left", "nothing", "lines", "2 MB", "mixed scripts"],
)  # fmt: skip
def test_texts_of_any_kind_and_size(text: str) -> None:
    site = tables(["Leather boots"] * 2 + ["Tea"] * 3, [text, "Tea.", text[:100], "", "x"], [])
    found = place(PAIRS, *site, {}, TextSettings())
    assert len(found) == len(PAIRS)
    assert len(suggest(*site)) >= 0


def test_sentences_at_the_top_may_be_spared() -> None:
    text = "These leather boots are new. Winter is long. We also sell old leather boots here."
    site = tables(["Leather boots", "News", "A", "B", "C"], ["", text, "", "", ""], [])
    pair = PAIRS[(PAIRS["source_id"] == 1) & (PAIRS["target_id"] == 0)]
    free = place(pair, *site, {}, TextSettings())["sentence"].iloc[0]
    spared = place(pair, *site, {}, TextSettings(skip_sentences=1))["sentence"].iloc[0]
    assert free.startswith("These [leather boots]")
    assert spared == "We also sell old [leather boots] here."


def test_a_stop_is_heard_between_pairs() -> None:
    site = tables(["Leather boots"] * 5, ["Some boots."] * 5, [])
    with pytest.raises(Cancelled):
        place(PAIRS, *site, {}, TextSettings(), should_stop=lambda: True)


def test_a_stop_is_heard_wherever_texts_are_compared() -> None:
    site = tables(["Leather boots"] * 5, ["Some boots. Tea."] * 5, [(0, 1, "boots")])
    looks: list[int] = []
    Signals(*site, {}, should_stop=lambda: bool(looks.append(1)))
    assert len(looks) > 10
    for nth in range(1, len(looks) + 1):
        left = iter(range(1, nth))
        with pytest.raises(Cancelled):
            Signals(*site, {}, should_stop=lambda left=left: next(left, None) is None)
