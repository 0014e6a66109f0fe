"""The flywheel's flows add up, whatever files there are."""

from pathlib import Path

import pandas as pd
import pytest

from linkplanner.pipeline import Analysis, analyse
from linkplanner.pipeline.flywheel import BASE, ENDS, UNANSWERED
from linkplanner.read import read_file
from linkplanner.sample import Sample, write_sample


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return write_sample(tmp_path_factory.mktemp("shop"))


def analysed(*files: Path) -> Analysis:
    return analyse([reading for file in files for reading in read_file(file)])


def flows(analysis: Analysis) -> tuple[pd.DataFrame, pd.DataFrame]:
    wheel = analysis.facts["flywheel"]
    return pd.DataFrame(wheel["enters"]), pd.DataFrame(wheel["ends"])


@pytest.mark.parametrize("names", [
    ("sitemap", "backlinks", "inlinks", "internal"), ("sitemap", "inlinks"), ("sitemap",),
    ("sitemap", "backlinks"),
])  # fmt: skip
def test_what_enters_ends_and_all_of_it_is_shown(shop: Sample, names: tuple[str, ...]) -> None:
    analysis = analysed(*(getattr(shop, name) for name in names))
    enters, ends = flows(analysis)
    balance = analysis.facts["balance"]
    assert enters["points"].sum() == pytest.approx(balance["entered"], abs=1e-6)
    inward = enters.groupby("entrance")["points"].sum()
    outward = ends.groupby("entrance")["points"].sum()
    pd.testing.assert_series_equal(inward, outward, atol=1e-6, rtol=0)
    by_end = ends.groupby("end")["points"].sum()
    for end in ENDS:
        assert by_end.get(end, 0.0) == pytest.approx(balance[end], abs=1e-6)


def test_origins_are_kinds_of_backlinks_and_the_floor(shop: Sample) -> None:
    enters, _ = flows(analysed(shop.sitemap, shop.backlinks, shop.inlinks, shop.internal))
    by_origin = enters.groupby("origin")["points"].sum()
    assert by_origin[BASE] == pytest.approx(5.0)
    assert by_origin["editorial"] > by_origin["forum"]
    assert UNANSWERED in set(enters["entrance"])  # the sample has backlinks to removed pages


def test_without_backlinks_everything_is_base_share(shop: Sample) -> None:
    enters, _ = flows(analysed(shop.sitemap, shop.inlinks))
    assert set(enters["origin"]) == {BASE}
    assert enters["points"].sum() == pytest.approx(100.0)
