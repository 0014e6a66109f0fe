"""All scores together."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from linkplanner.quality.score import score_backlinks
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, DOMAINS, PAGES, TEXTS

PAGE = PAGES.conform(
    pd.DataFrame(
        {
            "page_id": [0, 1],
            "node_id": [0, 0],  # the second redirects to the first
            "url": ["https://www.example.com/boots", "https://example.com/boots"],
            "title": ["Leather boots for winter", None],
        }
    )
)
TEXT = TEXTS.conform(
    pd.DataFrame({"page_id": [0], "text": ["Our boots are made of leather for long winter walks."]})
)
ROWS = pd.DataFrame(
    [
        {"source_url": "https://hiking.example.org/winter", "source_domain": "example.org",
         "source_title": "Winter walks in leather boots", "anchor": "warm boots", "page_id": 0,
         "left_context": "for the snow we wore", "ahrefs_domain_rating": 60.0, "in_content": True},
        {"source_url": "https://seo.example.net/list", "source_domain": "example.net",
         "source_title": "Cheap backlinks", "anchor": "example.com", "page_id": 1,
         "external_links": 5000, "ahrefs_domain_rating": 3.0, "nofollow": True, "lost": True},
        {"source_url": "https://unknown.example/", "source_domain": "unknown.example",
         "target_url": "https://www.example.com/boots"},
        {},
    ]
)  # fmt: skip


def run(rows: pd.DataFrame = ROWS, domains: pd.DataFrame | None = None) -> pd.DataFrame:
    empty = DOMAINS.empty() if domains is None else domains
    return score_backlinks(
        BACKLINKS.conform(rows), PAGE, TEXT, empty, QualitySettings(), ["Example"]
    )


def test_all_columns_are_filled_and_within_limits() -> None:
    scored = run()
    assert list(scored.columns) == list(BACKLINKS.columns)
    for column in ("authority", "spam", "relevance"):
        known = scored[column].dropna()
        assert known.between(0, 100).all()
    assert scored[["authority", "spam", "kind", "worth", "reasons"]].notna().all().all()


def test_good_and_bad_links_are_told_apart() -> None:
    good, bad, *_ = run().itertuples()
    assert good.worth > 0 == bad.worth
    assert good.relevance > bad.relevance
    assert bad.spam >= 60 > 30 > good.spam
    assert good.kind == "editorial"


def test_reasons_are_plain_words() -> None:
    good, bad, plain, empty = run()["reasons"]
    assert (
        good
        == "Ahrefs DR 60; same topic; no sign of spam; editorial (stands in the text of the page)"
    )
    assert "likely spam: offers links or rankings: “backlinks” (+45)" in bad
    assert "lost: counts for nothing; nofollow" in bad
    assert "estimated" in plain
    assert "relevance unknown" in empty


def test_relevance_is_missing_where_no_words_are_known() -> None:
    assert np.isnan(run()["relevance"].iloc[3])


def test_metrics_of_the_domain_report_fill_gaps_only() -> None:
    domains = DOMAINS.conform(
        pd.DataFrame(
            {"domain": ["unknown.example", "example.org"], "ahrefs_domain_rating": [80.0, 10.0]}
        )
    )
    scored = run(domains=domains)
    assert scored["authority"].tolist()[:3] == [60, 3, 80]
    assert np.isnan(scored["ahrefs_domain_rating"].iloc[2])  # what the export said stays as it was


def test_order_is_irrelevant_and_no_rows_are_no_error() -> None:
    plain = run()
    turned = run(ROWS.iloc[::-1]).iloc[::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(plain, turned)
    assert len(run(ROWS.iloc[:0])) == 0


@pytest.mark.parametrize(
    "sample", ["ahrefs-backlinks-sheets", "semrush-backlinks-csv", "gsc-latest"]
)
def test_real_exports_are_scored_whole(shared: Callable[[str], Path], sample: str) -> None:
    reading = pytest.importorskip("linkplanner.read")
    files = sorted(shared("samples").glob(f"{sample}*"))
    assert files
    for path in files:
        for found in reading.read_file(path):
            scored = run(found.frame)
            assert len(scored) == len(found.frame)
            assert scored["spam"].between(0, 100).all()
            assert (scored["worth"] >= 0).all()
