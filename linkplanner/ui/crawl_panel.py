"""Reading the site itself, on the Data screen: start, speed, pause, go on, what came of it."""

from dataclasses import replace

import streamlit as st

from linkplanner.crawl.complete import NO_SITEMAP
from linkplanner.errors import LinkplannerError
from linkplanner.jobs import Job, latest_job, pause_job, resume_job, start_job, stop_job
from linkplanner.settings import CrawlSettings
from linkplanner.store.projects import Project, load_settings, save_settings
from linkplanner.store.sources import list_sources
from linkplanner.store.versions import Version, latest_version
from linkplanner.store.workspace import Workspace
from linkplanner.ui import icons, progress, state
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts import common, screens
from linkplanner.ui.texts import crawl as say

__all__ = ["crawl_panel", "proposed_pages"]

_PROBLEM = "crawl-error"
_POLL = 1.0
_STEP = 50
_TOLD = 6
"""Messages of a crawl that are shown at once."""


def crawl_panel(project: Project, *, needed: bool, closed: bool) -> None:
    """The block "Read my pages". `needed`: no links are known yet; `closed`: nothing may start."""
    workspace = state.workspace()
    st.subheader(screens.READ_PAGES, anchor=False)
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(problem, icon=icons.WARNING)
    job = latest_job(workspace, project.id)
    with st.container(border=True):
        if job is not None and job.live and job.kind == "read_pages":
            _under_way(workspace, project)
        else:
            _idle(workspace, project, job, needed, closed)


def _idle(
    workspace: Workspace, project: Project, job: Job | None, needed: bool, closed: bool
) -> None:
    read = latest_version(workspace, project.id, "pages_read")
    st.markdown(f"{say.HOW} {_latest(read)}")
    pages, speed = _wishes(workspace, project, closed)
    paused = job is not None and job.kind == "read_pages" and job.paused and not job.live
    buttons = st.container(horizontal=True)
    buttons.button(
        screens.READ_PAGES, icon=icons.READ, on_click=_start,
        args=(project.id, pages, speed), disabled=closed or project.sample,
        type="primary" if needed and not paused else "secondary",
        help=say.SAMPLE_HELP
        if project.sample
        else say.READ_HELP,
    )  # fmt: skip
    if paused and job is not None:
        buttons.button(
            say.GO_ON, icon=icons.READ, type="primary", key="crawl-resume",
            on_click=_resume, args=(job.id,), disabled=closed, help=job.message,
        )  # fmt: skip
    if project.sample:
        st.caption(say.SAMPLE_READ)
    if read is not None:
        _outcome(read, listed=_listed_pages(workspace, project.id) > 0)
    elif not needed and latest_version(workspace, project.id, "plan") and not project.sample:
        st.button(
            say.READ_PLAN_PAGES, key="crawl-texts", on_click=_start_texts,
            args=(project.id,), disabled=closed, icon=icons.READ,
            help=say.READ_PLAN_HELP,
        )  # fmt: skip


def _wishes(workspace: Workspace, project: Project, closed: bool) -> tuple[int, str]:
    """Pages at most and speed; what the user sets is kept with the project."""
    settings = load_settings(workspace, project.id)
    listed = _listed_pages(workspace, project.id)
    proposed = proposed_pages(settings.crawl, listed)
    left, right = st.columns(2)
    pages = int(left.number_input(say.PAGES, 1, 100_000, proposed, step=_STEP, disabled=closed))
    speed = right.selectbox(
        say.SPEED, list(say.SPEEDS), format_func=say.SPEEDS.__getitem__, disabled=closed,
        key="crawl-speed",
    )  # fmt: skip
    minutes = pages * settings.crawl.at_speed(speed).delay / 60
    if listed and not project.sample:
        st.caption(say.listed(listed, min(pages, listed), minutes * min(pages, listed) / pages))
    with st.expander(say.HOSTS):
        allowed = st.text_input(
            say.HOSTS_LABEL,
            ", ".join(settings.crawl.allow_hosts),
            disabled=closed,
            placeholder=say.HOSTS_EXAMPLE,
            help=say.HOSTS_HELP,
        )
    hosts = tuple(name.strip() for name in allowed.split(",") if name.strip())
    kept = settings.crawl.pages if pages == proposed else pages  # a proposal is nobody's wish
    wanted = replace(settings.crawl, pages=kept, allow_hosts=hosts)
    if wanted != settings.crawl and not workspace.read_only:
        save_settings(workspace, project.id, replace(settings, crawl=wanted))
    return pages, speed


def proposed_pages(settings: CrawlSettings, listed: int) -> int:
    """Pages at most as the screen proposes them: what the user set, or else as many as the sitemap
    lists, up to a limit."""
    if settings.pages != CrawlSettings().pages:
        return settings.pages
    wanted = min(-(-listed // _STEP) * _STEP, settings.pages_proposed)
    return max(settings.pages, wanted)


def _under_way(workspace: Workspace, project: Project) -> None:
    @st.fragment(run_every=_POLL)
    def body() -> None:
        job = latest_job(workspace, project.id)
        if job is None or not job.live:
            st.rerun()
        figures, _, address = job.message.partition(". Reading ")
        st.progress(job.share, text=say.asked(job.done, job.total))
        st.markdown(md_escape(figures, 200))
        if address:
            st.caption(say.now_at(md_escape(address, 90)))
        buttons = st.container(horizontal=True)
        closed = job.cancel or workspace.read_only
        buttons.button(
            say.PAUSING if job.cancel and job.paused else say.PAUSE, key="crawl-pause",
            on_click=pause_job, args=(workspace, job.id), disabled=closed,
            help=say.PAUSE_HELP,
        )  # fmt: skip
        buttons.button(
            common.STOPPING if job.cancel and not job.paused else say.STOP_AND_USE,
            key="crawl-stop", on_click=stop_job, args=(workspace, job.id), disabled=closed,
        )  # fmt: skip

    body()


def _latest(read: Version | None) -> str:
    if read is None:
        return say.NOT_YET
    return say.read_on(read.facts.get("read", 0), progress.moment(read.created))


def _listed_pages(workspace: Workspace, project_id: int) -> int:
    """Addresses that the sitemaps among the files list."""
    sources = [s for s in list_sources(workspace, project_id) if not s.replaced_by]
    reports = [r for s in sources for r in s.reports or ()]
    return sum(int(r.get("rows") or 0) for r in reports if r.get("kind") == "sitemap")


def _outcome(read: Version, *, listed: bool) -> None:
    """What the last reading has to say: notes, and whether orphans can be told; `listed`: a
    sitemap is among the files, which the reading alone did not know of."""
    doubts = [str(text) for text in read.facts.get("doubts", ())]
    doubts = [text for text in doubts if not (listed and text == NO_SITEMAP)]
    if doubts:
        st.markdown(f"{icons.WARNING} {say.doubtful(md_escape(' '.join(doubts), 600))}")
    elif "doubts" in read.facts:
        st.markdown(f"{icons.GOOD} {say.COMPLETE}")
    messages = [str(text) for text in read.facts.get("messages", ())]
    if messages:
        with st.expander(say.messages(len(messages))):
            for message in messages[:_TOLD]:
                st.markdown(f"- {md_escape(message, 400)}")
            if len(messages) > _TOLD:
                st.caption(say.further(len(messages) - _TOLD))


def _start(project_id: int, pages: int, speed: str) -> None:
    try:
        start_job(state.workspace(), project_id, "read_pages", {"pages": pages, "speed": speed})
    except LinkplannerError as error:
        st.session_state[_PROBLEM] = str(error)


def _start_texts(project_id: int) -> None:
    try:
        start_job(state.workspace(), project_id, "fetch_texts")
    except LinkplannerError as error:
        st.session_state[_PROBLEM] = str(error)


def _resume(job_id: int) -> None:
    try:
        resume_job(state.workspace(), job_id)
    except LinkplannerError as error:
        st.session_state[_PROBLEM] = str(error)
