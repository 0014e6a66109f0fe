"""Sources, priorities, tasks and versions: what goes in comes out, decisions outlive a new plan."""

from pathlib import Path

import pandas as pd
import pytest

from linkplanner.errors import InputError
from linkplanner.plan.tasks import task_id as task_key
from linkplanner.store.decisions import decide, decisions
from linkplanner.store.priorities import (
    add_pattern,
    chosen_priorities,
    list_patterns,
    remove_pattern,
    set_priorities,
    stored_priorities,
)
from linkplanner.store.projects import create_project
from linkplanner.store.sources import (
    add_source,
    list_sources,
    remove_source,
    save_report,
    source_bytes,
)
from linkplanner.store.task_changes import task_history
from linkplanner.store.tasks import change_tasks, list_tasks, put_plan_tasks
from linkplanner.store.versions import (
    analysis_basis,
    facts_history,
    latest_version,
    plan_basis,
    save_version,
)
from linkplanner.store.workspace import Workspace
from linkplanner.tables import PAGES, PRIORITIES, TASKS


@pytest.fixture
def project(workspace: Workspace) -> int:
    return create_project(workspace, "Shop").id


def plan_tasks(*pairs: tuple[str, str, float]) -> pd.DataFrame:
    rows = [
        {
            "task_id": task_key("link", a, b),
            "kind": "link",
            "page_url": a,
            "target_url": b,
            "gain": g,
        }
        for a, b, g in pairs
    ]
    return TASKS.conform(pd.DataFrame(rows))


def test_source_is_kept_byte_by_byte(workspace: Workspace, project: int) -> None:
    data = b"\xff\xfea\x00,\x00\x00\x00"
    source, new = add_source(workspace, project, "../Ä b.csv", data)
    assert new
    assert source.name == "../Ä b.csv"
    assert source.path.parent == workspace.data(project) / "sources"
    assert source_bytes(source) == data
    assert source.reports is None
    again, new = add_source(workspace, project, "../Ä b.csv", data)
    assert (again.id, new) == (source.id, False)
    save_report(workspace, source.id, [{"kind": "other", "rows": 0}])
    assert list_sources(workspace, project)[0].reports == ({"kind": "other", "rows": 0},)


def test_removed_source_leaves_no_bytes_unless_shared(workspace: Workspace, project: int) -> None:
    one, _ = add_source(workspace, project, "A b.csv", b"1")
    two, _ = add_source(workspace, project, "a-b.csv", b"1")
    assert one.path == two.path
    remove_source(workspace, project, one.id)
    assert two.path.is_file()
    remove_source(workspace, project, two.id)
    assert not two.path.exists()
    assert list_sources(workspace, project) == []


def site_pages(*urls: str) -> pd.DataFrame:
    frame = pd.DataFrame({"url": list(urls), "indexable": True, "kind": "product"})
    frame["page_id"] = frame["node_id"] = range(len(urls))
    return PAGES.conform(frame)


def test_nothing_decided_leaves_the_proposals_in_force(workspace: Workspace, project: int) -> None:
    assert chosen_priorities(workspace, project, site_pages("https://a.test/")) is None


def test_priorities_from_ticks_and_patterns(workspace: Workspace, project: int) -> None:
    urls = [f"https://a.test/shop/{n}" for n in range(3)] + ["https://a.test/about"]
    pages = site_pages(*urls)
    add_pattern(workspace, project, "/shop/*", 2.0)
    add_pattern(workspace, project, "/nothing/*", 2.0)  # fits nothing, and that is no error
    changes = [
        {"url": urls[0], "chosen": False},
        {"url": urls[3], "weight": 5.0, "keywords": "who we are"},
    ]
    set_priorities(workspace, project, changes, "proposed")
    frame = chosen_priorities(workspace, project, pages)
    assert frame is not None
    assert list(frame.columns) == list(PRIORITIES.columns)
    found = frame.set_index("url")["weight"].to_dict()
    assert found == {urls[1]: 2.0, urls[2]: 2.0, urls[3]: 5.0}
    remove_pattern(workspace, project, "/shop/*")
    remove_pattern(workspace, project, "/nothing/*")
    assert list_patterns(workspace, project) == []
    frame = chosen_priorities(workspace, project, pages)
    assert frame is not None
    assert frame["url"].tolist() == [urls[3]]


def test_a_kind_of_page_is_a_pattern(workspace: Workspace, project: int) -> None:
    add_pattern(workspace, project, "product")
    frame = chosen_priorities(workspace, project, site_pages("https://a.test/x"))
    assert frame is not None
    assert len(frame) == 1


def test_a_change_of_one_field_keeps_the_others(workspace: Workspace, project: int) -> None:
    url = "https://a.test/x"
    set_priorities(workspace, project, [{"url": url, "keywords": "red shoes"}], "typed")
    set_priorities(workspace, project, [{"url": url, "weight": 3}], "proposed")
    row = stored_priorities(workspace, project).iloc[0]
    assert (row["keywords"], row["weight"], row["origin"], bool(row["chosen"])) == (
        "red shoes",
        3.0,
        "typed",
        True,
    )


@pytest.mark.parametrize("weight", [-1, 1e9, float("nan"), "much", None])
def test_weights_out_of_reason_are_refused(
    workspace: Workspace, project: int, weight: object
) -> None:
    changes = [
        {"url": "https://a.test/", "weight": 1},
        {"url": "https://a.test/x", "weight": weight},
    ]
    with pytest.raises(InputError, match="weight"):
        set_priorities(workspace, project, changes, "typed")
    assert stored_priorities(workspace, project).empty


@pytest.mark.parametrize("pattern", ["", "  ", "products/*"])
def test_patterns_that_fit_nothing_are_refused(
    workspace: Workspace, project: int, pattern: str
) -> None:
    with pytest.raises(InputError):
        add_pattern(workspace, project, pattern)


def test_decided_tasks_outlive_a_new_plan(workspace: Workspace, project: int) -> None:
    put_plan_tasks(workspace, project, plan_tasks(("a", "x", 3), ("b", "x", 2), ("c", "x", 1)))
    change_tasks(workspace, project, [task_key("link", "b", "x")], {"status": "approved"})
    change_tasks(
        workspace, project, [task_key("link", "c", "x")], {"status": "refused", "reason": "no"}
    )
    put_plan_tasks(workspace, project, plan_tasks(("d", "x", 9), ("b", "x", 7)))
    tasks = list_tasks(workspace, project).set_index("page_url")
    assert tasks.index.tolist() == ["d", "b", "c"]
    assert tasks["status"].to_dict() == {"d": "suggested", "b": "approved", "c": "refused"}
    assert tasks["gain"].to_dict() == {"d": 9.0, "b": 7.0, "c": 1.0}
    assert tasks["reason"]["c"] == "no"


def test_every_change_is_in_the_history(workspace: Workspace, project: int) -> None:
    put_plan_tasks(workspace, project, plan_tasks(("a", "x", 3)))
    key = task_key("link", "a", "x")
    assert change_tasks(workspace, project, [key], {"status": "approved", "notes": "soon"}) == 1
    assert change_tasks(workspace, project, [key], {"status": "approved", "notes": "soon"}) == 0
    change_tasks(workspace, project, [key], {"status": "suggested"})
    history = task_history(workspace, project, key)
    assert history[["field", "before", "after"]].values.tolist()[0] == [
        "status",
        "approved",
        "suggested",
    ]
    assert len(history) == 3


@pytest.mark.parametrize("changes", [{"status": "done"}, {"gain": 5.0}, {"task_id = 1 --": "x"}])
def test_what_cannot_be_changed_is_refused(
    workspace: Workspace, project: int, changes: dict[str, object]
) -> None:
    put_plan_tasks(workspace, project, plan_tasks(("a", "x", 3)))
    with pytest.raises(InputError):
        change_tasks(workspace, project, [task_key("link", "a", "x")], changes)


def test_decisions_are_kept(workspace: Workspace, project: int) -> None:
    decide(workspace, project, "backlink", "https://s.test/", "keep")
    decide(workspace, project, "backlink", "https://s.test/", "remove", "paid")
    assert decisions(workspace, project, "backlink") == {"https://s.test/": ("remove", "paid")}


def test_versions_count_up_and_old_ones_go(workspace: Workspace, project: int) -> None:
    for number in range(5):
        save_version(
            workspace,
            project,
            "plan",
            lambda folder, n=number: (folder / "x").write_text(str(n)),
            facts={"n": number},
        )
    newest = latest_version(workspace, project, "plan")
    assert newest is not None
    assert (newest.number, newest.facts, (newest.folder / "x").read_text()) == (5, {"n": 4}, "4")
    assert sorted(p.name for p in workspace.data(project).iterdir()) == [
        "plan-3",
        "plan-4",
        "plan-5",
    ]
    remembered = facts_history(workspace, project, "plan")  # for trends
    assert [v.facts["n"] for v in remembered] == [0, 1, 2, 3, 4]


def test_a_version_that_fails_is_not_there(workspace: Workspace, project: int) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save_version(workspace, project, "plan", fail)
    assert latest_version(workspace, project, "plan") is None
    assert list(workspace.data(project).iterdir()) == []


def test_basis_follows_what_matters(workspace: Workspace, project: int) -> None:
    from dataclasses import replace

    from linkplanner.store.projects import load_settings, save_settings

    seen = [analysis_basis(workspace, project)]
    add_source(workspace, project, "a", b"1")
    seen.append(analysis_basis(workspace, project))
    set_priorities(workspace, project, [{"url": "https://a.test/"}], "typed")
    seen.append(analysis_basis(workspace, project))
    set_priorities(workspace, project, [{"url": "https://a.test/"}], "typed")  # nothing new
    assert analysis_basis(workspace, project) == seen[-1]
    add_pattern(workspace, project, "/x/*")
    seen.append(analysis_basis(workspace, project))
    assert len(set(seen)) == 4
    plan = plan_basis(workspace, project)
    settings = load_settings(workspace, project)
    save_settings(
        workspace, project, replace(settings, limits=replace(settings.limits, max_links=3))
    )
    assert analysis_basis(workspace, project) == seen[-1]
    assert plan_basis(workspace, project) != plan
