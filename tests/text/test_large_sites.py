"""A large site, looked at through shortlists, against the same pages looked at in full."""

import numpy as np
import pandas as pd
import pytest

from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text import shortlist
from linkplanner.text.encodings import Encodings
from linkplanner.text.refresh import refreshed
from linkplanner.text.signals import SIGNALS, Signals
from linkplanner.text.suggest import suggest
from linkplanner.text.walks import ranks, transitions

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
SIZE = 300


@pytest.fixture(scope="module")
def site() -> Tables:
    """Pages about thirty things, words of frequencies as in real texts."""
    random = np.random.default_rng(3)
    words = [f"word{n}" for n in range(2000)]
    about = random.integers(0, 30, SIZE)
    titles, texts = [], []
    for page in range(SIZE):
        own = [f"thing{about[page]}", f"name{page}", f"side{about[page] % 7}"]
        common = [words[n] for n in np.minimum(random.zipf(1.4, 120), 1999)]
        mixed = random.permutation([*own * 4, *common])
        titles.append(" ".join(own[:2]))
        texts.append(". ".join(" ".join(part) for part in np.array_split(mixed, 12)))
    pages = pd.DataFrame({"page_id": range(SIZE), "node_id": range(SIZE), "title": titles})
    pages["url"] = [f"https://a.com/{about[n]}/{n}" for n in range(SIZE)]
    ends = random.integers(0, SIZE, (400, 2))
    links = pd.DataFrame(ends, columns=["source_id", "target_id"]).assign(position="content")
    links["anchor"] = [titles[n] for n in ends[:, 1]]
    return (
        PAGES.conform(pages.assign(language="en")),
        TEXTS.conform(pd.DataFrame({"page_id": range(SIZE), "text": texts})),
        LINKS.conform(links),
    )


@pytest.fixture(scope="module")
def whole(site: Tables) -> pd.DataFrame:
    return suggest(*site, 10)


def test_a_shortlist_keeps_the_best_of_what_a_full_look_finds(
    site: Tables, whole: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "WHOLE", 50)
    monkeypatch.setattr(shortlist, "FREQUENT", 40)
    found = suggest(*site, 10)
    keys = ["source_id", "target_id"]
    same = whole.merge(found, on=keys, suffixes=("", "_listed"))
    assert len(same) >= 0.97 * len(whole)
    assert len(whole[whole["rank"] == 1].merge(found, on=keys)) >= 0.99 * SIZE
    for name in SIGNALS:
        np.testing.assert_allclose(same[name], same[f"{name}_listed"], atol=2e-3)


def test_no_order_of_pages_changes_what_a_shortlist_gives(
    site: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortlist, "WHOLE", 50)
    pages, texts, links = site
    turned = PAGES.conform(pages.sample(frac=1.0, random_state=1))
    keys = ["source_id", "rank", "target_id"]
    one, two = suggest(*site, 5)[keys], suggest(turned, texts, links, 5)[keys]
    assert len(one.merge(two, on=keys)) >= 0.99 * len(one)


def test_an_edit_reads_one_text_and_gives_what_a_whole_run_would(
    site: Tables, whole: pd.DataFrame
) -> None:
    pages, texts, links = site
    kept = Encodings()
    Signals(*site, {}, kept)
    read = kept.read
    edited = texts.assign(text=texts["text"].where(texts["page_id"] != 7, texts["text"].iloc[150]))
    signals = Signals(pages, edited, links, {}, kept)
    assert kept.read == read  # the text is known from the other page
    again = refreshed(whole, signals, [7], 10)
    full = suggest(pages, edited, links, 10)
    keys = ["source_id", "target_id"]
    assert again[["source_id", "rank"]].equals(full[["source_id", "rank"]])
    assert len(again.merge(full, on=keys)) >= 0.99 * len(full)
    mine = [frame.loc[frame["source_id"] == 7, "target_id"].tolist() for frame in (again, full)]
    assert mine[0] == mine[1]
    onto = [set(f.loc[f["target_id"] == 7, "source_id"]) for f in (again, full)]
    assert onto[0] == onto[1]


def test_a_page_taken_off_the_site_leaves_every_list(site: Tables, whole: pd.DataFrame) -> None:
    pages, texts, links = site
    fewer = PAGES.conform(pages[pages["page_id"] != 20])
    again = refreshed(whole, Signals(fewer, texts, links, {}), [], 10)
    assert not (again[["source_id", "target_id"]] == 20).any(axis=None)
    assert again.groupby("source_id").size().eq(10).all()


def test_a_walk_leads_to_neighbours_first_and_never_beyond_all_there_is(site: Tables) -> None:
    signals = Signals(*site, {})
    found = ranks(transitions(signals.linked), np.arange(SIZE)).toarray()
    assert (found >= 0).all()
    assert (found.sum(axis=1) <= 0.7 / 0.3 + 1e-6).all()
    linked = signals.linked.toarray() > 0
    assert (found[linked | linked.T] > 0).all()
