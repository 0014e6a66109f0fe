"""Fixtures that every room's tests share."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("new cases", deadline=None)  # shared machines: time proves nothing
settings.register_profile("same cases", settings.get_profile("new cases"), derandomize=True)
settings.load_profile("new cases")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """The short run tries the same cases each time, so that it fails for a change alone; the run
    with the long tests, and tests called by name, look for new ones."""
    if config.getoption("markexpr") == "not long":
        settings.load_profile("same cases")


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Path of something beside the project under ../shared; skips the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"../shared/{name} is absent")
        return path

    return find


@pytest.fixture(scope="session")
def site_folder(
    shared: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Unpacks one of the shared sites, once a session."""
    import tarfile

    unpacked: dict[str, Path] = {}

    def find(name: str) -> Path:
        if name not in unpacked:
            folder = tmp_path_factory.mktemp("sites")
            with tarfile.open(shared(f"sites/{name}.tar.xz")) as archive:
                archive.extractall(folder, filter="data")
            unpacked[name] = folder / name
        return unpacked[name]

    return find


CANDIDATES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Path of the browser: LINKPLANNER_CHROMIUM, or one of the usual places."""
    named = os.environ.get("LINKPLANNER_CHROMIUM")
    return next(
        (found for c in ([named] if named else CANDIDATES) if (found := shutil.which(c))), None
    )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One Chromium for the whole run; skips the test where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium was found; set LINKPLANNER_CHROMIUM to its path")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
