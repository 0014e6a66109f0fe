"""Tables and words of where equity goes."""

import pandas as pd
import pytest

from linkplanner.ui import equity_tables


def balance() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "section": ["/a", "/b"],
            "pages": [3, 1],
            "priority": [1, 0],
            "entered": [5.0, 1.0],
            "received": [2.0, 3.0],
            "settled": [1.0, 0.5],
            "passed": [4.0, 3.0],
            "nofollow": [1.5, 0.0],
            "dead_ends": [0.5, 0.5],
        }
    )


def test_the_first_row_is_the_whole_site_and_every_row_adds_up() -> None:
    shown = equity_tables.sections_shown(balance())
    assert shown["section"].tolist() == ["Whole site", "/a", "/b"]
    assert shown["pages"].tolist() == [4, 3, 1]
    into = shown["entered"] + shown["received"]
    assert into.tolist() == pytest.approx(list(shown["settled"] + shown["passed"] + shown["leaks"]))


def test_losses_are_summed_by_cause_in_words() -> None:
    losses = pd.DataFrame(
        {
            "cause": ["nofollow", "broken", "broken"],
            "page_id": [1, 2, 3],
            "points": [1.0, 3.0, 2.0],
            "part": [0.1, 0.3, 0.2],
        }
    )
    sums = equity_tables.loss_sums(losses)
    assert sums["cause"].tolist() == ["Pages that do not answer", "Nofollow links"]
    assert sums["points"].tolist() == [5.0, 1.0]
    assert sums["pages"].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        ([1, 2], [1, 2], "the same over the whole range"),
        ([1, 1, 3], [2, 2, 3], "1 of 3 priority pages keep their rank"),
        ([1], [1], "no order"),
    ],
)
def test_the_band_is_told_in_a_sentence(low: list[int], high: list[int], says: str) -> None:
    bands = pd.DataFrame({"rank_low": low, "rank_high": high})
    bands["url"] = [f"https://a.test/{n}" for n in range(len(low))]
    assert says in equity_tables.band_sentence(bands)


def test_the_chart_draws_the_strongest_priority_pages() -> None:
    bands = pd.DataFrame({"url": [f"https://a.test/p{n}" for n in range(40)]})
    for name in ("equity", "equity_low", "equity_high", "rank", "rank_low", "rank_high"):
        bands[name] = 1.0
    drawn = equity_tables.band_chart(bands).to_dict()
    (rows,) = drawn["datasets"].values()
    assert len(rows) == equity_tables.MOST_BANDS
