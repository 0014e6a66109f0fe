"""axe-core finds nothing serious on any screen and theme; nothing is cut off at 800 pixels."""

from collections.abc import Callable
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.shell import PAGES  # noqa: E402
from tests.browser.conftest import settle  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
NAMES = [name for names in PAGES.values() for name in names]
FEW = ("overview", "plan")
"""Screens that are looked at in every run; `--all` looks at the rest too."""
Tab = Callable[..., "sync_api.Page"]


def seldom(names: list[str]) -> list[object]:
    return [n if n in FEW else pytest.param(n, marks=pytest.mark.long) for n in names]


def serious(page: "sync_api.Page") -> list[str]:
    """Findings of axe-core that it calls serious or critical, with what they are about."""
    page.evaluate(AXE)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {node['html'][:200]}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:3]
    ]


def opened(page: "sync_api.Page", url: str) -> None:
    page.goto(url)
    page.locator("h1").first.wait_for()
    settle(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", seldom(NAMES))
def test_nothing_serious(shop, new_tab: Tab, name: str, theme: str) -> None:
    page = new_tab(theme)
    opened(page, f"{shop.url}/{name}")
    assert serious(page) == []


@pytest.mark.long
@pytest.mark.parametrize("width", [800, 1280, 1920])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_out_of_the_window(shop, new_tab: Tab, name: str, width: int) -> None:
    page = new_tab("light", width)
    opened(page, f"{shop.url}/{name}")
    over = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            return main.scrollWidth - main.clientWidth;
        }"""
    )
    assert over <= 1


@pytest.mark.long
def test_the_keyboard_reaches_the_menu_and_opens_a_screen(shop, new_tab: Tab) -> None:
    page = new_tab()
    opened(page, f"{shop.url}/overview")
    link = page.locator(".st-key-menu").get_by_role("link", name="Plan", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("e => e === document.activeElement"):
            break
    else:
        pytest.fail("40 presses of Tab do not reach the menu")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Plan", level=1, exact=True).wait_for()
