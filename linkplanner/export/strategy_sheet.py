"""The strategy on one page to print: an HTML file that fetches and runs nothing."""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from linkplanner.export.markup import Html, address, join, literal, number, table, tag
from linkplanner.export.report import STYLE

__all__ = ["strategy_sheet"]

PITCHES = 10
"""Pages to pitch on the sheet."""


def strategy_sheet(
    title: str,
    lead: str,
    lines: Sequence[tuple[str, str]],
    verdicts: pd.DataFrame,
    pitches: pd.DataFrame,
    made: datetime,
) -> str:
    """The whole document. lines: heading and sentence; all texts are escaped here."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    body = join(
        [
            tag("h1", literal(f"{title}: link strategy")),
            tag("p", literal(f"{made:%d %B %Y}"), "date"),
            tag("p", literal(lead), "lead"),
            tag("h2", literal("Internal links and backlinks")),
            tag("ul", join([_line(*line) for line in lines])),
            tag("h2", literal("Each priority page")),
            _verdicts(verdicts),
            tag("h2", literal("Pages to pitch for the next backlink")),
            _pitches(pitches),
        ],
        "\n",
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{literal(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )


def _line(heading: str, text: str) -> Html:
    return tag("li", join([tag("b", literal(heading + ": ")), literal(text)]))


def _verdicts(found: pd.DataFrame) -> Html:
    rows = [
        [address(r["url"]), literal(r["words"]), number(r["equity_before"]),
         number(r["equity_after"]), number(r["ceiling"]), number(r["need"])]
        for r in found.to_dict("records")
    ]  # fmt: skip
    header = ["Page", "Verdict", "Now", "With the plan", "Most by links", "Need"]
    return table(header, rows, numeric=[2, 3, 4, 5])


def _pitches(listed: pd.DataFrame) -> Html:
    rows = [
        [address(r["url"]), literal(r["kind"]), number(r["value"], 3)]
        for r in listed.head(PITCHES).to_dict("records")
    ]
    return table(["Page", "Kind", "One good link brings"], rows, numeric=[2])
