"""Decisions on linking sites are kept, and an imported file never overrules them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from linkplanner.errors import InputError
from linkplanner.quality.disavow import Entry
from linkplanner.store.projects import create_project
from linkplanner.store.reviews import (
    disavowed,
    import_entries,
    kept_sites,
    review,
    review_work,
    reviewed,
)
from linkplanner.store.tasks import change_tasks, list_tasks
from linkplanner.store.workspace import close_workspace, open_workspace


def test_decisions(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    project = create_project(workspace, "Shop").id
    other = create_project(workspace, "Other").id
    assert reviewed(workspace, project) == {}
    assert review(workspace, project, ["a.example", "b.example"], "disavow", "sells\nlinks") == 2
    review(workspace, project, ["c.example"], "keep")
    assert reviewed(workspace, project)["a.example"] == ("disavow", "sells links")
    assert kept_sites(reviewed(workspace, project)) == ["c.example"]
    assert list(disavowed(workspace, project)) == [Entry("a.example"), Entry("b.example")]
    review(workspace, project, ["b.example"], "")
    assert "b.example" not in reviewed(workspace, project)
    assert reviewed(workspace, other) == {}
    with pytest.raises(InputError, match="“ban” is no decision"):
        review(workspace, project, ["a.example"], "ban")
    page = Entry("https://d.example/x", whole=False)
    entries = [Entry("a.example"), Entry("c.example"), Entry("e.example"), page]
    assert import_entries(workspace, project, entries) == 2
    assert import_entries(workspace, project, entries) == 0
    assert reviewed(workspace, project)["c.example"][0] == "keep"  # the user's word stands
    assert list(disavowed(workspace, project)) == [Entry("a.example"), Entry("e.example"), page]
    close_workspace(workspace)


def test_decisions_become_tasks_and_follow_a_change_of_mind(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path)
    project = create_project(workspace, "Shop").id
    now = datetime(2026, 3, 1, tzinfo=UTC)

    def decide(sites: list[str], decision: str, note: str = "") -> dict[tuple[str, str], str]:
        review_work(workspace, project, sites, decision, note, now)
        tasks = list_tasks(workspace, project)
        return dict(zip(zip(tasks["page_url"], tasks["kind"]), tasks["status"]))

    ask, list_ = "review: ask for removal", "review: disavow list"
    assert decide(["a.example", "b.example"], "contact", "sells links") == {
        ("https://a.example/", ask): "approved",
        ("https://b.example/", ask): "approved",
    }
    assert "sells links" in str(list_tasks(workspace, project)["instruction"].iloc[0])
    assert decide(["a.example"], "disavow") == {
        ("https://a.example/", ask): "refused",
        ("https://a.example/", list_): "approved",
        ("https://b.example/", ask): "approved",
    }
    contacted = list_tasks(workspace, project)
    contacted = contacted.loc[contacted["page_url"] == "https://b.example/", "task_id"].tolist()
    change_tasks(workspace, project, contacted, {"status": "contacted"})
    assert decide(["b.example"], "contact")["https://b.example/", ask] == "contacted"
    after = decide(["a.example", "b.example"], "keep")
    assert set(after.values()) == {"refused"}
    close_workspace(workspace)
