"""The rows that the topics part shows."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from linkplanner.tables import ANCHOR_ISSUES, CLUSTER_TIES, CLUSTERS, PAGES, RIVALS
from linkplanner.ui.topics import rival_rows, tie_rows, topic_rows

PAGE_ROWS = PAGES.conform(
    pd.DataFrame({"page_id": [0, 1], "url": ["https://a.com/", "https://a.com/b"]})
)
FRAMES = {
    "clusters": CLUSTERS.conform(
        pd.DataFrame({"cluster": [1], "label": ["tea"], "pillar_id": [1]})
    ),
    "cluster_ties": CLUSTER_TIES.conform(
        pd.DataFrame({"cluster": [1, 2], "kind": "to pillar", "source_id": 0, "target_id": 1})
    ),
    "rivals": RIVALS.conform(pd.DataFrame({"page_id": [0], "rival_id": [1], "likeness": [99.0]})),
    "anchor_issues": ANCHOR_ISSUES.empty(),
}  # fmt: skip


def test_rows_name_pages_by_their_address() -> None:
    assert topic_rows(FRAMES, PAGE_ROWS)["pillar_url"].tolist() == ["https://a.com/b"]
    ties = tie_rows(FRAMES, PAGE_ROWS, 1)
    assert ties[["source_url", "target_url"]].to_numpy().tolist() == [
        ["https://a.com/", "https://a.com/b"]
    ]
    assert rival_rows(FRAMES, PAGE_ROWS)["target_url"].tolist() == ["https://a.com/b"]


def app() -> None:
    from linkplanner.ui.topics import show_topics
    from tests.ui.test_topics import FRAMES, PAGE_ROWS

    show_topics(FRAMES, PAGE_ROWS)


def test_the_part_draws_and_says_what_is_not_there_yet() -> None:
    at = AppTest.from_function(app).run()
    assert not at.exception
    assert len(at.dataframe) == 1


def empty() -> None:
    from linkplanner.ui.topics import show_topics
    from tests.ui.test_topics import PAGE_ROWS

    show_topics({}, PAGE_ROWS)


def test_without_a_proven_plan_it_says_so() -> None:
    at = AppTest.from_function(empty).run()
    assert "make a plan" in at.caption[0].value
