"""The app on a free port with a workspace of its own, and a real Chromium in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from linkplanner.jobs import create_job, find_job  # noqa: E402
from linkplanner.store.projects import (  # noqa: E402
    create_project,
    load_settings,
    save_settings,
)
from linkplanner.store.workspace import close_workspace, open_workspace  # noqa: E402
from linkplanner.work import run_job  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


class Server:
    """The app in a process of its own; it can be killed and started again on the same port."""

    def __init__(self, home: Path, environment: Mapping[str, str] = os.environ) -> None:
        self.home = home
        self.environment = {**environment, "LINKPLANNER_HOME": str(home)}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        log = (self.home.parent / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
             "--server.port", str(self.port), "--server.headless", "true"],
            cwd=ROOT, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < deadline, self.log()
                assert self.process.poll() is None, self.log()
                time.sleep(0.1)

    def kill(self) -> None:
        """End it without a chance to tidy up."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def log(self) -> str:
        """What the server said."""
        return (self.home.parent / "server.log").read_text(errors="replace")[-3000:]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "home")
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def shop_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample project, planned; for copying."""
    home = tmp_path_factory.mktemp("made") / "home"
    workspace = open_workspace(home)
    project = create_project(workspace, "Sample shop", sample=True)
    settings = load_settings(workspace, project.id)
    quick = replace(settings.limits, proof_seconds=0.0)
    save_settings(workspace, project.id, replace(settings, limits=quick))
    job = create_job(workspace, project.id, "sample")
    state = run_job(workspace, job.id)
    found = find_job(workspace, job.id)
    assert state == "done", found and found.error
    close_workspace(workspace)
    return home


def served(home: Path, place: Path) -> Iterator[Server]:
    running = Server(shutil.copytree(home, place / "home"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def shop(shop_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the sample project; tests look at it and leave it as it is."""
    yield from served(shop_home, tmp_path_factory.mktemp("shop"))


@pytest.fixture
def own_shop(shop_home: Path, tmp_path: Path) -> Iterator[Server]:
    """The app on a sample project of the test's own, to be changed."""
    yield from served(shop_home, tmp_path)


@pytest.fixture
def new_tab(chromium: "sync_api.Browser") -> Iterator[Callable[..., "sync_api.Page"]]:
    """Opens tabs that fail the test on any request that leaves this computer."""
    contexts = []
    left: list[str] = []

    def note(request: "sync_api.Request") -> None:
        scheme, _, rest = request.url.partition(":")
        if scheme not in ("data", "blob") and not rest.startswith("//127.0.0.1:"):
            left.append(request.url)

    def open_tab(theme: str = "light", width: int = 1280) -> "sync_api.Page":
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, accept_downloads=True
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.on("websocket", lambda socket: note_socket(socket.url))
        return page

    def note_socket(url: str) -> None:
        if not url.startswith("ws://127.0.0.1:"):
            left.append(url)

    yield open_tab
    for context in contexts:
        context.close()
    assert left == [], "requests left this computer"


@pytest.fixture(scope="session")
def picture() -> Callable[..., None]:
    """Keeps a screenshot of the whole screen (or of what is in sight) in ci-artifacts/; with
    LINKPLANNER_DOCS_IMAGES=1 the ones named “docs-…” also in docs/images/."""
    folder = ROOT / "ci-artifacts"
    folder.mkdir(exist_ok=True)

    def take(page: "sync_api.Page", name: str, whole: bool = True) -> None:
        settle(page)
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        size = page.viewport_size
        if whole:
            page.set_viewport_size({"width": size["width"], "height": min(max(800, height), 4000)})
            settle(page)
        page.screenshot(path=folder / f"{name}.png")
        if name.startswith("docs-") and os.environ.get("LINKPLANNER_DOCS_IMAGES"):
            images = ROOT / "docs" / "images"
            images.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / f"{name}.png", images / f"{name.removeprefix('docs-')}.png")
        page.set_viewport_size(size)

    return take


def settle(page: "sync_api.Page") -> None:
    """Wait until the script run is over and charts have been drawn."""
    page.wait_for_function(
        """() => document.querySelector('[data-testid=stApp]')
             ?.getAttribute('data-test-script-state') === 'notRunning'"""
    )
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
    page.evaluate("() => new Promise(r => requestAnimationFrame(() => setTimeout(r, 400)))")
