"""Work that is under way: shown on every screen, with a stop button, polled while it lives."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from linkplanner.errors import LinkplannerError
from linkplanner.jobs import (
    Job,
    latest_job,
    live_job,
    mark_interrupted,
    resume_job,
    start_job,
    stop_job,
)
from linkplanner.ui import icons, state
from linkplanner.ui.texts import common, numbers

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

__all__ = ["is_busy", "moment", "open_plan_when_done", "sidebar", "start", "watch"]

_SEEN = "_job_seen"
_AWAITED = "_plan_awaited"
_POLL = 1.0
_SIDEBAR = "sidebar"
_screen: ContextVar["StreamlitPage | None"] = ContextVar("screen", default=None)


def is_busy(project_id: int) -> bool:
    """Whether work of the project is under way; then nothing else can be started."""
    return live_job(state.workspace(), project_id) is not None


def start(project_id: int, kind: str, **params: Any) -> None:
    """Start a job and show the screen anew; what stands against it is shown instead."""
    try:
        start_job(state.workspace(), project_id, kind, params)
    except LinkplannerError as error:
        st.error(str(error), icon=icons.WARNING)
        return
    st.rerun()


def open_plan_when_done(project_id: int) -> None:
    """Open the plan as soon as the work of a project has ended well, if the first screen is still
    the one that is looked at."""
    st.session_state[_AWAITED] = project_id


def sidebar(page: "StreamlitPage") -> None:
    """What is under way in the chosen project, small, in the sidebar.

    page: the screen that is being drawn.
    """
    _screen.set(page)
    if page.url_path:  # not the first screen: somebody has moved on
        st.session_state.pop(_AWAITED, None)
    chosen = state.project()
    if chosen:
        _poll(chosen.id, _in_sidebar, _SIDEBAR)


def watch(project_id: int) -> None:
    """What is under way, or how the last job ended if it ended badly; large, on the screen."""
    _poll(project_id, _on_screen, "screen")


def _poll(project_id: int, show: Callable[[Job], None], place: str) -> None:
    workspace = state.workspace()
    live = live_job(workspace, project_id)
    page, asked_for = _screen.get(), _request()[0]
    opens = place == _SIDEBAR and not live and st.session_state.get(_AWAITED) == project_id

    def body() -> None:
        now_asked_for, polled = _request()
        if page and now_asked_for != asked_for:
            st.switch_page(page)  # a late poll, see below
        mark_interrupted(workspace)
        job = latest_job(workspace, project_id)
        if live and (job is None or not job.live):
            st.rerun()  # the whole screen: there is something new to show
        if opens and polled:
            _open_plan(project_id)
        if job:
            show(job)

    # A poll that the browser sent before it heard of another screen names the screen before. On
    # such a poll Streamlit empties the window, and a part of a screen drawn there ends the whole
    # page. So parts of screens have names of their own and a late poll does not find them; the
    # part in the sidebar has the same name everywhere, is polled at the same moment, and draws
    # the screen once more.
    body.__qualname__ = place if place == _SIDEBAR else f"{place} {asked_for}"
    with st.container(key=f"job-{place}"):
        st.fragment(body, run_every=_POLL if live or opens else None)()


def _open_plan(project_id: int) -> None:
    """Show the plan that was waited for. Asked by a poll of a screen on which nothing else polls,
    so that no other poll of that screen is on its way any more."""
    del st.session_state[_AWAITED]
    if state.plan(project_id):
        st.switch_page("pages/plan.py")
    st.rerun()


def _request() -> tuple[str, bool]:
    """The screen that the browser's request names, as Streamlit's mark for it, and whether it is
    a poll."""
    run = get_script_run_ctx()
    return (run.page_script_hash, bool(run.fragment_ids_this_run)) if run else ("", False)


def _in_sidebar(job: Job) -> None:
    if job.live:
        st.progress(job.share, text=f"{job.title}: {_plain(job.message)}")
    elif job.state in ("failed", "interrupted"):
        st.caption(f"{icons.WARNING} {common.ended(job.title, job.state)}")


def _on_screen(job: Job) -> None:
    if job.live:
        _show_live(job)
    elif job.state in ("failed", "interrupted") and st.session_state.get(_SEEN) != job.id:
        _show_ended(job)


def _show_live(job: Job) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.markdown(f"**{job.title}**")
        right.button(
            common.STOPPING if job.cancel else common.STOP,
            key=f"stop-{job.id}",
            disabled=job.cancel or state.workspace().read_only,
            on_click=stop_job,
            args=(state.workspace(), job.id),
            help=common.STOP_HELP,
            width="stretch",
        )
        done = common.done_of(job.done, job.total) if job.total > 10 else ""
        st.progress(job.share, text=f"{_plain(job.message)}{done}")
        st.caption(common.GOES_ON)


def _show_ended(job: Job) -> None:
    with st.container(border=True):
        st.markdown(f"{icons.WARNING} **{common.ended(job.title, job.state)}**")
        st.text(job.error)
        buttons = st.container(horizontal=True)
        if buttons.button(common.TAKE_UP, key=f"again-{job.id}"):
            try:
                resume_job(state.workspace(), job.id)
            except LinkplannerError as error:
                st.error(str(error))
            else:
                st.rerun()
        if buttons.button(common.HIDE, key=f"hide-{job.id}"):
            st.session_state[_SEEN] = job.id
            st.rerun()


def _plain(text: str) -> str:
    from linkplanner.ui.markdown import md_escape

    return md_escape(text, 120)


def moment(text: str) -> str:
    """A stored moment for people: date and time in the computer's zone."""
    from datetime import datetime

    return numbers.moment(datetime.fromisoformat(text).astimezone())
