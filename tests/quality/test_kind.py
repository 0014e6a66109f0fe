"""Kinds of links by simple evidence."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.kind import KINDS, link_kind
from linkplanner.tables import BACKLINKS

CASES = [
    ({"source_url": "https://www.facebook.com/a"}, "social"),
    ({"source_url": "https://old.reddit.com/r/a"}, "social"),
    ({"source_url": "https://forum.example.org/viewtopic.php?t=1"}, "forum"),
    ({"source_url": "https://a.org/x", "source_title": "Business directory of Spain"}, "directory"),
    ({"source_url": "https://a.org/x", "source_title": "Example coupon codes 2026"}, "coupon"),
    ({"source_url": "https://a.org/x", "source_title": "Sites like example.com"}, "scraper"),
    ({"source_url": "https://a.org/x", "anchor": "b.com", "external_links": 900}, "scraper"),
    ({"source_url": "https://a.org/x#comment-3"}, "comment"),
    ({"source_url": "https://a.org/x", "ugc": True}, "comment"),
    ({"source_url": "https://daily-news.example.org/x"}, "media"),
    ({"source_url": "https://a.org/x", "is_image": True}, "image"),
    ({"source_url": "https://a.org/x", "left_context": "we like"}, "editorial"),
    ({"source_url": "https://a.org/x", "in_content": True}, "editorial"),
    ({"source_url": "https://a.org/x", "redirect_chain": "https://b.org/y"}, "redirect"),
    ({"source_url": "https://a.org/users/anna"}, "profile"),
    ({"source_url": "https://a.org/x", "source_title": "Useful links"}, "resource page"),
    ({"source_url": "https://a.org/guest-post-on-boots"}, "guest post"),
    ({"source_url": "https://a.org/x", "sponsored": True}, "guest post"),
    (
        {
            "source_url": "https://a.org/2016/04/boots",
            "in_content": True,
            "first_seen": pd.Timestamp("2024-01-01"),
        },
        "niche edit",
    ),
    (
        {
            "source_url": "https://a.org/2023/04/boots",
            "in_content": True,
            "first_seen": pd.Timestamp("2024-01-01"),
        },
        "editorial",
    ),
    ({"source_url": "https://a.org/x"}, "unknown"),
    ({"source_url": None}, "unknown"),
]


@pytest.mark.parametrize(("row", "kind"), CASES)
def test_kind(row: dict[str, object], kind: str) -> None:
    found = link_kind(BACKLINKS.conform(pd.DataFrame([row]))).iloc[0]
    assert found["kind"] == kind
    assert (found["reason"] == "") == (kind == "unknown")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), min_size=1))
def test_any_text_has_a_kind(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["source_url", "source_title"])
    assert link_kind(BACKLINKS.conform(frame))["kind"].isin(KINDS).all()


def test_other_possible_kinds_are_named_with_evidence() -> None:
    row = {"source_url": "https://a.org/forum/1", "ugc": True, "left_context": "see"}
    found = link_kind(BACKLINKS.conform(pd.DataFrame([row]))).iloc[0]
    assert found["kind"] == "forum"
    assert "comment (marked as written by users)" in found["others"]
    assert "editorial (stands in the text of the page)" in found["others"]


def test_no_rows() -> None:
    assert len(link_kind(BACKLINKS.empty())) == 0
