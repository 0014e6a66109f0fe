"""Which pages belong together."""

import json
import lzma
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.relevance import (
    candidate_pairs,
    fits_plan,
    page_documents,
    page_languages,
    relevance_of,
    to_score,
)

TOPICS = {
    "leather-boots": (
        "Leather boots",
        "Our boots are made of full grain leather for winter walks.",
    ),
    "boot-care": ("Caring for leather boots", "Wax the leather of your boots before every winter."),
    "green-tea": ("Green tea from Japan", "Sencha and matcha are green teas with a fresh taste."),
    "tea-cups": ("Cups for green tea", "Drink your sencha from thin cups, the tea stays fresh."),
    "contact": ("Contact", "Call or write, the office is open on weekdays."),
}


def shop() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rows = [
        {"page_id": n, "node_id": n, "url": f"https://a.com/{slug}", "title": title, "status": 200,
         "indexable": True, "language": "en"}
        for n, (slug, (title, _)) in enumerate(TOPICS.items())
    ]  # fmt: skip
    texts = [{"page_id": n, "text": text} for n, (_, text) in enumerate(TOPICS.values())]
    return (
        PAGES.conform(pd.DataFrame(rows)),
        TEXTS.conform(pd.DataFrame(texts)),
        LINKS.empty(),
    )


def test_pairs_are_of_one_topic_and_sorted() -> None:
    found = candidate_pairs(*shop(), [0, 2], {}, per_target=4)
    best = found.groupby("target_id").first()["source_id"]
    assert best[0] == 1
    assert best[2] == 3
    assert list(found.columns) == ["source_id", "target_id", "relevance"]
    for _, group in found.groupby("target_id"):
        assert group["relevance"].is_monotonic_decreasing


def test_pairs_that_share_nothing_are_below_the_floor() -> None:
    found = candidate_pairs(*shop(), [0, 1, 2, 3, 4], {}, per_target=9)
    contact = found[(found["source_id"] == 4) & (found["target_id"] != 4)]
    assert (contact["relevance"] < 10).all()
    related = found[found["source_id"].isin([0, 1]) & found["target_id"].isin([0, 1])]
    assert (related["relevance"] > 30).all()


def test_never_itself_and_never_more_than_asked() -> None:
    found = candidate_pairs(*shop(), [0, 0, 1, 77], {}, per_target=2)
    assert (found["source_id"] != found["target_id"]).all()
    assert found.groupby("target_id").size().max() <= 2
    assert not found.duplicated(["source_id", "target_id"]).any()


@pytest.mark.parametrize(
    "change", [{"indexable": False}, {"status": 404}, {"node_id": 1}, {"node_id": pd.NA}]
)
def test_pages_that_may_not_be_linked_stay_out(change: dict[str, object]) -> None:
    pages, texts, links = shop()
    for column, value in change.items():
        pages.loc[0, column] = value
    found = candidate_pairs(pages, texts, links, [0, 1], {}, per_target=9)
    assert not (found[["source_id", "target_id"]] == 0).any().any()
    assert not fits_plan(pages)[0]


def test_unknown_status_and_indexability_count_as_good() -> None:
    pages, texts, links = shop()
    pages["status"] = pd.array([pd.NA] * len(pages), dtype="Int64")
    pages["indexable"] = pd.array([pd.NA] * len(pages), dtype="boolean")
    assert fits_plan(pages).all()
    assert len(candidate_pairs(pages, texts, links, [0], {}, per_target=9))


def test_a_keyword_raises_the_page_that_mentions_it() -> None:
    pages, texts, links = shop()
    before = candidate_pairs(pages, texts, links, [0], {}, per_target=9)
    after = candidate_pairs(pages, texts, links, [0], {0: ["sencha"]}, per_target=9)
    value = {
        name: frame.set_index("source_id")["relevance"].get(2, 0.0)
        for name, frame in (("before", before), ("after", after))
    }
    assert value["after"] > value["before"]


def test_works_without_any_text() -> None:
    pages, _, links = shop()
    found = candidate_pairs(pages, TEXTS.empty(), links, [0], {}, per_target=1)
    assert found["source_id"].tolist() == [1]


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(5)))
def test_order_of_pages_and_rows_is_irrelevant(order: list[int]) -> None:
    pages, texts, links = shop()
    links = LINKS.conform(
        pd.DataFrame(
            {"source_id": [0, 1], "target_id": [2, 2], "anchor": ["tea", "matcha"]}
        ).assign(position="content")
    )
    plain = candidate_pairs(pages, texts, links, range(5), {}, per_target=9)
    place = {old: new for new, old in enumerate(order)}
    moved_pages = pages.iloc[order].assign(page_id=range(5), node_id=range(5))
    moved_texts = texts.assign(page_id=texts["page_id"].map(place)).iloc[::-1]
    moved_links = links.assign(
        source_id=links["source_id"].map(place), target_id=links["target_id"].map(place)
    ).iloc[::-1]
    moved = candidate_pairs(
        PAGES.conform(moved_pages), TEXTS.conform(moved_texts), LINKS.conform(moved_links),
        range(5), {}, per_target=9,
    )  # fmt: skip
    back = moved.assign(
        source_id=[order[n] for n in moved["source_id"]],
        target_id=[order[n] for n in moved["target_id"]],
    )
    keys = ["target_id", "source_id"]
    left = plain.sort_values(keys, ignore_index=True)
    right = back.sort_values(keys, ignore_index=True)
    pd.testing.assert_frame_equal(left, right[left.columns], atol=0.02)


def test_documents_hold_title_five_times_and_anchors_of_links_in() -> None:
    pages, texts, _ = shop()
    rows = pd.DataFrame(
        {"source_id": [1, 1], "target_id": [0, 0], "anchor": ["sturdy shoes", "here"]}
    )
    links = LINKS.conform(rows.assign(position="content"))
    document = page_documents(pages, texts, links)[0]
    assert document.count("Leather boots") == 5
    assert "sturdy shoes" in document
    assert "here" not in document.split("\n")
    assert texts["text"][0] in document


def test_languages_are_guessed_from_texts_where_none_is_declared() -> None:
    pages, texts, _ = shop()
    pages["language"] = pd.Series([None] * len(pages), dtype="str")
    assert set(page_languages(pages, texts)) == {"en"}
    pages.loc[0, "language"] = "de-AT"
    assert page_languages(pages, texts)[0] == "de"


def test_relevance_of_pairs() -> None:
    corpus = [text for _, text in TOPICS.values()]
    score = relevance_of([corpus[0], corpus[0], ""], [corpus[0], corpus[4], corpus[0]], corpus)
    assert score[0] == pytest.approx(100, abs=0.1)
    assert score[1] < 10
    assert score[2] == 0


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_relevance_of_stays_within_limits(texts: list[str]) -> None:
    score = relevance_of(texts, texts[::-1], texts)
    assert ((score >= 0) & (score <= 100)).all()
    assert np.allclose(score, relevance_of(texts[::-1], texts, texts))


def test_mapping_is_monotone_and_documented_points_hold() -> None:
    assert to_score(np.array([0.0, 0.01, 0.16, 1.0])).tolist() == pytest.approx([0, 10, 40, 100])


@pytest.mark.parametrize(("name", "least"), [("fsharp", 0.7), ("httpd_fr", 0.7)])
def test_finds_the_links_that_editors_wrote(
    shared: Callable[[str], Path], name: str, least: float
) -> None:
    """Hides a fifth of the editorial links; most targets must be among the ten best."""
    with lzma.open(shared(f"relevance/{name}.jsonl.xz"), "rt", encoding="utf-8") as file:
        pages, texts, links = _site([json.loads(line) for line in file])
    pairs = links[["source_id", "target_id"]].drop_duplicates()
    hidden = pairs.sample(frac=0.2, random_state=0)
    known = links.merge(hidden, how="left", indicator=True)
    known = known[known["_merge"] == "left_only"].drop(columns="_merge")
    size = len(pages)
    found = candidate_pairs(pages, texts, LINKS.conform(known), range(size), {}, per_target=size)
    score = np.zeros((size, size))
    score[found["source_id"], found["target_id"]] = found["relevance"]
    score[known["source_id"].astype(int), known["target_id"].astype(int)] = -1
    ranks = [
        (np.delete(score[s], [t for t in targets if t != own]) > score[s, own]).sum()
        for s, targets in hidden.groupby("source_id")["target_id"].agg(list).items()
        for own in targets
    ]
    assert np.mean(np.array(ranks) < 10) >= least


def _site(rows: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    number = {row["url"]: n for n, row in enumerate(rows)}
    links = [
        (n, number[target], block["t"][a:b], "content")
        for n, row in enumerate(rows)
        for block in row["blocks"]
        for a, b, target in block["l"]
        if target in number
        and number[target] != n
        and len(block["t"]) - sum(y - x for x, y, _ in block["l"]) >= 25
    ]
    pages = [
        {"page_id": n, "node_id": n, "url": f"https://{row['url']}", "title": row["title"],
         "h1": row["h1"], "language": row["lang"], "status": 200, "indexable": True}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    texts = [
        {"page_id": n, "text": "\n".join(b["t"] for b in row["blocks"])}
        for n, row in enumerate(rows)
    ]
    frame = pd.DataFrame(links, columns=["source_id", "target_id", "anchor", "position"])
    return (
        PAGES.conform(pd.DataFrame(pages)),
        TEXTS.conform(pd.DataFrame(texts)),
        LINKS.conform(frame),
    )
