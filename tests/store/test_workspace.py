"""The workspace opens once, says why it cannot, and never loses what was committed."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from linkplanner.errors import InputError
from linkplanner.store import files, schema
from linkplanner.store.locks import FileLock, is_held
from linkplanner.store.projects import (
    create_project,
    delete_project,
    find_project,
    list_projects,
    load_settings,
    rename_project,
    save_settings,
)
from linkplanner.store.workspace import (
    Workspace,
    WorkspaceError,
    attach,
    close_workspace,
    default_folder,
    open_workspace,
)

OTHER_APP = """
import sys
from pathlib import Path
from linkplanner.store.workspace import open_workspace
print(open_workspace(Path(sys.argv[1])).read_only, flush=True)
sys.stdin.read()
"""


def other_app(folder: Path) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", OTHER_APP, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )


def test_folder_comes_from_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LINKPLANNER_HOME", str(tmp_path / "here"))
    assert default_folder() == (tmp_path / "here").resolve()
    monkeypatch.delenv("LINKPLANNER_HOME")
    assert default_folder().name == "linkplanner"


def test_second_app_is_read_only_and_says_so(tmp_path: Path) -> None:
    first = other_app(tmp_path)
    assert first.stdout is not None
    assert first.stdout.readline().strip() == "False"
    second = open_workspace(tmp_path)
    assert second.read_only
    assert str(first.pid) in second.notice
    assert list_projects(second) == []
    with pytest.raises(WorkspaceError, match="already open"):
        create_project(second, "Shop")
    first.kill()  # a killed app frees its lock at once
    first.wait()
    third = open_workspace(tmp_path)
    assert not third.read_only
    assert create_project(third, "Shop").name == "Shop"
    close_workspace(third)


def test_lock_is_seen_from_outside_and_freed(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "x.lock")
    assert not is_held(lock.path)
    assert lock.take("me")
    assert is_held(lock.path)
    assert not FileLock(lock.path).take()
    assert lock.holder() == "me"
    lock.release()
    assert not is_held(lock.path)


def test_attach_needs_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no linkplanner workspace"):
        attach(tmp_path)


def test_damaged_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "linkplanner.db").write_bytes(b"this is not a database at all" * 200)
    with pytest.raises(WorkspaceError, match="backups"):
        open_workspace(tmp_path)


def test_newer_database_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "linkplanner.db") as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(WorkspaceError, match="newer linkplanner"):
        open_workspace(tmp_path)


def test_migration_backs_up_and_keeps_everything(workspace: Workspace) -> None:
    create_project(workspace, "Shop")
    step = (*schema.MIGRATIONS, ("ALTER TABLE projects ADD COLUMN colour TEXT DEFAULT 'red'",))
    backups = workspace.folder / "backups"
    with sqlite3.connect(workspace.database, isolation_level=None) as db:
        assert schema.migrate(db, backups, step) == len(schema.MIGRATIONS)
        assert db.execute("SELECT name, colour FROM projects").fetchall() == [("Shop", "red")]
    (copy,) = backups.glob("*.db")
    with sqlite3.connect(copy) as db:
        assert db.execute("SELECT name FROM projects").fetchall() == [("Shop",)]
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS)


def test_failed_migration_changes_nothing(workspace: Workspace) -> None:
    create_project(workspace, "Shop")
    bad = (*schema.MIGRATIONS, ("ALTER TABLE projects ADD COLUMN colour TEXT", "NOT SQL"))
    with sqlite3.connect(workspace.database, isolation_level=None) as db:
        with pytest.raises(sqlite3.OperationalError):
            schema.migrate(db, workspace.folder / "backups", bad)
        names = [row[1] for row in db.execute("PRAGMA table_info(projects)")]
        assert "colour" not in names
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(schema.MIGRATIONS)


def test_first_version_of_the_database_still_opens(tmp_path: Path) -> None:
    """A workspace as version 1 wrote it, kept as SQL; every later version must open it."""
    dump = Path(__file__).parent / "version1.sql"
    with sqlite3.connect(tmp_path / "linkplanner.db") as db:
        db.executescript(dump.read_text())
    opened = open_workspace(tmp_path)
    assert [p.name for p in list_projects(opened)] == ["Old shop"]
    close_workspace(opened)


def test_writing_block_is_all_or_nothing(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError), workspace.writing() as db:
        db.execute("INSERT INTO preferences VALUES ('a', 'b')")
        raise RuntimeError
    with workspace.reading() as db:
        assert db.execute("SELECT count(*) FROM preferences").fetchone()[0] == 0


def test_readers_and_writers_at_once(workspace: Workspace) -> None:
    """Several threads, as several browser tabs, read and write without error or loss."""
    errors: list[Exception] = []

    def write(number: int) -> None:
        try:
            for k in range(10):
                create_project(workspace, f"{number}-{k}")
                list_projects(workspace)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(list_projects(workspace)) == 40


def test_full_disk_is_a_sentence(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="full"), workspace.writing() as db:
        db.execute("PRAGMA max_page_count = 1")
        db.execute("CREATE TABLE big AS SELECT hex(randomblob(100000)) AS x")


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "no name"), ("   ", "no name"), ("x" * 81, "longer"), (" shop ", "already")],
)
def test_project_names_are_checked(workspace: Workspace, name: str, says: str) -> None:
    create_project(workspace, "Shop")
    with pytest.raises(InputError, match=says):
        create_project(workspace, name)


def test_project_life(workspace: Workspace) -> None:
    project = create_project(workspace, "  My   shop ")
    assert project.name == "My shop"
    rename_project(workspace, project.id, "MY SHOP")
    files.write_bytes(workspace.data(project.id) / "sources" / "a", b"1")
    with pytest.raises(InputError, match="not the project's name"):
        delete_project(workspace, project.id, "my shop")
    delete_project(workspace, project.id, "MY SHOP")
    assert find_project(workspace, project.id) is None
    assert not workspace.data(project.id).exists()
    assert create_project(workspace, "Next").id > project.id  # numbers are never used twice


def test_settings_are_kept(workspace: Workspace) -> None:
    from dataclasses import replace

    project = create_project(workspace, "Shop")
    settings = load_settings(workspace, project.id)
    changed = replace(settings, limits=replace(settings.limits, max_links=7))
    save_settings(workspace, project.id, changed)
    assert load_settings(workspace, project.id) == changed


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Backlinks (1).CSV", "backlinks-1-.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\files\\a b.xlsx", "a-b.xlsx"),
        ("…", "file"),
        ("..", "file"),
        ("a" * 200 + ".csv", "a" * 56 + ".csv"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert files.safe_name(name) == safe
    assert files.safe_name(safe) == safe


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_bytes(path, b"old")
    with pytest.raises(RuntimeError), files.replacing(path) as temporary:
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_leftovers_of_killed_writers_go(tmp_path: Path) -> None:
    (tmp_path / "data" / "1").mkdir(parents=True)
    (tmp_path / "data" / "1" / ".partial-12").mkdir()
    (tmp_path / "data" / "1" / ".partial-12" / "x").write_bytes(b"1")
    (tmp_path / "data" / "1" / "pages.parquet.partial-ab").write_bytes(b"1")
    (tmp_path / "data" / "1" / "pages.parquet").write_bytes(b"1")
    close_workspace(open_workspace(tmp_path))
    assert [p.name for p in (tmp_path / "data" / "1").iterdir()] == ["pages.parquet"]
