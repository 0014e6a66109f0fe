"""Topics, pillar pages, what ties them, and pages that compete."""

import pandas as pd
import pytest

from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES, TEXTS
from linkplanner.text.clusters import Topics, find_topics
from linkplanner.text.signals import Signals

TEA = "green tea leaves brewed in a pot with hot water and a cup of oolong"
TENT = "the tent poles and the groundsheet keep rain out on a camping trip in the mountains"


def site(order: list[int]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Five pages on tea, five on tents; pages 0 and 5 get links from three of theirs."""
    names = ["Tea", "Green tea", "Oolong tea", "Tea pots", "Tea cups"]
    names += ["Tents", "Tent poles", "Camping tents", "Tent care", "Tent repair"]
    said = [f"{name}. {TEA if n < 5 else TENT}. {name} number {n}." for n, name in enumerate(names)]
    address = [f"https://a.com/{name.lower().replace(' ', '-')}" for name in names]
    pages = pd.DataFrame(
        {
            "page_id": range(10),
            "node_id": range(10),
            "url": [address[n] for n in order],
            "title": [names[n] for n in order],
            "language": "en",
        }
    )
    texts = pd.DataFrame({"page_id": range(10), "text": [said[n] for n in order]})
    at = {n: place for place, n in enumerate(order)}
    pairs = [(1, 0), (2, 0), (3, 0), (0, 1), (6, 5), (7, 5), (8, 5)]
    links = pd.DataFrame(
        [(at[a], at[b], names[b], "content") for a, b in pairs],
        columns=["source_id", "target_id", "anchor", "position"],
    )
    return PAGES.conform(pages), TEXTS.conform(texts), LINKS.conform(links)


def topics(order: list[int]) -> tuple[Topics, pd.DataFrame]:
    pages, texts, links = site(order)
    return find_topics(Signals(pages, texts, links, {}), pages, TextSettings()), pages


def by_address(found: Topics, pages: pd.DataFrame) -> set[frozenset[str]]:
    url = pages["url"].to_numpy()
    groups = found.pages.groupby("cluster")["page_id"]
    return {frozenset(url[group.to_numpy(dtype=int)]) for _, group in groups}


def test_pages_of_one_topic_are_found_with_their_pillar_and_a_name() -> None:
    found, pages = topics(list(range(10)))
    assert by_address(found, pages) == {
        frozenset(pages["url"].iloc[:5]),
        frozenset(pages["url"].iloc[5:]),
    }
    assert set(found.clusters["pillar_id"]) == {0, 5}
    assert any("tea" in label for label in found.clusters["label"])
    assert any("tent" in label for label in found.clusters["label"])


def test_what_is_missing_is_every_pair_of_pillar_and_member_without_a_link() -> None:
    found, _ = topics(list(range(10)))
    tea = found.clusters.set_index("pillar_id").loc[0]
    assert (tea["links_to_pillar"], tea["links_from_pillar"], tea["missing"]) == (3, 1, 4)
    assert tea["tied"] == pytest.approx(50.0)
    ties = found.ties[found.ties["cluster"] == tea["cluster"]]
    pairs = set(zip(ties["source_id"], ties["target_id"], strict=True))
    assert pairs == {(4, 0), (0, 2), (0, 3), (0, 4)}


def test_the_order_of_pages_is_irrelevant() -> None:
    one, pages_one = topics(list(range(10)))
    two, pages_two = topics([7, 2, 9, 0, 5, 1, 8, 3, 6, 4])
    assert by_address(one, pages_one) == by_address(two, pages_two)
    assert sorted(one.clusters["label"]) == sorted(two.clusters["label"])


def test_twins_are_rivals() -> None:
    pages, texts, links = site(list(range(10)))
    texts.loc[1, "text"] = texts.loc[0, "text"]
    pages.loc[1, "title"] = pages.loc[0, "title"]
    found = find_topics(Signals(pages, texts, links, {}), pages, TextSettings())
    pairs = found.rivals.set_index(["page_id", "rival_id"])["same_title"].to_dict()
    assert pairs[0, 1]
    assert sum(pairs.values()) == 1
    assert (found.rivals["likeness"] >= 60).all()


@pytest.mark.parametrize("number", [1, 2])
def test_a_site_of_few_pages_is_no_error(number: int) -> None:
    pages, texts, links = site(list(range(10)))
    pages, texts = pages.iloc[:number], texts.iloc[:number]
    found = find_topics(Signals(pages, texts, links.iloc[:0], {}), pages, TextSettings())
    assert len(found.pages) <= number
