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


def reasons(*rows: dict[str, object], pages: pd.DataFrame = PAGE) -> pd.DataFrame:
    return backlink_relevance(BACKLINKS.conform(pd.DataFrame(rows)), pages, TEXTS.empty())


def test_a_link_of_few_words_leans_on_its_site() -> None:
    bare = {"source_domain": "a.org", "source_url": "https://a.org/", "page_id": 0}
    good = {"source_title": "Leather boots for walks", "anchor": "boots", "page_id": 0}
    alone = reasons(bare)
    assert np.isnan(alone["relevance"][0])
    both = reasons(bare, {**good, "source_domain": "a.org", "source_url": "https://a.org/x"})
    assert both["relevance"][0] == both["relevance"][1]
    assert "by the site's other links" in both["reason"][0]
    other = reasons(bare, {**good, "source_domain": "b.org", "source_url": "https://b.org/x"})
    assert np.isnan(other["relevance"][0])  # another site's links say nothing of this one
    word = {**bare, "anchor": "look"}
    drawn = reasons(word, {**good, "source_domain": "a.org", "source_url": "https://a.org/x"})
    assert 0 < drawn["relevance"][0] < drawn["relevance"][1]


def test_a_page_in_another_language_counts_less_where_both_are_known() -> None:
    row = {"source_title": "Leather boots", "anchor": "boots", "page_id": 0, "language": "fr"}
    english = PAGE.assign(language=["en-GB", None])
    same = reasons({**row, "language": "en, fr"}, pages=english)["relevance"][0]
    french = reasons(row, pages=english)
    assert french["relevance"][0] == round(0.8 * same, 1)
    assert "in another language" in french["reason"][0]
    assert reasons(row)["relevance"][0] == same  # the page tells no language
