"""The sections of the client's report, each from frames to markup, in reading order."""

from typing import Final

from linkplanner.export import svg
from linkplanner.export.markup import Html, join, literal, number, signed, table, tag
from linkplanner.export.report_backlinks import backlinks_section
from linkplanner.export.report_facts import Facts
from linkplanner.export.report_parts import (
    CHART_ROWS,
    TABLE_ROWS,
    many,
    paragraph,
    rest_of,
    section,
    short,
)
from linkplanner.export.report_plan import plan_section, repairs_section, suggestions_section

__all__ = ["sections"]

COUNTS: Final = (
    ("pages", "pages that answer"),
    ("indexable", "of them indexable"),
    ("links", "internal links"),
    ("live_backlinks", "live backlinks"),
    ("referring_domains", "linking sites"),
    ("priorities", "priority pages"),
    ("orphans", "orphan pages"),
    ("contextual_orphans", "linked only from menus"),
)
BALANCE: Final = {
    "priority": "settles on priority pages",
    "other": "settles on other pages",
    "dead_ends": "ends on pages without links",
    "nofollow": "leaves through nofollow links",
    "external": "leaves to other sites",
    "broken": "is lost at broken addresses",
    "files": "goes to files that are no pages",
    "noindex": "stops at noindex pages",
    "evaporated": "leaves or is lost",
}
"""Parts of the balance in words; others are shown by their name."""
METHOD: Final = (
    "Links from other sites bring equity in: each counts by its authority, its relevance, the spam "
    "signs it shows, and how many links the same site sends already. All that enters the site is "
    "counted as 100 points at the first plan.",
    "Internal links carry equity on. A link in the text counts more than one in a menu or footer; "
    "what nofollow, external and broken links take leaves the site.",
    "Every proposed link is priced by solving the whole model again with it: the gain is what it "
    "brings to the priority pages, counted with their weights, on top of the links before it.",
    "These are figures of a model: modelled equity, not rankings. What a search engine makes of "
    "the links is not known to anyone outside it.",
)


def sections(facts: Facts) -> list[Html]:
    """All sections that have something to say, in order."""
    written = [
        _headline(facts),
        _warnings(facts),
        _measured(facts),
        _flow(facts),
        _priorities(facts),
        plan_section(facts),
        suggestions_section(facts),
        repairs_section(facts),
        backlinks_section(facts),
        _method(),
    ]
    return [section for section in written if section]


def _headline(facts: Facts) -> Html:
    summary, links = facts.summary, len(facts.plan)
    if not facts.figures.get("has_links", True):
        text = (
            "The site's internal links are not known yet, so this report tells what the backlinks "
            "are worth and which pages fit each other; a plan with gains needs the links."
        )
    elif not links:
        text = "No new link is proposed: within the limits, none of the candidates helps."
    else:
        before, after = summary.get("points_before", 0.0), summary.get("points_after", 0.0)
        change = f" ({after / before - 1:+.0%})" if before else ""
        text = (
            f"{many(links, 'new internal link')} would bring the priority pages from "
            f"{before:,.2f} to {after:,.2f} points of modelled equity{change}, each page "
            "counted with its weight."
        )
        if words := summary.get("certificate_words"):
            text += f" {words}"
    provisional = facts.figures.get("provisional")
    if provisional is not None:
        text += f" Provisional: {provisional:.0%} of the pages have been read."
    return tag("p", literal(text), "lead")


def _warnings(facts: Facts) -> Html:
    shown = [tag("li", literal(text)) for text in facts.warnings[:TABLE_ROWS]]
    return tag("ul", join(shown), "warnings") if shown else Html("")


def _measured(facts: Facts) -> Html:
    counts = facts.figures.get("counts", {})
    known = [(counts[name], label) for name, label in COUNTS if name in counts]
    if not known:
        return Html("")
    items = [tag("li", tag("b", number(value, 0)) + literal(label)) for value, label in known]
    return section("What was measured", tag("ul", join(items), "figures"))


def _flow(facts: Facts) -> Html:
    balance = dict(facts.figures.get("balance") or {})
    entered = balance.pop("entered", None)
    parts = [(BALANCE.get(str(k), str(k)), float(v)) for k, v in balance.items()]
    if not facts.figures.get("has_links", True) or sum(value for _, value in parts) <= 0:
        return Html("")
    lead = "What enters the site through backlinks either settles on a page or leaves."
    if entered is not None:
        lead = f"{entered:,.1f} points enter the site; each settles on a page or leaves."
    return section(
        "Where equity goes", paragraph(lead) + svg.stack(parts, "Where equity goes, in points")
    )


def _priorities(facts: Facts) -> Html:
    chosen = facts.priorities
    if chosen.empty:
        return Html("")
    if "equity_after" not in chosen or facts.plan.empty:
        known = facts.figures.get("has_links", True)
        name, column = ("Equity (points)", "equity") if known else ("Enters (points)", "seed")
        shown = chosen.head(TABLE_ROWS)
        rows = [
            [facts.page(url), number(weight), number(points)]
            for url, weight, points in zip(shown["url"], shown["priority"], shown[column])
        ]
        drawn = table(["Priority page", "Weight", name], rows, [1, 2])
        return section("Priority pages", drawn + rest_of(len(chosen), "priority pages"))
    shown = chosen.head(CHART_ROWS)
    columns = (shown["equity_before"].fillna(0.0), shown["equity_after"].fillna(0.0))
    labels = [short(url, facts.origin) for url in shown["url"]]
    bars = list(zip(labels, *(column.tolist() for column in columns)))
    rows = [
        [
            facts.page(row.url),
            number(row.priority),
            number(row.equity_before),
            number(row.equity_after),
            signed(row.equity_after - row.equity_before),
        ]
        for row in chosen.head(TABLE_ROWS).itertuples()
    ]
    header = ["Priority page", "Weight", "Now", "With the plan", "Change"]
    chart = svg.pairs(bars, "Priority pages now (grey) and with the plan (blue), in points")
    blocked = [tag("li", facts.page(url)) for url in facts.summary.get("blocked", ())]
    held = Html("")
    if blocked:
        lead = "These priority pages are blocked: nothing reaches them, or they may not be indexed."
        held = join([paragraph(lead), tag("ul", join(blocked[:TABLE_ROWS]))])
    rest = rest_of(len(chosen), "priority pages")
    drawn = join(
        [
            paragraph("In points, before they are multiplied with the weight."),
            chart,
            table(header, rows, [1, 2, 3, 4]),
            rest,
            held,
        ]
    )
    return section("Priority pages now and with the plan", drawn)


def _method() -> Html:
    return section("How this was worked out", join([paragraph(text) for text in METHOD]))
