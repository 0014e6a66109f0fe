"""Every screen opens on every sort of workspace, says what it shows, and what to do next."""

import subprocess
import sys

import pytest
from streamlit.testing.v1 import AppTest

from linkplanner import jobs
from linkplanner.shell import PAGES
from linkplanner.store.priorities import list_patterns, stored_priorities
from linkplanner.store.projects import create_project, list_projects, load_settings
from linkplanner.store.sources import list_sources
from linkplanner.store.tasks import list_tasks
from linkplanner.store.workspace import Workspace
from linkplanner.ui.texts import screens

NAMES = [name for names in PAGES.values() for name in names]
WITHOUT_PROJECT = ("start", "settings", "help")
TITLES = screens.TITLES


def texts(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.text, app.code, app.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def is_well(app: AppTest, name: str) -> None:
    assert not app.exception, [e.value for e in app.exception]
    assert not app.error, [e.value for e in app.error]
    assert [t.value for t in app.title] == [TITLES[name]]
    assert app.caption, "a sentence says what the screen shows"
    primary = [b for b in app.button if b.proto.type == "primary"]
    assert len(primary) <= 1


@pytest.mark.parametrize("name", NAMES)
def test_on_the_sample(name: str, sample: Workspace, open_app) -> None:
    app = open_app(sample, name)
    is_well(app, name)
    if name != "start":
        assert any(m.value.startswith("##### ") for m in app.markdown), "a finding"


@pytest.mark.parametrize("name", NAMES)
def test_on_an_empty_workspace(name: str, empty: Workspace, open_app) -> None:
    app = open_app(empty, name)
    is_well(app, name)
    if name not in WITHOUT_PROJECT:
        assert "No project" in texts(app)


@pytest.mark.parametrize("name", NAMES)
def test_on_an_empty_project(name: str, empty: Workspace, open_app) -> None:
    create_project(empty, "Nothing")
    app = open_app(empty, name)
    is_well(app, name)


@pytest.mark.parametrize("name", NAMES)
def test_on_one_file(name: str, one_file: Workspace, open_app) -> None:
    app = open_app(one_file, name)
    if name == "tasks":
        assert not app.exception
        assert "No tasks yet" in texts(app)
    else:
        is_well(app, name)
    if name == "plan":
        assert "cannot be said" in texts(app)
    if name == "site":
        assert "cannot say" in texts(app)


@pytest.mark.parametrize("name", NAMES)
def test_runs_again_without_the_shell_losing_itself(name: str, sample: Workspace, open_app) -> None:
    app = open_app(sample, name)
    for _ in range(3):
        app.run()
        is_well(app, name)


def test_heavy_libraries_are_not_imported_at_start() -> None:
    code = "import sys, linkplanner.shell; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(found.stdout.split())
    heavy = {"sklearn", "scipy", "networkx", "xlsxwriter", "selectolax", "python_calamine"}
    assert loaded & heavy == set()


# --- what a click does -------------------------------------------------------------------------


def test_a_project_is_made_and_opened(empty: Workspace, open_app) -> None:
    app = open_app(empty)
    app.text_input(key="new-project").input("My site")
    app.button[0].click().run()
    assert [p.name for p in list_projects(empty)] == ["My site"]
    assert app.session_state["project"] == "My site"


def test_a_taken_name_is_told(empty: Workspace, open_app) -> None:
    create_project(empty, "My site")
    app = open_app(empty)
    app.text_input(key="new-project").input("my site")
    app.button[0].click().run()
    assert "already" in app.error[0].value
    assert len(list_projects(empty)) == 1


def test_rename_and_delete(empty: Workspace, open_app) -> None:
    project = create_project(empty, "Old")
    app = open_app(empty)
    app.text_input(key=f"name-{project.id}").input("New").run()
    app.button(key=f"rename-{project.id}").click().run()
    assert [p.name for p in list_projects(empty)] == ["New"]
    app.text_input(key=f"typed-{project.id}").input("Old").run()
    app.button(key=f"delete-{project.id}").click().run()
    assert "not the project's name" in app.error[0].value
    app.text_input(key=f"typed-{project.id}").input("New").run()
    app.button(key=f"delete-{project.id}").click().run()
    assert list_projects(empty) == []
    assert not app.exception


def test_two_tabs_keep_their_projects(empty: Workspace, open_app) -> None:
    create_project(empty, "One")
    create_project(empty, "Two")
    first = open_app(empty, project="One")
    second = open_app(empty, project="Two")
    assert first.session_state["project"] == "One"
    assert second.session_state["project"] == "Two"
    first.run()
    assert first.session_state["project"] == "One"
    reloaded = open_app(empty)  # without an address: the one that was open last
    assert reloaded.session_state["project"] in ("One", "Two")


def test_dropped_files_are_kept_and_read(empty: Workspace, open_app) -> None:
    project = create_project(empty, "Shop")
    app = open_app(empty, "data")
    app.file_uploader(key="files-0").upload(
        "urls.txt", b"https://a.test/\nhttps://a.test/x\n"
    ).run()
    (source,) = list_sources(empty, project.id)
    assert source.name == "urls.txt"
    job = jobs.latest_job(empty, project.id)
    assert job is not None
    assert job.kind == "analyse"
    jobs.stop_job(empty, job.id)
    assert not app.exception


def test_limits_are_kept_at_once(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    app = open_app(sample, "plan")
    before = load_settings(sample, project.id).limits
    app.number_input(key=f"max-links-{project.id}").set_value(7).run()
    app.radio(key=f"aim-{project.id}").set_value("total").run()
    limits = load_settings(sample, project.id).limits
    assert (limits.max_links, limits.objective) == (7, "total")
    assert "make it again" in texts(app)
    app.number_input(key=f"max-links-{project.id}").set_value(before.max_links).run()
    app.radio(key=f"aim-{project.id}").set_value(before.objective).run()


def test_links_are_accepted_and_refused(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    before = int((list_tasks(sample, project.id)["status"] == "approved").sum())
    app = open_app(sample, "plan")
    key = next(k for k in app.session_state.to_dict() if str(k).startswith("plan-1-"))
    app.session_state[key] = {"selection": {"rows": [0, 1], "columns": [], "cells": []}}
    app.run()
    app.button(key="accept").click().run()
    assert (list_tasks(sample, project.id)["status"] == "approved").sum() == before + 2
    shown = {k for k in app.session_state.to_dict() if str(k).startswith("plan-1-")}
    (key,) = shown - {key}  # the list is another one now
    app.text_input(key="refuse-reason").input("not our tone").run()
    app.session_state[key] = {"selection": {"rows": [2], "columns": [], "cells": []}}
    app.run()
    app.button(key="refuse").click().run()
    tasks = list_tasks(sample, project.id)
    assert tasks.loc[tasks["status"] == "refused", "reason"].tolist() == ["not our tone"]
    assert not app.exception
    again = open_app(sample, "tasks")
    assert f"{before + 2} accepted tasks" in texts(again)


def test_a_backlink_tells_its_reasons(sample: Workspace, open_app) -> None:
    app = open_app(sample, "backlinks")
    key = next(k for k in app.session_state.to_dict() if str(k).startswith("links-1-"))
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert "scores as it does" in texts(app)
    assert len([m for m in app.metric if m.label == "Authority"]) == 1


def test_patterns_are_kept_and_removed(sample: Workspace, open_app) -> None:
    (project,) = list_projects(sample)
    app = open_app(sample, "priorities")
    app.text_input(key="pattern").input("/services/*")
    submit = next(b for b in app.button if b.label == "Add the pattern")
    submit.click().run()
    assert list_patterns(sample, project.id) == [("/services/*", 1.0)]
    app.button(key="pattern-0").click().run()
    assert list_patterns(sample, project.id) == []
    app.text_input(key="pattern").input("services")
    next(b for b in app.button if b.label == "Add the pattern").click().run()
    assert "starts with no slash" in app.error[0].value


def test_proposals_are_confirmed_with_one_click(one_file: Workspace, open_app) -> None:
    (project,) = list_projects(one_file)
    app = open_app(one_file, "priorities")
    next(b for b in app.button if b.label == "Use these pages").click().run()
    kept = stored_priorities(one_file, project.id)
    assert kept["chosen"].all()
    assert len(kept) > 0
    assert "marked as earning money" in texts(app)


def test_names_from_outside_are_shown_as_they_are(one_file: Workspace, open_app) -> None:
    app = open_app(one_file, "start")
    shown = [m.value for m in app.markdown if "One" in m.value]
    assert shown == [r"**One \<b\>file\<\/b\> \:red\[x\]**"]


def test_interrupted_work_can_be_taken_up_again(empty: Workspace, open_app) -> None:
    project = create_project(empty, "Shop")
    job = jobs.create_job(empty, project.id, "analyse")
    with empty.writing() as db:
        db.execute("UPDATE jobs SET state = 'running' WHERE id = ?", (job.id,))
    app = open_app(empty, "data")
    assert "interrupted" in texts(app)
    app.button(key=f"again-{job.id}").click().run()
    found = jobs.find_job(empty, job.id)
    assert found is not None
    assert found.live or found.state == "failed"  # nothing to read: it says so
