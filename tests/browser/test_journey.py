"""The first ten minutes in a real browser, on the sample project."""

import csv
import io
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from linkplanner.jobs import latest_job  # noqa: E402
from linkplanner.store.priorities import stored_priorities  # noqa: E402
from linkplanner.store.projects import list_projects  # noqa: E402
from linkplanner.store.tasks import list_tasks  # noqa: E402
from linkplanner.store.workspace import Workspace, attach  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

JOB = 300_000  # ms; a worker on a busy machine
Tab = Callable[..., "sync_api.Page"]
expect = sync_api.expect
expect.set_options(timeout=30_000)


def settled(page: "sync_api.Page") -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )


def go(page: "sync_api.Page", name: str) -> None:
    page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1, exact=True)).to_be_visible()
    settled(page)


def finding(page: "sync_api.Page") -> str:
    return page.locator(".st-key-finding").inner_text()


def download(page: "sync_api.Page", button: str) -> bytes:
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def tick(page: "sync_api.Page", row: int) -> None:
    """Tick a row of the first table on the screen; tables are drawn on a canvas."""
    canvas = page.get_by_test_id("stDataFrame").first
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": 18, "y": 35 + 35 * row + 17})
    settled(page)


def load_sample(page: "sync_api.Page", url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Try the sample project").click()
    ready = page.get_by_role("heading", name="Plan", level=1, exact=True)  # it opens on its plan
    failed = page.get_by_text("Set up the sample project: failed").last
    expect(ready.or_(failed)).to_be_visible(timeout=JOB)
    assert ready.is_visible(), page.get_by_test_id("stText").all_inner_texts()
    settled(page)


def test_first_ten_minutes(server, new_tab: Tab, picture) -> None:
    page = new_tab()
    load_sample(page, server.url)
    workspace = attach(server.home)
    (project,) = list_projects(workspace)
    go(page, "Start")
    expect(page.get_by_text(re.compile(r"plan of \d+ links"))).to_be_visible()
    picture(page, "start")

    go(page, "Data")
    assert "backlinks from" in finding(page)
    page.get_by_text("ahrefs-backlinks.csv").first.click()
    expect(page.get_by_text("The first rows, as they were understood").first).to_be_visible()
    picture(page, "data")

    change_priorities(page, workspace, project.id)
    picture(page, "priorities")
    make_plan(page)
    said = finding(page)
    assert re.match(r"30 new links would lift", said), said
    tick(page, 0)
    picture(page, "plan")
    page.get_by_role("button", name=re.compile(r"^Accept 1$")).click()
    expect(page.get_by_role("button", name="Accept all 29 open")).to_be_visible()
    settled(page)
    tasks = list_tasks(workspace, project.id)
    assert (tasks["status"] == "approved").sum() == 1

    rows = list(csv.DictReader(io.StringIO(download(page, "CSV").decode("utf-8-sig"))))
    assert len(rows) == 30
    assert download(page, "Excel").startswith(b"PK")
    report = download(page, "Report for a client").decode()
    assert "<script" not in report.lower()
    assert "Sample shop" in report

    for name in ("Backlinks", "Site", "Tasks"):
        go(page, name)
        picture(page, name.lower())

    charts_filter_tables(page)
    reload_finds_everything(page, said)
    other = new_tab("dark")
    other.goto(page.url.replace("/plan", "/"))
    for name in ("Overview", "Plan"):  # the others: test_guide.py
        go(other, name)
        picture(other, f"{name.lower()}-dark")


def change_priorities(page: "sync_api.Page", workspace: Workspace, project_id: int) -> None:
    go(page, "Priorities")
    before = stored_priorities(workspace, project_id)
    page.get_by_role("textbox", name="Pattern", exact=True).fill("/services/*")
    page.get_by_role("button", name="Add the pattern").click()
    expect(page.get_by_text(re.compile(r"weight 1, \d+ pages"))).to_be_visible()
    said = finding(page)
    canvas = page.get_by_test_id("stDataFrame").first
    canvas.click(position={"x": 45, "y": 54})  # the first page loses its tick
    expect(page.locator(".st-key-finding")).not_to_have_text(said)
    after = stored_priorities(workspace, project_id)
    assert int(before["chosen"].sum()) - int(after["chosen"].sum()) == 1


def make_plan(page: "sync_api.Page") -> None:
    go(page, "Plan")
    assert page.get_by_text("make it again").is_visible()
    page.get_by_text("Limits and aim").click()
    field = page.get_by_test_id("stNumberInputField").first
    field.fill("30")
    field.press("Enter")
    settled(page)
    page.get_by_role("button", name="Make the plan again").click()
    expect(page.get_by_text("make it again")).to_be_hidden(timeout=JOB)
    expect(page.locator(".st-key-finding")).to_contain_text("30 new links", timeout=JOB)
    settled(page)


def reload_finds_everything(page: "sync_api.Page", said: str) -> None:
    go(page, "Plan")
    address = page.url
    assert "project=Sample" in address
    page.reload()
    expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible()
    settled(page)
    assert page.url == address
    assert finding(page) == said
    page.get_by_text("Limits and aim").click()
    expect(page.get_by_test_id("stNumberInputField").first).to_have_value("30")
    go(page, "Tasks")
    assert "1 accepted task" in finding(page)
    go(page, "Priorities")
    expect(page.get_by_text(re.compile(r"weight 1, \d+ pages"))).to_be_visible()
    go(page, "Plan")


def charts_filter_tables(page: "sync_api.Page") -> None:
    go(page, "Backlinks")
    whole = page.get_by_text(re.compile(r"^\d+ backlinks · click a row")).inner_text()
    chart = page.get_by_test_id("stVegaLiteChart").first
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.5, steps=8)
    page.mouse.up()
    inside = page.get_by_text(re.compile(r"^\d+ backlinks? in the box"))
    expect(inside).to_be_visible()
    assert 0 < int(inside.inner_text().split()[0]) < int(whole.split()[0])

    go(page, "Site")
    page.get_by_text("Orphans", exact=True).last.click()
    expect(page.get_by_text("hardly find it")).to_be_visible()
    assert "site-view=Orphans" in page.url  # the filter is in the address
    page.get_by_text("All pages", exact=True).last.click()
    settled(page)


def test_the_tab_comes_back_after_the_server_is_killed_in_a_job(server, new_tab: Tab) -> None:
    page = new_tab()
    page.goto(server.url)
    page.get_by_role("button", name="Try the sample project").click()
    expect(page.get_by_text(re.compile("Set up the sample project")).first).to_be_visible()
    server.kill()
    server.start()
    page.goto(f"{server.url}/data")
    settled(page)
    expect(page.get_by_text("Ahrefs: backlinks").first).to_be_visible(timeout=JOB)
    workspace = attach(server.home)
    job = latest_job(workspace, list_projects(workspace)[0].id)
    assert job is not None
    assert job.attempt == 1  # the worker outlived its app; nobody had to start again
    if job.live:
        with workspace.reading() as db:
            owner = db.execute("SELECT owner FROM jobs WHERE id = ?", (job.id,)).fetchone()[0]
        os.kill(int(owner), signal.SIGKILL)  # and a dead worker is told within seconds
        expect(page.get_by_role("button", name="Take it up again")).to_be_visible()


@pytest.mark.parametrize("page_name", ["start", "plan"])
def test_deep_links_right_after_a_start(server, new_tab: Tab, page_name: str) -> None:
    """A pages/ folder makes Streamlit start in its old mode; the shell has to hold there too."""
    page = new_tab()
    page.goto(f"{server.url}/{page_name}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    expect(page.locator(".st-key-menu").get_by_role("link", name="Priorities")).to_be_visible()
    assert not page.get_by_test_id("stException").count()
