"""Sentences and suggestions depend neither on who works on them nor on the order of rows."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.crew import Crew
from linkplanner.errors import Cancelled
from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.placement import place
from linkplanner.text.shared import Shared, processes_worth
from linkplanner.text.signals import Signals
from linkplanner.text.suggest import suggest, suggest_for

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
SIZE = 60
KINDS = ("boots", "tents", "maps", "stoves", "ropes")
WORDS = "warm dry light old steep river forest evening winter care test long water stone".split()
KEYS = ["source_url", "target_url"]


def made(seed: int) -> Tables:
    """Pages that speak of each other, so that several want the same words and sentences."""
    random = np.random.default_rng(seed)
    titles = [f"{random.choice(WORDS).title()} {KINDS[n % 5]} {n // 5}" for n in range(SIZE)]
    texts = []
    for _ in range(SIZE):
        lines = []
        for _ in range(6):
            words = [str(random.choice(WORDS)) for _ in range(7)]
            if random.random() < 0.6:
                words.insert(3, titles[random.integers(SIZE)].rsplit(" ", 1)[0])
            lines.append(" ".join(words).capitalize() + ".")
        texts.append(" ".join(lines))
    pages = pd.DataFrame({"page_id": range(SIZE), "node_id": range(SIZE), "title": titles})
    pages["url"] = [f"https://a.com/p{n}" for n in range(SIZE)]
    links = pd.DataFrame(
        {
            "source_id": random.integers(0, SIZE, 80),
            "target_id": random.integers(0, SIZE, 80),
            "anchor": random.choice(KINDS, 80),
            "position": "content",
        }
    )
    return (
        PAGES.conform(pages.assign(language="en", status=200)),
        TEXTS.conform(pd.DataFrame({"page_id": range(SIZE), "text": texts})),
        LINKS.conform(links),
    )


def pairs_of(found: pd.DataFrame) -> pd.DataFrame:
    return found.loc[found["rank"] <= 3, ["source_id", "target_id"]].reset_index(drop=True)


def test_a_second_process_is_for_many_links_on_sites_that_fit_in_memory_twice() -> None:
    assert processes_worth(100, 10_000) == 1
    assert processes_worth(10_000, 100_000) == 1
    assert 1 <= processes_worth(10_000, 10_000) <= 2


def test_two_processes_give_what_one_gives() -> None:
    site = made(1)
    signals = Signals(*site, {})
    alone = suggest_for(signals, 50)
    placed = place(pairs_of(alone), *site, {}, TextSettings(), signals=signals)
    with Crew(Shared(site, signals), 2) as crew:
        together = suggest_for(crew.state.signals, 50, crew=crew)
        steps: list[tuple[int, int]] = []
        options = {"crew": crew, "progress": lambda *step: steps.append(step)}
        shared = place(pairs_of(together), *crew.state.tables, {}, TextSettings(), **options)
        with pytest.raises(Cancelled):
            place(pairs_of(alone), *site, {}, TextSettings(), crew=crew, should_stop=lambda: True)
    pd.testing.assert_frame_equal(alone, together)
    pd.testing.assert_frame_equal(placed, shared)
    assert steps[-1] == (len(placed), len(placed))


@given(st.integers(0, 50))
@settings(max_examples=6, deadline=None)
def test_the_order_of_pages_and_of_pairs_is_irrelevant(seed: int) -> None:
    pages, texts, links = made(seed)
    pairs = pairs_of(suggest(pages, texts, links, 3))
    turned = np.random.default_rng(seed + 100).permutation(SIZE)
    new = pd.Series(np.argsort(turned))
    other = (
        PAGES.conform(pages.iloc[turned].assign(page_id=range(SIZE), node_id=range(SIZE))),
        TEXTS.conform(texts.assign(page_id=texts["page_id"].map(new))),
        LINKS.conform(links.assign(**{k: links[k].map(new) for k in ("source_id", "target_id")})),
    )
    mixed = pairs.sample(frac=1.0, random_state=seed).reset_index(drop=True)
    one = _by_address(place(pairs, pages, texts, links, {}, TextSettings()), pages)
    renamed = mixed.apply(lambda column: column.map(new))
    two = _by_address(place(renamed, *other, {}, TextSettings()), other[0])
    pd.testing.assert_frame_equal(one, two)


def _by_address(found: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    urls = pages.set_index("page_id")["url"]
    named = {f"{end}_url": found[f"{end}_id"].map(urls) for end in ("source", "target")}
    found = found.drop(columns=["source_id", "target_id"]).assign(**named)
    return found.sort_values(KEYS, ignore_index=True)
