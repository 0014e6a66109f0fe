"""Worth of a backlink and seeds of pages."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.worth import diminished, link_worth, page_seeds, typical_worth
from linkplanner.settings import EquitySettings, QualitySettings
from linkplanner.tables import BACKLINKS, PAGES

Q, E = QualitySettings(), EquitySettings()
LINK = {"authority": 50.0, "relevance": 40.0, "spam": 0.0, "source_url": "https://a.org/1",
        "source_domain": "a.org", "target_url": "https://x.com/", "page_id": 0}  # fmt: skip
PAGE = PAGES.conform(
    pd.DataFrame(
        {
            "page_id": [0, 1, 2],
            "node_id": [0, 1, 2],
            "url": ["https://x.com/shop", "https://x.com/", "https://x.com/boots"],
        }
    )
)
NONE = pd.DataFrame({"page_id": [], "incoming_links": [], "linking_sites": []})


def table(*rows: dict[str, object]) -> pd.DataFrame:
    frame = BACKLINKS.conform(pd.DataFrame([{**LINK, **row} for row in rows]))
    return frame.assign(worth=link_worth(frame, Q))


def worth(**row: object) -> float:
    return float(table(row)["worth"].iloc[0])


def seeds(
    frame: pd.DataFrame, targets: pd.DataFrame = NONE, pages: pd.DataFrame = PAGE
) -> list[float]:
    return page_seeds(frame, targets, pages, E, Q).tolist()


def test_the_documented_example() -> None:
    """One reputable link against twenty poor ones, from twenty different sites."""
    good = table({"authority": 70, "relevance": 40, "spam": 0})["worth"].sum()
    poor = table(
        *(
            {"authority": 15, "relevance": 10, "spam": 40, "source_domain": f"p{n}.org"}
            for n in range(20)
        )
    )["worth"].sum()
    assert good > 3 * poor
    assert worth() == pytest.approx(1.0)


def test_even_twenty_clean_but_weak_links_lose() -> None:
    weak = table(*({"authority": 15, "source_domain": f"p{n}.org"} for n in range(20)))
    assert worth(authority=70) > weak["worth"].sum()


@pytest.mark.parametrize(
    ("row", "factor"),
    [
        ({"nofollow": True}, Q.nofollow_factor),
        ({"ugc": True, "sponsored": True}, Q.nofollow_factor),
        ({"in_content": False}, Q.boilerplate_factor),
        ({"is_image": True}, Q.image_factor),
        ({"spam": Q.spam_knee}, 0.5),
        ({"external_links": 200}, 0.1),
        ({"external_links": 3}, 1.0),
        ({"authority": 75}, 10.0),
        ({"relevance": 0}, 0.2),
        ({"relevance": None}, 0.6),  # unknown counts as an ordinary link
        ({"lost": True}, 0.0),
    ],
)
def test_factors(row: dict[str, object], factor: float) -> None:
    assert worth(**row) == pytest.approx(factor * worth())


SCORE = st.floats(0, 100)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(SCORE, SCORE, SCORE, SCORE), min_size=5))
def test_monotone_in_every_score(rows: list[tuple[float, float, float, float]]) -> None:
    names = ["authority", "relevance", "spam"]
    frame = pd.DataFrame(rows, columns=[*names, "more"])
    full = pd.concat([table({})] * len(rows), ignore_index=True)
    base = link_worth(full.assign(**frame[names]), Q)
    assert (base >= 0).all()
    for name in names:
        raised = frame.assign(**{name: (frame[name] + frame["more"]).clip(upper=100)})
        change = link_worth(full.assign(**raised[names]), Q) - base
        assert ((change <= 0) if name == "spam" else (change >= 0)).all()


def test_links_of_one_domain_count_less_and_less() -> None:
    rows = [{"source_url": f"https://a.org/{n}"} for n in range(50)]
    one, many = diminished(table(rows[0]), 0.5).sum(), diminished(table(*rows), 0.5)
    assert many.sum() < 2 * one
    assert sorted(many, reverse=True)[:3] == pytest.approx([one, one / 2, one / 4])


def test_the_best_link_of_a_domain_counts_in_full() -> None:
    frame = table({"authority": 20, "source_url": "https://a.org/0"}, {"authority": 60})
    assert diminished(frame, 0.5)[1] == frame["worth"][1]
    assert diminished(frame, 0.5)[0] == frame["worth"][0] / 2


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "authority": st.sampled_from([10, 50, 90]),
            "source_domain": st.sampled_from(["a.org", "b.org", None]),
            "source_url": st.sampled_from(["https://a.org/1", "https://a.org/2", None]),
            "target_url": st.sampled_from(["https://x.com/", "https://x.com/boots", None]),
            "page_id": st.sampled_from([0, 1, 2, None]),
            "lost": st.booleans(),
        }
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_order_and_duplicates_change_nothing(rows: list[dict[str, object]], random: object) -> None:
    for row in rows:  # the page follows from the target
        row["page_id"] = {None: None, "https://x.com/": 1}.get(row["target_url"], 2)  # type: ignore[call-overload]
    plain = seeds(table(*rows)) if rows else seeds(BACKLINKS.empty())
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert (seeds(table(*shuffled)) if rows else plain) == pytest.approx(plain)
    if rows:
        assert seeds(table(*rows, rows[0])) == pytest.approx(plain)
    assert min(plain) >= 0


def test_lost_links_bring_nothing() -> None:
    assert seeds(table({"lost": True})) == [0, 0, 0]


def test_pages_known_by_counts_only_get_an_estimate() -> None:
    targets = pd.DataFrame({"page_id": [2, 0], "incoming_links": [90, 5], "linking_sites": [7, 1]})
    typical = typical_worth(Q)
    assert seeds(BACKLINKS.empty(), targets) == pytest.approx([typical, 0, 3 * typical])


def test_links_without_target_follow_the_counts_in_proportion() -> None:
    targets = pd.DataFrame({"page_id": [2, 0], "incoming_links": [90, 5], "linking_sites": [7, 1]})
    frame = table({"target_url": None, "page_id": None})
    alone, both = seeds(BACKLINKS.empty(), targets), seeds(frame, targets)
    added = np.subtract(both, alone)
    assert added.sum() == pytest.approx(1.0)
    assert added[2] == pytest.approx(3 * added[0])


def test_links_without_target_go_to_the_home_page_where_nothing_else_is_known() -> None:
    frame = table({"target_url": None, "page_id": None})
    assert seeds(frame) == pytest.approx([0, 1, 0])  # the shortest address
    assert seeds(frame, pages=PAGE.assign(kind=["home", "other", "other"])) == pytest.approx(
        [1, 0, 0]
    )


def test_links_to_unknown_pages_of_the_site_are_not_spread() -> None:
    assert seeds(table({"page_id": None, "target_url": "https://x.com/gone"})) == [0, 0, 0]


def test_listed_links_and_counts_of_one_page_are_not_added_up() -> None:
    targets = pd.DataFrame({"page_id": [0], "incoming_links": [9], "linking_sites": [1]})
    assert seeds(table({}), targets)[0] == pytest.approx(max(1.0, typical_worth(Q)))


def test_empty_tables() -> None:
    assert seeds(BACKLINKS.empty(), pages=PAGES.empty()) == []
    assert seeds(table({"target_url": None, "page_id": None}), pages=PAGES.empty()) == []
