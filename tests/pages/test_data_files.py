"""The data screen: strange tables are mapped once, large files are read from where they lie."""

import time
from pathlib import Path

from linkplanner import jobs
from linkplanner.store.mappings import kept_mappings
from linkplanner.store.projects import create_project
from linkplanner.store.sources import add_source, list_sources
from linkplanner.store.versions import latest_version
from linkplanner.store.workspace import Workspace

from .conftest import run_here

TABLE = (
    b"Seite A;Seite B;Linktext\n"
    b"https://blog.test/1;https://shop.example/hats/;=hats\n"
    b"https://news.test/2;https://shop.example/;<b>shop</b>\n"
)


def worked(workspace: Workspace, project: int) -> jobs.Job:
    """The job that a click started, once its worker process is through with it."""
    deadline = time.monotonic() + 90
    while jobs.live_job(workspace, project):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)
    job = jobs.latest_job(workspace, project)
    assert job is not None
    return job


def test_a_strange_table_is_mapped_once(empty: Workspace, open_app) -> None:  # type: ignore[no-untyped-def]
    project = create_project(empty, "Shop").id
    add_source(empty, project, "urls.txt", b"https://shop.example/\n")
    add_source(empty, project, "mine.csv", TABLE)
    run_here(empty, project, "analyse")
    app = open_app(empty, "data")
    assert not app.exception
    kind = next(box for box in app.selectbox if box.label == "What is in it")
    assert kind.value == "backlinks"
    chosen = {box.label: box.value for box in app.selectbox}
    assert chosen["Address of the page that links (needed)"] == "Seite A"
    assert chosen["Address linked to (needed)"] == "Seite B"
    assert chosen["Words of the link"] == "Linktext"
    next(b for b in app.button if b.label == "Read it this way").click().run()
    assert not app.exception
    assert len(kept_mappings(empty)) == 1
    assert worked(empty, project).state == "done"
    version = latest_version(empty, project, "analysis")
    assert version is not None
    assert version.facts["counts"]["backlinks"] == 2
    app = open_app(empty, "data")
    assert not app.exception
    assert any("Your own" in e.label for e in app.expander)
    assert "Data report" in [s.value for s in app.subheader]
    assert any("2 tables, 0 skipped" in t.value for t in app.text)
    (mine,) = [s for s in list_sources(empty, project) if s.name == "mine.csv"]
    app.session_state[f"source-{mine.id}"] = True  # unfolded
    app.run()
    next(t for t in app.toggle if t.label == "Say what its columns are").set_value(True).run()
    next(b for b in app.button if b.label == "Forget these columns").click().run()
    assert kept_mappings(empty) == {}
    assert worked(empty, project).state == "done"


def test_a_path_is_typed(empty: Workspace, open_app, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    project = create_project(empty, "Shop").id
    path = tmp_path / "urls.txt"
    path.write_bytes(b"https://shop.example/\n")
    app = open_app(empty, "data")
    app.text_input(key="file-path").input(str(path.with_name("none.txt")))
    next(b for b in app.button if b.label == "Read this file").click().run()
    assert "cannot be opened" in app.error[0].value
    app.text_input(key="file-path").input(str(path))
    next(b for b in app.button if b.label == "Read this file").click().run()
    assert not app.error
    (source,) = list_sources(empty, project)
    assert source.in_place
    assert worked(empty, project).state == "done"
    path.unlink()
    app = open_app(empty, "data")
    assert any("no longer at" in w.value for w in app.warning)
