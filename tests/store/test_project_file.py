"""A project travels as one file; a file from outside can bring nothing else with it."""

import io
import json
import pickle
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.errors import InputError, LinkplannerError
from linkplanner.store.contacts import (
    add_contacts,
    delete_contacts,
    list_contacts,
    list_letters,
    save_letter,
)
from linkplanner.store.priorities import set_priorities, stored_priorities
from linkplanner.store.project_file import ROWS_OF, export_project
from linkplanner.store.project_import import duplicate_project, import_project
from linkplanner.store.projects import (
    archive_project,
    create_project,
    list_projects,
    load_settings,
)
from linkplanner.store.sources import add_source, list_sources, save_replaced, source_bytes
from linkplanner.store.task_changes import task_history
from linkplanner.store.tasks import change_tasks, list_tasks, put_plan_tasks
from linkplanner.store.versions import latest_version, save_version
from linkplanner.store.workspace import Workspace
from linkplanner.tables import CONTACTS, PAGES, TASKS


@pytest.fixture
def project(workspace: Workspace) -> int:
    made = create_project(workspace, "Shop").id
    add_source(workspace, made, "links.csv", b"a,b\n1,2\n")
    set_priorities(workspace, made, [{"url": "https://a.test/", "weight": 2}], "typed")
    task = {"task_id": "t", "kind": "add link", "page_url": "https://a.test/", "gain": 1.5}
    put_plan_tasks(workspace, made, TASKS.conform(pd.DataFrame([task])))
    change_tasks(workspace, made, ["t"], {"status": "approved", "notes": "=1+1 ü"})
    save_version(workspace, made, "analysis",
                 lambda folder: PAGES.empty().to_parquet(folder / "pages.parquet"),
                 facts={"counts": {"pages": 0}})  # fmt: skip
    contact = {"domain": "b.test", "name": "Bea", "email": "bea@b.test", "imported_from": "typed"}
    add_contacts(workspace, made, CONTACTS.conform(pd.DataFrame([contact])))
    return made


def packed(workspace: Workspace, project: int) -> bytes:
    out = io.BytesIO()
    export_project(workspace, project, out)
    return out.getvalue()


def test_all_of_a_project_comes_back(workspace: Workspace, project: int) -> None:
    copy = import_project(workspace, io.BytesIO(packed(workspace, project)))
    assert copy.name == "Shop 2"
    for look in (list_tasks, list_contacts, load_settings):
        one, two = look(workspace, project), look(workspace, copy.id)
        assert one.equals(two) if isinstance(one, pd.DataFrame) else one == two
    assert stored_priorities(workspace, copy.id).equals(stored_priorities(workspace, project))
    assert len(task_history(workspace, copy.id, "t")) == 2
    (old,), (new,) = list_sources(workspace, project), list_sources(workspace, copy.id)
    assert source_bytes(new) == source_bytes(old)
    assert new.id != old.id
    version = latest_version(workspace, copy.id, "analysis")
    assert version is not None
    assert len(pd.read_parquet(version.folder / "pages.parquet")) == 0
    assert packed(workspace, copy.id).count(b"rows/tasks.jsonl") == 2  # and travels on


def test_an_older_file_still_names_the_newer_one(workspace: Workspace, project: int) -> None:
    newer = add_source(workspace, project, "links-2.csv", b"a,b\n3,4\n")[0].id
    older = next(s.id for s in list_sources(workspace, project) if s.id != newer)
    save_replaced(workspace, project, {older: newer})
    copy = import_project(workspace, io.BytesIO(packed(workspace, project)))
    named = {source.name: source for source in list_sources(workspace, copy.id)}
    assert named["links.csv"].replaced_by == named["links-2.csv"].id
    assert named["links-2.csv"].replaced_by is None


def test_a_duplicate_lives_its_own_life(workspace: Workspace, project: int) -> None:
    copy = duplicate_project(workspace, project)
    change_tasks(workspace, copy.id, ["t"], {"status": "refused"})
    assert list_tasks(workspace, project)["status"].tolist() == ["approved"]
    archive_project(workspace, copy.id)
    assert [p.id for p in list_projects(workspace)] == [project]
    assert [p.name for p in list_projects(workspace, archived=True)] == ["Shop copy"]
    archive_project(workspace, copy.id, archived=False)
    assert len(list_projects(workspace)) == 2


Edit = Callable[[dict[str, bytes]], None]


def rewritten(data: bytes, edit: Edit) -> io.BytesIO:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    edit(members)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    out.seek(0)
    return out


def put(name: str, content: bytes) -> Edit:
    return lambda members: members.update({name: content})


def row(table: str, values: object) -> Edit:
    line = json.dumps(values).encode() + b"\n"
    return put(f"rows/{table}.jsonl", line)


def bad_task(**changes: object) -> Edit:
    columns = ROWS_OF["tasks"]
    good = {"task_id": "t", "kind": "add link", "status": "approved", "created": "2026-01-01",
            "origin": "plan"}  # fmt: skip
    return row("tasks", [{**good, **changes}.get(column) for column in columns])


def parquet_of(column: pd.Series) -> bytes:
    out = io.BytesIO()
    pd.DataFrame({"url": column}).to_parquet(out)
    return out.getvalue()


HOSTILE = {
    "path": put("files/sources/../../../evil", b"x"),
    "absolute path": put("/etc/passwd", b"x"),
    "backslashes": put("files\\sources\\x", b"x"),
    "unknown file": put("linkplanner.db", b"SQLite format 3\x00"),
    "unknown table": row("jobs", ["plan"]),
    "pickle": put("files/analysis-1/model.pkl", pickle.dumps({})),
    "bomb": put("rows/tasks.jsonl", b" " * 50_000_000),
    "long row": put("rows/tasks.jsonl", b'["' + bytes(range(65, 91)) * 200_000 + b'"]'),
    "row of another shape": row("tasks", ["t"]),
    "row of objects": row("patterns", [{"a": 1}, 1, ""]),
    "no JSON": put("rows/tasks.jsonl", b"__import__('os')\n"),
    "status that is none": bad_task(status="contacted"),
    "text for a number": bad_task(gain="much"),
    "text for a date": bad_task(due="soon"),
    "source without a file": row("sources", [1, "x", "0123456789abcdef-x", "file", 1, "", "", None,
                                             "auto", None]),
    "source with a path": row("sources", [1, "x", "../../x", "file", 1, "", "", None, "auto",
                                          None]),
    "source read in place": lambda members: members.update({
        "rows/sources.jsonl": members["rows/sources.jsonl"].replace(b'"file",', b'"path",')}),
    "unknown result": row("versions", ["../x", 1, "", "", "{}"]),
    "nested columns": put("files/analysis-1/pages.parquet", parquet_of(pd.Series([[1]]))),
    "damaged result": put("files/analysis-1/pages.parquet", b"PAR1nothing"),
    "no first page": lambda members: members.pop("linkplanner-project.json"),
    "damaged first page": put("linkplanner-project.json", b"[]"),
    "newer format": put("linkplanner-project.json", b'{"format": 99, "name": "x"}'),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_what_does_not_belong_is_refused_whole(
    what: str, workspace: Workspace, project: int
) -> None:
    before = sorted(str(p) for p in workspace.folder.rglob("*") if p.is_file())
    with pytest.raises(InputError, match="project file"):
        import_project(workspace, rewritten(packed(workspace, project), HOSTILE[what]))
    assert [p.id for p in list_projects(workspace)] == [project]
    after = sorted(str(p) for p in workspace.folder.rglob("*") if p.is_file())
    assert after == before
    assert not (workspace.folder.parent / "evil").exists()


def test_links_twins_and_noise_are_refused(workspace: Workspace, project: int) -> None:
    out = io.BytesIO(packed(workspace, project))
    with zipfile.ZipFile(out, "a") as pack:
        link = zipfile.ZipInfo("files/analysis-1/facts.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        pack.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="link"):
        import_project(workspace, out)
    twin = io.BytesIO(packed(workspace, project))
    with pytest.warns(UserWarning), zipfile.ZipFile(twin, "a") as pack:
        pack.writestr("rows/tasks.jsonl", "")
    with pytest.raises(InputError, match="twice"):
        import_project(workspace, twin)
    for noise in (b"", b"PK", b"x" * 500, packed(workspace, project)[:-100]):
        with pytest.raises(LinkplannerError):
            import_project(workspace, io.BytesIO(noise))
    assert len(list_projects(workspace)) == 1


def test_contacts_are_deleted_for_good(workspace: Workspace, project: int) -> None:
    assert b"bea@b.test" in workspace.database.read_bytes()
    backup = workspace.folder / "backups" / "old.db"
    backup.parent.mkdir(exist_ok=True)
    backup.write_bytes(workspace.database.read_bytes())
    assert delete_contacts(workspace, project, ["bea@b.test"]) == 1
    assert list_contacts(workspace, project).empty
    for file in (workspace.database, backup):
        assert b"bea@b.test" not in file.read_bytes()


def test_contacts_and_letters_are_checked(workspace: Workspace, project: int) -> None:
    wrong = CONTACTS.conform(pd.DataFrame([{"domain": "x.test", "email": "not a mail"}]))
    with pytest.raises(InputError, match="no mail address"):
        add_contacts(workspace, project, wrong)
    with pytest.raises(InputError, match="no placeholder"):
        save_letter(workspace, project, "Mine", "Hello", "Dear {name.__class__}")
    save_letter(workspace, project, "Mine", "Hello", "Dear {name}, see {our_page}")
    assert list_letters(workspace, project)["Mine"][0] == "Hello"


def test_a_letter_is_filled_once(tmp_path: Path) -> None:
    from linkplanner.outreach.letters import fill

    said = fill("Dear {name}: {our_page}", {"name": "{site}", "our_page": "https://a.test/{x}"})
    assert said == "Dear {site}: https://a.test/{x}"
