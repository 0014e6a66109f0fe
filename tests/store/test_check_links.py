"""The job that looks whether links stand, on pages of a real server."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest

from linkplanner import jobs
from linkplanner.plan.status import LIVE
from linkplanner.store.projects import create_project, load_settings, save_settings
from linkplanner.store.tasks import change_tasks, list_tasks, put_plan_tasks
from linkplanner.store.workspace import Workspace
from linkplanner.tables import TASKS
from linkplanner.work import run_job

OURS = "https://www.shop.example/guide"
PAGES = {
    "there": f'<p>Those who like long walks should read <a href="{OURS}">this guide</a> first.</p>',
    "hinted": f'<p>We were sent <a rel="nofollow" href="{OURS}">this guide</a> by a shop.</p>',
    "gone": "<p>Nothing links from here any more.</p>",
}


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not talk."""

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    for name, body in PAGES.items():
        (tmp_path / f"{name}.html").write_text(f"<html><body><main>{body}</main></body></html>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def run(workspace: Workspace, project: int) -> jobs.Job:
    job = jobs.create_job(workspace, project, "check_links")
    run_job(workspace, job.id)
    found = jobs.find_job(workspace, job.id)
    assert found is not None
    return found


def test_a_look_ticks_off_what_stands(workspace: Workspace, base: str) -> None:
    project = create_project(workspace, "Shop").id
    assert "contacted" in run(workspace, project).error  # nothing to look at yet
    settings = load_settings(workspace, project)
    crawl = replace(settings.crawl, allow_hosts=(base.removeprefix("http://"),), delay=0.0)
    save_settings(workspace, project, replace(settings, crawl=crawl))
    names = ["there", "hinted", "gone", "missing"]
    rows = [{"task_id": n, "kind": "outreach: link gap", "page_url": f"{base}/{n}.html",
             "target_url": OURS} for n in [*names, "unasked"]]  # fmt: skip
    put_plan_tasks(workspace, project, TASKS.conform(pd.DataFrame(rows)))
    change_tasks(workspace, project, names, {"status": "contacted"})
    change_tasks(workspace, project, ["gone"], {"status": LIVE})
    job = run(workspace, project)
    assert (job.state, job.error) == ("done", "")
    tasks = list_tasks(workspace, project).set_index("task_id")
    assert tasks[["status", "found"]].fillna("").to_dict("split")["data"] == [
        [LIVE, "live"],
        ["contacted", "live but nofollow"],
        ["lost", "gone again"],
        ["contacted", "not yet"],
        ["found", ""],
    ]
    assert "this guide" in tasks.loc["there", "found_detail"]
