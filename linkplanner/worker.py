"""The process that runs one job: python -m linkplanner.worker WORKSPACE JOB_ID."""

import contextlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from linkplanner.errors import Cancelled, InputError, LinkplannerError
from linkplanner.jobs import Job, find_job, lock_path
from linkplanner.store.locks import FileLock
from linkplanner.store.workspace import Workspace, WorkspaceError, attach, now

if TYPE_CHECKING:
    import pandas as pd

    from linkplanner.crawl.answer import Fetched
    from linkplanner.crawl.reader import PagesRead
    from linkplanner.pipeline import Analysis
    from linkplanner.read.reading import Reading
    from linkplanner.settings import CrawlSettings, Settings
    from linkplanner.store.versions import Version

__all__ = ["Reporter", "main", "run_job"]

BEAT_SECONDS: Final = 1.0
"""How often a worker gives a sign of life and looks at its stop button."""
WRITE_SECONDS: Final = 0.25
"""Least time between two progress rows: more would only wear the disk."""
ORPHAN_SECONDS: Final = 60.0
"""How long a worker goes on after its app was closed; a restarted app finds it within seconds."""


@dataclass
class Reporter:
    """A worker's line to its row: progress out, stop button in."""

    workspace: Workspace
    """Where the row is."""
    job_id: int
    """Which row."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)
    _written: float = 0.0
    _abandoned: bool = False
    _forgiven: bool = False

    def progress(self, done: int, total: int, message: str) -> None:
        """Show how far the job is; cheap to call for every page."""
        moment = time.monotonic()
        if moment - self._written < WRITE_SECONDS and done < total:
            return
        self._written = moment
        self._update("done = ?, total = ?, message = ?", int(done), int(total), message)

    def should_stop(self) -> bool:
        """Whether the user pressed stop, or closed the app for good."""
        return self._stop.is_set()

    def forgive(self) -> None:
        """Go on after a stop that was meant for one step only."""
        self._forgiven = True
        self._stop.clear()

    def check(self) -> None:
        """Raise Cancelled where the job is to stop."""
        if self._stop.is_set():
            raise Cancelled("Stopped; what was finished is kept.")

    @property
    def abandoned(self) -> bool:
        """Whether it stops because the app is gone, not because the user asked."""
        return self._abandoned

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Give signs of life while the block runs."""
        thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _beat(self) -> None:
        alone_since: float | None = None
        while True:
            with contextlib.suppress(WorkspaceError):  # busy for a moment: the next beat will do
                self._update("heartbeat = ?", now())
                job = find_job(self.workspace, self.job_id)
                if job is None or (job.cancel and not self._forgiven):
                    self._stop.set()
            if self.workspace.is_open_somewhere():
                alone_since = None
            elif alone_since is None:
                alone_since = time.monotonic()
            elif time.monotonic() - alone_since > ORPHAN_SECONDS:
                self._abandoned = True
                self._stop.set()
            if self._over.wait(BEAT_SECONDS):
                return

    def _update(self, assignments: str, *values: Any) -> None:
        with self.workspace.writing() as db:
            db.execute(f"UPDATE jobs SET {assignments} WHERE id = ?", (*values, self.job_id))

    def begin(self) -> None:
        """Say that a worker has the job."""
        self._update(
            "state = 'running', attempt = attempt + 1, started = ?, heartbeat = ?, owner = ?,"
            " message = 'Starting', done = 0, total = 0",
            now(), now(), str(os.getpid()),
        )  # fmt: skip

    def end(self, state: str, message: str, error: str = "") -> None:
        """Say how the job ended."""
        self._update(
            "state = ?, finished = ?, message = ?, error = ?", state, now(), message, error
        )


@dataclass(frozen=True)
class _Work:
    """What a job body needs."""

    workspace: Workspace
    project_id: int
    params: dict[str, Any]
    report: Reporter


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the job's lock, run it, return 0 where it ended as the user wanted."""
    folder, job_id = (sys.argv[1:] if arguments is None else list(arguments))[:2]
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)  # the screen goes first
    workspace = attach(Path(folder))
    lock = FileLock(lock_path(workspace, int(job_id)))
    deadline = time.monotonic() + 5.0
    while not lock.take(str(os.getpid())):  # somebody may be testing it just now
        if time.monotonic() > deadline:
            print(f"Job {job_id} is run by another process.", file=sys.stderr)
            return 1
        time.sleep(0.02)
    return 0 if run_job(workspace, int(job_id)) in ("done", "stopped") else 1


def run_job(workspace: Workspace, job_id: int) -> str:
    """Run a waiting job in this process and return the state it ended in."""
    job = find_job(workspace, job_id)
    if job is None or job.state != "waiting":
        return "failed"
    report = Reporter(workspace, job_id)
    report.begin()
    with report.beating():
        state, message, error = _outcome(workspace, job, report)
    report.end(state, message, error)
    return state


def _outcome(workspace: Workspace, job: Job, report: Reporter) -> tuple[str, str, str]:
    try:
        report.check()
        message = _BODIES[job.kind](_Work(workspace, job.project_id, job.params, report))
    except Cancelled as stopped:
        if report.abandoned:
            return "interrupted", "Interrupted", "The app was closed; take it up again to go on."
        return "stopped", str(stopped) or "Stopped; what was finished is kept.", ""
    except LinkplannerError as error:
        return "failed", "Failed", str(error)
    except MemoryError:
        return "failed", "Failed", (
            "The computer ran out of memory; close other programs, or give smaller files."
        )  # fmt: skip
    except Exception as error:
        traceback.print_exc()
        return "failed", "Failed", (
            f"Something went wrong that linkplanner did not expect ({type(error).__name__}: "
            f"{str(error)[:200]}). Details are in jobs/{job.id}.log of the workspace folder."
        )  # fmt: skip
    return "done", message, ""


# --- what each kind of job does; heavy rooms are imported inside -------------------------------


def _analyse(work: _Work) -> str:
    readings = _read_sources(work)
    analysis = _make_analysis(work, readings)
    return f"Worked out {len(analysis.frames['pages']):,} addresses of the site."


def _plan(work: _Work) -> str:
    from linkplanner.pipeline import make_plan
    from linkplanner.store.projects import fix_scale, load_settings
    from linkplanner.store.tasks import list_tasks, put_plan_tasks
    from linkplanner.store.versions import plan_basis, save_version

    analysis = _present_analysis(work)
    basis = plan_basis(work.workspace, work.project_id)
    settings = load_settings(work.workspace, work.project_id)
    progress, should_stop = work.report.progress, work.report.should_stop
    tasks = list_tasks(work.workspace, work.project_id)
    turned_down = tasks[(tasks["kind"] == "add link") & (tasks["status"] == "refused")]
    refused = frozenset(zip(turned_down["page_url"], turned_down["target_url"]))
    for thorough in (False, True):  # a plan in seconds, then its proof while the user reads
        if thorough and (should_stop() or settings.limits.proof_seconds <= 0):
            break
        try:
            result = make_plan(
                analysis, settings, progress, should_stop, thorough=thorough, refused=refused
            )
        except Cancelled:
            if thorough:
                break
            raise
        save_version(
            work.workspace, work.project_id, "plan", result.save, basis=basis, facts=result.summary
        )
        put_plan_tasks(work.workspace, work.project_id, result.tasks)
        if result.model is None:
            break
    if len(result.plan) and analysis.facts.get("points_per_worth"):
        fix_scale(work.workspace, work.project_id, analysis.facts["points_per_worth"])
    if len(result.plan):
        return f"The plan has {len(result.plan):,} new links."
    return f"No plan yet: {len(result.suggestions):,} suggestions to check."


def _sitemap(work: _Work) -> str:
    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.read import read_sitemap_url
    from linkplanner.store.projects import load_settings
    from linkplanner.store.sources import add_source

    settings = load_settings(work.workspace, work.project_id)
    fetcher = _Recording(HttpFetcher(settings.crawl))
    url = str(work.params["url"])
    work.report.progress(0, 0, f"Fetching {url}")
    readings = read_sitemap_url(url, fetcher, should_stop=work.report.should_stop)
    if not any(reading.recognised_as for reading in readings):
        raise InputError(readings[0].message if readings else f"“{url}” gave nothing.")
    for address, body in fetcher.bodies.items():
        add_source(work.workspace, work.project_id, address, body, origin=address)
    return _analyse(work)


def _read_pages(work: _Work) -> str:
    from dataclasses import replace

    from linkplanner.crawl.fetch import HttpFetcher
    from linkplanner.pipeline import pages_to_read
    from linkplanner.store.projects import load_settings

    analysis = _present_analysis(work)
    crawl = load_settings(work.workspace, work.project_id).crawl
    crawl = replace(crawl, pages=int(work.params.get("pages", crawl.pages)))
    order = pages_to_read(analysis, crawl.pages)
    with HttpFetcher(crawl) as fetcher:
        message = _fetch_pages(work, order.urls, order.hosts, fetcher, crawl, discover=True)
    stopped = work.report.should_stop()
    if not work.report.abandoned:  # the user's stop ends the reading, not the use of what was read
        work.report.forgive()
        _make_analysis(work, _read_sources(work))
    if stopped:
        raise Cancelled(f"Stopped. {message}")
    return message


def _sample(work: _Work) -> str:
    import tempfile
    from dataclasses import replace

    from linkplanner.crawl.folder import FolderFetcher
    from linkplanner.sample import write_sample
    from linkplanner.settings import CrawlSettings
    from linkplanner.store.sources import add_source
    from linkplanner.urls import host

    work.report.progress(0, 0, "Building a shop with some 300 pages")
    with tempfile.TemporaryDirectory() as place:
        sample = write_sample(Path(place))
        for path in sorted(p for p in sample.folder.iterdir() if p.is_file()):
            add_source(work.workspace, work.project_id, path.name, path.read_bytes(), "sample")
        work.report.check()
        fetcher = FolderFetcher({sample.base_url: sample.site})
        at_once = replace(CrawlSettings(), delay=0.0, pages=1000)
        _fetch_pages(
            work, [f"{sample.base_url}/"], frozenset({host(f"{sample.base_url}/")}), fetcher,
            at_once, discover=True,
        )  # fmt: skip
    _analyse(work)
    return _plan(work)


_BODIES: Final[dict[str, Callable[[_Work], str]]] = {
    "analyse": _analyse,
    "plan": _plan,
    "sitemap": _sitemap,
    "read_pages": _read_pages,
    "sample": _sample,
}


# --- the steps they share ----------------------------------------------------------------------


class _Recording:
    """A fetcher that keeps what it fetched, so that a sitemap becomes a source as it came."""

    def __init__(self, fetcher: Any) -> None:
        self.fetcher = fetcher
        self.bodies: dict[str, bytes] = {}

    def fetch(self, url: str, *, follow: bool = True) -> "Fetched":
        """As the fetcher beneath."""
        answer: Fetched = self.fetcher.fetch(url, follow=follow)
        if answer.status == 200 and answer.body and not url.endswith("/robots.txt"):
            self.bodies[url] = answer.body
        return answer


def _read_sources(work: _Work) -> "list[Reading]":
    from linkplanner.read import read_file
    from linkplanner.store.sources import list_sources, save_report

    sources = list_sources(work.workspace, work.project_id)
    readings: list[Reading] = []
    for number, source in enumerate(sources):
        work.report.check()
        work.report.progress(number, len(sources), f"Reading {source.name}")
        found = read_file(source.path, source.name)
        reports = [{**reading.to_report(), "head": _head(reading)} for reading in found]
        if source.reports is None or list(source.reports) != reports:
            save_report(work.workspace, source.id, reports)
        if source.reports is None:
            _take_priorities(work, found)
        readings.extend(found)
    work.report.progress(len(sources), len(sources), "All files read")
    return readings


def _head(reading: "Reading") -> list[dict[str, str]]:
    """First rows of a reading as texts, without the columns that are empty in all of them."""
    rows = reading.frame.head(5).dropna(axis="columns", how="all")
    return [{str(k): str(v)[:300] for k, v in row.items()} for row in rows.to_dict("records")]


def _take_priorities(work: _Work, readings: "Sequence[Reading]") -> None:
    """Pages of a priorities file that is read for the first time become the user's choice."""
    from linkplanner.store.priorities import set_priorities

    for reading in readings:
        if reading.kind == "priorities":
            rows = reading.frame.to_dict("records")
            changes = [{str(k): v for k, v in r.items() if v == v} | {"chosen": 1} for r in rows]
            set_priorities(work.workspace, work.project_id, changes, "file")


def _make_analysis(work: _Work, readings: "Sequence[Reading]") -> "Analysis":
    from linkplanner.pipeline import analyse
    from linkplanner.store.projects import find_project, load_settings
    from linkplanner.store.versions import analysis_basis, latest_version, save_version

    if not readings:
        raise InputError("There is nothing to work on yet; add a sitemap or an export first.")
    basis = analysis_basis(work.workspace, work.project_id)
    settings = load_settings(work.workspace, work.project_id)
    project = find_project(work.workspace, work.project_id)
    read = latest_version(work.workspace, work.project_id, "pages_read")
    pages_read = _load_pages(read)
    readings = [reading for reading in readings if reading.kind != "priorities"]
    analysis = analyse(
        readings, pages_read, settings, _priorities(work, readings, pages_read, settings),
        work.report.progress, points_per_worth=project.points_per_worth if project else None,
    )  # fmt: skip
    work.report.check()
    save_version(
        work.workspace, work.project_id, "analysis", analysis.save, basis=basis,
        facts=analysis.facts,
    )  # fmt: skip
    return analysis


def _load_pages(version: "Version | None") -> "PagesRead | None":
    if version is None:
        return None
    from linkplanner.crawl.reader import PagesRead

    return PagesRead.load(version.folder)


def _priorities(
    work: _Work, readings: "Sequence[Reading]", read: "PagesRead | None", settings: "Settings"
) -> "pd.DataFrame | None":
    """What the user chose; patterns and kinds need the joined pages, so those come first."""
    from linkplanner.site.assemble import Pieces, assemble
    from linkplanner.store.priorities import chosen_priorities, list_patterns
    from linkplanner.tables import PAGES

    pages = PAGES.empty()
    if list_patterns(work.workspace, work.project_id):
        pages = assemble(Pieces.of(readings, [read] if read else []), settings.equity).pages
    return chosen_priorities(work.workspace, work.project_id, pages)


def _present_analysis(work: _Work) -> "Analysis":
    """The newest analysis where it is up to date, else a new one."""
    from linkplanner.pipeline import Analysis
    from linkplanner.store.versions import analysis_basis, latest_version

    version = latest_version(work.workspace, work.project_id, "analysis")
    if version and version.basis == analysis_basis(work.workspace, work.project_id):
        return Analysis.load(version.folder)
    return _make_analysis(work, _read_sources(work))


def _fetch_pages(
    work: _Work, urls: Sequence[str], own_hosts: frozenset[str], fetcher: Any,
    settings: "CrawlSettings", *, discover: bool = False,
) -> str:  # fmt: skip
    """Read pages; what a killed worker had read is taken up again, what stands is read on."""
    from linkplanner.crawl.reader import read_pages
    from linkplanner.store.versions import latest_version, save_version

    mine = {"job": work.report.job_id}
    partial = latest_version(work.workspace, work.project_id, "pages_partial")
    before = latest_version(work.workspace, work.project_id, "pages_read")
    if partial and partial.facts.get("job") == work.report.job_id:
        before = partial
    elif work.params.get("anew"):
        before = None

    def keep(so_far: "PagesRead") -> None:
        save_version(work.workspace, work.project_id, "pages_partial", so_far.save, facts=mine)

    read = read_pages(
        urls, fetcher, settings, own_hosts=own_hosts, progress=work.report.progress,
        should_stop=work.report.should_stop, already=_load_pages(before), checkpoint=keep,
        discover=discover,
    )  # fmt: skip
    facts = {**mine, "read": read.read, "failed": read.failed, "refused": read.refused,
             "stopped": read.stopped, "messages": list(read.messages)}  # fmt: skip
    save_version(work.workspace, work.project_id, "pages_read", read.save, facts=facts)
    return f"Read {read.read:,} pages of the site."


if __name__ == "__main__":
    sys.exit(main())
