"""Language versions of a page, and pages in different languages."""

import numpy as np
import pandas as pd
import pytest

from linkplanner.site.languages import foreign_pairs, same_page, version_groups
from linkplanner.site.pages import PageIndex, join_pages
from linkplanner.tables import ALTERNATES, PAGE_ROWS

PATHS = ["/", "/de/", "/fr/", "/shoes", "/de/schuhe", "/about"]


@pytest.fixture
def pages() -> pd.DataFrame:
    rows = pd.DataFrame({"url": [f"https://a.test{path}" for path in PATHS], "status": 200})
    return join_pages([PAGE_ROWS.conform(rows)], frozenset({"a.test"}))


def groups(pages: pd.DataFrame, named: list[tuple[str, str]]) -> dict[str, str | None]:
    """Path to the path of the first page of its group."""
    frame = pd.DataFrame(
        [(f"https://a.test{one}", "xx", f"https://a.test{other}") for one, other in named],
        columns=["url", "language", "target_url"],
    )
    found = version_groups(ALTERNATES.conform(frame), PageIndex.of(pages), len(pages))
    paths = pages["url"].str.removeprefix("https://a.test")
    return {
        path: None if pd.isna(group) else paths.iloc[int(group)]
        for path, group in zip(paths, found, strict=True)
    }


def both_ways(*paths: str) -> list[tuple[str, str]]:
    return [(one, other) for one in paths for other in paths]


def test_pages_that_name_each_other_are_versions_of_one(pages: pd.DataFrame) -> None:
    found = groups(pages, both_ways("/", "/de/", "/fr/") + both_ways("/shoes", "/de/schuhe"))
    assert found == {
        "/": "/", "/de/": "/", "/fr/": "/", "/shoes": "/shoes", "/de/schuhe": "/shoes",
        "/about": None,
    }  # fmt: skip


def test_naming_a_page_that_does_not_answer_in_kind_says_nothing(pages: pd.DataFrame) -> None:
    careless = [(path, "/") for path in PATHS] + [("/about", "/nowhere"), ("/about", "/about")]
    assert set(groups(pages, careless).values()) == {None}


def test_nothing_named_is_no_group(pages: pd.DataFrame) -> None:
    assert set(groups(pages, []).values()) == {None}
    none = version_groups(ALTERNATES.empty(), PageIndex.of(pages.iloc[:0]), 0)
    assert len(none) == 0


def test_pages_of_earlier_versions_have_no_groups(pages: pd.DataFrame) -> None:
    old = pages.drop(columns="version_of")
    assert not same_page(old, np.array([0, 1]), np.array([1, 1])).any()


@pytest.mark.parametrize(
    ("one", "other", "foreign"),
    [
        ("en", "de", True),
        ("en-GB", "en_US", False),
        ("EN", "en", False),
        (" de-AT", "nl", True),
        ("en", None, False),
        (None, None, False),
        ("", "en", False),
        ("english", "de", False),
        ("fil", "fi", True),
    ],
)
def test_languages_differ_only_where_both_are_known(
    one: str | None, other: str | None, foreign: bool
) -> None:
    pages = pd.DataFrame({"language": pd.Series([one, other], dtype="str")})
    assert foreign_pairs(pages, np.array([0]), np.array([1])).tolist() == [foreign]
