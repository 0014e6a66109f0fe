"""docs/formats.md names every report that the code knows, and none that it does not."""

import re
from pathlib import Path

import pytest

from linkplanner.read.reports import Report
from linkplanner.read.vendors import REPORTS
from linkplanner.read.vendors.lists import LINKS

DOC = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
SECTIONS = {
    "Ahrefs": "Ahrefs",
    "Semrush": "Semrush",
    "Google Search Console": "Search Console",
    "Google Analytics": "Google Analytics",
    "Screaming Frog SEO Spider": "Screaming Frog",
}
"""Sections of one vendor, whose tables leave its name out."""

BESIDE = {
    "Generic: table with addresses", "Generic: linking pages", "Sitemap: XML", "Sitemap: index",
    "Sitemap: RSS", "Sitemap: Atom", "Sitemap: list of addresses", "Google: disavow list",
}  # fmt: skip
"""What readers recognise that is no `Report`."""


def rows() -> dict[str, str]:
    """Title of every report in the document, with the rest of its row."""
    found: dict[str, str] = {}
    vendor = ""
    for line in DOC.read_text("utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
            vendor = SECTIONS.get(heading, "" if is_list(heading) else "-")
        elif line.startswith("| ") and vendor != "-" and not line.startswith(("| ---", "| report")):
            name, _, rest = line.strip("| ").partition(" | ")
            for title in re.split(r", (?=Sitemap)", name):
                found[f"{vendor}: {title}" if vendor else title.replace(" (Lumar)", "")] = rest
    return {title: rest for title, rest in found.items() if title != "tool and report"}


def is_list(heading: str) -> bool:
    return heading in ("Other crawlers", "Other backlink tools", "Your own tables",
                       "Sitemaps and lists")  # fmt: skip


@pytest.mark.parametrize("report", [*REPORTS, LINKS], ids=lambda report: report.title)
def test_every_report_is_in_the_document(report: Report) -> None:
    gives = rows()[report.title].rpartition("|")[2].strip()
    assert gives.startswith("an explanation" if report.explain else report.kind)


def test_the_document_names_no_report_that_is_not_read() -> None:
    assert set(rows()) - {report.title for report in [*REPORTS, LINKS]} == BESIDE
