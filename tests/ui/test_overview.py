"""The overview's picture, figures and sentences."""

from pathlib import Path

import pandas as pd
import pytest

from linkplanner.quality.kind import KINDS
from linkplanner.store.versions import Version
from linkplanner.ui.flow_picture import flow_alt, flow_spec, flow_table
from linkplanner.ui.overview import figures, share_after, top_actions
from linkplanner.ui.texts.findings import overview_finding
from linkplanner.ui.texts.flow import ENDS, ORIGINS, REST

BALANCE = {"entered": 100.0, "priority": 10.0, "other": 70.0, "broken": 20.0, "external": 0.0}
WHEEL = {
    "enters": [
        {"origin": "editorial", "entrance": "article", "points": 95.0},
        {"origin": "base", "entrance": "home", "points": 4.0},
        {"origin": "forum", "entrance": "home", "points": 0.6},
        {"origin": "comment", "entrance": "home", "points": 0.4},
    ],
    "ends": [
        {"entrance": "article", "end": "other", "points": 70.0},
        {"entrance": "article", "end": "broken", "points": 20.0},
        {"entrance": "article", "end": "priority", "points": 5.0},
        {"entrance": "home", "end": "priority", "points": 5.0},
    ],
}  # fmt: skip


def version(**facts: object) -> Version:
    counts = {"orphans": 2, "contextual_orphans": 3, "live_backlinks": 40, "referring_domains": 9}
    made = {"counts": counts, "balance": BALANCE, "has_links": True, **facts}
    return Version(1, "analysis", 1, Path(), "2026-01-01", "", made)


def test_small_origins_are_added_up_and_nothing_is_lost() -> None:
    flows = flow_table(WHEEL, BALANCE)
    assert REST in set(flows["from"])
    assert "Forums" not in set(flows["from"])
    assert flows["points"].sum() == pytest.approx(200.0)  # once in, once out


def test_an_older_analysis_is_drawn_from_its_balance() -> None:
    flows = flow_table(None, BALANCE)
    assert set(flows["from"]) == {"All that enters"}
    assert flows["points"].sum() == pytest.approx(100.0)


def test_the_picture_has_each_box_once_and_no_circle() -> None:
    flows = flow_table(WHEEL, BALANCE)
    (series,) = flow_spec(flows)["series"]
    names = [node["name"] for node in series["data"]]
    assert len(names) == len(set(names))
    assert {link["source"] for link in series["links"]} <= set(names)
    assert not {link["source"] for link in series["links"]} & set(ENDS.values())
    assert "Stays on priority pages: 10.0" in flow_alt(flows)


def test_every_kind_of_link_has_a_name() -> None:
    assert set(KINDS) <= set(ORIGINS)


def test_an_unknown_kind_of_link_keeps_its_own_name() -> None:
    wheel = {"enters": [{"origin": "new kind", "entrance": "home", "points": 100.0}],
             "ends": [{"entrance": "home", "end": "other", "points": 100.0}]}  # fmt: skip
    assert "New kind" in set(flow_table(wheel, BALANCE)["from"])


def test_figures_have_a_trend_and_a_change() -> None:
    worse = {**BALANCE, "priority": 5.0, "broken": 25.0}
    shown = figures([version(balance=worse), version()])
    stays, leaks, orphans, *_ = shown
    assert (stays.text, stays.change, stays.trend) == ("10.0%", "+5.0 points of 100", (0.05, 0.1))
    assert leaks.text == "20.0%"
    assert leaks.better == "less"
    assert (orphans.text, orphans.change) == ("5", None)


def test_without_links_flow_figures_are_unknown() -> None:
    assert [f.text for f in figures([version(has_links=False)])][:3] == ["unknown"] * 3


def test_share_after_grows_with_equity() -> None:
    pages = pd.DataFrame(
        {"priority": [1.0, 0.0], "equity_before": [2.0, 9.0], "equity_after": [5.0, 8.0]}
    )
    assert share_after({"balance": BALANCE}, pages) == pytest.approx(0.25)
    nothing = pages.assign(equity_before=0.0)
    assert share_after({"balance": BALANCE}, nothing) is None


def test_the_finding_compares_today_with_the_plan() -> None:
    facts = version().facts
    assert "10.0 stay" in overview_finding(facts, None)
    assert "(25.0 with the plan)" in overview_finding(facts, 0.25)


def test_actions_are_open_tasks_of_most_gain() -> None:
    tasks = pd.DataFrame(
        {"status": ["suggested", "refused", "approved", "live (verified)"],
         "gain": [1.0, 9.0, 2.0, 8.0], "kind": ["x"] * 4}
    )  # fmt: skip
    assert top_actions(tasks)["gain"].tolist() == [2.0, 1.0]
    assert top_actions(tasks, 1)["rank"].tolist() == [1]
