"""Every outcome of a check, each by the smallest crawl or export that shows it."""

from typing import Any

import pandas as pd
import pytest

from linkplanner.follow.known import Known
from linkplanner.follow.outcomes import status_after, with_checks
from linkplanner.follow.verify import verify
from linkplanner.plan.status import ACCEPTED, ALL_STATUSES, DONE, DROPPED, LIVE, OPEN, statuses_of
from linkplanner.site.pages import PageIndex
from linkplanner.tables import BACKLINKS, LINKS, PAGES, TASKS

SITE = "https://www.a.test"
NOW = pd.Timestamp(2026, 11, 22)
PATHS = ("/", "/from", "/to", "/other", "/old", "/alone")


def known(
    links: list[dict[str, Any]], backlinks: list[dict[str, Any]] | None = None, **pages: Any
) -> Known:
    """pages: facts of /old by column; links by path."""
    table = pd.DataFrame({"url": [SITE + path for path in PATHS], "status": 200,
                          "indexable": True, "kind": "other"})  # fmt: skip
    table["page_id"] = table["node_id"] = range(len(table))
    for column, value in pages.items():
        table[column] = table[column].astype(object) if column in table else None
        table.loc[4, column] = value
    table = PAGES.conform(table)
    rows = [
        {
            "source_id": PATHS.index(link.get("source", "/from")),
            "target_id": PATHS.index(link["target"]) if link.get("target") else None,
            "anchor": link.get("anchor", "blue ropes"),
            "position": link.get("position", "content"),
            "nofollow": link.get("nofollow", False),
        }
        for link in [{"target": "/", "position": "navigation", "anchor": "Home"}, *links]
    ]
    found = pd.DataFrame(backlinks or [])
    if len(found):
        found["source_domain"] = found["source_url"].str.extract(r"//([^/]+)", expand=False)
        found["page_id"] = PageIndex.of(table).find(found["target_url"])
    frames = {
        "pages": table,
        "links": LINKS.conform(pd.DataFrame(rows)),
        "backlinks": BACKLINKS.conform(found) if len(found) else BACKLINKS.empty(),
    }
    return Known(frames)


def check(now: Known, before: Known | None = None, **task: Any) -> tuple[str, str] | None:
    base = {"task_id": "t", "kind": "add link", "page_url": f"{SITE}/from",
            "target_url": f"{SITE}/to", "anchor": "Blue ropes", "status": "approved"}  # fmt: skip
    tasks = TASKS.conform(pd.DataFrame([{**base, **task}]))
    found = verify(tasks, now, NOW, links=True, backlinks=True, before=before)
    return None if found.empty else (found["found"].iloc[0], found["status"].iloc[0])


TO = {"target": "/to"}
LINK_CASES = [
    ([TO], "approved", ("live", LIVE)),
    ([TO], "suggested", ("live", LIVE)),  # nobody accepted it, somebody did it
    ([{**TO, "anchor": "BLUE  ropes."}], "approved", ("live", LIVE)),
    ([{**TO, "anchor": "see here"}], "approved", ("other anchor", LIVE)),
    ([{**TO, "anchor": "see here"}, TO], "approved", ("live", LIVE)),
    ([{**TO, "nofollow": True}], "approved", ("live but nofollow", "approved")),
    ([{**TO, "nofollow": True}], LIVE, ("live but nofollow", "approved")),
    ([{**TO, "nofollow": True}, TO], "approved", ("live", LIVE)),
    ([{"target": "/other"}], "approved", ("other page", "approved")),
    ([{"target": "/other"}, TO], "approved", ("live", LIVE)),
    ([{"target": "/other", "anchor": "x"}], "approved", ("not yet", "approved")),
    ([{**TO, "position": "footer"}], "sent to editor", ("not yet", "sent to editor")),
    ([{**TO, "position": "unknown"}], "approved", ("live", LIVE)),
    ([], LIVE, ("gone again", "approved")),
    ([TO], "refused", None),
]


@pytest.mark.parametrize(("links", "status", "expected"), LINK_CASES)
def test_links(links: list[dict[str, Any]], status: str, expected: tuple[str, str] | None) -> None:
    now = known(links)
    assert check(now, before=now, status=status) == expected


def test_a_new_link_in_a_sidebar_is_live_but_told() -> None:
    aside = known([{**TO, "position": "sidebar"}])
    assert check(aside, before=known([])) == ("outside the text", LIVE)
    assert check(aside, before=aside) == ("not yet", "approved")
    assert check(aside, before=aside, status=LIVE) == ("outside the text", LIVE)


def test_a_page_the_crawl_did_not_read_says_nothing() -> None:
    assert check(known([]), page_url=f"{SITE}/other", status=LIVE) is None
    assert check(known([]), page_url=f"{SITE}/nowhere") is None


def test_a_link_through_a_redirect_arrives() -> None:
    now = known([{"target": "/old"}], status=301, node_id=2)
    assert check(now) == ("live", LIVE)


REPAIRS = [
    ("broken", {"status": 404, "node_id": None}, [{"target": "/old"}], "not yet"),
    ("broken", {"status": 301, "node_id": 2}, [{"target": "/old"}], "live"),
    ("broken", {"status": 301, "node_id": 3}, [{"target": "/old"}], "other page"),
    ("broken", {"status": 200}, [{"target": "/old"}], "live"),
    ("broken", {"status": None}, [{"target": "/old"}], None),  # nobody said what it answers
    ("broken", {"status": 404, "node_id": None}, [], "live"),  # nothing points there any more
    ("link to redirect", {"status": 301, "node_id": 2}, [{"target": "/old"}], "not yet"),
    ("link to redirect", {"status": 301, "node_id": 2}, [], "live"),
    ("orphan", {}, [], "not yet"),
    ("orphan", {}, [{"target": "/old"}], "live"),
    ("orphan", {"indexable": False}, [], "live"),
]


@pytest.mark.parametrize(("sort", "facts", "links", "expected"), REPAIRS)
def test_repairs(
    sort: str, facts: dict[str, Any], links: list[dict[str, Any]], expected: str | None
) -> None:
    found = check(known(links, **facts), kind=f"repair: {sort}", page_url=f"{SITE}/old")
    assert (found and found[0]) == expected


STRUCTURE = [
    ("link to broken", {"status": 404, "node_id": None}, {}, [{"target": "/old"}], "not yet"),
    ("link to broken", {"status": 404, "node_id": None}, {}, [], "live"),
    ("link to broken", {"status": 200}, {}, [{"target": "/old"}], "live"),
    ("redirect chain", {"status": 301, "node_id": 2, "redirect_to": "/other"}, {},
     [{"target": "/old"}], "not yet"),
    ("redirect chain", {"status": 301, "node_id": 2, "redirect_to": "/to"}, {},
     [{"target": "/old"}], "live"),
    ("redirect chain", {"status": 301, "node_id": 2, "redirect_to": "/other"}, {}, [], "live"),
    ("contextual orphan", {}, {"links_in_content": 0}, [], "not yet"),
    ("contextual orphan", {}, {"links_in_content": 2}, [], "live"),
    ("contextual orphan", {"indexable": False}, {"links_in_content": 0}, [], "live"),
    ("deep page", {}, {"depth": 4}, [], "not yet"),
    ("deep page", {}, {"depth": 3}, [], "live"),
    ("deep page", {}, {"depth": None}, [], None),
    ("noindex", {"indexable": False}, {}, [{"target": "/old"}], "not yet"),
    ("noindex", {"indexable": True}, {}, [{"target": "/old"}], "live"),
    ("noindex", {"indexable": False}, {}, [], "live"),
    ("canonical elsewhere", {"node_id": 2}, {}, [{"target": "/old"}], "not yet"),
    ("canonical elsewhere", {"node_id": 4}, {}, [{"target": "/old"}], "live"),
    ("crowded page", {}, {"links_out": 151}, [], "not yet"),
    ("crowded page", {}, {"links_out": 150}, [], "live"),
]  # fmt: skip


@pytest.mark.parametrize(("sort", "pages", "facts", "links", "expected"), STRUCTURE)
def test_repairs_of_what_the_site_itself_decides(
    sort: str,
    pages: dict[str, Any],
    facts: dict[str, Any],
    links: list[dict[str, Any]],
    expected: str | None,
) -> None:
    if "redirect_to" in pages:
        pages = {**pages, "redirect_to": SITE + pages["redirect_to"]}
    now = known(links, **pages)
    row = {"page_id": 4, "links_in_content": 1, "links_out": 1, "depth": 1, **facts}
    now = Known({**now.frames, "page_facts": pd.DataFrame([row])})
    found = check(now, kind=f"repair: {sort}", page_url=f"{SITE}/old", target_url="")
    assert (found and found[0]) == expected


def test_a_weak_link_that_gave_way_is_ticked_off_like_a_new_one() -> None:
    task = {"kind": "replace link", "anchor": ""}
    assert check(known([{"target": "/other"}]), **task) == ("not yet", "approved")
    assert check(known([{"target": "/to"}]), **task) == ("live", LIVE)


PAGE = "https://b.test/post"
OUTREACH = [
    ("lost backlink", [{}], "contacted", ("live", LIVE)),
    ("lost backlink", [{"target_url": f"{SITE}/other"}], "contacted", ("other page", LIVE)),
    ("lost backlink", [{"nofollow": True}], "contacted", ("live but nofollow", "contacted")),
    ("lost backlink", [{"source_url": "https://b.test/else"}], "agreed", ("live", LIVE)),
    ("lost backlink", [{"lost": True}], LIVE, ("gone again", "lost")),
    ("lost backlink", [], "contacted", ("not yet", "contacted")),
    ("lost backlink", [{}], "lost", ("live", LIVE)),
    ("lost backlink", [{}], "do not contact", ("live", "do not contact")),
    ("link gap", [{}], "found", ("live", LIVE)),
    ("link deeper", [{"target_url": f"{SITE}/other"}], "contacted", ("not yet", "contacted")),
    ("link deeper", [{}], "contacted", ("live", LIVE)),
    ("nofollow link", [{"nofollow": True}], "contacted", ("not yet", "contacted")),
    ("nofollow link", [{}], "contacted", ("live", LIVE)),
    ("weak placement", [{"in_content": False}], "contacted", ("not yet", "contacted")),
    ("weak placement", [{"in_content": True}], "contacted", ("live", LIVE)),
    ("image link", [{"is_image": True}], "contacted", ("not yet", "contacted")),
    ("image link", [{"is_image": True, "anchor": "a rope"}], "contacted", ("live", LIVE)),
    ("broken target", [{}], "contacted", ("live", LIVE)),
]


@pytest.mark.parametrize(("sort", "links", "status", "expected"), OUTREACH)
def test_outreach(
    sort: str, links: list[dict[str, Any]], status: str, expected: tuple[str, str]
) -> None:
    rows = [
        {"source_url": PAGE, "target_url": f"{SITE}/to", "lost": False, "in_content": None, **row}
        for row in links
    ]
    now = known([], rows)
    assert check(now, kind=f"outreach: {sort}", page_url=PAGE, status=status) == expected


def test_a_redirect_of_ours_is_no_answer_to_a_mail() -> None:
    rows = [{"source_url": PAGE, "target_url": f"{SITE}/old", "lost": False}]
    now = known([], rows, status=301, node_id=2)
    found = check(now, kind="outreach: broken target", page_url=PAGE, status="contacted")
    assert found == ("not yet", "contacted")


def test_nothing_is_checked_without_a_newer_import() -> None:
    tasks = TASKS.conform(pd.DataFrame([{"task_id": "t", "kind": "add link", "status": LIVE,
                                         "page_url": f"{SITE}/from"}]))  # fmt: skip
    assert verify(tasks, known([]), NOW, links=False, backlinks=True).empty


REMOVALS = [
    ("s.test", "approved", ("still there", "approved")),
    ("s.test", "done", ("still there", "approved")),
    ("s.test", "refused", None),
    ("other.test", "contacted", ("removed", "done")),
    ("other.test", "done", ("removed", "done")),
]


@pytest.mark.parametrize(("site", "status", "expected"), REMOVALS)
def test_sites_asked_to_take_links_away(
    site: str, status: str, expected: tuple[str, str] | None
) -> None:
    links = [{"source_url": "https://s.test/x", "target_url": SITE + "/to", "lost": False}]
    task = {"page_url": f"https://{site}/", "target_url": "", "status": status}
    now = known([], backlinks=links)
    assert check(now, kind="review: ask for removal", **task) == expected
    assert check(now, kind="review: disavow list", **task) is None


@pytest.mark.parametrize("kind", ["add link", "repair: broken", "outreach: link gap"])
@pytest.mark.parametrize("found", ["live", "other anchor", "live but nofollow", "other page",
                                   "gone again", "not yet", "not seen"])  # fmt: skip
def test_a_finding_leads_to_a_status_of_the_kind(kind: str, found: str) -> None:
    for was in statuses_of(kind):
        after = status_after(kind, was, found)
        assert after in statuses_of(kind)
        assert status_after(kind, after, found) == after  # the same finding again changes nothing
        if was in DROPPED - {"lost", "declined"}:
            assert after == was


def test_every_status_has_one_meaning() -> None:
    assert set(ALL_STATUSES) == OPEN | ACCEPTED | DROPPED | {LIVE, DONE}
    assert not (OPEN & ACCEPTED or ACCEPTED & DROPPED or OPEN & DROPPED)


def test_tasks_with_their_checks() -> None:
    tasks = TASKS.conform(pd.DataFrame([{"task_id": "t", "kind": "add link", "anchor": "blue ropes",
                                         "page_url": f"{SITE}/from", "target_url": f"{SITE}/to",
                                         "status": "approved"},
                                        {"task_id": "u", "kind": "add link",
                                         "status": "refused"}]))  # fmt: skip
    checks = verify(tasks, known([TO]), NOW, links=True, backlinks=False)
    assert with_checks(tasks, checks)["status"].tolist() == [LIVE, "refused"]
    assert with_checks(tasks, checks.iloc[:0]).equals(tasks)
