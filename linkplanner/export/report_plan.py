"""The client's report on what to do: links to set, suggestions to check, repairs."""

from typing import Any, Final

import pandas as pd

from linkplanner.export import svg
from linkplanner.export.markup import Html, join, literal, marked, number, signed, table, tag
from linkplanner.export.report_facts import Facts
from linkplanner.export.report_parts import TABLE_ROWS, paragraph, rest_of, section, text_of

__all__ = ["plan_section", "repairs_section", "suggestions_section"]

PLAN_ROWS: Final = 1000
"""Links of the plan in the report; the exports hold all."""


def plan_section(facts: Facts) -> Html:
    """The links to set, by the page to edit; empty where there is no plan."""
    if facts.plan.empty:
        return Html("")
    plan = facts.plan.head(PLAN_ROWS)
    gains = plan["gain_cumulative"].fillna(0.0).tolist()
    groups = [
        tag("h3", "On the page " + facts.page(source, " "))
        + tag("ol", join([_link(facts, row) for row in rows.itertuples()]), "links")
        for source, rows in plan.groupby("source_url", sort=False, dropna=False)
    ]
    lead = "Grouped by the page to edit; the number is the rank by gain, so start with 1."
    drawn = svg.gain_line(gains, "Gain of the first links together, in points")
    return section("The links to set", paragraph(lead) + drawn + join(groups))


def _link(facts: Facts, row: Any) -> Html:
    words = tag("b", tag("bdi", literal(row.anchor))) if text_of(row.anchor) else ""
    lead = f"{number(row.rank, 0)}. Link {words} to {facts.page(row.target_url, ' ')} "
    gain = tag("span", f"{signed(row.gain)} points", "gain") if pd.notna(row.gain) else ""
    quoted = ""
    if text_of(row.sentence):
        sentence = marked(row.sentence, row.anchor, row.sentence_before)
        quoted = tag("blockquote", sentence)
    action = paragraph(row.action) if text_of(row.action) else ""
    return tag("li", lead + gain + quoted + action)


def suggestions_section(facts: Facts) -> Html:
    """Pairs that fit, where links are unknown."""
    if facts.suggestions.empty:
        return Html("")
    rows = [
        [facts.page(row.source_url), facts.page(row.target_url), number(row.relevance, 0)]
        for row in facts.suggestions.head(TABLE_ROWS).itertuples()
    ]
    drawn = table(["From page", "To page", "Relevance"], rows, [2])
    lead = (
        "These pages fit each other by title and address. Whether they are linked already, and "
        "what a link would bring, cannot be said without the internal links."
    )
    rest = rest_of(len(facts.suggestions), "suggestions")
    return section("Suggestions to check", paragraph(lead) + drawn + rest)


def repairs_section(facts: Facts) -> Html:
    """Addresses and pages to repair."""
    if facts.repairs.empty:
        return Html("")
    rows = [
        [
            join([literal(row.kind), tag("div", literal(text_of(row.detail)), "note")]),
            facts.page(row.url),
            facts.page(row.redirect_to),
            number(row.links_in, 0),
            number(row.backlinks, 0),
            signed(row.gain),
        ]
        for row in facts.repairs.head(TABLE_ROWS).itertuples()
    ]
    header = ["What", "Address", "Lead it to", "Links in", "Backlinks", "Gain (points)"]
    rest = rest_of(len(facts.repairs), "repairs")
    return section("Repairs", table(header, rows, [3, 4, 5]) + rest)
