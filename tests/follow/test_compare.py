"""Two imports: the same one twice shows nothing; what came one way went the other way."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkplanner.follow.alerts import alerts
from linkplanner.follow.compare import Comparison, compare
from linkplanner.follow.known import Known
from linkplanner.follow.outcomes import CHECK_COLUMNS
from linkplanner.settings import FollowSettings
from linkplanner.tables import BACKLINKS, REPAIRS

NO_CHECKS = pd.DataFrame(columns=list(CHECK_COLUMNS))


def known(
    links: list[tuple[int, int]], pages: dict[str, float] | None = None, **facts: Any
) -> Known:
    """links: number of the site and of its page; pages: equity of priority pages by path."""
    frame = pd.DataFrame(
        {
            "source_url": [f"https://s{s}.example/{p}" for s, p in links],
            "source_domain": [f"s{s}.example" for s, _ in links],
            "target_url": "https://www.a.test/x",
            "vendors": facts.get("vendors", "ahrefs"),
            "worth": 1.0,
            "spam": facts.get("spam", 0.0),
            "lost": False,
        }
    )
    pages = {"/x": 1.0} if pages is None else pages
    table = pd.DataFrame({"url": [f"https://www.a.test{p}" for p in pages],
                          "equity": list(pages.values())})  # fmt: skip
    table = table.assign(
        page_id=range(len(table)), title="t", kind="other", indexable=True, priority=1.0, seed=0.0,
        reach=1.0, links_in=1, links_in_content=1,
        orphan=table["url"].isin([f"https://www.a.test{p}" for p in facts.get("orphans", ())]),
    )  # fmt: skip
    broken = pd.DataFrame({"url": list(facts.get("broken", ())), "kind": "broken", "trapped": 1.0})
    return Known(
        {"backlinks": BACKLINKS.conform(frame), "page_facts": table,
         "repairs": REPAIRS.conform(broken)},
        {"points_per_worth": 2.0, "has_links": facts.get("has_links", True)},
    )  # fmt: skip


LINKS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=25, unique=True)


@given(LINKS)
def test_the_same_import_twice_shows_nothing(links: list[tuple[int, int]]) -> None:
    found = compare(known(links), known(links[::-1]))
    assert found.facts["new_backlinks"] == found.facts["lost_backlinks"] == 0
    assert all(found.frames[n].empty for n in found.frames if n != "priority_pages")


@given(LINKS, LINKS)
def test_what_came_one_way_went_the_other(
    one: list[tuple[int, int]], two: list[tuple[int, int]]
) -> None:
    there, back = compare(known(one), known(two)).facts, compare(known(two), known(one)).facts
    for came, went in (("new_backlinks", "lost_backlinks"), ("new_domains", "lost_domains")):
        assert there[came] == back[went]
    assert there["points_new"] == pytest.approx(back["points_lost"])
    if one and two:
        assert there["new_backlinks"] == len(set(two) - set(one))
        assert there["lost_domains"] == len({s for s, _ in one} - {s for s, _ in two})


def test_only_what_both_imports_can_know_is_compared() -> None:
    other = compare(known([(1, 1)]), known([(2, 1)], vendors="semrush"))
    assert not other.facts["backlinks"]
    assert other.frames["new_backlinks"].empty
    blind = compare(known([], {"/x": 1.0}, has_links=False), known([], {"/x": 1.0, "/y": 1.0}))
    assert not blind.facts["pages"]
    assert blind.frames["new_pages"].empty
    joined = compare(known([(1, 1)], vendors="ahrefs;moz"), known([(1, 1), (2, 2)]))
    assert joined.facts["new_backlinks"] == 1


def test_pages_orphans_and_broken_targets() -> None:
    before = known([], {"/x": 2.0, "/gone": 1.0, "/left": 1.0}, broken=["https://www.a.test/b"])
    after = known([], {"/x": 1.0, "/new": 1.0, "/left": 1.0}, orphans=["/left", "/new"],
                  broken=["https://www.a.test/b", "https://www.a.test/c"])  # fmt: skip
    found = compare(before, after)
    paths = {n: f["url"].str.removeprefix("https://www.a.test").tolist()
             for n, f in found.frames.items() if "url" in f}  # fmt: skip
    assert paths["new_pages"] == ["/new"]
    assert paths["gone_pages"] == ["/gone"]
    assert paths["new_orphans"] == ["/left"]
    assert paths["broken"] == ["/c"]
    row = found.frames["priority_pages"].set_index("url").loc["https://www.a.test/x"]
    assert (row["change"], row["share"]) == (-1.0, -0.5)


CASES = [
    ("worth_lost", known([(n, 1) for n in range(10)]), known([(n, 1) for n in range(9)])),
    ("equity_drop", known([], {"/x": 2.0}), known([], {"/x": 1.0})),
    ("page_drop", known([], {"/x": 2.0, "/y": 1.0}), known([], {"/x": 2.9, "/y": 0.1})),
    ("pages_gone", known([], {f"/{n}": 1.0 for n in range(9)}),
     known([], {f"/{n}": 3.0 for n in range(4)})),
    ("new_orphans", known([], {f"/{n}": 1.0 for n in range(9)}),
     known([], {f"/{n}": 1.0 for n in range(9)}, orphans=[f"/{n}" for n in range(5)])),
    ("new_broken", known([]), known([], broken=["https://www.a.test/b"])),
    ("spam_burst", known([]), known([(n, 1) for n in range(20)], spam=80.0)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after"), CASES, ids=[c[0] for c in CASES])
def test_each_threshold_raises_its_alert(name: str, before: Known, after: Known) -> None:
    if name == "spam_burst":
        before = known([(99, 1)])
    found = dict(alerts(compare(before, after), NO_CHECKS, FollowSettings()))
    assert name in found
    assert found[name][0].isupper() or found[name][0].isdigit() or found[name].startswith("https")
    off = FollowSettings(**{name: 0 if isinstance(getattr(FollowSettings(), name), int) else 2.0})
    assert name not in dict(alerts(compare(before, after), NO_CHECKS, off))
    quiet = alerts(compare(before, before), NO_CHECKS, FollowSettings())
    assert quiet == []


def test_a_comparison_survives_the_disk(tmp_path: Any) -> None:
    found = compare(known([(1, 1)]), known([(2, 2)], {"/x": 0.5}))
    found.save(tmp_path / "c")
    again = Comparison.load(tmp_path / "c")
    assert again.facts == found.facts
    assert np.isclose(again.frames["new_domains"]["points"].sum(), 2.0)
