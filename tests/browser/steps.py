"""Steps that the journeys share, and a walker who counts what it takes."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = [
    "JOB",
    "Walker",
    "choose",
    "download",
    "finding",
    "go",
    "settled",
    "tick",
    "unfold",
    "until",
]

JOB = 180_000  # ms; a worker on a busy machine
expect = sync_api.expect
expect.set_options(timeout=30_000)


class Walker:
    """Clicks and types, and counts clicks; a dropped pile of files counts as one."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.clicks = 0

    def click(self, place: "Locator") -> None:
        """Click, and wait until the screen has answered."""
        place.click()
        self.clicks += 1
        settled(self.page)

    def type(self, place: "Locator", text: str) -> None:
        """Type into a field; the click into it counts."""
        place.fill(text)
        self.clicks += 1

    def drop(self, place: "Locator", files: Sequence[Path]) -> None:
        """Drop files."""
        place.set_input_files([str(file) for file in files])
        self.clicks += 1


def settled(page: "Page") -> None:
    """Wait until the script run is over."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )


def go(page: "Page", name: str) -> None:
    """To another screen, by the menu."""
    page.locator(".st-key-menu").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1, exact=True)).to_be_visible()
    settled(page)


def unfold(page: "Page", text: str) -> None:
    """Open an expander, and wait until it is open: while it grows it scrolls, and a list of
    choices closes on any scrolling around it."""
    details = page.locator("details").filter(has=page.get_by_text(text, exact=True))
    details.locator("summary").click()
    expect(details).to_have_attribute("open", "")
    details.evaluate(
        "d => Promise.all(d.getAnimations({subtree: true}).map(a => a.finished.catch(() => 0)))"
    )


def choose(page: "Page", field: "Locator", option: str) -> None:
    """Choose from a select box by typing."""
    field.click()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.fill(option)
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    field.press("Enter")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value(option)


def finding(page: "Page") -> str:
    """The sentence at the top."""
    return str(page.locator(".st-key-finding").inner_text())


def download(page: "Page", button: str) -> bytes:
    """What a button gives."""
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def until(page: "Page", holds: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait until something outside the page holds, such as a row of the database."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        page.wait_for_timeout(100)
    settled(page)


def tick(page: "Page", row: int, table: int = 0) -> None:
    """Tick a row of a table on the screen; tables are drawn on a canvas."""
    canvas = page.get_by_test_id("stDataFrame").nth(table)
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": 18, "y": 35 + 35 * row + 17})
    settled(page)
