"""Findings on the words of links that exist."""

import pandas as pd
import pytest

from linkplanner.settings import TextSettings
from linkplanner.tables import LINKS, PAGES
from linkplanner.text.anchor_audit import KINDS, audit_anchors


def audit(*rows: tuple[int, int, str | None], position: str = "content") -> pd.DataFrame:
    pages = pd.DataFrame({"page_id": range(20), "node_id": range(20)})
    pages["url"] = [f"https://a.com/{n}" for n in range(20)]
    links = pd.DataFrame(rows, columns=["source_id", "target_id", "anchor"])
    frame = LINKS.conform(links.assign(position=position))
    return audit_anchors(frame, PAGES.conform(pages), TextSettings())


@pytest.mark.parametrize(
    ("anchor", "kind"),
    [
        ("click here", "generic"),
        ("haz clic aquí", "generic"),
        (None, "empty"),
        ("  ", "empty"),
        ("→", "empty"),
        ("word " * 13, "too long"),
    ],
)
def test_one_link_says_what_is_wrong(anchor: str | None, kind: str) -> None:
    found = audit((1, 2, anchor))
    assert found["kind"].tolist() == [kind]
    assert found["advice"].tolist() == [KINDS[kind]]
    assert (found["source_id"].iloc[0], found["target_id"].iloc[0]) == (1, 2)


def test_a_good_anchor_is_no_finding() -> None:
    assert len(audit((1, 2, "Leather boots"))) == 0


def test_the_same_words_to_two_pages() -> None:
    found = audit((1, 2, "leather boots"), (3, 4, "Leather Boot"), (5, 4, "leather boots"))
    assert found["kind"].tolist() == ["shared", "shared"]
    assert found["targets"].tolist() == [2, 2]
    assert set(found["target_id"]) == {2, 4}


@pytest.mark.parametrize(("sources", "number"), [(4, 0), (5, 1)])
def test_one_anchor_only_from_five_linking_pages_on(sources: int, number: int) -> None:
    found = audit(*[(n, 19, "Boots") for n in range(sources)])
    assert (found["kind"] == "one anchor only").sum() == number


def test_links_outside_texts_and_of_a_page_to_itself_do_not_count() -> None:
    assert len(audit((1, 2, "click here"), position="navigation")) == 0
    assert len(audit((2, 2, "click here"))) == 0
