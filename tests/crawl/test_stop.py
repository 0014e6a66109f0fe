"""Stopping and pausing real crawls of a real site over the net: how long until all is quiet."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from linkplanner import jobs
from linkplanner.store.projects import create_project, load_settings, save_settings
from linkplanner.store.sources import add_source
from linkplanner.store.workspace import close_workspace, open_workspace
from tests.loopback.server import Loopback
from tests.loopback.sites import SITES

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

SITE = SITES["ploeh"]
WITHIN = 2.0


@pytest.fixture
def online(site_folder: Callable[[str], Path], tmp_path: Path) -> Iterator[Loopback]:
    server = Loopback({SITE.host: site_folder("ploeh")}, tmp_path)
    yield server
    server.close()


def wait_until(holds: Callable[[], bool], seconds: float = 60.0) -> float:
    """Seconds until something holds."""
    begin = time.monotonic()
    while not holds():
        assert time.monotonic() - begin < seconds, "it did not come about"
        time.sleep(0.01)
    return time.monotonic() - begin


def test_ctrl_c_ends_the_requests_at_once_and_the_tables_are_there(
    online: Loopback, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "linkplanner", "crawl", SITE.base, "--out", str(out),
         "--speed", "fast", "--allow-host", SITE.host],
        env=online.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    wait_until(lambda: len(online.asked) > 150)
    process.send_signal(signal.SIGINT)
    asked = time.monotonic()
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert online.latest - asked < WITHIN
    print(f"last request {online.latest - asked:.2f} s, end {time.monotonic() - asked:.2f} s later")
    assert "Orphans: inconclusive. The crawl was stopped before its end." in said
    assert (out / "pages.parquet").is_file()


def test_pausing_a_job_takes_two_seconds(
    online: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight times, at other moments; in the end every page was asked for once."""
    for name, value in online.environment().items():
        monkeypatch.setenv(name, value)
    workspace = open_workspace(tmp_path / "workspace")
    project = create_project(workspace, "Blog").id
    add_source(workspace, project, "list.txt", f"{SITE.base}\n{SITE.base}archive/\n".encode())
    settings = load_settings(workspace, project)
    crawl = replace(settings.crawl, allow_hosts=(SITE.host,))
    save_settings(workspace, project, replace(settings, crawl=crawl))
    assert jobs.start_job(workspace, project, "analyse").live
    wait_until(lambda: not live(workspace, project))
    job = jobs.start_job(workspace, project, "read_pages", {"pages": 5000, "speed": "fast"})
    took, quiet = [], []
    for number in range(8):
        before = len(online.asked)
        wait_until(lambda: len(online.asked) > before + 20 + 15 * number)  # noqa: B023
        jobs.pause_job(workspace, job.id)
        asked = time.monotonic()
        took.append(wait_until(lambda: not live(workspace, project)))
        quiet.append(online.latest - asked)
        jobs.resume_job(workspace, job.id)
    jobs.stop_job(workspace, job.id)
    wait_until(lambda: not live(workspace, project))
    close_workspace(workspace)
    print("paused after", [round(t, 2) for t in took], "last request", [round(t, 2) for t in quiet])
    assert max(took) < WITHIN
    pages = [url for url in online.asked if not url.endswith("/robots.txt")]
    twice = len(pages) - len(set(pages))
    assert twice <= 8 * len(took), "more than what was on its way was asked for again"


def live(workspace: object, project: int) -> bool:
    job = jobs.latest_job(workspace, project)  # type: ignore[arg-type]
    return job is not None and job.live
