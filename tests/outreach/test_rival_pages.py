"""What competitors' pages get, scored as ours, and the needs that follow."""

import pandas as pd
import pytest

from linkplanner.outreach.rival_pages import COLUMNS, rival_pages
from linkplanner.plan.said_needs import said_needs
from linkplanner.quality.worth import link_worth
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS

SETTINGS = QualitySettings()


def link(site: str, target: str, rating: float, **more: object) -> dict[str, object]:
    return {
        "source_url": f"https://{site}/post", "source_domain": site, "source_title": "Tea at home",
        "target_url": f"https://rival.test{target}", "ahrefs_domain_rating": rating,
        "lost": False, "nofollow": False, "in_content": True, **more,
    }  # fmt: skip


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return BACKLINKS.conform(pd.DataFrame(rows)).assign(competitor="rival.test")


def test_a_page_gets_the_worth_of_its_live_links_with_further_ones_of_a_site_diminished() -> None:
    rows = frame(
        link("a.test", "/x", 50.0), link("b.test", "/x", 70.0), link("b.test", "/y", 70.0),
        link("c.test", "/y", 90.0, lost=True), link("d.test", "/y", 30.0, nofollow=True),
    )  # fmt: skip
    found = rival_pages([rows], SETTINGS).set_index("url")
    assert list(rival_pages([rows], SETTINGS)) == list(COLUMNS)
    assert found.loc["https://rival.test/x", "domains"] == 2
    assert found.loc["https://rival.test/y", "links"] == 2
    one = pd.DataFrame(rows.iloc[[1]]).assign(authority=70.0, relevance=None, spam=0.0)
    strong = float(link_worth(one, SETTINGS)[0])
    assert found.loc["https://rival.test/x", "worth"] > strong * 0.9
    assert found["worth"].sum() < strong * 2.5
    assert found["worth"].is_monotonic_decreasing
    twice = pd.concat([rows, frame(link("e.test", "/x/", 10.0))], ignore_index=True)
    assert len(rival_pages([twice], SETTINGS)) == 2


def test_without_competitors_there_are_no_pages_to_measure_by() -> None:
    assert len(rival_pages([], SETTINGS)) == 0
    assert len(rival_pages([frame(link("a.test", "/x", 5.0, lost=True))], SETTINGS)) == 0


def test_a_rivals_worth_becomes_points_on_the_projects_scale() -> None:
    rivals = pd.DataFrame({"url": ["https://rival.test/x"], "worth": [4.0]})
    chosen = {"https://a.test/p": "https://rival.test/x", "https://a.test/q": "https://gone.test/"}
    said = said_needs(rivals, 0.5, {"https://a.test/p2": 3.0}, chosen)
    assert said.rivals == {"https://a.test/p": pytest.approx(2.0)}
    assert said.typed == {"https://a.test/p2": 3.0}
    assert said_needs(None, 0.5, {}, chosen).rivals == {}
