"""Decisions on linking sites are kept, and an imported file never overrules them."""

from pathlib import Path

import pytest

from linkplanner.errors import InputError
from linkplanner.quality.disavow import Entry
from linkplanner.store.projects import create_project
from linkplanner.store.reviews import disavowed, import_entries, kept_sites, review, reviewed
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
