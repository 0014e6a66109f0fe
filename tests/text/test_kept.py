"""What is kept from run to run, and that only what changed is made anew."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.kept import Kept
from linkplanner.text.marks import page_marks
from linkplanner.text.placement import place
from linkplanner.text.signals import Signals

from .test_shared_out import SIZE, Tables, made

OPTIONS = TextSettings()


def edited(tables: Tables, page: int = 7) -> Tables:
    pages, texts, links = tables
    text = texts["text"].where(texts["page_id"] != page, "Our rope is long. It is dry here.")
    return pages, texts.assign(text=text), links


def run(
    tables: Tables, kept: Kept, options: TextSettings = OPTIONS, pairs: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Suggestions, and the sentences of some of them."""
    signals = Signals(*tables, {})
    kept.begin(tables, {}, options)
    found = kept.suggest(signals, signals.ids.tolist(), 5)
    pairs = found.loc[found["rank"] < 3, ["source_id", "target_id"]] if pairs is None else pairs
    return found, place(pairs, *tables, {}, options, signals=signals, kept=kept)


def test_a_second_run_of_the_same_site_looks_at_nothing_and_says_the_same(tmp_path: Path) -> None:
    site, kept = made(1), Kept()
    first = run(site, kept)
    kept.save(tmp_path / "sentences.npz")
    again = Kept.load(tmp_path / "sentences.npz")
    second = run(site, again)
    assert (again.found, again.changed) == (0, frozenset())
    for one, two in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(one, two, check_categorical=False)


def test_after_an_edit_only_its_pairs_are_looked_at_and_they_are_those_of_a_whole_run() -> None:
    site, kept = made(2), Kept()
    _, before = run(site, kept)
    asked = kept.found
    later = edited(site)
    pairs = before[["source_id", "target_id"]]
    _, after = run(later, kept, pairs=pairs)
    assert kept.changed == {7}
    touched = (pairs == 7).any(axis=1)
    assert kept.found - asked == touched.sum() > 0
    whole = Kept()
    _, fresh = run(later, whole, pairs=pairs)
    columns = ["sentence_before", "second_choice"]
    pd.testing.assert_frame_equal(after.loc[touched, columns], fresh.loc[touched, columns])
    assert (after["sentence_before"] == fresh["sentence_before"]).mean() > 0.95


def test_sentences_are_kept_though_pages_get_other_numbers() -> None:
    site, kept = made(3), Kept()
    run(site, kept)
    asked = kept.found
    pages, texts, links = site
    shifted = {name: links[name] + 1 for name in ("source_id", "target_id")}
    home = pd.DataFrame({"page_id": [0], "node_id": [0], "url": ["https://a.com/new"]})
    moved = pages.assign(page_id=pages["page_id"] + 1, node_id=pages["node_id"] + 1)
    other = (
        PAGES.conform(pd.concat([home, moved], ignore_index=True)),
        TEXTS.conform(texts.assign(page_id=texts["page_id"] + 1)),
        LINKS.conform(links.assign(**shifted)),
    )
    kept.begin(other, {}, OPTIONS)
    assert kept.changed == {0}
    offer = next(
        o for s in range(1, SIZE + 1) for t in range(1, SIZE + 1) if (o := kept.offer(s, t))
    )
    assert offer.source > 0 < offer.target
    assert kept.found == asked


@pytest.mark.parametrize("why", ["settings", "many pages"])
def test_all_is_made_anew_where_what_is_kept_would_mislead(why: str) -> None:
    site, kept = made(4), Kept()
    run(site, kept)
    options = replace(OPTIONS, anchor_max_words=3) if why == "settings" else OPTIONS
    for page in range(4) if why == "many pages" else ():
        site = edited(site, page)
    kept.begin(site, {}, options)
    assert not any(kept.offer(s, t) for s in range(SIZE) for t in range(SIZE))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"{}"])
def test_a_broken_file_is_no_file(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sentences.npz"
    path.write_bytes(content)
    site, kept = made(1), Kept.load(path)
    kept.begin(site, {}, OPTIONS)
    assert len(kept.changed) == SIZE


def test_marks_follow_what_counts_and_nothing_else() -> None:
    pages, texts, links = made(5)
    marks = page_marks(pages, texts, links, {})
    turned = (pages.iloc[::-1], texts.iloc[::-1], links.iloc[::-1])
    assert page_marks(*turned, {}).sort_index().equals(marks.sort_index())
    menu = LINKS.conform(links.iloc[[0]].assign(position="navigation"))
    more = LINKS.conform(pd.concat([links, menu], ignore_index=True))
    assert page_marks(pages, texts, more, {}).equals(marks)
    fewer = page_marks(pages, texts, links.iloc[1:], {})
    ends = set(links.iloc[0][["source_id", "target_id"]].tolist())
    assert set(marks.index[marks != fewer]) == ends
    assert set(marks.index[marks != page_marks(pages, texts, links, {3: ["rope"]})]) == {3}
