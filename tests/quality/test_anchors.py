"""Kinds of link texts, and what other sites write about each page."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkplanner.quality.anchors import ANCHOR_KINDS, anchor_kinds, anchors_by_target
from linkplanner.tables import BACKLINKS, PAGES

PAGE = "https://www.alpin-shop.example/winter/leather-boots/"
SITE = PAGES.conform(
    pd.DataFrame(
        {
            "page_id": [0, 1],
            "node_id": [0, 0],
            "url": [PAGE, "https://alpin-shop.example/old-boots"],
            "title": ["Leather boots for women | Alpin", None],
        }
    )
)


def links(*anchors: str | None, **columns: object) -> pd.DataFrame:
    rows = [
        {
            "source_url": f"https://s{n}.org/x", "source_domain": f"s{n}.org", "anchor": text,
            "target_url": PAGE, "page_id": 0, **columns,
        }
        for n, text in enumerate(anchors)
    ]  # fmt: skip
    return BACKLINKS.conform(pd.DataFrame(rows))


CASES = [
    ("Alpin", "brand"),
    ("the boots of ALPÍN", "brand"),  # case and accents do not count
    ("Alpin Shop", "brand"),
    ("alpinshop", "brand"),
    ("alpin-shop.example", "naked"),
    (PAGE, "naked"),
    ("www.alpin-shop.example/winter", "naked"),
    ("here", "generic"),
    ("→", "generic"),
    ("Leather boots for women", "exact"),
    ("leather BOOTS", "partial"),
    ("winter leather boots", "exact"),  # the words of its address
    ("ski boots for kids", "partial"),
    ("warm feet", "exact"),  # a keyword that the user typed
    ("a day out", "other"),
    ("for the", "other"),
    ("", "other"),
    (None, "other"),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_kind(text: str | None, kind: str) -> None:
    found = anchor_kinds(links(text), SITE, ["Alpin"], {PAGE: ["warm feet"]})
    assert found.tolist() == [kind]


def test_pictures_without_words() -> None:
    assert anchor_kinds(links("", is_image=True), SITE).tolist() == ["image"]
    assert anchor_kinds(links("Alpin", is_image=True), SITE, ["Alpin"]).tolist() == ["brand"]


def test_a_name_that_is_a_keyword_is_a_name() -> None:
    assert anchor_kinds(links("leather boots for women"), SITE).tolist() == ["exact"]
    named = anchor_kinds(links("leather boots for women"), SITE, ["Leather boots for women"])
    assert named.tolist() == ["brand"]


def test_shares_count_sites_and_follow_redirects() -> None:
    rows = links(*["Leather boots for women"] * 6, "Alpin", "Alpin")
    rows = pd.concat([rows, rows.iloc[[7] * 50]], ignore_index=True)  # one site on many pages
    rows.loc[0, ["target_url", "page_id"]] = ["https://alpin-shop.example/old-boots", 1]
    rows.loc[6, "lost"] = True
    table = anchors_by_target(rows, anchor_kinds(rows, SITE, ["Alpin"]), SITE)
    assert table["target_url"].tolist() == [PAGE]
    (row,) = table.itertuples()
    assert row.sites == 7
    assert row.backlinks == 57
    assert row.brand == pytest.approx(1 / 7)
    assert row.commonest == "Leather boots for women"
    assert "exact words" in row.note


def test_few_sites_are_no_pattern() -> None:
    rows = links(*["Leather boots for women"] * 3)
    assert anchors_by_target(rows, anchor_kinds(rows, SITE), SITE)["note"].tolist() == [""]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30) | st.none(), max_size=8))
def test_any_text_has_a_kind_and_shares_add_up(texts: list[str | None]) -> None:
    rows = links(*texts)
    kinds = anchor_kinds(rows, SITE, ["Alpin"])
    assert kinds.isin(ANCHOR_KINDS).all()
    table = anchors_by_target(rows, kinds, SITE)
    assert all(abs(total - 1) < 1e-9 for total in table[list(ANCHOR_KINDS)].sum(axis=1))
