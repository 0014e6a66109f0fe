"""The report in a real browser: its style applies, nothing runs, nothing is fetched."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from linkplanner.export.report import html_report

HOSTILE = (
    "\"'><script>document.title='run'</script><img src=https://tracker.example/p.gif onerror=x>"
)


@pytest.mark.browser
def test_a_hostile_report_is_read_and_not_run(
    fabricate: Any, chromium: Any, tmp_path: Path
) -> None:
    analysis, result = fabricate(HOSTILE)
    path = tmp_path / "report.html"
    path.write_text(html_report(analysis, result, made=datetime(2026, 11, 22)), encoding="utf-8")
    asked, said = list[str](), list[str]()
    page = chromium.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    title, shown = page.title(), page.locator("h1 bdi").inner_text()
    border = page.locator("h2").first.evaluate("e => getComputedStyle(e).borderBottomColor")
    too_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.close()
    assert title == f"Link plan for {HOSTILE}"
    assert shown == HOSTILE
    assert border == "rgb(0, 114, 178)"
    assert not too_wide
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
