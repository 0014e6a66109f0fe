"""Jobs run in worker processes, can be stopped, and survive kill -9 of worker and app."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pandas as pd
import pytest

from linkplanner import jobs, work
from linkplanner.errors import InputError
from linkplanner.store.locks import FileLock
from linkplanner.store.priorities import stored_priorities
from linkplanner.store.projects import create_project, delete_project, load_settings, save_settings
from linkplanner.store.sources import add_source, list_sources
from linkplanner.store.versions import KEEP, analysis_basis, latest_version
from linkplanner.store.workspace import Workspace, open_workspace
from linkplanner.work import kinds

URLS = [f"https://www.shop.example/{path}" for path in
        ("", "products/red-shoes", "products/blue-shoes", "products/hats", "blog/shoe-care",
         "blog/hat-sizes", "about")]  # fmt: skip
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    + "".join(f"<url><loc>{url}</loc></url>" for url in URLS)
    + "</urlset>"
).encode()
PRIORITIES = b"url,weight,keywords\nhttps://www.shop.example/products/hats,3,straw hat\n"
WAIT = 90.0


@pytest.fixture
def project(workspace: Workspace) -> int:
    made = create_project(workspace, "Shop")
    add_source(workspace, made.id, "sitemap.xml", SITEMAP)
    return made.id


def wait_for(check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not check():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def state(workspace: Workspace, job_id: int) -> str:
    job = jobs.find_job(workspace, job_id)
    assert job is not None
    return job.state


def run(workspace: Workspace, project: int, kind: str, **params: object) -> jobs.Job:
    """Run a job in this process."""
    job = jobs.create_job(workspace, project, kind, params)
    work.run_job(workspace, job.id)
    found = jobs.find_job(workspace, job.id)
    assert found is not None
    return found


def test_files_become_an_analysis_with_a_report_each(workspace: Workspace, project: int) -> None:
    add_source(workspace, project, "aims.csv", PRIORITIES)
    add_source(workspace, project, "notes.bin", bytes(range(256)) * 9)
    job = run(workspace, project, "analyse")
    assert (job.state, job.error) == ("done", "")
    reports = {s.name: s.reports[0] for s in list_sources(workspace, project) if s.reports}
    assert reports["sitemap.xml"]["rows"] == len(URLS)
    assert reports["sitemap.xml"]["head"][0]["url"] == URLS[0]
    assert reports["notes.bin"]["recognised_as"] is None
    version = latest_version(workspace, project, "analysis")
    assert version is not None
    assert version.basis == analysis_basis(workspace, project)
    assert stored_priorities(workspace, project)[["url", "weight", "keywords"]].values.tolist() == [
        ["https://www.shop.example/products/hats", 3.0, "straw hat"]
    ]


def test_a_priorities_file_does_not_undo_later_choices(workspace: Workspace, project: int) -> None:
    from linkplanner.store.priorities import set_priorities

    add_source(workspace, project, "aims.csv", PRIORITIES)
    run(workspace, project, "analyse")
    url = "https://www.shop.example/products/hats"
    set_priorities(workspace, project, [{"url": url, "weight": 7}], "typed")
    run(workspace, project, "analyse")
    assert stored_priorities(workspace, project)["weight"].tolist() == [7.0]


def test_plan_without_links_suggests_and_invents_nothing(
    workspace: Workspace, project: int
) -> None:
    job = run(workspace, project, "plan")
    assert job.state == "done", job.error
    version = latest_version(workspace, project, "plan")
    assert version is not None
    assert version.facts["links"] == 0


def test_a_job_without_files_says_what_to_do(workspace: Workspace) -> None:
    empty = create_project(workspace, "Empty").id
    job = run(workspace, empty, "analyse")
    assert job.state == "failed"
    assert "add a sitemap" in job.error


def test_an_unexpected_error_is_a_sentence(
    workspace: Workspace, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(work: object) -> str:
        raise ZeroDivisionError("oops")

    monkeypatch.setitem(kinds.BODIES, "analyse", fail)
    job = run(workspace, project, "analyse")
    assert job.state == "failed"
    assert "ZeroDivisionError" in job.error


def test_one_job_at_a_time_in_a_project(workspace: Workspace, project: int) -> None:
    jobs.create_job(workspace, project, "analyse")
    with pytest.raises(InputError, match="under way"):
        jobs.create_job(workspace, project, "plan")
    other = create_project(workspace, "Other").id
    assert jobs.create_job(workspace, other, "analyse").live
    with pytest.raises(InputError, match="being worked on"):
        delete_project(workspace, project, "Shop")
    with pytest.raises(InputError, match="no kind"):
        jobs.create_job(workspace, project, "dance")


def test_stop_before_the_start_stops(workspace: Workspace, project: int) -> None:
    job = jobs.create_job(workspace, project, "analyse")
    jobs.stop_job(workspace, job.id)
    reporter = work.Reporter(workspace, job.id)
    with reporter.beating():
        wait_for(reporter.should_stop)
    assert work.run_job(workspace, job.id) in ("stopped", "done")


def test_a_held_lock_means_alive(workspace: Workspace, project: int) -> None:
    job = jobs.create_job(workspace, project, "analyse")
    work.Reporter(workspace, job.id).begin()
    lock = FileLock(jobs.lock_path(workspace, job.id))
    assert lock.take()
    assert jobs.mark_interrupted(workspace) == 0
    lock.release()
    assert jobs.mark_interrupted(workspace) == 1
    assert state(workspace, job.id) == "interrupted"


def kill_and_resume(workspace: Workspace, job_id: int, delay: float) -> None:
    """Kill the worker `delay` seconds after it began, check that nothing is half, and resume."""
    wait_for(lambda: state(workspace, job_id) != "waiting")
    time.sleep(delay)
    job = jobs.find_job(workspace, job_id)
    assert job is not None
    if not job.live:
        return
    with workspace.reading() as db:
        owner = db.execute("SELECT owner FROM jobs WHERE id = ?", (job_id,)).fetchone()[0]
    os.kill(int(owner), signal.SIGKILL)
    wait_for(lambda: (jobs.mark_interrupted(workspace), state(workspace, job_id))[1] != "running")
    with sqlite3.connect(workspace.database) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if state(workspace, job_id) == "interrupted":
        jobs.resume_job(workspace, job_id)


def finish(workspace: Workspace, job_id: int) -> None:
    wait_for(lambda: state(workspace, job_id) not in jobs.LIVE)
    job = jobs.find_job(workspace, job_id)
    assert job is not None
    assert job.state == "done", (job.error, jobs.log_path(workspace, job_id).read_text()[-2000:])


def everything_is_whole(workspace: Workspace, project: int) -> None:
    """The newest versions of each kind are there and readable; of older ones figures alone stay."""
    from linkplanner.pipeline import Analysis

    with workspace.reading() as db:
        rows = db.execute(
            "SELECT kind, version FROM versions WHERE project_id = ? ORDER BY version DESC",
            (project,),
        ).fetchall()
    kinds = {row["kind"] for row in rows}
    newest = [[row for row in rows if row["kind"] == kind][:KEEP] for kind in kinds]
    known = {f"{row['kind']}-{row['version']}" for kept in newest for row in kept}
    for name in known:
        folder = workspace.data(project) / name
        assert any(folder.iterdir())
        if name.startswith("analysis"):
            assert len(Analysis.load(folder).frames["pages"]) >= len(URLS)
        for file in folder.glob("*.parquet"):
            pd.read_parquet(file)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not on Windows")
@pytest.mark.parametrize(
    "rounds", [2, pytest.param(40, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_a_killed_worker_loses_nothing(workspace: Workspace, project: int, rounds: int) -> None:
    chance = random.Random(rounds)
    job = jobs.start_job(workspace, project, "analyse")
    for _ in range(rounds):
        kill_and_resume(workspace, job.id, chance.uniform(0.0, 2.0))
        if not (jobs.find_job(workspace, job.id) or job).live:
            everything_is_whole(workspace, project)
            job = jobs.start_job(workspace, project, "analyse")
    finish(workspace, job.id)
    everything_is_whole(workspace, project)
    open_workspace(workspace.folder)  # still opens


APP = """
import sys
from pathlib import Path
from linkplanner import jobs
from linkplanner.store.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]))
print(jobs.start_job(workspace, int(sys.argv[2]), "analyse").id, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not on Windows")
def test_a_job_outlives_the_app_that_started_it(tmp_path: Path) -> None:
    from linkplanner.store.workspace import close_workspace

    first = open_workspace(tmp_path)
    project = create_project(first, "Shop").id
    add_source(first, project, "sitemap.xml", SITEMAP)
    close_workspace(first)
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(tmp_path), str(project)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    assert app.stdout is not None
    job_id = int(app.stdout.readline())
    app.kill()
    app.wait()
    again = open_workspace(tmp_path)  # the lock of the killed app is free
    assert not again.read_only
    finish(again, job_id)
    close_workspace(again)


# --- reading pages over real HTTP from this computer ---------------------------------------------


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Be quiet."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A small site on a free port of this computer."""
    root = tmp_path / "site"
    names = ["index.html"] + [f"page{n}.html" for n in range(1, 31)]
    root.mkdir()
    for number, name in enumerate(names):
        links = "".join(
            f'<a href="/{names[(number + k) % len(names)]}">to {k}</a> ' for k in (1, 2)
        )
        (root / name).write_text(
            f"<title>Page {number}</title><h1>Page {number}</h1><p>About hats {number}. {links}</p>"
        )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root)))
    base = f"http://127.0.0.1:{server.server_port}"
    (root / "sitemap.xml").write_text(
        "<urlset>" + "".join(f"<url><loc>{base}/{n}</loc></url>" for n in names) + "</urlset>"
    )
    Thread(target=server.serve_forever, daemon=True).start()
    yield base
    server.shutdown()


def allow(workspace: Workspace, project: int, base: str, delay: float) -> None:
    settings = load_settings(workspace, project)
    crawl = replace(settings.crawl, allow_hosts=(base.removeprefix("http://"),), delay=delay)
    save_settings(workspace, project, replace(settings, crawl=crawl))


def test_sitemap_by_address_then_reading_pages(workspace: Workspace, site: str) -> None:
    project = create_project(workspace, "Local").id
    refused = run(workspace, project, "sitemap", url=f"{site}/sitemap.xml")
    assert refused.state == "failed"  # a private address that was not allowed by name
    allow(workspace, project, site, delay=0.0)
    job = run(workspace, project, "sitemap", url=f"{site}/sitemap.xml")
    assert (job.state, job.error) == ("done", "")
    (source,) = list_sources(workspace, project)
    assert source.origin == f"{site}/sitemap.xml"
    job = run(workspace, project, "read_pages", pages=20)
    assert (job.state, job.error) == ("done", "")
    version = latest_version(workspace, project, "pages_read")
    assert version is not None
    assert version.facts["read"] == 20
    analysis = latest_version(workspace, project, "analysis")
    assert analysis is not None
    assert analysis.facts["has_links"]
    assert 0.5 < analysis.facts["provisional"] < 0.8


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not on Windows")
@pytest.mark.parametrize(
    "rounds", [1, pytest.param(12, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_reading_goes_on_after_a_kill(workspace: Workspace, site: str, rounds: int) -> None:
    project = create_project(workspace, "Local").id
    add_source(workspace, project, "list.txt", "\n".join(
        f"{site}/page{n}.html" for n in range(1, 31)).encode())  # fmt: skip
    allow(workspace, project, site, delay=0.05)
    job = jobs.start_job(workspace, project, "read_pages", {"pages": 31})
    chance = random.Random(rounds)
    for _ in range(rounds):
        wait_for(
            lambda: (
                (jobs.find_job(workspace, job.id) or job).done > 2
                or state(workspace, job.id) not in jobs.LIVE
            )
        )
        kill_and_resume(workspace, job.id, chance.uniform(0.0, 1.5))
    finish(workspace, job.id)
    version = latest_version(workspace, project, "pages_read")
    assert version is not None
    assert version.facts["read"] == 31


def test_reading_is_stopped_and_what_was_read_is_used(workspace: Workspace, site: str) -> None:
    project = create_project(workspace, "Local").id
    add_source(workspace, project, "list.txt", "\n".join(
        f"{site}/page{n}.html" for n in range(1, 31)).encode())  # fmt: skip
    allow(workspace, project, site, delay=0.3)
    job = jobs.create_job(workspace, project, "read_pages", {"pages": 31})
    thread = Thread(target=work.run_job, args=(workspace, job.id))
    thread.start()
    wait_for(lambda: "Reading http" in (jobs.find_job(workspace, job.id) or job).message)
    jobs.stop_job(workspace, job.id)
    thread.join(WAIT)
    assert state(workspace, job.id) == "stopped"
    version = latest_version(workspace, project, "pages_read")
    assert version is not None
    assert version.facts["stopped"]
    assert version.facts["read"] < 31
    assert latest_version(workspace, project, "analysis") is not None


def test_reading_is_paused_goes_on_and_is_brought_up_to_date(
    workspace: Workspace, site: str
) -> None:
    project = create_project(workspace, "Local").id
    add_source(workspace, project, "list.txt", "\n".join(
        f"{site}/page{n}.html" for n in range(1, 31)).encode())  # fmt: skip
    allow(workspace, project, site, delay=0.2)
    job = jobs.create_job(workspace, project, "read_pages", {"pages": 31})
    thread = Thread(target=work.run_job, args=(workspace, job.id))
    thread.start()
    wait_for(lambda: "Reading http" in (jobs.find_job(workspace, job.id) or job).message)
    jobs.pause_job(workspace, job.id)
    asked = time.monotonic()
    thread.join(WAIT)
    assert time.monotonic() - asked < 10
    paused = jobs.find_job(workspace, job.id)
    assert paused is not None
    assert (paused.state, paused.paused, paused.message[:9]) == ("stopped", True, "Paused at")
    assert latest_version(workspace, project, "pages_read") is None
    allow(workspace, project, site, delay=0.0)
    jobs.resume_job(workspace, job.id)
    finish(workspace, job.id)
    version = latest_version(workspace, project, "pages_read")
    assert version is not None
    assert (version.facts["read"], version.facts["stopped"]) == (31, False)
    again = run(workspace, project, "read_pages", pages=31)
    assert (again.state, again.error) == ("done", "")
    version = latest_version(workspace, project, "pages_read")
    assert version is not None
    assert version.facts["read"] == 31
    assert any("had not changed" in message for message in version.facts["messages"])
