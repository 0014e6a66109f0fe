"""Three months of a shop in a real browser: files in, plan, accept, next crawl, next export."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from linkplanner.jobs import latest_job  # noqa: E402
from linkplanner.plan.status import DONE, LIVE  # noqa: E402
from linkplanner.store.follow import list_follow_ups, open_alerts  # noqa: E402
from linkplanner.store.projects import list_projects  # noqa: E402
from linkplanner.store.tasks import list_tasks  # noqa: E402
from linkplanner.store.workspace import Workspace, attach  # noqa: E402
from tests.browser import steps  # noqa: E402
from tests.browser.steps import choose, settled, unfold, until  # noqa: E402
from tests.follow.teahouse import (  # noqa: E402
    BASE,
    backlink,
    crawl_exports,
    export,
    first_export,
    shop,
    table,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

JOB = 300_000  # ms; a worker on a busy machine
expect = sync_api.expect
AIMS = [{"url": f"{BASE}/shop/{name}/", "weight": 1} for name in ("green-tea", "teapots", "matcha")]


def go(page: "sync_api.Page", name: str) -> None:
    """To another screen, with no hint of the menu over what is shown."""
    steps.go(page, name)
    page.mouse.move(900, 5)


def finished(page: "sync_api.Page", workspace: Workspace, project_id: int) -> None:
    """Wait until no work is under way, and show the screen anew."""
    for _ in range(JOB // 200):
        job = latest_job(workspace, project_id)
        if job is not None and not job.live:
            assert job.state == "done", job.error
            break
        page.wait_for_timeout(200)
    page.reload()
    settled(page)


def bring(page: "sync_api.Page", workspace: Workspace, files: dict[str, bytes]) -> None:
    """Drop files on the data screen and wait until they are worked out."""
    go(page, "Data")
    (project,) = list_projects(workspace)
    before = len(list_follow_ups(workspace, project.id))
    drop = [{"name": n, "mimeType": "text/csv", "buffer": data} for n, data in files.items()]
    page.locator("input[type=file]").first.set_input_files(drop)
    for _ in range(JOB // 200):
        page.wait_for_timeout(200)
        if len(list_follow_ups(workspace, project.id)) > before:
            break
    finished(page, workspace, project.id)


def test_three_months_in_the_browser(
    server, new_tab: Callable[..., "sync_api.Page"], picture, tmp_path: Path
) -> None:
    page, site, rows = new_tab(), shop(), first_export()
    page.goto(server.url)
    page.get_by_placeholder("www.example.com").fill("Tea house")
    page.get_by_role("button", name="Make a project").click()
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
    settled(page)
    workspace = attach(server.home)

    # January: files, plan, accept
    files = crawl_exports(site, tmp_path / "january")
    bring(page, workspace, {**files, "backlinks-january.csv": export(rows),
                            "priorities.csv": table(AIMS)})  # fmt: skip
    (project,) = list_projects(workspace)
    go(page, "Plan")
    page.get_by_role("button", name="Make the plan").first.click()
    finding = page.locator(".st-key-finding")
    expect(finding).to_contain_text("new link", timeout=JOB)
    finished(page, workspace, project.id)
    go(page, "Plan")
    page.get_by_role("button", name=re.compile("^Accept all [1-9]")).click()
    expect(page.get_by_role("button", name="All are decided")).to_be_visible()
    settled(page)
    tasks = list_tasks(workspace, project.id)
    accepted = tasks[tasks["status"] == "approved"]
    assert len(accepted) >= 5
    go(page, "Outreach")
    assert "worth writing to" in finding.inner_text()
    page.get_by_placeholder("Part of an address").fill("lost-")
    page.get_by_placeholder("Part of an address").press("Enter")
    expect(page.get_by_text("2 sites shown")).to_be_visible()
    unfold(page, "Change all sites that are shown")
    choose(page, page.get_by_test_id("stForm").get_by_role("combobox", name="Status"), "Contacted")
    page.get_by_role("button", name="Change 2 tasks").click()
    until(page, lambda: (list_tasks(workspace, project.id)["status"] == "contacted").sum() == 2)
    settled(page)
    picture(page, "docs-outreach")
    go(page, "Tasks")
    page.get_by_text("Board", exact=True).click()
    column = page.get_by_role("strong").filter(has_text=re.compile("^Sent to editor$"))
    expect(column).to_be_visible()
    settled(page)
    picture(page, "docs-board")

    # February: two of the links are set, a new article appears
    first, second = accepted.iloc[0], accepted.iloc[1]
    for task in (first, second):
        site.link(task["page_url"], "", task["anchor"] or "tea", task["target_url"])
    site.paragraphs["/blog/white-tea/"] = ["White tea is the youngest of teas."]
    site.paragraphs["/blog/"].append('<a href="/blog/white-tea/">white tea</a>')
    bring(page, workspace, crawl_exports(site, tmp_path / "february"))
    seen = list_tasks(workspace, project.id).set_index("task_id")
    assert set(seen.loc[[first["task_id"], second["task_id"]], "status"]) == {LIVE}
    live = seen[seen["status"] == LIVE]  # the two links, and what they repair
    assert set(live.index[live["kind"] == "add link"]) == {first["task_id"], second["task_id"]}
    go(page, "Monitor")
    expect(finding).to_contain_text("1 new and 0 vanished pages")
    expect(finding).to_contain_text(f"{len(live)} tasks live")
    picture(page, "monitor-february")

    # March: one of them is lost again; two sites link, one strong one no longer does
    site.unlink(first["page_url"], first["target_url"])
    march = [r for r in rows if not re.search("//(?:lost|whisk)-", r["Referring page URL"])]
    march += [backlink("lost-garden.example", "/blog/matcha-guide/", 62),
              backlink("lost-kitchen.example", "/blog/teapots-guide/", 58)]  # fmt: skip
    bring(page, workspace, {**crawl_exports(site, tmp_path / "march"),
                            "backlinks-march.csv": export(march)})  # fmt: skip
    seen = list_tasks(workspace, project.id).set_index("task_id")
    assert seen.loc[first["task_id"], ["status", "found"]].tolist() == ["approved", "gone again"]
    won = seen[seen["kind"] == "outreach: lost backlink"]
    assert won["status"].tolist() == [LIVE, LIVE]
    assert {a.name for a in open_alerts(workspace, project.id)} >= {"gone_again", "worth_lost"}
    go(page, "Monitor")
    expect(page.get_by_text("that had been done came undone")).to_be_visible()
    expect(finding).to_contain_text("2 new and 1 lost sites")
    picture(page, "docs-monitor")
    seen_buttons = page.get_by_role("button", name="Seen")
    for left in range(seen_buttons.count() - 1, -1, -1):
        seen_buttons.first.click()
        expect(seen_buttons).to_have_count(left)
    assert open_alerts(workspace, project.id) == []
    go(page, "Tasks")
    done = int(list_tasks(workspace, project.id)["status"].isin([LIVE, DONE]).sum())
    assert done >= 3
    assert f"{done} done" in finding.inner_text()
    picture(page, "tasks-march")
