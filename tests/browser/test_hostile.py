"""Markup in names, titles, addresses, link texts and files does nothing in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.shell import PAGES  # noqa: E402
from linkplanner.store.projects import create_project, delete_project  # noqa: E402
from linkplanner.store.workspace import attach, close_workspace, open_workspace  # noqa: E402
from linkplanner.ui.projects import CARDS  # noqa: E402
from tests.browser.conftest import Server, settle  # noqa: E402
from tests.hostile import fill, read_vectors  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]

NAMES = [name for names in PAGES.values() for name in names]
JOINER = "\u2060"
INJECTED = """() => [...document.querySelectorAll(
    '.stMain script, .stMain iframe[srcdoc], .stMain img[src="x"], .stMain .katex, '
    + 'a[href^="javascript" i], a[href^="data:" i], a[href^="vbscript" i], '
    + 'a[href*="evil.test"], img[src*="tracker.test"], textarea + script')]
    .map(e => e.outerHTML.slice(0, 200))"""


def names(vectors: list[str]) -> list[str]:
    """Each text as the name of a project; the number keeps names apart that differ in case."""
    return [" ".join(f"{text[:70]} {n}".split()) for n, text in enumerate(vectors)]


@pytest.fixture(scope="module")
def vectors(shared: Callable[[str], Path]) -> list[str]:
    return read_vectors(shared("vectors/markup_injection.jsonl"))


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, vectors: list[str], chromium: object
) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("hostile") / "home"
    workspace = open_workspace(home)
    fill(workspace, vectors, "Hostile")
    close_workspace(workspace)
    running = Server(home)
    running.start()
    yield running
    running.kill()


@pytest.mark.parametrize("name", NAMES)
def test_it_does_nothing(hostile: Server, new_tab: Callable[..., object], name: str) -> None:
    page = new_tab()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(f"{hostile.url}/{name}?project=Hostile")
    page.locator("h1").first.wait_for()
    settle(page)
    for summary in page.locator("details > summary").all()[:12]:
        summary.click()
    settle(page)
    assert page.evaluate(INJECTED) == []
    assert said == []


def test_all_names_of_projects_are_shown_literally(
    hostile: Server, new_tab: Callable[..., object], vectors: list[str]
) -> None:
    page, workspace, wanted = new_tab(), attach(hostile.home), names(vectors)
    assert len(wanted) == len(vectors)
    for start in range(0, len(wanted), CARDS):
        made = [create_project(workspace, name) for name in wanted[start : start + CARDS]]
        page.goto(f"{hostile.url}/?project=Hostile")
        page.locator("h1").first.wait_for()
        settle(page)
        shown = " ".join(page.locator(".stMain").inner_text().replace(JOINER, "").split())
        for project in made:
            printable = "".join(c for c in project.name if c.isprintable())
            assert printable in shown, project.name
        assert page.evaluate(INJECTED) == []
        for project in made:
            delete_project(workspace, project.id, project.name)
