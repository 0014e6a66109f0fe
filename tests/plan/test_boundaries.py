"""Limits as people type them: patterns, pairs of pages, pairs of sections."""

import numpy as np
import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.plan.boundaries import (
    check_limits,
    fits_any,
    least_equity,
    permitted,
    section_groups,
)
from linkplanner.plan.decided import Decided
from linkplanner.plan.effort import link_minutes
from linkplanner.settings import PlanLimits
from linkplanner.tables import TASKS

URLS = pd.Series(
    ["https://a.test/", "https://a.test/blog/x", "https://a.test/blog/y", "https://a.test/shop/z"]
)
SOURCE, TARGET = np.array([1, 2, 1, 3]), np.array([3, 3, 2, 1])


def test_patterns_fit_the_path_or_the_whole_address() -> None:
    assert fits_any(["/blog/*"], URLS).tolist() == [False, True, True, False]
    assert fits_any(["https://a.test/"], URLS).tolist() == [True, False, False, False]
    assert fits_any([], URLS).tolist() == [False] * 4


def test_locked_pages_are_no_sources_and_forbidden_pairs_no_links() -> None:
    limits = PlanLimits(locked=("/shop/*",), forbidden=("/blog/x > /shop/*",))
    assert permitted(SOURCE, TARGET, URLS, limits).tolist() == [False, True, True, False]


@pytest.mark.parametrize(
    ("per", "lines", "limits"),
    [
        (0, ("/blog > /shop = 1",), {("/blog", "/shop"): 1, ("/blog", "/blog"): 50}),
        (2, ("blog > * = 7",), {("/blog", "/shop"): 7, ("/shop", "/blog"): 2}),
        (4, (), {("/blog", "/shop"): 4, ("/shop", "/blog"): 4}),
    ],
)
def test_pairs_of_sections_have_limits(
    per: int, lines: tuple[str, ...], limits: dict[tuple[str, str], int]
) -> None:
    settings = PlanLimits(max_links=50, per_sections=per, section_limits=lines)
    found = section_groups(SOURCE, TARGET, URLS, settings)
    assert found is not None
    group, limit = found
    assert group[0] == group[1] and group[2] != group[0] and len(limit) == 3
    place = {("/blog", "/shop"): 0, ("/blog", "/blog"): 2, ("/shop", "/blog"): 3}
    assert {pair: int(limit[group[place[pair]]]) for pair in limits} == limits


def test_without_any_section_limit_there_are_no_groups() -> None:
    assert section_groups(SOURCE, TARGET, URLS, PlanLimits()) is None


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("section_limits", "/blog > /shop"), ("section_limits", "/blog = 3"),
        ("forbidden", "/blog/*"), ("forbidden", "a > b > c"), ("locked", " "),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_quoted(field: str, line: str) -> None:
    with pytest.raises(InputError, match="cannot be read as a limit"):
        check_limits(PlanLimits(**{field: (line,)}))  # type: ignore[arg-type]


def test_a_protected_page_keeps_its_share_or_what_accepted_links_leave_it() -> None:
    equity, begun = np.array([1.0, 2.0, 4.0, 8.0]), np.array([1.0, 1.5, 4.0, 8.0])
    limits = PlanLimits(protected=("/blog/*",), protected_loss=0.1)
    found = least_equity(URLS, equity, begun, limits)
    assert found is not None and np.allclose(found, [0.0, 1.5, 3.6, 0.0])
    assert least_equity(URLS, equity, begun, PlanLimits(protected=("/none",))) is None


def test_statuses_say_which_links_stay_and_which_are_not_planned_again() -> None:
    status = ["suggested", "approved", "sent to editor", "refused", "live (verified)"]
    tasks = pd.DataFrame(
        {"kind": "add link", "page_url": list("abcde"), "target_url": "t", "status": status}
    )
    other = pd.DataFrame({"kind": ["repair: broken"], "page_url": "z", "status": "approved"})
    decided = Decided.of(TASKS.conform(pd.concat([tasks, other])))
    assert decided.accepted == {("b", "t"), ("c", "t")}
    assert decided.closed == {("d", "t"), ("e", "t")}
    assert decided.open(pd.Series(["a", "d"]), pd.Series(["t", "t"])) == [True, False]


def test_a_sentence_to_write_takes_longer_than_words_that_stand_there() -> None:
    actions = pd.Series(["Link the words “x” in this sentence", "Add a sentence after “y” …", None])
    limits = PlanLimits(minutes_per_link=5.0, minutes_per_sentence=15.0)
    assert link_minutes(actions, limits).tolist() == [5.0, 15.0, 15.0]
