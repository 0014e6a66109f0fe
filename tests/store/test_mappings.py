"""What the user said of a header is kept for the workspace and used for the next such file."""

from pathlib import Path

import pytest

from linkplanner import jobs, work
from linkplanner.errors import InputError
from linkplanner.read.mapping import OwnTable, fingerprint
from linkplanner.store.mappings import forget_mapping, keep_mapping, kept_mappings
from linkplanner.store.projects import create_project, preference, set_preference
from linkplanner.store.sources import add_path, add_source, list_sources, remove_source
from linkplanner.store.versions import analysis_basis, latest_version
from linkplanner.store.workspace import Workspace

SITEMAP = b"https://shop.example/\nhttps://shop.example/hats/\n"
HEADER = ("Seite A", "Seite B", "Linktext")
TABLE = (
    b"Seite A;Seite B;Linktext\n"
    b"https://blog.test/1;https://shop.example/hats/;hats\n"
    b"https://news.test/2;https://shop.example/;shop\n"
    b"nowhere;https://shop.example/;shop\n"
)
COLUMNS = {"source_url": "Seite A", "target_url": "Seite B", "anchor": "Linktext"}


def run(workspace: Workspace, project: int) -> None:
    job = jobs.create_job(workspace, project, "analyse")
    state = work.run_job(workspace, job.id)
    found = jobs.find_job(workspace, job.id)
    assert state == "done", found and found.error


def backlinks(workspace: Workspace, project: int) -> int:
    version = latest_version(workspace, project, "analysis")
    assert version is not None
    return int(version.facts["counts"]["backlinks"])


def test_kept_changed_and_forgotten(workspace: Workspace) -> None:
    assert kept_mappings(workspace) == {}
    keep_mapping(workspace, "abc", "pages", {"url": "Seite"})
    keep_mapping(workspace, "abc", "pages", {"url": "Adresse"})
    assert kept_mappings(workspace) == {"abc": OwnTable("pages", {"url": "Adresse"})}
    forget_mapping(workspace, "abc")
    assert kept_mappings(workspace) == {}


@pytest.mark.parametrize("value", ["", "[]", "{}", '{"kind": "pages", "columns": 3}'])
def test_a_damaged_entry_is_left_out(workspace: Workspace, value: str) -> None:
    set_preference(workspace, "mapping abc", value)
    assert kept_mappings(workspace) == {}
    assert preference(workspace, "mapping abc") == value


def test_mapped_once_the_next_file_is_read_in_any_project(workspace: Workspace) -> None:
    project = create_project(workspace, "One").id
    add_source(workspace, project, "urls.txt", SITEMAP)
    add_source(workspace, project, "mine.csv", TABLE)
    run(workspace, project)
    (report,) = list_sources(workspace, project)[1].reports or ()
    assert report["recognised_as"] is None
    assert report["fingerprint"] == fingerprint(HEADER)
    assert report["columns"] == list(HEADER)
    assert report["unknown_rows"][0][2] == "hats"
    assert backlinks(workspace, project) == 0
    before = analysis_basis(workspace, project)

    keep_mapping(workspace, report["fingerprint"], "backlinks", COLUMNS)
    assert analysis_basis(workspace, project) != before
    run(workspace, project)
    (report,) = list_sources(workspace, project)[1].reports or ()
    assert (report["recognised_as"], report["rows"], report["skipped"]) == (
        "Your own: backlinks", 2, 1,
    )  # fmt: skip
    assert any("you chose" in warning for warning in report["warnings"])
    assert backlinks(workspace, project) == 2

    other = create_project(workspace, "Two").id
    before = analysis_basis(workspace, other)
    keep_mapping(workspace, "strange", "pages", {"url": "x"})
    assert analysis_basis(workspace, other) == before, "not asked about there"
    add_source(workspace, other, "next.csv", TABLE.replace(b"blog", b"press"))
    run(workspace, other)
    assert backlinks(workspace, other) == 2


def test_a_large_file_stays_where_it_is(workspace: Workspace, tmp_path: Path) -> None:
    project = create_project(workspace, "One").id
    path = tmp_path / "my urls.txt"
    path.write_bytes(SITEMAP)
    source, new = add_path(workspace, project, f' "{path}" ')
    assert (new, source.in_place, source.path, source.trouble()) == (True, True, path, "")
    assert add_path(workspace, project, str(path)) == (source, False)
    run(workspace, project)
    basis = analysis_basis(workspace, project)

    path.write_bytes(SITEMAP + b"https://shop.example/shoes/\n")
    (source,) = list_sources(workspace, project)
    assert "has changed" in source.trouble()
    run(workspace, project)
    (source,) = list_sources(workspace, project)
    assert source.trouble() == ""
    assert source.reports is not None
    assert source.reports[0]["rows"] == 3
    assert source.bytes == path.stat().st_size
    assert analysis_basis(workspace, project) != basis

    path.rename(tmp_path / "elsewhere.txt")
    assert "no longer at" in source.trouble()
    add_source(workspace, project, "urls.txt", SITEMAP)
    run(workspace, project)
    (report,) = list_sources(workspace, project)[0].reports or ()
    assert report["recognised_as"] is None
    assert "put it back" in report["message"]


def test_taking_it_out_leaves_the_users_file_alone(workspace: Workspace, tmp_path: Path) -> None:
    project = create_project(workspace, "One").id
    path = tmp_path / "urls.txt"
    path.write_bytes(SITEMAP)
    source, _ = add_path(workspace, project, str(path))
    remove_source(workspace, project, source.id)
    assert list_sources(workspace, project) == []
    assert path.read_bytes() == SITEMAP


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "is empty"),
        ("urls.txt", "in which folder"),
        ("/no/such/file.csv", "cannot be opened"),
        ("/", "no file"),
        ("/dev/null", "no file"),
        ("/a\x00b", "cannot be opened"),
        ("/" + "x" * 5000, "cannot be opened"),
    ],
)
def test_a_path_that_is_no_file_is_told(workspace: Workspace, typed: str, says: str) -> None:
    project = create_project(workspace, "One").id
    with pytest.raises(InputError, match=says):
        add_path(workspace, project, typed)
    assert list_sources(workspace, project) == []
