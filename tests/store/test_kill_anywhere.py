"""kill -9 at 50 random moments of import, planning, task edits, migration and export: what was
confirmed stays, and no half file appears."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from linkplanner.store.sources import list_sources, source_bytes
from linkplanner.store.tasks import list_tasks
from linkplanner.store.workspace import close_workspace, open_workspace

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parents[2]
SETUP = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from linkplanner.store.workspace import open_workspace
from linkplanner.store.projects import create_project
from linkplanner.store.sources import add_source
home = Path(sys.argv[1]); workspace = open_workspace(home)
"""
# Each script does one sort of work again and again, and prints a line once something is confirmed.
SCRIPTS = {
    "import": """
import hashlib
project = create_project(workspace, "Import " + sys.argv[2]).id
for n in range(10_000):
    data = (f"https://a.test/{{n}}\\n" * 2000).encode()
    source, _ = add_source(workspace, project, f"f{{n}}.txt", data)
    print("source", project, source.id, hashlib.sha256(data).hexdigest(), flush=True)
""",
    "plan": """
from linkplanner import jobs
from linkplanner.work import run_job
from linkplanner.store.versions import latest_version
project = create_project(workspace, "Plan " + sys.argv[2]).id
urls = "\\n".join(f"https://www.shop.example/{{k}}/{{n}}" for n in range(9)
                 for k in ("products", "blog"))
add_source(workspace, project, "urls.txt", urls.encode())
for n in range(10_000):
    for kind in ("analyse", "plan"):
        job = jobs.create_job(workspace, project, kind)
        assert run_job(workspace, job.id) == "done", jobs.find_job(workspace, job.id)
        version = latest_version(workspace, project, "analysis" if kind == "analyse" else "plan")
        print("version", project, version.kind, version.number, flush=True)
""",
    "edit": """
import pandas as pd
from linkplanner.store.tasks import change_tasks, put_plan_tasks
from linkplanner.tables import TASKS
project = create_project(workspace, "Edit " + sys.argv[2]).id
ids = [f"t{{n}}" for n in range(30)]
put_plan_tasks(workspace, project, TASKS.conform(pd.DataFrame(
    {{"task_id": ids, "kind": "add link", "page_url": "https://a.test/"}})))
for n in range(100_000):
    change_tasks(workspace, project, ids, {{"notes": str(n)}})
    print("edit", project, n, flush=True)
""",
    "export": """
from linkplanner.store.files import replacing
from linkplanner.store.project_file import export_project
project = create_project(workspace, "Export " + sys.argv[2]).id
for n in range(5):
    add_source(workspace, project, f"f{{n}}.txt", (str(n) * 3_000_000).encode())
for n in range(10_000):
    out = home / f"export-{{sys.argv[2]}}-{{n}}.linkplanner"
    with replacing(out) as temporary, temporary.open("wb") as file:
        export_project(workspace, project, file)
    print("export", out, flush=True)
""",
    "migrate": """
import sqlite3, shutil
from linkplanner.store import schema
dump = Path({root!r}) / "tests" / "store" / "version1.sql"
for n in range(10_000):
    old = home / f"old-{{sys.argv[2]}}-{{n}}"
    old.mkdir()
    with sqlite3.connect(old / "linkplanner.db") as db:
        db.executescript(dump.read_text())
    db.close()
    print("ready", old, flush=True)
    db = sqlite3.connect(old / "linkplanner.db", isolation_level=None)
    schema.migrate(db, old / "backups"); db.close()
    print("migrated", old, flush=True)
""",
}


def killed(script: str, home: Path, number: int, seconds: float) -> list[list[str]]:
    """What a script had confirmed when it was killed `seconds` after its first word."""
    code = (SETUP + SCRIPTS[script]).format(root=str(ROOT))
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(home), str(number)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    first = child.stdout.readline()
    assert first, child.stderr.read() if child.stderr else ""
    time.sleep(seconds)
    os.kill(child.pid, signal.SIGKILL)
    rest, _ = child.communicate()
    lines = (first + rest).splitlines(keepends=True)
    return [line.split() for line in lines if line.endswith("\n")]


def check(home: Path, said: list[list[str]]) -> None:
    """Everything that was said is there, and nothing is half."""
    import hashlib

    workspace = open_workspace(home)
    assert not workspace.read_only
    try:
        edits: dict[int, int] = {}
        for kind, *facts in said:
            if kind == "source":
                sources = {s.id: s for s in list_sources(workspace, int(facts[0]))}
                data = source_bytes(sources[int(facts[1])])
                assert hashlib.sha256(data).hexdigest() == facts[2]
            elif kind == "edit":
                edits[int(facts[0])] = int(facts[1])
            elif kind == "export":
                with zipfile.ZipFile(facts[0]) as pack:
                    assert pack.testzip() is None
            elif kind in ("ready", "migrated"):
                migrated_or_old(Path(facts[0]), done=kind == "migrated")
        for project, number in edits.items():
            notes = list_tasks(workspace, project)["notes"].unique().tolist()
            assert len(notes) == 1, "a change of many tasks is whole"
            assert int(notes[0]) in (number, number + 1)
        with workspace.reading() as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            versions = db.execute("SELECT project_id, kind, version FROM versions").fetchall()
        last = [f for kind, *f in said if kind == "version"][-1:]
        for project, kind, number in last:
            assert any(
                (str(v[0]), v[1]) == (project, kind) and v[2] >= int(number) for v in versions
            )
        for project, kind, number in versions:
            folder = workspace.data(project) / f"{kind}-{number}"
            for file in folder.glob("*.parquet") if folder.exists() else []:
                pd.read_parquet(file)
        assert not list((home / "data").rglob("*.partial-*"))
    finally:
        close_workspace(workspace)


def migrated_or_old(folder: Path, *, done: bool) -> None:
    with sqlite3.connect(folder / "linkplanner.db") as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("SELECT count(*) FROM tasks").fetchone()[0] == 2
        columns = {row[1] for row in db.execute("PRAGMA table_info(tasks)")}
    assert ("anchor" in columns) == (version >= 2)
    if done:
        assert version >= 2
        (copy,) = (folder / "backups").glob("*.db")
        with sqlite3.connect(copy) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == 1


@pytest.mark.parametrize("script", sorted(SCRIPTS))
def test_fifty_kills(script: str, tmp_path: Path) -> None:
    """Ten random moments each of five sorts of work, on one workspace."""
    home = tmp_path / "home"
    rng = random.Random(f"{script}-9")
    for number in range(10):
        said = killed(script, home, number, rng.uniform(0.0, 0.6))
        assert said
        check(home, said)
