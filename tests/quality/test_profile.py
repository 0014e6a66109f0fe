"""The backlink profile as a whole, referral potential, and the review list."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.profile import bursts, months, profile, sites_where
from linkplanner.quality.referral import referral_potential
from linkplanner.quality.review import review_list
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, TRAFFIC

OPTIONS = QualitySettings()


def links(*rows: dict[str, object]) -> pd.DataFrame:
    base = {"worth": 1.0, "spam": 0.0, "authority": 40.0, "kind": "editorial"}
    named = [
        {"source_domain": f"s{n}.org", "source_url": f"https://s{n}.org/x", **base, **row}
        for n, row in enumerate(rows)
    ]
    return BACKLINKS.conform(pd.DataFrame(named))


def test_figures() -> None:
    found = profile(
        links(
            {"worth": 8.0}, {"nofollow": True}, {"is_image": True, "language": "fr-CA, en"},
            {"lost": True}, {"source_domain": "s0.org"},
        ),
        OPTIONS,
    )  # fmt: skip
    figures = found.figures
    assert (figures["links"], figures["live"], figures["domains"]) == (5, 4, 3)
    assert figures["follow_share"] == 0.75
    assert figures["text_share"] == 0.75
    assert figures["half_domains"] == 1
    assert figures["top_share"] == pytest.approx(8.5 / 10.5)  # its second link counts half
    assert figures["effective_domains"] == pytest.approx(10.5**2 / (8.5**2 + 1 + 1))
    assert figures["risk"] == "high"
    assert found.languages.to_dict("records") == [{"language": "fr", "sites": 1}]
    assert found.domains["source_domain"].tolist()[0] == "s0.org"


def test_equal_sites_are_as_many_as_they_are() -> None:
    figures = profile(links(*[{}] * 40), OPTIONS).figures
    assert figures["effective_domains"] == pytest.approx(40)
    assert (figures["half_domains"], figures["risk"]) == (20, "low")


def test_countries_by_ending() -> None:
    domains = ("a.de", "b.de", "c.co.uk", "d.com", "e.io")
    found = profile(links(*({"source_domain": domain} for domain in domains)), OPTIONS).countries
    assert dict(zip(found["country"], found["sites"])) == {"de": 2, "other": 2, "uk": 1}


def test_months_count_sites_once_and_losses_where_all_links_are_gone() -> None:
    day = pd.Timestamp
    rows = links(
        {"source_domain": "a.org", "first_seen": day("2024-01-20"), "last_seen": day("2024-03-01"),
         "lost": True},
        {"source_domain": "a.org", "first_seen": day("2024-03-02"), "last_seen": day("2024-04-09"),
         "lost": True},
        {"source_domain": "b.org", "first_seen": day("2024-03-05"), "last_seen": day("2024-03-06"),
         "lost": True},
        {"source_domain": "b.org", "first_seen": day("2024-03-05"), "last_seen": day("2024-03-06")},
    )  # fmt: skip
    table = months(rows)
    assert table["month"].dt.strftime("%m").tolist() == ["01", "02", "03", "04"]
    assert table["new"].tolist() == [1, 0, 1, 0]
    assert table["lost"].tolist() == [0, 0, 0, 1]


def test_velocity_leaves_the_unfinished_month_out() -> None:
    rows = [{"first_seen": pd.Timestamp("2024-01-10") + pd.DateOffset(months=m)} for m in range(7)]
    rows += [{"first_seen": pd.Timestamp("2024-06-11")}] * 3  # the last whole month
    figures = profile(links(*rows), OPTIONS).figures
    assert figures["velocity"] == pytest.approx((1 + 1 + 4) / 3)
    assert figures["velocity_before"] == pytest.approx(1)


def test_no_links() -> None:
    found = profile(BACKLINKS.empty(), OPTIONS)
    assert found.figures["risk"] == "unknown"
    assert found.months.empty


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12))
def test_shares_add_up_whatever_the_worths(worths: list[float]) -> None:
    found = profile(links(*({"worth": worth} for worth in worths)), OPTIONS)
    total = found.domains["share"].sum()
    assert total == pytest.approx(1.0) or (total == 0 and max(worths) == 0)
    assert found.figures["effective_domains"] <= len(worths) + 1e-9


def test_visits_stand_beside_the_worth() -> None:
    rows = links(
        {"ahrefs_page_traffic": 1000.0, "in_content": True, "target_url": "https://a.example/"},
        {"ahrefs_page_traffic": 1000.0, "in_content": False},
        {"ahrefs_page_traffic": 1000.0, "lost": True},
        {},
    )
    sessions = pd.DataFrame({"url": ["https://a.example/"] * 2, "sessions": [30.0, 12.0]})
    found = referral_potential(rows, TRAFFIC.conform(sessions), OPTIONS)
    assert found["possible_visits"].tolist()[:3] == [10.0, 2.0, 0.0]
    assert np.isnan(found["possible_visits"][3])  # unknown is not zero
    assert found["target_sessions"][0] == 42
    assert rows["worth"].tolist() == [1.0] * 4


def test_the_review_list_names_worst_first_and_decides_nothing() -> None:
    rows = links(
        {"spam": 10.0}, {"spam": 45.0, "nofollow": True}, {"spam": 80.0},
        {"spam": 90.0, "lost": True},
    )  # fmt: skip
    table = review_list(rows, {})
    assert table["source_domain"].tolist() == ["s2.org", "s1.org"]
    assert (table["decision"] == "").all()
    assert table["follow"].tolist() == [1, 0]
    decided = {"s0.org": ("keep", "a friend"), "gone.example": ("disavow", "")}
    table = review_list(rows, decided).set_index("source_domain")
    assert table.loc["s0.org", ["decision", "note"]].tolist() == ["keep", "a friend"]
    assert table.loc["gone.example", "backlinks"] == 0
    assert len(review_list(rows, {}, everything=True)) == 3
    assert review_list(BACKLINKS.empty(), {}).empty


# --- bursts, and the sites behind a bar --------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "burst"),
    [
        ([], []),
        ([2, 3, 0, 2, 12], [False, False, False, False, True]),
        ([1, 1, 1, 4, 9], [False] * 5),  # many times the usual, but few
        ([30, 28, 33, 60], [False] * 4),  # many, but not far above the usual
        ([0, 0, 40], [False] * 3),  # the only month is the usual one
    ],
)
def test_a_burst_is_many_and_far_above_the_usual(new: list[int], burst: list[bool]) -> None:
    table = pd.DataFrame({"month": range(len(new)), "new": new, "lost": 0})
    assert bursts(table).tolist() == burst


LINKS = (
    {"source_domain": "a.de", "kind": "forum", "language": "de", "first_seen": "2026-01-09"},
    {"source_domain": "a.de", "kind": "editorial", "first_seen": "2026-03-01"},
    {"source_domain": "b.de", "kind": "forum", "language": "en", "first_seen": "2026-01-30"},
    {"source_domain": "c.com", "kind": "forum", "first_seen": "2026-02-01"},
    {"source_domain": "d.com", "kind": "forum", "lost": True, "first_seen": "2026-01-01"},
)


@pytest.mark.parametrize(
    ("picks", "sites"),
    [
        ({}, ["a.de", "b.de", "c.com"]),
        ({"kind": set(), "month": set()}, ["a.de", "b.de", "c.com"]),
        ({"kind": {"editorial"}}, ["a.de"]),
        ({"month": {"2026-01"}}, ["a.de", "b.de"]),  # a site counts when it was first seen at all
        ({"month": {"2026-03"}}, []),
        ({"country": {"other"}}, ["c.com"]),
        ({"kind": {"forum"}, "language": {"de"}}, ["a.de"]),
        ({"site": {"b.de", "d.com"}}, ["b.de"]),
    ],
)
def test_sites_behind_what_was_clicked(picks: dict[str, set[str]], sites: list[str]) -> None:
    assert sites_where(links(*LINKS), picks).tolist() == sites


@given(st.lists(st.sampled_from(["editorial", "forum"]), min_size=1, max_size=8))
def test_bars_and_the_sites_behind_them_agree(kinds: list[str]) -> None:
    frame = links(*[{"kind": kind} for kind in kinds])
    for row in profile(frame, OPTIONS).kinds.itertuples():
        assert len(sites_where(frame, {"kind": {row.kind}})) == row.sites
