"""The walk of a person who knows SEO but not this tool: from a sitemap to an accepted plan."""

import csv
import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.store.projects import list_projects  # noqa: E402
from linkplanner.store.tasks import list_tasks  # noqa: E402
from linkplanner.store.workspace import attach  # noqa: E402
from tests.browser.shop_server import own_site  # noqa: E402
from tests.browser.steps import JOB, Walker, settled  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(900)]

expect = sync_api.expect
MINUTES = 10
MOST_CLICKS = 15


def test_from_a_sitemap_and_one_export_to_an_accepted_plan(
    server, new_tab: Callable[..., object], picture: Callable[..., None], tmp_path: Path
) -> None:
    begin = time.monotonic()
    page = new_tab()
    walk = Walker(page)
    with own_site(tmp_path / "own") as site:
        page.goto(server.url)
        picture(page, "walk-1-start")
        walk.type(page.get_by_role("textbox").first, "My shop")
        walk.click(page.get_by_role("button", name="Make a project"))
        expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
        settled(page)
        picture(page, "walk-2-data-empty")
        walk.drop(page.locator("input[type=file]").first, [site.sitemap, site.backlinks])
        expect(page.locator(".st-key-finding")).to_contain_text("backlinks from", timeout=JOB)
        settled(page)
        picture(page, "walk-3-data-read")
        read_pages(page, walk, site.host)
        picture(page, "walk-4-pages-read")
        walk.click(page.get_by_role("link", name="Choose priority pages"))
        expect(page.get_by_role("heading", name="Priorities", level=1)).to_be_visible()
        settled(page)
        picture(page, "walk-5-priorities")
        walk.click(page.get_by_role("button", name="Use these pages"))
        expect(page.locator(".st-key-finding")).to_contain_text("marked as earning money")
        walk.click(page.get_by_role("link", name="To the plan"))
        expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible()
        settled(page)
        picture(page, "walk-6-plan-empty")
        walk.click(page.get_by_role("button", name="Make the plan"))
        expect(page.locator(".st-key-finding")).to_contain_text("would lift", timeout=JOB)
        settled(page)
        picture(page, "walk-7-plan")
        walk.click(page.get_by_role("button", name=re.compile(r"^Accept all \d+ open$")))
        settled(page)
        picture(page, "walk-8-accepted")
    workspace = attach(server.home)
    (project,) = list_projects(workspace)
    tasks = list_tasks(workspace, project.id)
    accepted = tasks[(tasks["kind"] == "add link") & (tasks["status"] == "approved")]
    assert len(accepted) > 5
    with page.expect_download() as waiting:
        walk.click(page.get_by_role("button", name="CSV", exact=True))
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) >= len(accepted)
    assert walk.clicks <= MOST_CLICKS, f"{walk.clicks} clicks"
    assert time.monotonic() - begin < MINUTES * 60


def read_pages(page: "sync_api.Page", walk: Walker, host: str) -> None:
    """Press “Read my pages”; a shop on this computer has to be allowed by name first."""
    page.get_by_text("hosts on your own network").first.click()
    field = page.get_by_role("textbox", name=re.compile("own network"))
    field.fill(host)
    field.press("Enter")
    settled(page)
    most = page.get_by_role("spinbutton", name=re.compile("at most")).first
    most.fill("120")
    most.press("Enter")
    settled(page)
    walk.click(page.get_by_role("button", name="Read my pages"))
    expect(page.locator(".st-key-finding")).to_contain_text("internal links and", timeout=JOB)
    settled(page)
