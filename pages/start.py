"""Start: what this is, the projects, and the sample project."""

import streamlit as st

from linkplanner import shell
from linkplanner.errors import LinkplannerError
from linkplanner.jobs import live_job, start_job
from linkplanner.store.projects import Project, create_project, list_projects
from linkplanner.ui import icons, progress, projects, screen, state
from linkplanner.ui.markdown import md_escape
from linkplanner.ui.texts import common, screens
from linkplanner.ui.texts import start as say

shell.guard()

workspace = state.workspace()
found = list_projects(workspace)

screen.heading("start")
st.markdown(screens.PURPOSE)
st.markdown(f"{icons.LOCK} {screens.PRIVACY}")

chosen = state.project()
if chosen:
    progress.watch(chosen.id)


def start_sample() -> None:
    """A new sample project with its job; the name is counted up where it is taken."""
    names = {p.name for p in list_projects(workspace)}
    name = next(
        n
        for k in range(1, 1000)
        if (n := say.SAMPLE_NAME + (f" {k}" if k > 1 else "")) not in names
    )
    try:
        project = create_project(workspace, name, sample=True)
        start_job(workspace, project.id, "sample")
    except LinkplannerError as error:
        st.session_state["start-error"] = str(error)
    else:
        state.open_project(name)
        progress.open_plan_when_done(project.id)


def start_new() -> None:
    """A new project under the typed name."""
    name = st.session_state.get("new-project", "")
    try:
        state.open_project(create_project(workspace, name).name)
        st.session_state["go-to-data"] = True
    except LinkplannerError as error:
        st.session_state["start-error"] = str(error)


if st.session_state.pop("go-to-data", False):
    st.switch_page("pages/data.py")
if problem := st.session_state.pop("start-error", ""):
    st.error(problem, icon=icons.WARNING)

new, sample = st.columns(2)
with new.container(border=True, height="stretch"):
    st.markdown(f"**{say.OWN_SITE}**")
    st.caption(say.OWN_SITE_NEEDS)
    with st.form("new", border=False, clear_on_submit=True):
        st.text_input(
            say.NAME_LABEL, key="new-project", placeholder=say.NAME_EXAMPLE,
            label_visibility="collapsed", max_chars=80,
        )  # fmt: skip
        st.form_submit_button(
            say.MAKE_PROJECT, on_click=start_new, disabled=workspace.read_only, icon=icons.ADD
        )
with sample.container(border=True, height="stretch"):
    st.markdown(f"**{say.LOOK_AROUND}**")
    st.caption(say.SAMPLE_IS)
    st.button(
        say.TRY_SAMPLE, on_click=start_sample, disabled=workspace.read_only,
        icon=icons.SAMPLE,
        type="secondary" if found else "primary",
    )  # fmt: skip


def card(project: Project) -> None:
    """One project with its state and what can be done with it."""
    analysis, plan = state.analysis(project.id), state.plan(project.id)
    with st.container(border=True):
        name, facts, actions = st.columns([3, 4, 3], vertical_alignment="center")
        marker = f" · {say.SAMPLE_MARK}" if project.sample else ""
        name.markdown(f"**{md_escape(project.name)}**{marker}")
        name.caption(say.since(progress.moment(project.created)))
        facts.caption(projects.summary(analysis, plan, live_job(workspace, project.id)))
        with actions.container(horizontal=True, horizontal_alignment="right"):
            if st.button(common.OPEN, key=f"open-{project.id}", icon=icons.OPEN):
                state.open_project(project.name)
                st.switch_page("pages/plan.py" if plan else "pages/data.py")
            with st.popover(common.MORE, icon=icons.MORE):
                projects.manage(project)


st.subheader(say.PROJECTS, anchor=False)
if not found:
    st.caption(say.NONE_YET)
projects.overview()
for entry in found[: projects.CARDS]:
    card(entry)
projects.put_away()
projects.bring()
