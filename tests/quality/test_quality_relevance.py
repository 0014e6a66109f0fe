"""Relevance of a backlink."""

import numpy as np
import pandas as pd

from linkplanner.quality.relevance import backlink_relevance
from linkplanner.tables import BACKLINKS, PAGES, TEXTS

PAGE = PAGES.conform(
    pd.DataFrame(
        {
            "page_id": [0, 1],
            "node_id": [0, 1],
            "url": ["https://x.com/leather-boots", "https://x.com/green-tea"],
            "title": ["Leather boots", "Green tea from Japan"],
        }
    )
)


def relevance(*rows: dict[str, object], texts: pd.DataFrame | None = None) -> np.ndarray:
    frame = BACKLINKS.conform(pd.DataFrame(rows))
    none = TEXTS.empty() if texts is None else texts
    return backlink_relevance(frame, PAGE, none)["relevance"].to_numpy()


def test_the_fitting_page_scores_higher() -> None:
    words = {"source_title": "The best leather boots", "anchor": "boots"}
    fit, other = relevance({**words, "page_id": 0}, {**words, "page_id": 1})
    assert fit > 35 > other


def test_the_words_around_the_link_count() -> None:
    bare, rich = relevance(
        {"source_title": "My week", "anchor": "this one", "page_id": 1},
        {"source_title": "My week", "anchor": "this one", "left_context": "a cup of green tea",
         "page_id": 1},
    )  # fmt: skip
    assert rich > bare


def test_path_words_stand_in_for_missing_text() -> None:
    by_path = relevance(
        {
            "source_url": "https://a.org/leather-boots-test",
            "target_url": "https://x.com/leather-boots",
        }
    )
    assert by_path[0] > 0


def test_unknown_stays_unknown() -> None:
    assert np.isnan(relevance({"page_id": 0}, {"source_title": "Boots"})).all()


def test_repeated_rows_and_order_change_nothing() -> None:
    a = {"source_title": "Leather boots test", "page_id": 0}
    b = {"source_title": "Tea time", "page_id": 1}
    assert relevance(a, b).tolist() == relevance(b, a).tolist()[::-1]
    assert relevance(a, b, a, a).tolist()[:2] == relevance(a, b).tolist()
