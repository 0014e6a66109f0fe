"""Tasks go through the statuses of their kind; changes are undone in one go; checks are honest."""

import sqlite3
import time
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.plan.status import LIVE
from linkplanner.store.projects import create_project
from linkplanner.store.task_changes import task_history, undo_last, undoable
from linkplanner.store.tasks import (
    change_tasks,
    list_tasks,
    put_plan_tasks,
    put_suggestions,
    record_checks,
)
from linkplanner.store.workspace import Workspace, close_workspace, open_workspace
from linkplanner.tables import TASKS

KINDS = {"a": "add link", "b": "repair: broken", "c": "outreach: link gap"}


@pytest.fixture
def project(workspace: Workspace) -> int:
    made = create_project(workspace, "Shop").id
    rows = [{"task_id": i, "kind": k, "page_url": f"https://{i}.test/"} for i, k in KINDS.items()]
    put_plan_tasks(workspace, made, TASKS.conform(pd.DataFrame(rows)))
    return made


def statuses(workspace: Workspace, project: int) -> dict[str, str]:
    return list_tasks(workspace, project).set_index("task_id")["status"].to_dict()


def test_each_kind_begins_its_own_life(workspace: Workspace, project: int) -> None:
    assert statuses(workspace, project) == {"a": "suggested", "b": "suggested", "c": "found"}
    change_tasks(workspace, project, ["c"], {"status": "followed up"})
    with pytest.raises(InputError, match="no status of “add link”"):
        change_tasks(workspace, project, ["c", "a"], {"status": "contacted"})
    assert statuses(workspace, project)["c"] == "followed up"  # all or nothing


def test_a_bulk_edit_is_undone_in_one_go(workspace: Workspace, project: int) -> None:
    assert undoable(workspace, project) == ""
    change_tasks(workspace, project, ["a"], {"owner": "Ann"})
    change_tasks(workspace, project, ["a", "b"], {"owner": "Bob", "due": pd.Timestamp(2026, 12, 1)})
    assert "2 tasks" in undoable(workspace, project)
    assert undo_last(workspace, project) == 4
    tasks = list_tasks(workspace, project).set_index("task_id")
    assert tasks.loc["a", "owner"] == "Ann"
    assert tasks[["owner", "due"]].loc["b"].isna().all()
    assert undo_last(workspace, project) == 1
    assert undoable(workspace, project) == ""
    assert undo_last(workspace, project) == 0
    history = task_history(workspace, project, "a")
    assert history["author"].tolist().count("undo") == 3  # what was undone stays on record


def test_undo_leaves_what_changed_since(workspace: Workspace, project: int) -> None:
    change_tasks(workspace, project, ["a"], {"status": "approved", "notes": "x"})
    record_checks(workspace, project, [check("a", "approved", LIVE)])
    assert undo_last(workspace, project) == 1  # the note only
    assert statuses(workspace, project)["a"] == LIVE


def check(task: str, was: str, status: str) -> dict[str, object]:
    return {"task_id": task, "was": was, "status": status, "found": "live", "found_detail": "",
            "checked": pd.Timestamp(2026, 11, 22)}  # fmt: skip


def test_a_check_does_not_overrule_a_person(workspace: Workspace, project: int) -> None:
    change_tasks(workspace, project, ["a"], {"status": "refused"})
    assert record_checks(workspace, project, [check("a", "approved", LIVE)]) == 0
    assert statuses(workspace, project)["a"] == "refused"
    assert record_checks(workspace, project, [check("b", "suggested", LIVE)]) == 1
    row = list_tasks(workspace, project).set_index("task_id").loc["b"]
    assert row["verified"] == pd.Timestamp(2026, 11, 22)
    assert set(task_history(workspace, project, "b")["author"]) == {"linkplanner"}


def test_a_new_plan_leaves_tasks_of_other_origin(workspace: Workspace, project: int) -> None:
    extra = TASKS.conform(pd.DataFrame({"task_id": ["n"], "kind": ["add link"],
                                        "origin": ["new content"]}))  # fmt: skip
    assert put_suggestions(workspace, project, extra) == 1
    assert put_suggestions(workspace, project, extra) == 0
    put_plan_tasks(workspace, project, TASKS.empty())
    assert set(statuses(workspace, project)) == {"n"}
    put_suggestions(workspace, project, TASKS.empty(), anew="new content")
    assert statuses(workspace, project) == {}


def test_a_site_that_is_not_to_be_contacted_is_not_suggested_again(
    workspace: Workspace, project: int
) -> None:
    change_tasks(workspace, project, ["c"], {"status": "do not contact"})
    rows = [
        {"task_id": "c", "kind": KINDS["c"], "page_url": "https://c.test/", "gain": 5.0},
        {"task_id": "d", "kind": "outreach: link deeper", "page_url": "https://www.c.test/x"},
        {"task_id": "e", "kind": "outreach: link gap", "page_url": "https://e.test/"},
        {"task_id": "f", "kind": "add link", "page_url": "https://www.c.test/x"},
    ]
    put_plan_tasks(workspace, project, TASKS.conform(pd.DataFrame(rows)))
    assert statuses(workspace, project) == {
        "c": "do not contact", "e": "found", "f": "suggested",
    }  # fmt: skip


@pytest.mark.long
def test_twenty_thousand_tasks_answer_at_once(workspace: Workspace, project: int) -> None:
    many = pd.DataFrame({"task_id": [f"t{n}" for n in range(20_000)], "kind": "add link",
                         "page_url": "https://a.test/", "gain": 1.0})  # fmt: skip
    put_plan_tasks(workspace, project, TASKS.conform(many))
    begun = time.perf_counter()
    tasks = list_tasks(workspace, project)
    assert time.perf_counter() - begun < 1.0
    begun = time.perf_counter()
    change_tasks(workspace, project, tasks["task_id"].tolist(), {"status": "approved"})
    undo_last(workspace, project)
    assert time.perf_counter() - begun < 10.0


@pytest.mark.parametrize("dump", sorted(Path(__file__).parent.glob("version*.sql")), ids=str)
def test_every_older_workspace_opens(dump: Path, tmp_path: Path) -> None:
    """A workspace as each version wrote it, kept as SQL; tasks keep what was decided."""
    with sqlite3.connect(tmp_path / "linkplanner.db") as db:
        db.executescript(dump.read_text())
        version = db.execute("PRAGMA user_version").fetchone()[0]
        before = db.execute("SELECT count(*) FROM tasks").fetchone()[0]
    opened = open_workspace(tmp_path)
    with opened.reading() as db:
        assert db.execute("SELECT count(*) FROM tasks").fetchone()[0] == before
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    copies = list((tmp_path / "backups").glob(f"linkplanner-v{version}-*.db"))
    newest = version == max(
        int(p.stem.removeprefix("version")) for p in Path(__file__).parent.glob("version*.sql")
    )
    assert copies or newest
    tasks = list_tasks(opened, 1)
    asked = tasks[tasks["kind"].str.startswith("outreach")]
    assert asked["status"].tolist() == ["qualified"]  # “approved” in version 1
    close_workspace(opened)
