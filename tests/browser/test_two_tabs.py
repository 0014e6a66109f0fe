"""Two tabs, two projects, a reload in the middle of a job, a restarted server: nothing mixes and
nothing is lost."""

import re
from collections.abc import Callable

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.jobs import latest_job, live_job  # noqa: E402
from linkplanner.store.projects import create_project, list_projects, load_settings  # noqa: E402
from linkplanner.store.sources import list_sources  # noqa: E402
from linkplanner.store.tasks import list_tasks  # noqa: E402
from linkplanner.store.versions import latest_version  # noqa: E402
from linkplanner.store.workspace import Workspace, attach  # noqa: E402
from tests.browser.steps import JOB, go, settled, unfold, until  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]
expect = sync_api.expect
OURS = ".stMain, .stSidebar"
"""Without Streamlit's own toolbar, which has a "Stop" while a script runs."""
OTHER = "Other client"
PAGES = "\n".join(f"https://www.other.example/services/{word}" for word in ("a", "b", "c"))


def opened(new_tab: Callable, url: str, title: str) -> "sync_api.Page":
    page = new_tab()
    page.goto(url)
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    settled(page)
    return page


def number(workspace: Workspace, project_id: int, kind: str) -> int:
    version = latest_version(workspace, project_id, kind)
    return version.number if version else 0


def test_nothing_mixes_and_nothing_is_lost(own_shop, new_tab: Callable) -> None:
    workspace = attach(own_shop.home)
    (sample,) = list_projects(workspace)
    other = create_project(workspace, OTHER)
    one = opened(new_tab, f"{own_shop.url}/plan?project=Sample+shop", "Plan")
    two = opened(new_tab, f"{own_shop.url}/data?project=Other+client", "Data")

    # a decision and a limit in one tab, files in the other
    one.get_by_role("button", name=re.compile("^Accept all [1-9]")).click()
    expect(one.get_by_role("button", name="All are decided")).to_be_visible()
    accepted = int((list_tasks(workspace, sample.id)["status"] == "approved").sum())
    assert accepted > 0
    unfold(one, "Limits and aim")
    field = one.get_by_test_id("stNumberInputField").first
    field.fill("17")
    field.press("Enter")
    until(one, lambda: load_settings(workspace, sample.id).limits.max_links == 17)
    two.locator("input[type=file]").first.set_input_files(
        {"name": "pages.txt", "mimeType": "text/plain", "buffer": PAGES.encode()}
    )
    until(two, lambda: number(workspace, other.id, "analysis") == 1, JOB / 1000)
    assert [s.name for s in list_sources(workspace, other.id)] == ["pages.txt"]
    assert load_settings(workspace, other.id).limits.max_links != 17
    assert list_tasks(workspace, other.id).empty

    # a reload in the middle of a job
    before = number(workspace, sample.id, "plan")
    one.get_by_role("button", name="Make the plan again").click()
    expect(one.locator(OURS).get_by_role("button", name="Stop", exact=True)).to_be_visible()
    one.reload()
    one.get_by_role("heading", name="Plan", level=1, exact=True).wait_for()
    two.reload()
    two.get_by_role("heading", name="Data", level=1, exact=True).wait_for()
    settled(two)
    stop = two.locator(OURS).get_by_role("button", name="Stop", exact=True)
    expect(stop).to_have_count(0)  # not its job

    # a server that dies and comes back
    own_shop.kill()
    own_shop.start()
    until(one, lambda: live_job(workspace, sample.id) is None, JOB / 1000)
    job = latest_job(workspace, sample.id)
    assert job is not None
    assert (job.kind, job.state, job.attempt) == ("plan", "done", 1)
    assert number(workspace, sample.id, "plan") == before + 1
    for page, title, name in ((one, "Plan", "Sample shop"), (two, "Data", OTHER)):
        page.reload()
        page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
        settled(page)
        assert f"project={name.replace(' ', '+')}" in page.url
        expect(page.locator("[data-testid=stSidebar] input").first).to_have_value(name)
    assert load_settings(workspace, sample.id).limits.max_links == 17
    assert int((list_tasks(workspace, sample.id)["status"] == "approved").sum()) == accepted
    go(two, "Tasks")
    expect(two.get_by_text(re.compile("^No tasks yet"))).to_be_visible()
