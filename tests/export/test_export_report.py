"""The client's report: its facts, and that no data in it is ever markup."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from linkplanner.export.markup import literal
from linkplanner.export.report import html_report

MADE = datetime(2026, 11, 22)
ELEMENTS = set(
    "html head meta link title style body h1 h2 h3 p ul ol li b bdi br a div span section svg g "
    "rect line polyline text table thead tbody tr th td mark blockquote".split()
)


def report(fabricate: Any, text: str = "four", **options: Any) -> str:
    analysis, result = fabricate(text, **options)
    return html_report(analysis, result, made=MADE)


def words(source: str) -> str:
    """What a person reads, blanks folded."""
    body = LexborHTMLParser(source).body
    assert body is not None
    return re.sub(r"\s+", " ", body.text())


def elements(source: str) -> set[str]:
    return {node.tag for node in LexborHTMLParser(source).css("*")}


def test_it_says_what_the_plan_brings(fabricate: Any) -> None:
    read = words(report(fabricate))
    assert "3 new internal links would bring the priority pages from 52.00 to 57.20" in read
    assert "(+10%), each page counted with its weight." in read
    assert "22 November 2026" in read


def test_it_has_every_section_in_reading_order(fabricate: Any) -> None:
    titles = [node.text() for node in LexborHTMLParser(report(fabricate)).css("h2")]
    assert titles == [
        "What was measured",
        "Where equity goes",
        "Priority pages now and with the plan",
        "The links to set",
        "Repairs",
        "Links from other sites",
        "How this was worked out",
    ]


def test_links_are_grouped_by_the_page_to_edit_with_the_anchor_marked(fabricate: Any) -> None:
    page = LexborHTMLParser(report(fabricate))
    heads = [re.sub(r"\s+", " ", node.text()) for node in page.css("h3")]
    assert heads == ["On the page four /blog/winter", "On the page Home /"]
    assert [len(node.css("li")) for node in page.css("ol.links")] == [2, 1]
    assert [node.text() for node in page.css("mark")] == ["winter tyres", "four"]
    assert page.css("blockquote")[0].text() == "Fit winter tyres now."


def test_priority_pages_stand_before_and_after(fabricate: Any) -> None:
    rows = LexborHTMLParser(report(fabricate)).css("section:nth-of-type(3) tbody tr")
    cells = [[cell.text() for cell in row.css("td")] for row in rows]
    assert cells[0] == ["Tyres/tyres", "2.00", "20.00", "22.00", "+2.00"]
    assert len(cells) == 2


def test_spam_bands_count_every_live_backlink_once(fabricate: Any) -> None:
    chart = LexborHTMLParser(report(fabricate)).css("svg")[-1]
    labels = [node.text() for node in chart.css("text")]
    assert labels[0::2] == ["0 to 29: fine", "30 to 59: look at it", "60 to 100: likely spam"]
    assert sum(int(label) for label in labels[1::2]) == 8


def test_it_promises_no_rankings(fabricate: Any) -> None:
    assert "modelled equity, not rankings" in words(report(fabricate))


def test_without_links_nothing_is_invented(fabricate: Any) -> None:
    read = words(report(fabricate, has_links=False))
    assert "internal links are not known yet" in read
    assert "Suggestions to check" in read
    assert "points of modelled equity" not in read
    assert "Where equity goes" not in read


def test_without_a_plan_it_tells_what_was_measured(fabricate: Any) -> None:
    analysis, _ = fabricate()
    read = words(html_report(analysis, made=MADE, title="My project"))
    assert "Link plan for My project" in read
    assert "Equity (points)" in read


def test_warnings_are_told_once(fabricate: Any) -> None:
    assert words(report(fabricate)).count("Look at four") == 1


def test_the_policy_allows_its_own_style_sheet_and_nothing_from_outside(fabricate: Any) -> None:
    source = report(fabricate)
    page = LexborHTMLParser(source)
    (policy,) = [
        node.attributes["content"]
        for node in page.css("meta")
        if node.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    style = source.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    assert source.index("Content-Security-Policy") < source.index("<style>")


def test_nothing_in_it_runs_or_is_fetched(fabricate: Any) -> None:
    page = LexborHTMLParser(report(fabricate))
    assert elements(page.html or "") <= ELEMENTS
    for node in page.css("*"):
        for name, value in node.attributes.items():
            assert name != "style"
            assert not name.startswith("on")
            assert name != "src"
            if name == "href":
                assert (value or "").startswith(("https://", "http://", "data:,"))
    assert "url(" not in report(fabricate)
    assert "@import" not in report(fabricate)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_no_text_becomes_markup_wherever_it_stands(fabricate: Any, text: str) -> None:
    source = report(fabricate, text)
    assert elements(source) <= ELEMENTS
    assert f"Link plan for <bdi>{literal(text)}</bdi>" in source


def test_known_injections_appear_literally(fabricate: Any, shared: Callable[[str], Path]) -> None:
    lines = (shared("vectors") / "markup_injection.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 46
    for text in (json.loads(line)["text"] for line in lines):
        source = report(fabricate, text)
        assert elements(source) <= ELEMENTS
        page = LexborHTMLParser(source)
        shown = text.replace("\x00", "␀")
        assert page.css("h1 bdi")[0].text() == shown
        assert page.css("mark")[1].text() == shown
        assert page.css("blockquote")[1].text() == f"See {shown} here."
        assert page.css("title")[0].text() == f"Link plan for {shown}"
        for link in page.css("a"):
            assert (link.attributes["href"] or "").startswith("https://shop.example/")


@pytest.mark.parametrize("empty", ["backlinks", "repairs", "page_facts"])
def test_missing_parts_leave_their_sections_out(fabricate: Any, empty: str) -> None:
    analysis, _ = fabricate()
    analysis.frames[empty] = pd.DataFrame()
    assert "How this was worked out" in html_report(analysis, made=MADE)


def test_long_tables_say_how_much_is_left_to_the_export(fabricate: Any) -> None:
    analysis, result = fabricate()
    analysis.frames["repairs"] = pd.concat([analysis.frames["repairs"]] * 50, ignore_index=True)
    assert "… and 10 more repairs in the export." in words(html_report(analysis, result, made=MADE))
