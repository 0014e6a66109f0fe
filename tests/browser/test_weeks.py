"""Journeys after the first day: Monday at an agency, an editor's afternoon, a disavow review."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.sample import write_sample  # noqa: E402
from linkplanner.store.projects import create_project, list_projects  # noqa: E402
from linkplanner.store.reviews import reviewed  # noqa: E402
from linkplanner.store.tasks import list_tasks  # noqa: E402
from linkplanner.store.workspace import attach  # noqa: E402
from tests.browser.steps import (  # noqa: E402
    JOB,
    Walker,
    download,
    finding,
    go,
    settled,
    tick,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]

expect = sync_api.expect
THEMES = ("light", "dark")


def both_themes(page: object, new_tab: Callable, picture: Callable, name: str) -> None:
    """The screen that is open, in both themes."""
    picture(page, f"{name}-light")
    other = new_tab("dark")
    other.goto(page.url)
    other.locator("h1").first.wait_for()
    picture(other, f"{name}-dark")
    other.close()


def newer_export(folder: Path) -> Path:
    """The sample's backlink export some weeks later: twelve links gone, six new ones."""
    old = write_sample(folder / "sample").backlinks
    encoding = "utf-16" if old.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = old.read_bytes().decode(encoding)
    tab = "\t" if "\t" in text.partition("\n")[0] else ","
    header, *rows = list(csv.reader(io.StringIO(text), delimiter=tab))
    place = header.index("Referring page URL")
    kept, fresh = rows[12:], [list(row) for row in rows[20:26]]
    for number, row in enumerate(fresh):
        row[place] = f"https://fresh-{number}.example/story"
    out = io.StringIO()
    csv.writer(out, delimiter=tab).writerows([header, *kept, *fresh])
    path = folder / "ahrefs-backlinks-newer.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def test_monday_at_an_agency(
    own_shop, new_tab: Callable, picture: Callable, tmp_path: Path
) -> None:
    create_project(attach(own_shop.home), "Other client")
    page = new_tab()
    walk = Walker(page)
    page.goto(f"{own_shop.url}/?project=Sample+shop")
    page.get_by_role("heading", name="Start", level=1).wait_for()
    settled(page)
    both_themes(page, new_tab, picture, "monday-1-start")
    go(page, "Data")
    walk.drop(page.locator("input[type=file]").first, [newer_export(tmp_path)])
    expect(page.get_by_text("ahrefs-backlinks-newer.csv").first).to_be_visible(timeout=JOB)
    expect(page.get_by_text("Read the files and work out the site")).to_have_count(0, timeout=JOB)
    settled(page)
    go(page, "Monitor")
    assert "first picture" not in finding(page)
    both_themes(page, new_tab, picture, "monday-2-monitor")
    go(page, "Overview")
    both_themes(page, new_tab, picture, "monday-3-overview")
    go(page, "Plan")
    expect(page.get_by_role("button", name="Make the plan again")).to_be_visible()
    other = new_tab()
    other.goto(f"{own_shop.url}/overview?project=Other+client")
    other.get_by_role("heading", name="Overview", level=1).wait_for()
    expect(other.get_by_text("There is nothing to show yet")).to_be_visible()
    page.reload()
    page.get_by_role("heading", name="Plan", level=1).wait_for()
    settled(page)
    assert "Sample" in page.url  # the other tab's project stays in the other tab


def test_an_editor_works_through_links(own_shop, new_tab: Callable, picture: Callable) -> None:
    page = new_tab()
    page.goto(f"{own_shop.url}/plan?project=Sample+shop")
    page.get_by_role("heading", name="Plan", level=1).wait_for()
    settled(page)
    tick(page, 0)
    both_themes(page, new_tab, picture, "editor-1-link")
    workspace = attach(own_shop.home)
    (project,) = list_projects(workspace)

    def links(status: str) -> pd.DataFrame:
        tasks = list_tasks(workspace, project.id)
        return tasks[(tasks["kind"] == "add link") & (tasks["status"] == status)]

    page.get_by_role("button", name=re.compile(r"^Accept 1$")).click()
    until(page, lambda: len(links("approved")) == 1)
    tick(page, 1)
    field = page.get_by_placeholder(re.compile("refuse", re.I)).first
    if not field.count():
        field = page.get_by_role("textbox", name=re.compile("refuse", re.I)).first
    field.fill("not our tone")
    field.press("Enter")
    settled(page)
    page.get_by_role("button", name=re.compile(r"^Refuse 1$")).click()
    until(page, lambda: len(links("refused")) == 1)
    assert links("refused")["reason"].tolist() == ["not our tone"]
    assert len(links("approved")) == 1
    go(page, "Tasks")
    assert "1 accepted" in finding(page)
    both_themes(page, new_tab, picture, "editor-2-tasks")
    rows = list(csv.DictReader(io.StringIO(download(page, "CSV").decode("utf-8-sig"))))
    assert len(rows) > 10
    page.get_by_text("Board", exact=True).first.click()
    settled(page)
    both_themes(page, new_tab, picture, "editor-3-board")
    page.reload()
    page.get_by_role("heading", name="Tasks", level=1).wait_for()
    settled(page)
    assert "1 accepted" in finding(page)


def test_a_disavow_review(own_shop, new_tab: Callable, picture: Callable) -> None:
    page = new_tab()
    page.goto(f"{own_shop.url}/backlinks?project=Sample+shop")
    page.get_by_role("heading", name="Backlinks", level=1).wait_for()
    settled(page)
    page.get_by_text("Review and disavow", exact=True).click()
    settled(page)
    both_themes(page, new_tab, picture, "disavow-1-list")
    for row in range(2):
        tick(page, row)
    expect(page.get_by_text("2 sites ticked.")).to_be_visible()
    note = page.get_by_placeholder("why, who was asked, when")
    note.fill("asked twice")
    note.press("Enter")
    settled(page)
    workspace = attach(own_shop.home)
    (project,) = list_projects(workspace)
    page.get_by_role("button", name="Disavow", exact=True).click()
    until(page, lambda: len(reviewed(workspace, project.id)) == 2)
    expect(page.get_by_role("button", name="Download 2 entries")).to_be_visible()
    both_themes(page, new_tab, picture, "disavow-2-decided")
    text = download(page, "Download 2 entries").decode()
    assert text.count("domain:") == 2
    assert "asked twice" in text
