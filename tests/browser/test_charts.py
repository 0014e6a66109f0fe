"""What is clicked in a chart or ticked in a table decides what stands beside it."""

import re
from collections.abc import Callable

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="no browser: no Playwright")

from tests.browser.steps import settled, tick  # noqa: E402

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(600)]
expect = sync_api.expect


def opened(new_tab: Callable, url: str, title: str) -> "sync_api.Page":
    page = new_tab()
    page.goto(url)
    page.get_by_role("heading", name=title, level=1, exact=True).wait_for()
    settled(page)
    return page


def test_bars_of_the_profile_narrow_the_sites(shop, new_tab: Callable) -> None:
    address = f"{shop.url}/backlinks?project=Sample+shop&backlinks-view=Profile"
    page = opened(new_tab, address, "Backlinks")
    told = page.get_by_text(re.compile(r"^\d+ linking sites? (in all|that fit)"))
    expect(told).to_contain_text("in all")
    every = int(told.inner_text().split()[0])
    charts = page.get_by_test_id("stVegaLiteChart")
    charts.nth(1).locator(".mark-rect path").nth(1).click()  # the second kind of links
    expect(told).to_contain_text("that fit what you clicked")
    of_a_kind = int(told.inner_text().split()[0])
    assert 0 < of_a_kind < every
    charts.nth(0).locator(".mark-rect path").first.click()  # and a month
    expect(told).not_to_contain_text(f"{of_a_kind} linking")
    settled(page)
    assert int(told.inner_text().split()[0]) < of_a_kind


def test_filters_of_the_map_stand_in_the_address(shop, new_tab: Callable) -> None:
    page = opened(new_tab, f"{shop.url}/backlinks?project=Sample+shop", "Backlinks")
    told = page.get_by_text(re.compile(r"^\d+ backlinks?\b.*click a row"))
    every = told.inner_text()
    page.get_by_role("button", name="Likely spam", exact=True).click()
    expect(told).not_to_have_text(every)
    settled(page)
    narrowed = told.inner_text()
    again = opened(new_tab, page.url, "Backlinks")
    expect(again.get_by_text(narrowed.split(" · ")[0], exact=True)).to_be_visible()


def test_a_network_shows_its_sites(shop, new_tab: Callable) -> None:
    address = f"{shop.url}/backlinks?project=Sample+shop&backlinks-view=Networks"
    page = opened(new_tab, address, "Backlinks")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)
    tick(page, 0)
    expect(page.get_by_test_id("stDataFrame")).to_have_count(2)


def test_one_page_leads_to_the_next(shop, new_tab: Callable) -> None:
    address = f"{shop.url}/site?project=Sample+shop&site-look=One+page&page=/shop/tents/"
    page = opened(new_tab, address, "Site")
    expect(page.get_by_text(re.compile(r"^Of [\d.]+ points"))).to_be_visible()
    before = page.get_by_text(re.compile(r"^Of [\d.]+ points")).inner_text()
    tick(page, 1)
    expect(page.get_by_text(re.compile(r"^Of [\d.]+ points"))).not_to_have_text(before)
    settled(page)
    assert "page=" in page.url
    assert "tents" not in page.url.split("page=")[1]


def test_a_box_of_the_map_narrows_the_pages(shop, new_tab: Callable) -> None:
    address = f"{shop.url}/site?project=Sample+shop&site-look=Map+by+section"
    page = opened(new_tab, address, "Site")
    told = page.get_by_text(re.compile(r"^\d+ pages?\b.*Most equity first"))
    every = int(told.inner_text().split()[0])
    canvas = page.locator("[class*='st-key-map-'] canvas").first
    page.wait_for_timeout(500)  # the boxes grow into place
    canvas.click(position={"x": 120, "y": 120})
    expect(told).to_contain_text("pages of /")
    settled(page)
    assert 0 < int(told.inner_text().split()[0]) < every
