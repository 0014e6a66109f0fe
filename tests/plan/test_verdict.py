"""Verdicts by hand-made cases, the worth of the next backlink, and the strategy's six lines."""

import numpy as np
import pandas as pd
import pytest

from linkplanner.export.strategy_sheet import strategy_sheet
from linkplanner.plan.levers import six_lines
from linkplanner.plan.next_backlink import best_landing, good_link, pitches
from linkplanner.plan.verdict import Needs, Reckoning, needs, reconsidered, site_verdict, verdicts
from linkplanner.settings import StrategySettings
from linkplanner.tables import BACKLINKS, PLAN

SETTINGS = StrategySettings()


def pages(**columns: object) -> pd.DataFrame:
    base: dict[str, object] = {
        "url": "https://a.test/x", "title": "X", "kind": "product", "indexable": True,
        "equity": 1.0, "equity_before": 1.0, "equity_after": 1.0, "seed": 0.2, "priority": 1.0,
        "referring_domains": 0,
    }  # fmt: skip
    count = max([len(v) for v in columns.values() if isinstance(v, list)] or [1])
    return pd.DataFrame({**base, **columns}, index=range(count))


def verdict(after: float, ceiling: float, need: float, **more: object) -> pd.Series:
    at = pages(equity_after=after, **more)
    reckoning = Reckoning(
        np.array([0]), np.array([ceiling]), np.array([2.0]), np.array([0]), np.array([2.0]), 0.25
    )
    plan = PLAN.conform(pd.DataFrame({"target_url": ["https://a.test/x"] * 4}))
    priorities = pd.DataFrame({"url": ["https://a.test/x"], "difficulty": [70.0]})
    usual = (np.array([9.9]), ["a median"])
    said = Needs({"https://a.test/x": need, str(at["url"].iloc[0]): need})
    found = verdicts(at, plan, priorities, reckoning, usual, SETTINGS, said)
    without = reconsidered(found, Needs(), SETTINGS)
    assert without["need"].iloc[0] == 9.9 and without["need_from"].iloc[0] == "a median"
    again = reconsidered(without, said, SETTINGS)
    pd.testing.assert_frame_equal(again, found)
    return found.iloc[0]


@pytest.mark.parametrize(
    ("after", "ceiling", "need", "code", "words"),
    [
        (1.5, 3.0, 1.0, "fed", "Already fed"),
        (1.5, 3.0, 1.4, "links", "Internal links are enough (these 4)"),
        (1.5, 3.0, 2.5, "budget", "Enough if given more of the budget"),
        (1.5, 3.0, 4.2, "backlinks", "Needs backlinks: about 3 good links"),
    ],
)
def test_the_need_is_compared_with_today_plan_and_ceiling(
    after: float, ceiling: float, need: float, code: str, words: str
) -> None:
    found = verdict(after, ceiling, need)
    assert found["verdict"] == code
    assert found["words"].startswith(words)
    assert "difficulty 70" in found["words"]


def test_a_page_that_is_not_indexable_is_blocked() -> None:
    assert verdict(1.0, 2.0, 0.5, indexable=False)["verdict"] == "blocked"


def test_a_need_comes_from_the_user_then_a_rival_then_its_kind_then_the_priorities() -> None:
    urls = [f"https://a.test/{i}" for i in range(8)]
    kinds = ["product"] * 6 + ["service"] * 2
    at = pages(url=urls, kind=kinds, equity=[9.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0])
    found, origin = needs(at, np.array([0, 1, 2, 6]), SETTINGS)
    assert found.tolist() == [3.0, 4.0, 4.0, 4.0]
    assert origin[0].startswith("the median of 5 other pages of kind product")
    assert origin[3] == "the median of your priority pages"
    said = Needs({urls[1]: 7.0}, {urls[1]: 1.0, urls[2]: 2.5})
    assert said.of(urls[0]) is None
    assert said.of(urls[1]) == (7.0, "your figure")
    assert said.of(urls[2]) == (2.5, "the backlinks of a competing page")


def test_a_new_site_needs_backlinks_first_and_says_what_the_model_rests_on() -> None:
    code, words = site_verdict(pd.DataFrame({"verdict": ["links"]}), 5.0, 2.0, 1.0, 9, SETTINGS)
    assert code == "new" and "floor" in words and "Only 9 other sites" in words


def test_the_good_link_is_the_median_of_live_followed_text_links_without_spam() -> None:
    rows = [
        {"worth": 1.0}, {"worth": 3.0}, {"worth": 8.0}, {"worth": 99.0, "lost": True},
        {"worth": 99.0, "nofollow": True}, {"worth": 99.0, "spam": 80.0},
        {"worth": 99.0, "in_content": False},
    ]  # fmt: skip
    base = {"lost": False, "nofollow": False, "ugc": False, "sponsored": False, "in_content": True}
    frame = BACKLINKS.conform(pd.DataFrame([base | row for row in rows]))
    assert good_link(frame, 0.5, SETTINGS) == (1.5, 3)
    assert good_link(BACKLINKS.empty(), 0.5, SETTINGS) == (0.0, 0)


def test_articles_come_first_among_pages_to_pitch_and_feed_the_page_that_needs_them() -> None:
    at = pages(
        url=[
            "https://a.test/p",
            "https://a.test/blog/a",
            "https://a.test/study",
            "https://a.test/q",
        ],
        kind=["product", "article", "other", "product"],
        indexable=[True, True, True, False],
    )
    reach = np.array([3.0, 1.0, 2.0, 9.0])
    listed = pitches(at, reach, 0.5)
    assert listed["url"].str.rsplit("/").str[-1].tolist() == ["study", "a", "p"]
    assert listed["value"].tolist() == [1.0, 0.5, 1.5]
    onto = np.array([[1.2], [0.3], [0.5], [0.9]])
    assert best_landing(at, onto, np.array([0])).tolist() == [2]


def test_the_sheet_escapes_what_pages_say() -> None:
    evil = "<script>alert(1)</script>"
    told = {
        "verdict_words": evil, "plan_hours": 2.0, "plan_in_good_links": 3.0, "best_pitch_gain": 0.2,
        "good_link_points": 0.1, "good_links_counted": 4,
    }  # fmt: skip
    summary = {"strategy": told, "points_before": 1.0, "points_after": 2.0, "links": 4,
               "candidates": 9}  # fmt: skip
    lines = six_lines(summary, {"entered": 100.0})
    assert len(lines) == 6 and "+100%" in lines[1][1]
    found = verdict(1.5, 3.0, 4.2, url=evil).to_frame().T
    listed = pitches(pages(title=evil, kind="article"), np.array([1.0]), 1.0)
    made = pd.Timestamp("2026-11-22").to_pydatetime()
    text = strategy_sheet(evil, evil, lines, found, listed, made)
    assert "<script" not in text and "&lt;script" in text
