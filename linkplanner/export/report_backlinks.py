"""The client's report on links from other sites."""

from typing import Final

import pandas as pd

from linkplanner.export import svg
from linkplanner.export.markup import Html, join, literal, number, table, tag
from linkplanner.export.report_facts import Facts
from linkplanner.export.report_parts import CHART_ROWS, many, paragraph, rest_of, section

__all__ = ["backlinks_section"]

SPAM_BANDS: Final = ((0, 30, "fine"), (30, 60, "look at it"), (60, 101, "likely spam"))
"""Bands of the spam score, as quality/signals.py cuts them."""


def backlinks_section(facts: Facts) -> Html:
    """Live backlinks, the sites whose links are worth most, and spam signs."""
    if facts.backlinks.empty:
        return Html("")
    live = facts.backlinks[~facts.backlinks["lost"].fillna(False).astype("bool")]
    spam = live["spam"].dropna()
    bands = [
        (f"{low} to {min(high, 101) - 1}: {name}", float(((spam >= low) & (spam < high)).sum()))
        for low, high, name in SPAM_BANDS
    ]
    sites = many(live["source_domain"].nunique(), "site")
    lead = f"{many(len(live), 'live backlink')} from {sites}."
    drawn = paragraph(lead) + _sites(live)
    if len(spam):
        drawn += paragraph(
            "Live backlinks by spam signs, 0 to 100. A high score is a reason to look, not a "
            "reason to disavow: search engines ignore most such links by themselves."
        ) + svg.bars(bands, "Live backlinks by spam score")
    return section("Links from other sites", drawn)


def _sites(live: pd.DataFrame) -> Html:
    """The sites whose links are worth most, with their share of all worth."""
    worth = live.assign(worth=live["worth"].fillna(0.0)).groupby("source_domain")
    sites = worth.agg(
        links=("worth", "size"), worth=("worth", "sum"),
        authority=("authority", "max"), spam=("spam", "median"),
    ).sort_values("worth", ascending=False, kind="stable")  # fmt: skip
    total = float(sites["worth"].sum())
    if total <= 0:
        return Html("")
    rows = [
        [
            tag("bdi", literal(row.Index)),
            number(row.links, 0),
            Html(f"{row.worth / total:.1%}"),
            number(row.authority, 0),
            number(row.spam, 0),
        ]
        for row in sites.head(CHART_ROWS).itertuples()
    ]
    header = ["Site", "Links", "Share of all worth", "Authority", "Spam signs"]
    rest = rest_of(len(sites), "sites", CHART_ROWS)
    lead = paragraph("The sites whose links are worth most:")
    return join([lead, table(header, rows, [1, 2, 3, 4]), rest])
