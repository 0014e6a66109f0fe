"""A picture of every screen in both themes; with LINKPLANNER_DOCS_IMAGES=1 also for the guide."""

from collections.abc import Callable

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.ui.texts import screens  # noqa: E402
from tests.browser.conftest import settle  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]

SCREENS = list(screens.TITLES.items())
WIDTHS = (800, 1280, 1920)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("name", "title"), SCREENS)
def test_picture(shop, new_tab: Callable, picture: Callable, name: str, title: str, theme: str):
    page = new_tab(theme)
    page.goto(f"{shop.url}/{'' if name == 'start' else name}")
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    settle(page)
    if theme == "light":
        picture(page, f"docs-{name}", whole=False)
    else:
        picture(page, f"{name}-dark")
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["overview", "plan"])
def test_widths(shop, new_tab: Callable, picture: Callable, name: str, width: int) -> None:
    page = new_tab("light", width)
    page.goto(f"{shop.url}/{name}")
    page.locator("h1").first.wait_for()
    settle(page)
    picture(page, f"{name}-{width}")
