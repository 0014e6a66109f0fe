"""Sites under their own names in the app: sitemap address, crawl, priorities, plan.

The app and its workers run in an environment in which the names of the sites lead to this computer
(see `tests/loopback`); to the app they are hosts on the user's own network, which they confirm.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from linkplanner.jobs import latest_job  # noqa: E402
from linkplanner.sample import write_sample  # noqa: E402
from linkplanner.store.projects import list_projects, load_settings  # noqa: E402
from linkplanner.store.versions import latest_version  # noqa: E402
from linkplanner.store.workspace import attach  # noqa: E402
from tests.browser.conftest import Server  # noqa: E402
from tests.browser.steps import JOB, finding, settled, until  # noqa: E402
from tests.loopback.backlinks import write_backlinks  # noqa: E402
from tests.loopback.server import Loopback  # noqa: E402
from tests.loopback.sites import SITES, Site  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(1200)]

expect = sync_api.expect
CASES = {
    "sample": (Site("sample", "sitemap.xml"), "/services/*", 100),
    "httpx-docs": (SITES["httpx-docs"], "/advanced/*", 23),
    "golocalaruba": (SITES["golocalaruba"], "/car/*", 33),
    "turbocosta": (SITES["turbocosta"], "/shop/turbos/*", 90),
    "rust-blog": (Site("blog.rust-lang.org", "list.txt"), "/2023/0*", 440),
    "flink-web": (SITES["flink-web"], "/what-is-flink/*", 440),
    "topcctv": (SITES["topcctv"], "/produk/*", 1500),
    "ploeh": (SITES["ploeh"], "/2023/0*", 1200),
}
"""Site, pattern of the priority pages, and the least pages that are to be read."""


@pytest.fixture
def online(
    request: pytest.FixtureRequest, site_folder: Callable[[str], Path], tmp_path: Path
) -> Iterator[tuple[Loopback, Site]]:
    """A site on loopback. rust-blog has no sitemap: a list with its home page stands in for it."""
    name = request.param
    site = CASES[name][0]
    if name == "sample":
        shop = write_sample(tmp_path / "shop")
        site, folder = Site(shop.base_url.rpartition("/")[2], site.sitemap), shop.site
    else:
        folder = site_folder(name)
    if name == "rust-blog":
        (folder / site.sitemap).write_text(f"{site.base}\n")
    server = Loopback({site.host: folder}, tmp_path)
    yield server, site
    server.close()
    if name == "rust-blog":
        (folder / site.sitemap).unlink()


@pytest.fixture
def app(online: tuple[Loopback, Site], tmp_path: Path) -> Iterator[Server]:
    """The app in the environment in which the site is online."""
    running = Server(tmp_path / "home", online[0].environment())
    running.start()
    yield running
    running.kill()


@pytest.mark.parametrize("online", CASES, indirect=True)
def test_from_a_sitemap_address_to_a_plan(
    online: tuple[Loopback, Site], app: Server, new_tab: Callable[..., "sync_api.Page"],
    picture: Callable[..., None], tmp_path: Path, request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    name = request.node.callspec.params["online"]
    _, pattern, least = CASES[name]
    server, site = online
    page = new_tab()
    page.goto(app.url)
    page.get_by_role("textbox").first.fill(name)
    page.get_by_role("button", name="Make a project").click()
    expect(page.get_by_role("heading", name="Data", level=1)).to_be_visible()
    settled(page)
    give_sitemap(page, site.base + site.sitemap, picture, name)
    assert {url.split("/")[2] for url in server.asked} == {site.host}
    crawl(page, app.home, picture, name)
    pages = pages_read(app.home)
    answering = pages.loc[(pages["status"] == 200) & pages["redirect_to"].isna(), "url"]
    assert len(answering) + (pages["redirect_to"].notna() & (pages["status"] == 200)).sum() >= least
    give_backlinks(page, write_backlinks(tmp_path / "backlinks.csv", answering.tolist()))
    plan(page, app.home, pattern)
    picture(page, f"crawl-{name}-4-plan")
    said = finding(page)
    print(name, len(pages), said)
    assert re.match(r"\d+ new links? would lift", said), said


def give_sitemap(page: "sync_api.Page", url: str, picture: Callable[..., None], name: str) -> None:
    """Type the address; the host is private, so the user has to confirm it."""
    page.get_by_role("tab", name="Sitemap address").click()
    page.get_by_role("textbox", name="Address of the sitemap").fill(url)
    page.get_by_role("button", name="Fetch the sitemap").click()
    allow = page.get_by_role("button", name="It is my own server: read it")
    expect(allow).to_be_visible(timeout=JOB)
    picture(page, f"crawl-{name}-1-confirm")
    allow.click()
    expect(page.get_by_role("heading", name="Read my pages")).to_be_visible(timeout=JOB)
    settled(page)


def crawl(page: "sync_api.Page", home: Path, picture: Callable[..., None], name: str) -> None:
    """Fast and far enough; watch it end."""
    most = page.get_by_role("spinbutton", name=re.compile("at most")).first
    most.fill("5000")
    most.press("Enter")
    workspace = attach(home)
    (project,) = list_projects(workspace)
    until(page, lambda: load_settings(workspace, project.id).crawl.pages == 5000)
    choose(page, page.get_by_role("combobox", name=re.compile("Speed")), "Fast")
    begun(page, home, "Read my pages")
    pause = page.get_by_role("button", name="Pause", exact=True)
    expect(page.locator(".st-key-finding")).to_contain_text("internal links and", timeout=4 * JOB)
    expect(pause).to_be_hidden()
    settled(page)
    picture(page, f"crawl-{name}-2-read")


def begun(page: "sync_api.Page", home: Path, name: str) -> None:
    """Press a button that starts a job; on a busy machine a press can fall into a change of the
    screen, so look and press again."""
    workspace = attach(home)
    (project,) = list_projects(workspace)
    before = latest_job(workspace, project.id)
    button = page.get_by_role("button", name=re.compile(f"^{name}"))
    for _ in range(3):
        button.click()
        for _ in range(30):
            if latest_job(workspace, project.id) != before:
                return
            page.wait_for_timeout(1000)
    raise AssertionError(f"“{name}” started nothing")


def choose(page: "sync_api.Page", box: "sync_api.Locator", beginning: str) -> None:
    """Choose from a list; a script run that ends meanwhile folds it up, so look and open again."""
    option = page.get_by_role("option", name=re.compile(f"^{beginning}"))
    for _ in range(5):
        box.click()
        try:
            option.click(timeout=5_000)
        except sync_api.TimeoutError:
            continue
        return settled(page)
    raise AssertionError(f"“{beginning}” could not be chosen")


def pages_read(home: Path) -> pd.DataFrame:
    """The pages table of the crawl."""
    workspace = attach(home)
    (project,) = list_projects(workspace)
    version = latest_version(workspace, project.id, "pages_read")
    assert version is not None
    return pd.read_parquet(version.folder / "pages.parquet")


def give_backlinks(page: "sync_api.Page", export: Path) -> None:
    page.get_by_role("tab", name="Files").click()
    page.locator("input[type=file]").first.set_input_files([str(export)])
    expect(page.locator(".st-key-finding")).to_contain_text("backlinks from", timeout=JOB)
    settled(page)


def plan(page: "sync_api.Page", home: Path, pattern: str) -> None:
    page.get_by_role("link", name="Choose priority pages").click()
    expect(page.get_by_role("heading", name="Priorities", level=1)).to_be_visible()
    settled(page)
    page.get_by_role("textbox", name="Pattern", exact=True).fill(pattern)
    page.get_by_role("button", name="Add the pattern").click()
    expect(page.get_by_text(re.compile(r"weight 1, [\d,]+ pages"))).to_be_visible()
    settled(page)
    page.locator(".st-key-menu").get_by_role("link", name="Plan", exact=True).click()
    expect(page.get_by_role("heading", name="Plan", level=1)).to_be_visible()
    settled(page)
    begun(page, home, "Make the plan")
    expect(page.locator(".st-key-finding")).to_contain_text("would lift", timeout=4 * JOB)
    settled(page)
