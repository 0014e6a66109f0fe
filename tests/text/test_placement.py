"""Where a link goes and with which words."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.phrases import anchor_key, is_generic
from linkplanner.text.placement import ADD, FIND, LINK, place

OUTPUT = ["source_id", "target_id", "anchor", "sentence_before", "sentence", "action"]
OUTPUT += ["anchors", "second_choice"]


def site(
    target: tuple[str, str], *sources: str, links: tuple[tuple[int, int, str], ...] = ()
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Page 0 is the target (slug, title), the others hold the texts given."""
    rows = [(f"https://a.com/{target[0]}", target[1])]
    rows += [(f"https://a.com/n{n}", f"Note {n}") for n in range(1, len(sources) + 1)]
    pages = pd.DataFrame(rows, columns=["url", "title"]).assign(language="en", status=200)
    pages = pages.assign(page_id=range(len(rows)), node_id=range(len(rows)))
    texts = pd.DataFrame({"page_id": range(1, len(sources) + 1), "text": list(sources)})
    frame = pd.DataFrame(links, columns=["source_id", "target_id", "anchor"]).assign(
        position="content"
    )
    return PAGES.conform(pages), TEXTS.conform(texts), LINKS.conform(frame)


def run(
    pairs: list[tuple[int, int]],
    tables: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
    keywords: dict[int, list[str]] | None = None,
    options: TextSettings | None = None,
) -> pd.DataFrame:
    frame = pd.DataFrame(pairs, columns=["source_id", "target_id"])
    return place(frame, *tables, keywords or {}, options or TextSettings())


BOOTS = ("leather-boots", "Leather boots | Shop")


def test_a_mention_is_linked_where_it_stands() -> None:
    text = "Winter is near.\nWe tested a leather boot for you. Tea is good as well."
    row = run([(1, 0)], site(BOOTS, text)).iloc[0]
    assert row["anchor"] == "leather boot"
    assert row["sentence_before"] == "We tested a leather boot for you."
    assert row["sentence"] == "We tested a [leather boot] for you."
    assert row["action"] == LINK.format(anchor="leather boot")


def test_the_keyword_comes_first() -> None:
    text = "Our leather boots are warm. Good snow boots are rare."
    row = run([(1, 0)], site(BOOTS, text), {0: ["snow boots"]}).iloc[0]
    assert row["sentence"] == "Good [snow boots] are rare."


@pytest.mark.parametrize(
    ("case", "text", "links"),
    [
        ("heading", "Leather boots\nSomething else is said here about winter.", ()),
        (
            "sentence with a link",
            "Leather boots and wax. Something else is said.",
            ((1, 2, "wax"),),
        ),
        ("piece of a word", "The file leather-boots.png is here. Something else is said.", ()),
        ("words across a line end", "We like leather\nboots are good, too, they say.", ()),
    ],
)
def test_places_that_are_left_alone(
    case: str, text: str, links: tuple[tuple[int, int, str], ...]
) -> None:
    row = run([(1, 0)], site(BOOTS, text, "Other text.", links=links)).iloc[0]
    assert not row["action"].startswith("Link the words “Leather boots"), case
    assert "[Leather boots]" not in row["sentence_before"]
    assert row["sentence_before"] not in ("Leather boots", "Leather boots and wax.")


def test_no_anchor_that_leads_elsewhere_from_the_page() -> None:
    tables = site(BOOTS, "These are leather boots. Read on.", "x", links=((1, 2, "Leather Boots"),))
    row = run([(1, 0)], tables).iloc[0]
    assert anchor_key(row["anchor"]) != anchor_key("leather boots")


def test_without_a_mention_a_sentence_is_proposed_after_the_best_one() -> None:
    text = "Tea is hot. In winter you need warm shoes of good leather. Cups are thin."
    row = run([(1, 0)], site(BOOTS, text)).iloc[0]
    assert row["sentence_before"] == "In winter you need warm shoes of good leather."
    assert row["sentence"].startswith(row["sentence_before"])
    assert row["sentence"].endswith("… [Leather boots] …")
    assert row["action"] == ADD.format(sentence=row["sentence_before"], anchor="Leather boots")


@pytest.mark.parametrize("text", [None, "Leather boots", "x"])
def test_without_sentences_the_user_is_asked_to_find_a_place(text: str | None) -> None:
    pages, texts, links = site(BOOTS, text or "x")
    row = run([(1, 0)], (pages, texts if text else TEXTS.empty(), links)).iloc[0]
    assert row["action"] == FIND.format(anchor="Leather boots")
    assert row["sentence"] == row["sentence_before"] == ""


def test_two_planned_links_never_share_a_sentence_or_an_anchor_on_one_page() -> None:
    pages, texts, links = site(
        BOOTS, "We sell leather boots and green tea. We sell green tea.", "x"
    )
    pages.loc[2, "title"] = "Green tea"
    found = run([(1, 0), (1, 2)], (pages, texts, links))
    assert found["sentence_before"].nunique() == 2
    assert found["anchor"].nunique() == 2


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_one_anchor_carries_at_most_its_share(share: float) -> None:
    texts = ["Here are leather boots for you. And warm words."] * 12
    tables = site(("leather-boots", "Leather boots for cold winters and wet days"), *texts)
    found = run([(n, 0) for n in range(1, 13)], tables, options=TextSettings(anchor_share=share))
    number = Counter(anchor_key(a) for a in found["anchor"] if a)
    assert max(number.values()) <= max(2, int(share * 12))


def test_order_of_pairs_is_kept_and_columns_are_as_agreed() -> None:
    tables = site(BOOTS, *["Some leather boots here, dear reader."] * 3)
    found = run([(3, 0), (1, 0), (2, 0)], tables)
    assert list(found.columns) == OUTPUT
    assert found["source_id"].tolist() == [3, 1, 2]


def test_no_pairs_is_no_error() -> None:
    assert len(run([], site(BOOTS, "x"))) == 0


def test_unspaced_scripts() -> None:
    pages, texts, links = site(
        ("tenki", "東京の天気"), "今日は晴れです。東京の天気は良いです。明日は雨。"
    )
    row = run([(1, 0)], (pages.assign(language="ja"), texts, links)).iloc[0]
    assert row["sentence"] == "[東京の天気]は良いです。"


def test_blanking_a_text_removes_its_mentions() -> None:
    pages, texts, links = site(BOOTS, "We tested leather boots for you.")
    blank = texts.assign(text=" ")
    assert run([(1, 0)], (pages, blank, links))["sentence"].iloc[0] == ""


PIECES = [*"ab .\n!?[]()“”'é東京。🍵\u200fשلا", "leather", " boots ", "Tea is good. "]
TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3), st.text(max_size=20), st.text(max_size=8))
def test_quotations_are_exact_and_anchors_allowed(
    sources: list[str], title: str, existing: str
) -> None:
    tables = site(("leather-boots", title), *sources, links=((1, 0, existing),))
    found = run([(n + 1, 0) for n in range(len(sources))] * 2, tables)
    for row in found.itertuples():
        text = sources[row.source_id - 1]
        assert row.sentence_before in text
        assert "\n" not in row.anchor
        assert len(row.anchor.split()) <= TextSettings().anchor_max_words
        assert not row.anchor or not is_generic(row.anchor)
        if row.action.startswith("Link"):
            assert row.sentence.replace(f"[{row.anchor}]", row.anchor, 1) == row.sentence_before
    used = found[found["anchor"] != ""].groupby("source_id")["anchor"].agg(list)
    assert all(len(set(map(anchor_key, a))) == len(a) for a in used)


def test_two_megabytes_on_one_line_are_read_in_time() -> None:
    text = "word and other words " * 100_000 + "leather boots"
    row = run([(1, 0)], site(BOOTS, text)).iloc[0]
    assert row["sentence_before"] in text


def test_known_places_of_links_close_those_sentences_only() -> None:
    text = "Our leather boots are warm. They say leather boots last long."
    tables = site(BOOTS, text, "x", links=((1, 2, "warm"),))
    spans = pd.DataFrame({"page_id": [1], "start": [text.index("warm")], "end": [26]})
    frame = pd.DataFrame({"source_id": [1], "target_id": [0]})
    row = place(frame, *tables, {}, TextSettings(), spans).iloc[0]
    assert row["sentence"] == "They say [leather boots] last long."


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("A bag after washing needs air. We offer down washing in autumn.", "down washing"),
        ("It is washed at sixty degrees, so they say in town.", "Down washing and reproofing"),
    ],
)
def test_no_single_word_that_says_nothing(text: str, anchor: str) -> None:
    tables = site(("down-washing", "Down washing and reproofing | Shop"), text)
    row = run([(1, 0)], tables, {0: ["down washing"]}).iloc[0]
    assert row["anchor"] in (anchor, "down washing")
    assert "[washed]" not in row["sentence"]


def test_no_link_is_cut_out_of_another_pages_name() -> None:
    text = "The Skerry 1 solo backpacking tent is light. Every backpacking tent wants care."
    pages, texts, links = site(
        ("skerry-2", "Skerry 2 backpacking tent | Shop"), text, "The other tent."
    )
    pages.loc[2, "title"] = "Skerry 1 solo backpacking tent | Shop"
    row = run([(1, 0)], (pages, texts, links)).iloc[0]
    assert row["sentence_before"] == "Every backpacking tent wants care."


def test_the_whole_name_rather_than_its_end() -> None:
    text = "We like the Skerry 2 backpacking tent in wind."
    tables = site(("skerry-2", "Skerry 2 backpacking tent | Shop"), text)
    row = run([(1, 0)], tables, {0: ["backpacking tent"]}).iloc[0]
    assert row["anchor"] == "Skerry 2 backpacking tent"


@pytest.mark.parametrize(
    "words",
    [
        "click here", "haz clic aquí", "cliquez ici", "hier klicken", "clicca qui", "clique aqui",
        "lees meer", "läs mer", "czytaj więcej", "читать далее", "daha fazla", "こちら",
    ],
)  # fmt: skip
def test_words_that_say_nothing_never_carry_a_link_in_twelve_languages(words: str) -> None:
    pages = PAGES.conform(
        pd.DataFrame(
            {
                "page_id": [0, 1],
                "node_id": [0, 1],
                "url": ["https://a.com/boots", "https://a.com/n"],
                "title": [words, "Note"],
                "h1": [words, "Note"],
            }
        )
    )
    text = f"Before the winter we look after all shoes of the house: {words}. More follows soon."
    texts = TEXTS.conform(pd.DataFrame({"page_id": [1], "text": [text]}))
    pair = pd.DataFrame({"source_id": [1], "target_id": [0]})
    found = place(pair, pages, texts, LINKS.empty(), {0: [words]}, TextSettings()).iloc[0]
    assert f"[{words}]" not in found["sentence"]
    assert not any(is_generic(option) for option in found["anchors"].split("\n") if option)
