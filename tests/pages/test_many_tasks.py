"""20,000 tasks and 100 projects: the screens answer within a second."""

import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from linkplanner.store.overview import project_overview
from linkplanner.store.projects import create_project
from linkplanner.store.tasks import list_tasks, put_plan_tasks
from linkplanner.store.workspace import Workspace, close_workspace, open_workspace
from linkplanner.tables import TASKS

TASKS_IN_ALL = 20_000
WITHIN = 1.0  # seconds of CPU, so that a busy machine proves nothing


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path_factory.mktemp("crowded"))
    for number in range(100):
        project = create_project(workspace, f"Client {number}")
    kinds = ["add link", "repair: broken", "outreach: link gap"]
    frame = pd.DataFrame({"number": range(TASKS_IN_ALL)})
    tasks = pd.DataFrame(
        {
            "task_id": "t" + frame["number"].astype("str"),
            "kind": [kinds[n % 3] for n in frame["number"]],
            "page_url": "https://www.shop.example/blog/post-" + frame["number"].astype("str"),
            "target_url": "https://www.shop.example/services/" + (frame["number"] % 50).astype(str),
            "instruction": "Link from the page to the target on the words “red shoes”.",
            "gain": 1.0 / (1 + frame["number"]),
            "effort_minutes": 8.0,
        }
    )
    put_plan_tasks(workspace, project.id, TASKS.conform(tasks))
    yield workspace
    close_workspace(workspace)


def seconds(app: AppTest) -> float:
    """CPU seconds of one run of a screen that was open before."""
    app.run()
    begun = time.process_time()
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return time.process_time() - begun


@pytest.mark.long
@pytest.mark.parametrize("view", ["Board", "Table"])
@pytest.mark.parametrize("name", ["Links and repairs", "Outreach"])
def test_tasks_answer_within_a_second(crowded: Workspace, open_app, view: str, name: str) -> None:
    app = open_app(crowded, "tasks", project="Client 99", **{"task-view": view, "task-list": name})
    assert seconds(app) < WITHIN
    if view == "Board":
        assert any("more in the table" in caption.value for caption in app.caption)


@pytest.mark.long
def test_a_hundred_projects_at_a_glance(crowded: Workspace, open_app) -> None:
    begun = time.process_time()
    table = project_overview(crowded)
    assert time.process_time() - begun < WITHIN / 5
    assert len(table) == 100
    assert table.set_index("name").loc["Client 99", "open_tasks"] == TASKS_IN_ALL
    assert seconds(open_app(crowded)) < WITHIN
    assert len(list_tasks(crowded, 100)) == TASKS_IN_ALL


@pytest.fixture
def few(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_workspace(tmp_path / "home")
    project = create_project(workspace, "Shop")
    rows = [
        {
            "task_id": "a",
            "kind": "add link",
            "page_url": "https://a.test/x",
            "gain": 1.0,
            "effort_minutes": 8.0,
            "instruction": "Link",
        },
        {
            "task_id": "b",
            "kind": "outreach: link gap",
            "page_url": "https://b.test/",
            "target_url": "https://a.test/x",
            "gain": 2.0,
        },
        {"task_id": "c", "kind": "review: ask for removal", "page_url": "https://c.test/"},
    ]
    put_plan_tasks(workspace, project.id, TASKS.conform(pd.DataFrame(rows)))
    yield workspace
    close_workspace(workspace)


def test_a_card_moves_and_comes_back(few: Workspace, open_app) -> None:
    app = open_app(few, "tasks", **{"task-view": "Board"})
    app.button(key="move-a").click().run()
    assert list_tasks(few, 1).set_index("task_id").loc["a", "status"] == "approved"
    app.button(key="undo-task").click().run()
    assert list_tasks(few, 1).set_index("task_id").loc["a", "status"] == "suggested"
    assert app.button(key="undo-task").disabled
    assert not app.exception


def test_a_doubtful_site_is_asked_and_done(few: Workspace, open_app) -> None:
    app = open_app(few, "tasks", **{"task-view": "Board", "task-list": "Doubtful sites"})
    for status in ("approved", "contacted", "done"):
        app.button(key="move-c").click().run()
        assert list_tasks(few, 1).set_index("task_id").loc["c", "status"] == status
    assert not [button for button in app.button if button.key == "move-c"]
    assert not app.exception


def test_all_that_is_shown_changes_at_once(few: Workspace, open_app) -> None:
    app = open_app(few, "tasks", **{"task-list": "Outreach"})
    app.selectbox(key="bulk-status").select("contacted")
    app.text_input(key="bulk-owner").input("Ann")
    next(b for b in app.button if b.label == "Change 1 task").click().run()
    row = list_tasks(few, 1).set_index("task_id").loc["b"]
    assert (row["status"], row["owner"]) == ("contacted", "Ann")
    assert not app.exception
