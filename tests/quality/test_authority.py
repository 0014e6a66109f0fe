"""Authority from whatever vendors say."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.authority import DOMAIN_KNOTS, NAMES, PAGE_KNOTS, authority
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, METRICS

METRIC = st.floats(0, 1000, allow_nan=False)
COLUMNS = [*DOMAIN_KNOTS, *PAGE_KNOTS, "ahrefs_domain_traffic"]


def score(**metrics: float | None) -> pd.Series:
    frame = BACKLINKS.conform(pd.DataFrame([metrics]))
    return authority(frame, QualitySettings()).iloc[0]


@pytest.mark.parametrize(
    ("metrics", "low", "high"),
    [
        ({"ahrefs_domain_rating": 70.0}, 70, 70),
        ({"ahrefs_domain_rating": 70.0, "ahrefs_url_rating": 5.0}, 60, 65),  # a weak page
        ({"semrush_domain_ascore": 60.0}, 65, 75),
        ({"semrush_page_ascore": 10.0}, 45, 60),  # Semrush's backlink export has no site score
        ({"majestic_trust_flow": 40.0, "majestic_citation_flow": 40.0}, 55, 75),
        ({"moz_domain_authority": 50.0, "moz_page_authority": 50.0}, 50, 50),
        ({"ahrefs_domain_traffic": 1_000_000.0}, 70, 80),  # no score: from visits
        ({}, 30, 30),
    ],
)
def test_scale(metrics: dict[str, float], low: float, high: float) -> None:
    assert low <= score(**metrics)["authority"] <= high


def test_estimates_are_marked_and_reasons_name_the_vendor() -> None:
    assert score()["estimated"]
    assert "estimated" in score()["reason"]
    assert score(ahrefs_domain_traffic=10.0)["estimated"]
    known = score(ahrefs_domain_rating=70.0, ahrefs_url_rating=5.0)
    assert not known["estimated"]
    assert known["reason"] == "Ahrefs DR 70, Ahrefs UR 5"


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(COLUMNS), METRIC, min_size=1), METRIC)
def test_never_falls_when_a_metric_rises(metrics: dict[str, float], more: float) -> None:
    raised = [{**metrics, column: metrics[column] + more} for column in metrics]
    frame = BACKLINKS.conform(pd.DataFrame([metrics, *raised]))
    scores = authority(frame, QualitySettings())["authority"]
    assert (scores >= scores.iloc[0]).all()


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(list(METRICS)), st.floats(width=32)))
def test_stays_within_limits_for_any_numbers(metrics: dict[str, float]) -> None:
    metrics.pop("ahrefs_is_spam", None)
    assert 0 <= score(**metrics)["authority"] <= 100


def test_every_metric_of_the_scale_has_knots_in_order_and_a_name() -> None:
    for column, knots in {**DOMAIN_KNOTS, **PAGE_KNOTS}.items():
        assert column in METRICS
        assert column in NAMES
        assert (np.diff(np.array(knots), axis=0) >= 0).all()
        assert knots[-1][1] == 100
