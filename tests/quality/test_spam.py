"""Spam as a sum of visible signals."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.evidence import METHODS
from linkplanner.quality.signals import SIGNALS, band, weights
from linkplanner.quality.spam import score_spam
from linkplanner.tables import BACKLINKS, PAGES
from linkplanner.urls import canonical_series, registrable_series

SITE = PAGES.conform(
    pd.DataFrame(
        {"page_id": [0], "node_id": [0], "url": ["https://www.example.com/"], "title": ["Boots"]}
    )
)
GOOD = {
    "source_url": "https://news.example.org/boots",
    "source_domain": "example.org",
    "source_title": "The boots we liked",
    "anchor": "these boots",
    "external_links": 12,
    "ahrefs_domain_rating": 60.0,
    "ahrefs_domain_traffic": 50_000.0,
}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return BACKLINKS.conform(pd.DataFrame([{**GOOD, **row} for row in rows]))


def spam(*rows: dict[str, object]) -> np.ndarray:
    return score_spam(frame(*rows), SITE).total


BAD = [
    ("seo_seller", {"anchor": "cheap dofollow backlinks"}),
    ("gambling", {"source_title": "Online casino"}),
    ("pills", {"anchor": "buy viagra"}),
    ("adult", {"source_url": "https://freeporn.example.net/a"}),
    ("loans", {"anchor": "payday loans"}),
    ("knockoffs", {"anchor": "replica watches"}),
    ("script", {"source_title": "Лучшие товары для дома"}),
    ("hidden_letters", {"anchor": "b\u043eots"}),  # Cyrillic o
    ("host_digits", {"source_url": "https://a123456.com/"}),
    ("host_hyphens", {"source_url": "https://a-b-c-d-e.com/"}),
    ("host_length", {"source_url": f"https://{'long' * 12}.com/"}),
    ("host_letters", {"source_url": "https://qzxwvkjhgfdpnmt0192.com/"}),
    ("host_tld", {"source_url": "https://boots.xyz/"}),
    ("external_links", {"external_links": 5000}),
    ("linked_domains", {"ahrefs_linked_domains": 900.0, "ahrefs_referring_domains": 0.0}),
    ("no_traffic", {"ahrefs_domain_traffic": 0.0}),
    ("authority_without_traffic", {"ahrefs_domain_traffic": 0.0}),
    ("low_authority", {"ahrefs_domain_rating": 0.0}),
    ("random_word", {"anchor": "xqzwvk the best of the day"}),
    ("link_dump", {"external_links": 9000}),
    ("low_page", {"ahrefs_url_rating": 0.0}),
    ("low_page", {"semrush_page_ascore": 0.0}),
    ("outside_text", {"in_content": False}),
    ("redirects", {"redirect_chain": "https://go.example.com/x, https://r.example.net/y"}),
    ("ahrefs_is_spam", {"ahrefs_is_spam": True}),
    ("semrush_toxic_score", {"semrush_toxic_score": 90.0}),
    ("moz_spam_score", {"moz_spam_score": 80.0}),
    ("dataforseo_spam_score", {"dataforseo_spam_score": 80.0}),
]


@pytest.mark.parametrize(
    ("name", "change"), BAD, ids=[f"{name}-{n}" for n, (name, _) in enumerate(BAD)]
)
def test_each_signal_adds_its_points_and_says_why(name: str, change: dict[str, object]) -> None:
    good, bad = score_spam(frame({}), SITE), score_spam(frame(change), SITE)
    assert good.total[0] == 0
    assert bad.points[name][0] > 0
    assert bad.total[0] > 0
    assert bad.found[name].say(0)
    assert "(+" in bad.reasons()[0]


def test_signals_over_the_whole_profile() -> None:
    hosts = [f"site{n}.org" for n in range(8)]
    rows = [
        {
            "source_url": f"https://{host}/x",
            "source_domain": host,
            "source_title": "All you must know about shoes",
            "anchor": "one very long text that repeats",
        }
        for host in hosts
    ]
    points = score_spam(frame(*rows), SITE).points
    full = weights()
    assert (points["same_title"] == full["same_title"]).all()
    assert (points["same_anchor"] == full["same_anchor"]).all()
    alone = score_spam(frame(rows[0]), SITE).points
    assert alone[["same_title", "same_anchor"]].to_numpy().sum() == 0


def test_addresses_that_several_sites_share() -> None:
    hosts = [f"site{letter}.org" for letter in "abcdefgh"]
    same = [
        {"source_url": f"https://{host}/lists/part-171-of-999", "source_domain": host}
        for host in hosts
    ]
    assert (score_spam(frame(*same), SITE).points["same_path"] == weights()["same_path"]).all()
    odd = [
        {"source_url": f"https://{host}/words-of-{host[4]}ll-sorts-k.html", "source_domain": host}
        for host in hosts
    ]
    points = score_spam(frame(*odd), SITE).points
    assert (points["same_ending"] == weights()["same_ending"]).all()
    about = [{"source_url": f"https://{host}/about-us", "source_domain": host} for host in hosts]
    assert (score_spam(frame(*about), SITE).points["same_path"] == 0).all()


@pytest.mark.parametrize(
    "anchor",
    ["these warm boots", "graphic of the boots", "xqzwvk", "xqzwvk boots", "Xqzwvk the best boots",
     "krzysztof o swoich butach", "schrank aus holz kaufen", "wieczorem w butach",
     "ngoài trời và giày"],
)  # fmt: skip
def test_ordinary_words_are_not_random(anchor: str) -> None:
    assert score_spam(frame({"anchor": anchor}), SITE).points["random_word"][0] < 5


def test_one_brand_in_many_countries_is_one_site() -> None:
    endings = ("de", "fr", "es", "it", "nl", "co.uk", "com", "pl")
    rows = [
        {
            "source_url": f"https://tripguide.{ending}/review/g190391-d231",
            "source_domain": f"tripguide.{ending}",
        }
        for ending in endings
    ]
    assert score_spam(frame(*rows), SITE).total.sum() == 0  # the title is the same too


def test_languages_count_only_where_the_site_tells_its_own() -> None:
    page = frame({"language": "vi"})
    assert score_spam(page, SITE).total[0] == 0
    english = SITE.assign(language="en-GB")
    assert score_spam(page, english).points["language"][0] > 0
    assert score_spam(frame({"language": "es, en"}), english).total[0] == 0


def test_own_redirects_are_no_signal() -> None:
    row = {
        "redirect_chain": "https://news.example.org/out",
        "target_url": "https://www.example.com/",
    }
    assert score_spam(frame(row), SITE).points["redirects"][0] == 0


def test_one_site_on_many_pages_is_repetition_not_a_network() -> None:
    rows = [{"source_url": f"https://example.org/{n}"} for n in range(200)]
    points = score_spam(frame(*rows), SITE).points
    assert (points["repetition"] > 0).all()
    assert (points["same_title"] == 0).all()


def test_bursts_stand_out_from_the_usual_number() -> None:
    day = pd.Timestamp("2024-01-01")
    usual = [
        {"source_domain": f"u{n}.org", "first_seen": day + pd.Timedelta(weeks=n)} for n in range(20)
    ]
    burst = [
        {"source_domain": f"b{n}.org", "first_seen": day + pd.Timedelta(weeks=30)}
        for n in range(30)
    ]
    points = score_spam(frame(*usual, *burst), SITE).points["burst"].to_numpy()
    assert (points[:20] == 0).all()
    assert (points[20:] > 0).all()


def test_words_of_the_site_are_not_held_against_links() -> None:
    casino = SITE.assign(title="Casino Example")
    assert score_spam(frame({"anchor": "casino"}), casino).total[0] == 0
    assert score_spam(frame({"anchor": "casino"}), SITE, brand=["Casino"]).total[0] == 0
    assert score_spam(frame({"anchor": "casino"}), SITE).total[0] > 0


def test_missing_columns_are_no_signal_and_no_error() -> None:
    bare = pd.DataFrame({"source_url": pd.Series(["https://example.org/a", None], dtype="str")})
    assert score_spam(bare, SITE).total.tolist() == [0, 0]
    assert len(score_spam(BACKLINKS.empty(), SITE).total) == 0
    assert score_spam(BACKLINKS.empty(), PAGES.empty()).reasons().tolist() == []


def test_edited_weights_count_and_negative_ones_do_not() -> None:
    rows = frame({"source_title": "Online casino"})
    assert score_spam(rows, SITE, {"gambling": 80}).total[0] == 80
    assert score_spam(rows, SITE, {"gambling": -5}).total[0] == 0


WORSE = [
    ("external_links", st.integers(0, 10**6), 1),
    ("ahrefs_linked_domains", st.integers(0, 10**6), 1),
    ("ahrefs_domain_traffic", st.integers(0, 10**7), -1),
    ("ahrefs_url_rating", st.integers(0, 100), -1),
    ("semrush_page_ascore", st.integers(0, 100), -1),
    ("semrush_toxic_score", st.integers(0, 100), 1),
    ("moz_spam_score", st.integers(0, 100), 1),
    ("dataforseo_spam_score", st.integers(0, 100), 1),
]


@pytest.mark.parametrize(("column", "values", "sign"), WORSE, ids=[name for name, *_ in WORSE])
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_more_of_a_bad_signal_never_lowers_spam(
    column: str, values: st.SearchStrategy[int], sign: int, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.tuples(values, values, st.integers(0, 100)), min_size=10))
    mild, bad = [], []
    for first, second, rating in rows:
        base = {"ahrefs_linked_domains": 3, "ahrefs_domain_rating": rating}
        low, high = sorted((first, second), key=lambda value: sign * value)
        mild.append({**base, column: low})
        bad.append({**base, column: high})
    assert (spam(*bad) >= spam(*mild)).all()


NAMES = st.lists(st.text(alphabet="abc1- ", min_size=1, max_size=30), min_size=10)


@settings(max_examples=8, deadline=None)
@given(NAMES, st.sampled_from(["casino", "backlinks for sale", "viagra"]))
def test_added_words_never_lower_spam(names: list[str], words: str) -> None:
    with_words = spam(*({"anchor": f"{name} {words}"} for name in names))
    assert (with_words >= spam(*({"anchor": name} for name in names))).all()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text(alphabet="abc1-", min_size=1, max_size=30), min_size=10))
def test_added_digits_and_hyphens_never_lower_spam(names: list[str]) -> None:
    shape = ["host_digits", "host_hyphens", "host_length"]

    def points(template: str) -> np.ndarray:
        rows = frame(*({"source_url": template.format(name)} for name in names))
        return score_spam(rows, SITE).points[shape].to_numpy()

    plain = points("https://x{}x.com/")
    assert (points("https://x{}1x.com/") >= plain).all()
    assert (points("https://x{}-x.com/") >= plain).all()


ROW = st.fixed_dictionaries(
    {
        "source_url": st.sampled_from(
            ["https://a.org/1", "https://a.org/2", "https://b1.xyz/", None]
        ),
        "source_domain": st.sampled_from(["a.org", "b1.xyz", None]),
        "source_title": st.sampled_from(["One two three", "casino", None, "一二三"]),
        "anchor": st.sampled_from(["here are some words", "boots", None]) | st.text(max_size=9),
        "external_links": st.integers(0, 9000) | st.none(),
        "ahrefs_domain_traffic": st.floats(allow_nan=True, allow_infinity=True),
        "ahrefs_domain_rating": st.floats(allow_nan=True, allow_infinity=True),
        "ahrefs_linked_domains": st.floats(allow_nan=True, allow_infinity=True),
        "semrush_toxic_score": st.floats(allow_nan=True, allow_infinity=True),
        "ahrefs_url_rating": st.floats(allow_nan=True, allow_infinity=True),
        "in_content": st.sampled_from([True, False, None]),
        "language": st.sampled_from(["en", "zh-cn, en", "", None]) | st.text(max_size=5),
        "redirect_chain": st.sampled_from(["https://a.org/x https://b.org/y", None])
        | st.text(max_size=9),
        "first_seen": st.sampled_from(
            [None, pd.Timestamp("2020-01-01"), pd.Timestamp("2024-05-05")]
        ),
    }
)


@settings(max_examples=12, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_limits_order_and_duplicates(rows: list[dict[str, object]], random: object) -> None:
    table = BACKLINKS.conform(pd.DataFrame(rows))
    total = score_spam(table, SITE).total
    assert ((total >= 0) & (total <= 100)).all()
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = score_spam(table.iloc[order].reset_index(drop=True), SITE).total
    assert np.allclose(shuffled, total[order])
    doubled = score_spam(pd.concat([table, table.iloc[[0]]], ignore_index=True), SITE).total
    assert np.allclose(doubled[:-1], total)


def test_signals_are_complete() -> None:
    names = [signal.name for signal in SIGNALS]
    assert set(names) == set(METHODS)
    assert len(set(names)) == len(names)
    assert all(s.points > 0 and s.high > s.low and s.meaning.endswith(".") for s in SIGNALS)
    assert all(s.low > 0 for s in SIGNALS if s.log)
    assert [band(n) for n in (0, 29.9, 30, 60, 100)] == [
        "fine", "fine", "look at it", "likely spam", "likely spam",
    ]  # fmt: skip


def test_agrees_with_one_vendor_on_one_site(shared: Callable[[str], Path]) -> None:
    """Area under the curve per linking host against Ahrefs' flag, the flag's column removed."""
    from sklearn.metrics import roc_auc_score

    raw = pd.read_csv(shared("labelled/ahrefs-is-spam.csv"))
    flag = raw.pop("Is spam").astype(int)
    urls = canonical_series(raw["Referring page URL"].astype("str"))
    table = BACKLINKS.conform(
        pd.DataFrame(
            {
                "source_url": urls,
                "source_domain": registrable_series(urls),
                "source_title": raw["Referring page title"],
                "anchor": raw["Anchor"],
                "first_seen": pd.to_datetime(raw["First seen"]),
                "external_links": raw["External links"],
                "ahrefs_domain_rating": raw["Domain rating"],
                "ahrefs_domain_traffic": raw["Domain traffic"],
                "ahrefs_linked_domains": raw["Linked domains"],
                "ahrefs_referring_domains": raw["Referring domains"],
            }
        )
    )
    score = score_spam(table, SITE.assign(title="Caldea")).total
    host = raw["Referring page URL"].str.extract(r"https?://([^/]+)")[0]
    by_host = pd.DataFrame({"score": score, "flag": flag}).groupby(host).max()
    assert roc_auc_score(by_host["flag"], by_host["score"]) >= 0.90
    assert flag[score >= 60].mean() >= 0.85
