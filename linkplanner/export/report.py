"""The report for a client: one HTML file that fetches nothing and runs nothing.

All text of files and pages passes `markup.literal`; the Content-Security-Policy allows only the
one style sheet below, by its hash. Sections are in `report_sections`.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

import pandas as pd

from linkplanner.export.markup import Html, join, literal, tag
from linkplanner.export.report_facts import Facts
from linkplanner.export.report_sections import sections

__all__ = ["AnalysisLike", "ResultLike", "html_report"]

STYLE: Final = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, "Segoe UI", sans-serif; color: #1f2933; background: #fff;
  max-width: 860px; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin-bottom: 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; border-bottom: 2px solid #0072b2; }
h3 { font-size: 1rem; font-weight: normal; margin: 1.5rem 0 .25rem; }
.lead { font-size: 1.15rem; }
.note, .date { color: #52606d; }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; list-style: none; }
.figures li { border: 1px solid #cbd2d9; border-radius: 6px; padding: .4rem .8rem; }
.figures b { display: block; font-size: 1.3rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid #e4e7eb; }
th.n, td.n { text-align: right; white-space: nowrap; }
ol.links { padding-left: 0; list-style: none; }
ol.links > li { border-left: 3px solid #cbd2d9; padding: .1rem 0 .1rem .8rem; margin: .6rem 0; }
blockquote { margin: .3rem 0; padding: .3rem .6rem; background: #f5f7fa; white-space: pre-wrap; }
mark { background: #ffe8a3; padding: 0 .1em; }
.gain { font-weight: bold; white-space: nowrap; }
.warnings { border: 1px solid #e69f00; border-radius: 6px; padding: .6rem .6rem .6rem 2rem; }
svg { width: 100%; height: auto; font-family: system-ui, "Segoe UI", sans-serif; }
a { color: #005a8c; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; }
  h2, h3 { break-after: avoid; }
  li, tr, blockquote, svg { break-inside: avoid; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
}
"""
"""The one style sheet; no style attribute anywhere, so that the policy can name it by its hash."""


class AnalysisLike(Protocol):
    """What the report reads of an analysis (results.Analysis)."""

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """page_facts, backlinks, repairs and others by name."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """domain, counts, balance, has_links, provisional."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence each."""


class ResultLike(Protocol):
    """What the report reads of a plan (results.PlanResult)."""

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """plan, pages, suggestions by name."""

    @property
    def summary(self) -> Mapping[str, Any]:
        """links, points_before, points_after, blocked, warnings, objective."""


def html_report(
    analysis: AnalysisLike,
    result: ResultLike | None = None,
    *,
    made: datetime,
    title: str | None = None,
) -> str:
    """The whole report as one HTML document; without a result it tells what was measured.

    made: the date that the report bears; title: the project's name, else the site's domain.
    """
    facts = Facts.of(
        frames=analysis.frames,
        figures=analysis.facts,
        plan_frames=result.frames if result else {},
        summary=result.summary if result else {},
        warnings=analysis.warnings,
    )
    name = title or str(analysis.facts.get("domain") or "your site")
    head = [
        tag("h1", "Link plan for " + tag("bdi", literal(name))),
        tag("p", literal(f"{made:%d %B %Y}"), "date"),
    ]
    return _document(f"Link plan for {name}", join([*head, *sections(facts)]))


def _document(title: str, body: Html) -> str:
    """The body inside a page whose policy allows its style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<link rel="icon" href="data:,">',
            f"<title>{literal(title)}</title>",
            f"<style>{STYLE}</style></head>",
            f"<body>{body}</body></html>",
            "",
        )
    )
