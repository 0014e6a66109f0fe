"""Workspaces that the screens are opened on: empty, one file, and the sample shop."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from linkplanner import jobs, work
from linkplanner.sample import write_sample
from linkplanner.store.priorities import set_priorities
from linkplanner.store.projects import create_project, load_settings, save_settings
from linkplanner.store.sources import add_source
from linkplanner.store.workspace import Workspace, close_workspace, open_workspace

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[..., AppTest]


def without_proof(workspace: Workspace, project_id: int) -> None:
    """Plans of the project carry the quick certificate: proofs are tested in tests/plan."""
    settings = load_settings(workspace, project_id)
    limits = replace(settings.limits, proof_seconds=0.0)
    save_settings(workspace, project_id, replace(settings, limits=limits))


def run_here(workspace: Workspace, project_id: int, kind: str) -> None:
    """Run a job in this process, and fail the test where it fails."""
    job = jobs.create_job(workspace, project_id, kind)
    state = work.run_job(workspace, job.id)
    found = jobs.find_job(workspace, job.id)
    assert state == "done", found and found.error


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample shop, worked out and planned for two priority pages; tests may change it."""
    workspace = open_workspace(tmp_path_factory.mktemp("sample"))
    project = create_project(workspace, "Sample shop", sample=True)
    without_proof(workspace, project.id)
    with tempfile.TemporaryDirectory() as place:
        shop = write_sample(Path(place))
        for path in (shop.sitemap, shop.backlinks, shop.inlinks, shop.internal):
            add_source(workspace, project.id, path.name, path.read_bytes(), "sample")
        aims = ("/services/boot-resoling/", "/services/down-washing/")
        changes = [{"url": f"{shop.base_url}{path}"} for path in aims]
    set_priorities(workspace, project.id, changes, "typed")
    run_here(workspace, project.id, "analyse")
    run_here(workspace, project.id, "plan")
    yield workspace
    close_workspace(workspace)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in which nothing was done yet."""
    workspace = open_workspace(tmp_path / "home")
    yield workspace
    close_workspace(workspace)


@pytest.fixture
def one_file(empty: Workspace) -> Workspace:
    """A project with a short sitemap and nothing else, worked out and planned."""
    project = create_project(empty, "One <b>file</b> :red[x]")
    urls = [f"https://www.shop.example/{p}" for p in ("", "services/a", "services/b", "blog/a-b")]
    add_source(empty, project.id, "urls.txt", "\n".join(urls).encode())
    run_here(empty, project.id, "analyse")
    run_here(empty, project.id, "plan")
    return empty


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a screen on a workspace."""

    def open_on(workspace: Workspace, page: str = "start", **query: str) -> AppTest:
        monkeypatch.setenv("LINKPLANNER_HOME", str(workspace.folder))
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "start":
            app.switch_page(f"pages/{page}.py").run()
        return app

    return open_on
