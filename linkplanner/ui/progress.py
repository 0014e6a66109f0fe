"""Work that is under way: shown on every screen, with a stop button, polled while it lives."""

from collections.abc import Callable
from typing import Any

import streamlit as st

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

__all__ = ["is_busy", "moment", "sidebar", "start", "watch"]

_SEEN = "_job_seen"
_POLL = 1.0


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


def sidebar() -> None:
    """What is under way in the chosen project, small, in the sidebar."""
    chosen = state.project()
    if chosen:
        _poll(chosen.id, _in_sidebar, "sidebar")


def watch(project_id: int) -> None:
    """What is under way, or how the last job ended if it ended badly; large, on the screen."""
    _poll(project_id, _on_screen, "screen")


def _poll(project_id: int, show: Callable[[Job], None], place: str) -> None:
    workspace = state.workspace()
    live = live_job(workspace, project_id)

    @st.fragment(run_every=_POLL if live else None)
    def body() -> None:
        mark_interrupted(workspace)
        job = latest_job(workspace, project_id)
        if live and (job is None or not job.live):
            st.rerun()  # the whole screen: there is something new to show
        if job:
            show(job)

    with st.container(key=f"job-{place}"):
        body()


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
