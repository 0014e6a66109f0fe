"""Prospects: each sort is found, priced by what it adds, and pitched to the page that passes on."""

import numpy as np
import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.outreach.anchors import anchor_kinds, lacking_kind
from linkplanner.outreach.angles import angles_of
from linkplanner.outreach.contacts import contacts_of_file
from linkplanner.outreach.letters import merged
from linkplanner.outreach.prospects import Ground, find_prospects
from linkplanner.plan.tasks import outreach_tasks
from linkplanner.quality.worth import link_worth
from linkplanner.settings import QualitySettings
from linkplanner.tables import BACKLINKS, CONTACTS, DOMAINS, PAGES, TEXTS

SITE = "https://www.shop.example"
SETTINGS = QualitySettings()
SCALE = 2.0


def pages() -> pd.DataFrame:
    rows = [
        ("/", "home", "Shop", True, 0),
        ("/guides/knots-guide", "article", "A guide to knots for climbers", True, 1),
        ("/blog/rope-statistics", "article", "Rope statistics of the year", True, 2),
        ("/products/rope", "product", "Rope", True, 3),
        ("/gone", "other", None, False, None),
        ("/imprint", "other", "Imprint", True, 5),
    ]
    frame = pd.DataFrame(rows, columns=["path", "kind", "title", "indexable", "node_id"])
    frame["url"] = SITE + frame["path"]
    frame["page_id"] = range(len(frame))
    frame["status"] = [200, 200, 200, 200, 404, 200]
    return PAGES.conform(frame)


def link(site: str, page: int | None, **facts: object) -> dict[str, object]:
    base = {
        "source_url": f"https://{site}/notes/climbing", "source_domain": site, "page_id": page,
        "target_url": SITE + "/gone" if page == 4 else f"{SITE}/x", "authority": 60.0,
        "relevance": 40.0, "spam": 0.0, "anchor": "knots for climbers", "lost": False,
        "nofollow": False, "is_image": False, "source_title": "Climbing notes",
    }  # fmt: skip
    return {**base, **facts}


def ground(*links: dict[str, object], **more: object) -> Ground:
    frame = BACKLINKS.conform(pd.DataFrame(list(links)) if links else BACKLINKS.empty())
    frame["worth"] = link_worth(frame, SETTINGS)
    table = pages()
    node = table["node_id"].fillna(-1).to_numpy(dtype=np.int64)
    reach = np.array([0.2, 0.6, 0.5, 1.4, 0.0, 0.9])
    facts: dict[str, object] = {
        "pages": table, "texts": TEXTS.empty(), "backlinks": frame, "node": node, "reach": reach,
        "instead": pd.Series({4: 1}, dtype="float64"), "scale": SCALE, "domain": "shop.example",
        "priority": np.array([False, False, False, True, False, False]),
    }  # fmt: skip
    return Ground(**{**facts, **more})  # type: ignore[arg-type]


def one(kind: str, *links: dict[str, object], **more: object) -> pd.Series:
    found, _ = find_prospects(ground(*links, **more), SETTINGS)
    (row,) = found[found["kind"] == kind].to_dict("records")
    return pd.Series(row)


def points(**facts: object) -> float:
    frame = BACKLINKS.conform(pd.DataFrame([link("a.example", 0, **facts)]))
    return float(link_worth(frame, SETTINGS)[0]) * SCALE


def test_a_lost_link_brings_what_it_brought() -> None:
    row = one("lost backlink", link("a.example", 1, lost=True))
    assert row["seed_gain"] == pytest.approx(points())
    assert row["gain"] == pytest.approx(points() * 0.6)
    assert row["page_url"] == f"{SITE}/guides/knots-guide"
    found, _ = find_prospects(
        ground(link("a.example", 1, lost=True), link("a.example", 0)), SETTINGS
    )
    assert "lost backlink" not in set(found["kind"])  # the site still links


def test_a_link_to_a_dead_page_goes_to_the_one_that_replaces_it() -> None:
    row = one("broken target", link("a.example", 4))
    assert row["page_url"] == f"{SITE}/guides/knots-guide"
    assert row["gain"] == pytest.approx(points() * 0.6)


@pytest.mark.parametrize(
    ("kind", "facts", "mended"),
    [
        ("nofollow link", {"nofollow": True}, {"nofollow": False}),
        ("weak placement", {"in_content": False}, {"in_content": True}),
        ("image link", {"is_image": True, "anchor": None}, {"is_image": False}),
    ],
)
def test_a_weak_link_brings_the_difference(
    kind: str, facts: dict[str, object], mended: dict[str, object]
) -> None:
    row = one(kind, link("a.example", 1, **facts))
    difference = points(**{**facts, **mended}) - points(**facts)
    assert row["seed_gain"] == pytest.approx(difference)
    weak = link("b.example", 1, **facts, authority=10.0)
    found, _ = find_prospects(ground(weak), SETTINGS)
    assert kind == "image link" or kind not in set(found["kind"])


def test_spam_is_never_asked() -> None:
    links = [link(f"s{n}.example", 1, lost=True, spam=80.0) for n in range(3)]
    found, _ = find_prospects(ground(*links), SETTINGS)
    assert found.empty


def test_a_second_page_counts_less_and_is_another_one() -> None:
    row = one("link deeper", link("a.example", 1))
    assert row["page_url"] != f"{SITE}/guides/knots-guide"
    assert "/imprint" not in row["page_url"]
    assert row["seed_gain"] <= points(relevance=100.0) * SETTINGS.domain_decay + 1e-9


def test_the_gap_counts_competitors_and_leaves_out_who_links_already() -> None:
    def rival(name: str, *sites: str) -> pd.DataFrame:
        rows = [link(site, None, target_url=f"https://{name}/study") for site in sites]
        return BACKLINKS.conform(pd.DataFrame(rows)).assign(competitor=name)

    rivals = [rival("one.example", "both.example", "here.example", "only.example"),
              rival("two.example", "both.example", "one.example")]  # fmt: skip
    domains = DOMAINS.conform(
        pd.DataFrame({"domain": ["both.example", "far.example"], "ahrefs_domain_rating": [50, 55]})
    ).assign(competitor="three.example")
    found, earned = find_prospects(
        ground(link("here.example", 1), competitors=rivals, competitor_domains=[domains]), SETTINGS
    )
    gap = found[found["kind"] == "link gap"].set_index("source_domain")
    assert gap["competitors"].to_dict() == {"both.example": 3, "only.example": 1, "far.example": 1}
    assert set(gap["page_url"]) <= {f"{SITE}/guides/knots-guide", f"{SITE}/blog/rope-statistics"}
    kinds = earned.set_index("angle")
    assert kinds.loc["study", "lacking"]
    assert not kinds.loc["guide", "lacking"]
    assert kinds.loc["guide", "linking_sites"] == 1


def test_mentions_without_a_link_are_asked() -> None:
    mentions = [pd.DataFrame({"url": ["https://press.example/story", f"{SITE}/about",
                                      "https://here.example/x"]})]  # fmt: skip
    row = one("brand mention", link("here.example", 1), mentions=mentions)
    assert row["source_domain"] == "press.example"


def test_every_file_of_mentions_counts() -> None:
    files = [pd.DataFrame({"source_url": ["https://a.example/x"], "url": ["https://a.example/x"]}),
             pd.DataFrame({"domain": ["b.example"]})]  # fmt: skip
    found, _ = find_prospects(ground(link("here.example", 1), mentions=files), SETTINGS)
    named = found.loc[found["kind"] == "brand mention", "source_domain"]
    assert set(named) == {"a.example", "b.example"}


def test_angles_and_anchors() -> None:
    urls = pd.Series(
        [f"{SITE}/{p}" for p in ("how-to-tie", "rope-calculator", "blog/x", "studien")]
    )
    titles = pd.Series(["", "", "The 2026 rope report", ""])
    assert angles_of(urls, titles).tolist()[:3] == ["guide", "tool", "study"]
    kinds = anchor_kinds(
        pd.Series(["Shop Example", "https://shop.example/x", "click here", "climbing rope", None]),
        "shop",
    )
    assert kinds.tolist() == ["brand", "address", "generic", "descriptive", "generic"]
    rows = np.array([1] * 10)
    assert lacking_kind(rows, np.array(["descriptive"] * 10), np.array([1, 2])) == ["brand"] * 2
    assert lacking_kind(rows, np.array(["brand"] * 10), np.array([1])) == ["descriptive"]


def test_a_mail_merge_invents_no_address() -> None:
    from datetime import UTC, datetime

    found, _ = find_prospects(
        ground(link("a.example", 1, lost=True), link("b.example", 2, lost=True)), SETTINGS
    )
    tasks = outreach_tasks(found, datetime.now(UTC), "plan")
    people = contacts_of_file("﻿Site;Name;E-Mail\nhttps://www.a.example/;Ann;ann@a.example\n".encode(),
                              "people.csv")  # fmt: skip
    people["domain"] = "a.example"
    rows = merged(tasks, found, CONTACTS.conform(people), "To {site}", "Hi {name}: {our_page}")
    rows = rows.set_index("site")
    assert rows.loc["a.example", "email"] == "ann@a.example"
    assert rows.loc["a.example", "text"].startswith("Hi Ann: https://www.shop.example/")
    assert pd.isna(rows.loc["b.example", "email"])
    assert rows.loc["b.example", "text"].startswith("Hi there")
    with pytest.raises(InputError, match="no column"):
        contacts_of_file(b"a,b\n1,2\n", "x.csv")
