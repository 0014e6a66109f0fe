"""Many links are gathered into cells; none is lost, and a box takes whole cells."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.best import ROWS, best_backlinks
from linkplanner.tables import BACKLINKS
from linkplanner.ui import backlink_quality, quality_map

SCORES = st.one_of(st.none(), st.floats(0, 100))


def many(rows: int, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "source_domain": [f"s{n}.test" for n in range(rows)],
            "authority": rng.uniform(0, 100, rows),
            "relevance": np.where(rng.random(rows) < 0.1, np.nan, rng.uniform(0, 100, rows)),
            "spam": rng.uniform(0, 100, rows),
            "worth": rng.exponential(3.0, rows),
            "lost": rng.random(rows) < 0.2,
        }
    )
    return BACKLINKS.conform(frame)


@given(st.lists(st.tuples(SCORES, SCORES, SCORES, st.floats(0, 50)), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_cells_hold_every_link_once(rows: list[tuple[float | None, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=["authority", "relevance", "spam", "worth"], dtype=float)
    cells = quality_map.cells(frame)
    assert cells["links"].sum() == len(frame)
    assert np.isclose(cells["worth"].sum(), frame["worth"].sum())
    assert not cells.duplicated(["relevance", "authority"]).any()


def test_many_links_are_few_dots() -> None:
    chart = quality_map.quality_map(many(20_000)).to_dict()
    (dots,) = chart["datasets"].values()
    assert len(dots) <= 21 * 22
    assert sum(dot["links"] for dot in dots) == 20_000


def test_a_box_takes_whole_cells_and_together_they_are_all() -> None:
    frame = many(2_000)
    cells = quality_map.cells(frame)
    taken = 0
    for cell in cells.to_dict("records"):
        box = {name: [cell[name] - 0.1, cell[name] + 0.1] for name in ("relevance", "authority")}
        inside = quality_map.in_brush(frame, {"brush": box})
        assert len(inside) == cell["links"]
        taken += len(inside)
    assert taken == len(frame)


def test_the_best_links_are_those_that_the_screen_shows_first() -> None:
    frame = many(5_000)
    best = best_backlinks(frame)
    live = frame[~frame["lost"]].sort_values("worth", ascending=False, kind="stable")
    assert best["row"].tolist() == live.index[:ROWS].tolist()
    assert best["source_domain"].tolist() == live["source_domain"].head(ROWS).tolist()


def test_bands_of_spam_cut_where_the_signals_say() -> None:
    frame = pd.DataFrame({"spam": [0.0, 29.9, 30.0, 59.9, 60.0, None], "kind": "blog"})
    assert backlink_quality.narrowed(frame, ["likely spam"], []).index.tolist() == [4]
    assert backlink_quality.narrowed(frame, ["look at it"], []).index.tolist() == [2, 3]
    assert backlink_quality.narrowed(frame, ["fine"], []).index.tolist() == [0, 1, 5]
    assert len(backlink_quality.narrowed(frame, [], ["blog"])) == 6
