"""A disk that is really full: every writer says so in a sentence; what was kept before stays."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.store.project_file import export_project
from linkplanner.store.project_import import import_project
from linkplanner.store.projects import create_project
from linkplanner.store.sources import add_source, list_sources, source_bytes
from linkplanner.store.tasks import change_tasks, list_tasks, put_plan_tasks
from linkplanner.store.versions import latest_version, save_version
from linkplanner.store.workspace import Workspace, WorkspaceError, close_workspace, open_workspace
from linkplanner.tables import TASKS

pytestmark = pytest.mark.long


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on a disk of 4 MiB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk of a given size can be made here")
    workspace = open_workspace(place / "home")
    yield workspace
    close_workspace(workspace)
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(workspace: Workspace) -> None:
    """Leave no room at all."""
    file = os.open(workspace.folder / "filler", os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while True:
            os.write(file, b"x" * 4096)
    os.close(file)


def test_every_writer_says_that_the_disk_is_full(small: Workspace) -> None:
    project = create_project(small, "Shop").id
    source, _ = add_source(small, project, "a.txt", b"kept")
    tasks = pd.DataFrame({"task_id": [f"t{n}" for n in range(200)], "kind": "add link"})
    put_plan_tasks(small, project, TASKS.conform(tasks))
    save_version(small, project, "plan", lambda folder: (folder / "x").write_text("one"))
    packed = io.BytesIO()
    export_project(small, project, packed)
    packed.seek(0)
    fill(small)
    noise = os.urandom(3_000_000)
    writers: dict[str, Callable[[], object]] = {
        "source": lambda: add_source(small, project, "b.txt", noise),
        "version": lambda: save_version(
            small, project, "plan", lambda folder: (folder / "x").write_bytes(noise)
        ),
        "tasks": lambda: change_tasks(
            small, project, [f"t{n}" for n in range(200)], {"notes": "x" * 20_000}
        ),
        "project file": lambda: import_project(small, packed, "Copy"),
    }
    for name, write in writers.items():
        with pytest.raises(WorkspaceError, match="full"):
            write()
        assert not list((small.folder / "data").rglob("*.partial-*")), name
    (small.folder / "filler").unlink()
    assert [s.name for s in list_sources(small, project)] == ["a.txt"]
    assert source_bytes(source) == b"kept"
    assert list_tasks(small, project)["notes"].isna().all()
    version = latest_version(small, project, "plan")
    assert version is not None
    assert (version.folder / "x").read_text() == "one"
    with small.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
