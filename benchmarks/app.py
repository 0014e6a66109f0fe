"""Times the screens in a real Chromium on a project of 20,000 pages and 100,000 backlinks.

python -m benchmarks.app [--pages 20000] [--backlinks 100000] [--home FOLDER] [--json]

Beside it, in the same run, a Streamlit app that shows one title: what no Streamlit app can beat on
this machine. Chromium and the server share the machine, so both are in every figure. Processor
seconds of both (all Chromium processes together) stand beside the wall seconds of a first visit:
they count half a second after the screen stands too, and other programs change them little.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.app_project import PROJECT
from benchmarks.processor import family, spent

ROOT = Path(__file__).resolve().parents[1]
BARE = "import streamlit as st\nst.title('Bare')\n"
"""The floor: an app that shows one title."""
GOALS = {"first_paint": 2.0, "screen": 1.0, "filter": 0.5, "session_mb": 600.0}
ROUNDS = 3
SCREENS = (
    "Data", "Priorities", "Overview", "Backlinks", "Site", "Plan", "Strategy", "Outreach", "Tasks",
    "Monitor", "Settings", "Help",
)  # fmt: skip
READY = """() => document.querySelector('[data-testid=stApp]')
    ?.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-testid=stSkeleton]')"""


class Server:
    """A Streamlit app in a process of its own."""

    def __init__(self, script: Path, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port",
             str(self.port), "--server.headless", "true", "--server.address", "127.0.0.1"],
            cwd=ROOT, env={**os.environ, "LINKPLANNER_HOME": str(home)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.up = self._wait()

    def _wait(self) -> float:
        while time.perf_counter() - self.started < 60:
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=1):
                    return time.perf_counter() - self.started
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise SystemExit("The app gave no answer in 60 seconds.")

    def memory(self) -> float:
        """Resident memory in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def spent(self) -> float:
        """Processor seconds so far."""
        return spent(self.process.pid)

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()


def ready(page: Page) -> None:
    """Wait until the script is over and nothing is a placeholder any more."""
    page.wait_for_function(READY, timeout=120_000, polling="raf")


def opened(browser: Browser, url: str) -> tuple[Page, float]:
    """A new tab on an address, and the seconds until its first contentful paint."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(url)
    page.locator("h1").first.wait_for(timeout=60_000)
    ready(page)
    paint = page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    return page, float(paint) / 1000


def go(page: Page, name: str) -> float:
    """Seconds from the click on a screen's name until all of it is there."""
    link = page.locator(".st-key-menu").get_by_role("link", name=name, exact=True)
    begin = time.perf_counter()
    link.click()
    page.get_by_role("heading", name=name, level=1, exact=True).wait_for(timeout=120_000)
    ready(page)
    return time.perf_counter() - begin


def first_visit(page: Page, server: Server, name: str) -> dict[str, float]:
    """A first visit to a screen: wall seconds, and processor seconds of server and browser."""
    browsers = family(os.getpid()) - {os.getpid(), server.process.pid}
    served, drawn = server.spent(), sum(map(spent, browsers))
    wall = go(page, name)
    time.sleep(0.5)
    now = family(os.getpid()) - {os.getpid(), server.process.pid}
    return {
        "wall": wall,
        "server": server.spent() - served,
        "browser": sum(map(spent, now)) - drawn,
    }


def changed(page: Page, act: Callable[[], None], what: str) -> float:
    """Seconds from an act until the text at `what` is another and all is there."""
    before = page.locator(what).first.inner_text()
    begin = time.perf_counter()
    act()
    page.wait_for_function(
        "([what, before]) => document.querySelector(what)?.innerText !== before",
        arg=[what, before], timeout=120_000, polling="raf",
    )  # fmt: skip
    ready(page)
    return time.perf_counter() - begin


def filters(page: Page) -> dict[str, float]:
    """Seconds from a filter to its table, median of several."""
    found: dict[str, list[float]] = {"site view": [], "task words": []}
    go(page, "Site")
    caption = "[data-testid=stMainBlockContainer]"
    for name in ("Orphans", "All pages") * ROUNDS:
        button = page.get_by_role("radio", name=name, exact=True)
        found["site view"].append(changed(page, button.click, caption))
    go(page, "Tasks")
    field = page.get_by_role("textbox", name="Find")
    for word in ("blog", "guides", "lamp"):
        field.fill(word)
        found["task words"].append(changed(page, lambda: field.press("Enter"), caption))
    return {name: statistics.median(times) for name, times in found.items()}


def measured(home: Path) -> dict[str, Any]:
    """All figures of the app on the project at `home`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("LINKPLANNER_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        try:
            floor = _floor(browser)
            return {**_app(browser, home), "bare_streamlit": floor}
        finally:
            browser.close()


def _floor(browser: Browser) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as place:
        script = Path(place) / "bare.py"
        script.write_text(BARE)
        server = Server(script, Path(place))
        try:
            _, paint = opened(browser, server.url)
            return {"server_up": server.up, "first_paint": paint, "memory_mb": server.memory()}
        finally:
            server.stop()


def _app(browser: Browser, home: Path) -> dict[str, Any]:
    server = Server(ROOT / "app.py", home)
    try:
        idle = server.memory()
        page, paint = opened(browser, f"{server.url}/?project={PROJECT.replace(' ', '+')}")
        first = {name: first_visit(page, server, name) for name in SCREENS}
        again = {name: [] for name in SCREENS}
        for _ in range(ROUNDS):
            for name in SCREENS:
                again[name].append(go(page, name))
        filtered = filters(page)
        one = server.memory()
        other, _ = opened(browser, page.url)
        for name in SCREENS:
            go(other, name)
        return {
            "server_up": server.up,
            "first_paint": paint,
            "first_visit": {name: figures["wall"] for name, figures in first.items()},
            "first_visit_processor": {
                name: {"server": figures["server"], "browser": figures["browser"]}
                for name, figures in first.items()
            },
            "screen": {name: statistics.median(times) for name, times in again.items()},
            "filter": filtered,
            "memory_idle_mb": idle,
            "memory_one_session_mb": one,
            "memory_second_session_mb": server.memory() - one,
        }
    finally:
        server.stop()


def told(figures: dict[str, Any]) -> str:
    """The figures for a reader, with the goals beside them."""
    lines = [
        f"server answers after {figures['server_up']:.2f} s, first paint "
        f"{figures['first_paint']:.2f} s after the tab opens (goal {GOALS['first_paint']:g} s in "
        "all); a bare Streamlit app: "
        f"{figures['bare_streamlit']['server_up']:.2f} and "
        f"{figures['bare_streamlit']['first_paint']:.2f} s",
        f"{'screen':<12}{'first visit':>12}{'again':>8}{'server CPU':>12}{'browser CPU':>13}"
        f"   goal {GOALS['screen']:g} s",
    ]
    for name, value in figures["screen"].items():
        used = figures["first_visit_processor"][name]
        lines.append(
            f"{name:<12}{figures['first_visit'][name]:>12.2f}{value:>8.2f}"
            f"{used['server']:>12.2f}{used['browser']:>13.2f}"
        )
    for name, value in figures["filter"].items():
        lines.append(f"filter, {name}: {value:.2f} s, goal {GOALS['filter']:g} s")
    lines.append(
        f"memory: {figures['memory_idle_mb']:.0f} MB before a tab opens, "
        f"{figures['memory_one_session_mb']:.0f} MB after all screens, "
        f"{figures['memory_second_session_mb']:+.0f} MB for a second session "
        f"(goal {GOALS['session_mb']:g} MB a session; a bare app "
        f"{figures['bare_streamlit']['memory_mb']:.0f} MB)"
    )
    return "\n".join(lines)


def main() -> None:
    """Make the project where it is not there yet, measure, print."""
    usage = argparse.ArgumentParser(description=__doc__)
    usage.add_argument("--pages", type=int, default=20_000)
    usage.add_argument("--backlinks", type=int, default=100_000)
    usage.add_argument("--home", type=Path, help="workspace to make, or to use again")
    usage.add_argument("--json", action="store_true")
    options = usage.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = options.home or Path(place) / "home"
        if not (home / "linkplanner.db").exists():
            subprocess.run(
                [sys.executable, "-m", "benchmarks.app_project", str(home), str(options.pages),
                 str(options.backlinks)], cwd=ROOT, check=True,
            )  # fmt: skip
        figures = measured(home)
    sizes = {"pages": options.pages, "backlinks": options.backlinks}
    print(json.dumps({**sizes, **figures}) if options.json else told(figures))


if __name__ == "__main__":
    main()
